import { describe, expect, test } from "vitest";
import { progressLine } from "../../src/report/terminal/progress.js";
import { phaseInWords } from "../../src/report/text/phase-words.js";
import { solverInWords, verdictSentence } from "../../src/report/text/verdict-words.js";
import { check, prepare } from "../../src/search/check.js";
import type { Progress, Verdict } from "../../src/search/verdict.js";
import { unicodeMarks } from "../../src/wording/marks.js";
import { libraryProgram } from "./library-program.js";

interface Stop {
  readonly verdict: Verdict;
  readonly solving: readonly Progress[];
}

/** Kafka's lost messages, of which five are needed: stopped while the solver rules out that three are enough. */
function stopped(maxRuns?: number): Stop {
  const options = { eot: 6, eff: 4, crashes: 1, maxRuns };
  const { setting } = prepare(libraryProgram("replication/kafka-isr"), options);
  if (setting === undefined) throw new Error("the setting was refused");
  const solving: Progress[] = [];
  const result = check(setting, {
    ...options,
    interrupted: () => solving.at(-1)?.known.ruledOut === 2,
    onProgress: (progress) => {
      if (progress.kind === "solving") solving.push(progress);
    },
  });
  if (result.kind === "error") throw new Error(result.error.kind);
  return { verdict: result.verdict, solving };
}

describe("a check that is stopped while it looks for the fewest faults", () => {
  test("is violated, by a schedule that was run and needs each of its faults", () => {
    const { verdict } = stopped();
    expect(verdict).toMatchObject({
      kind: "violated",
      smallest: false,
      unfinished: { reason: "interrupted", ruledOut: 3 },
      statistics: { executions: 2 },
    });
    if (verdict.kind !== "violated") return;
    // The solver's own schedule has more than twenty.
    expect(verdict.counterexample.schedule.length).toBeLessThan(10);
    expect(verdictSentence(verdict, undefined, unicodeMarks)).toMatch(
      /^with [5-9] faults; the search was interrupted while one with fewer was looked for, and none with fewer than 4 does/,
    );
    expect(solverInWords("cadical", verdict)).toBe(
      "cadical, on its word that no schedule with fewer than 4 faults is left",
    );
  });

  test("says before that something violates", () => {
    const [first, next, ...others] = stopped().solving;
    const words = [first, next, others.at(-1)].map((progress) =>
      progress === undefined ? "" : progressLine(progress),
    );
    expect(words).toEqual([
      expect.stringMatching(/^looking for a violation among/),
      expect.stringMatching(/^violated; looking for the fewest faults, 1 fault or more · /),
      expect.stringMatching(/^violated; looking for the fewest faults, 3 faults or more · /),
    ]);
    expect(next === undefined ? "" : phaseInWords(next)).toBe("while the solver looked for fewer faults");
  });

  test("is undecided where the limit on executions does not allow to run it", () => {
    expect(stopped(1).verdict).toMatchObject({ kind: "inconclusive", reason: "interrupted" });
  });
});
