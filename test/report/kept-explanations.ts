import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { diskFiles } from "../../src/disk/disk-files.js";
import { budgetInWords } from "../../src/faults/budget-words.js";
import { renderStory } from "../../src/report/terminal/story.js";
import { scheduleInWords } from "../../src/report/text/schedule-words.js";
import { storyOf } from "../../src/report/text/story.js";
import { verdictSentence } from "../../src/report/text/verdict-words.js";
import { numericBounds } from "../../src/search/bounds.js";
import type { TestCase } from "../../src/testing/discovery.js";
import { expectationsIn } from "../../src/testing/discovery.js";
import { unicodeMarks } from "../../src/wording/marks.js";
import { checked } from "./subject.js";

const programs = readdirSync("programs", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ded"))
  .map((path) => `programs/${path.replaceAll("\\", "/")}`)
  .sort();

/** The programs that have a `//! check` line of a violation, and those lines. */
export const violated = programs
  .map((path) => ({
    path,
    cases: expectationsIn(path, diskFiles()).cases.filter(
      ({ expectation: e }) => e.kind === "check" && e.expect === "violated",
    ),
  }))
  .filter(({ cases }) => cases.length > 0);

/** Where a list ends, told as the terminal would: what was asked, the verdict, the faults, then the explanation. */
function explanation(path: string, { expectation }: TestCase): string {
  if (expectation.kind !== "check") throw new Error("only checks are explained");
  const { eot, eff, nodes, pre, post, spare } = expectation;
  const files = [path, ...expectation.with.map((other) => join(dirname(path), other).replaceAll("\\", "/"))];
  const bounds = numericBounds(expectation);
  const { report, evidence } = checked(files, { eot, eff, ...bounds, nodes, pre, post, spare });
  const { verdict, program } = report;
  const { violation } = evidence;
  if (verdict.kind !== "violated" || violation === undefined) return `${verdict.kind}\n`;
  const faults = scheduleInWords(verdict.counterexample.schedule, verdict.budget.nodes).map((fault) => `  ${fault}\n`);
  const { budget } = verdict;
  const admitted = Object.keys(bounds).every((bound) => bound === "crashes")
    ? `crashes ${budget.crashes}`
    : budgetInWords(budget);
  const asked = `${files.join(" ")}: EOT ${budget.eot}, EFF ${budget.eff}, ${admitted}`;
  return `${asked}\nviolated ${verdictSentence(verdict, undefined, unicodeMarks)}\n${faults.join("")}\n(← reads "because")\n\n${renderStory(storyOf(violation, verdict, program))}`;
}

/** The explanations of a program are what is kept of them. */
export async function expectKeptExplanations({ path, cases }: (typeof violated)[number]): Promise<void> {
  const text = cases.map((testCase) => explanation(path, testCase)).join(`\n${"-".repeat(72)}\n\n`);
  const name = path
    .replace(/^programs\//, "")
    .replace(/\.ded$/, "")
    .replaceAll("/", "-");
  await expect(text).toMatchFileSnapshot(`../golden/explanations/${name}.txt`);
}

/** Every other program; the rest, and those of real size, have a long test. Variants of a program are neighbours. */
export const sampled = violated.filter(({ path }, i) => i % 2 === 0 && !path.startsWith("programs/large/"));
export const others = violated.filter((each) => !sampled.includes(each));
