import type { TestAnswer } from "./answer.js";
import { compareAnswers, compareQuestions, verdictInWords } from "./compare-answers.js";
import type { Finding } from "./finding.js";
import { sameFile } from "./same-file.js";

/** An expectation that is in the files now, whether or not it was run. */
export interface Expected {
  readonly file: string;
  readonly line: number;
  readonly name: string;
}

/**
 * The regressions in a run of expectations. They are identified by file and name, not by line, since lines move. If the text changed, an
 * expectation is compared with the one in its file that asks for the same conditions under another budget, so that a smaller budget is
 * reported instead of a missing and a new expectation. `expected`: all of them, including those that were not run.
 */
export function compareTests(
  old: readonly TestAnswer[],
  now: readonly TestAnswer[],
  expected: readonly Expected[],
): readonly Finding[] {
  const left = new Set<Expected>(now);
  const unrun = new Set(
    expected.filter((e) => !now.some((answer) => answer.file === e.file && answer.line === e.line)),
  );
  const findings: Finding[] = [];
  const changed: TestAnswer[] = [];
  for (const answer of old) {
    const same = (other: Expected): boolean => other.name === answer.name && sameFile(answer.file, other.file);
    const found = now.find((other) => left.has(other) && same(other));
    if (found !== undefined) {
      left.delete(found);
      findings.push(...differences(answer, found));
      continue;
    }
    const elsewhere = [...unrun].find(same);
    if (elsewhere === undefined) changed.push(answer);
    else unrun.delete(elsewhere);
  }
  for (const answer of changed) {
    const heir = heirOf(
      answer,
      now.filter((other) => left.has(other)),
    );
    if (heir !== undefined) {
      left.delete(heir);
      findings.push(...differences(answer, heir));
      continue;
    }
    const other = [...unrun].find(({ file }) => sameFile(answer.file, file));
    if (other !== undefined) unrun.delete(other);
    findings.push(gone(answer, other !== undefined));
  }
  const came = now.filter((answer) => left.has(answer));
  return [...findings, ...came.filter(({ met }) => !met).map(unmet)];
}

function differences(old: TestAnswer, now: TestAnswer): readonly Finding[] {
  const found = compareAnswers(old, now).map((finding) => ({ ...finding, expectation: placeOf(now) }));
  const failing = old.met && !now.met && !found.some(({ weight }) => weight !== "note");
  return failing ? [...found, unmetNow(old, now)] : found;
}

/** The expectation in the same file that may have replaced one: preferably one whose budget is not smaller, else any with its conditions. */
function heirOf(old: TestAnswer, candidates: readonly TestAnswer[]): TestAnswer | undefined {
  const { question } = old;
  if (question?.asked.kind !== "budget") return undefined;
  const heirs = candidates.filter(
    (now) =>
      sameFile(old.file, now.file) &&
      now.question?.asked.kind === "budget" &&
      JSON.stringify(now.question.conditions) === JSON.stringify(question.conditions),
  );
  const shrinks = ({ question: now }: TestAnswer): boolean =>
    now !== undefined && compareQuestions(question, now).some(({ weight }) => weight === "regression");
  return heirs.find((now) => !shrinks(now)) ?? heirs[0];
}

/** `perhaps`: another expectation of its file, which was not run here, may have replaced it. */
function gone(old: TestAnswer, perhaps: boolean): Finding {
  return {
    kind: "expectations",
    weight: perhaps ? "note" : "regression",
    of: "expectation",
    old: verdictInWords(old),
    new: perhaps ? "gone, or changed in a part that was not run" : "gone",
    expectation: { file: old.file, name: old.name },
  };
}

function unmet(now: TestAnswer): Finding {
  return {
    kind: "expectations",
    weight: "note",
    of: "expectation",
    old: "not there",
    new: `not met: ${verdictInWords(now)}`,
    expectation: placeOf(now),
  };
}

/** Expectations that are not met for a reason that is no regression, such as a fixed violation. */
function unmetNow(old: TestAnswer, now: TestAnswer): Finding {
  return {
    kind: "expectations",
    weight: "note",
    of: "expectation",
    old: `met: ${verdictInWords(old)}`,
    new: `not met: ${verdictInWords(now)}`,
    expectation: placeOf(now),
  };
}

function placeOf({ file, line, name }: Expected): NonNullable<Finding["expectation"]> {
  return { file, line, name };
}
