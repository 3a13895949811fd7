import { describe, expect, test } from "vitest";
import { formatSchedule } from "../../src/faults/notation.js";
import type { CheckOptions } from "../../src/search/check.js";
import { check, prepare } from "../../src/search/check.js";
import type { StrategyName, Verdict } from "../../src/search/verdict.js";
import { libraryProgram } from "./library-program.js";

function verdictOn(name: string, options: CheckOptions): Verdict {
  const { setting, diagnostics } = prepare(libraryProgram(name), options);
  if (setting === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
  const result = check(setting, options);
  if (result.kind === "error") throw new Error(result.error.kind);
  return result.verdict;
}

/** Program, EOT, EFF, crashes, and the faults of the smallest counterexample; 0 where there is none. */
type Row = readonly [name: string, eot: number, eff: number, crashes: number, faults: number];

const small: readonly Row[] = [
  ["delivery/simple", 4, 2, 0, 1],
  ["delivery/retry", 4, 2, 1, 2],
  ["delivery/classic", 5, 3, 0, 2],
  ["commit/2pc", 5, 0, 1, 1],
  ["commit/2pc-ctp", 8, 0, 1, 1],
];

const large: readonly Row[] = [
  ["commit/3pc", 9, 7, 1, 2],
  ["replication/kafka-isr", 6, 4, 1, 5],
  ["delivery/redundant", 11, 10, 1, 0],
  ["delivery/ack", 8, 7, 1, 0],
  ["commit/3pc", 8, 0, 1, 0],
  ["replication/kafka-isr", 7, 4, 0, 0],
];

describe("the number of executions is the claim: one proves that a protocol holds, two show that it does not", () => {
  test.each([...small, ...large])("%s with EOT %i, EFF %i, crashes %i", (name, eot, eff, crashes, faults) => {
    const verdict = verdictOn(name, { eot, eff, crashes });
    expect(verdict.method).toBe("lineage");
    if (faults === 0) {
      expect(verdict.kind).toBe("holds");
      expect(verdict.statistics.executions).toBe(1);
      return;
    }
    if (verdict.kind !== "violated") throw new Error(`expected a violation, got ${verdict.kind}`);
    expect(verdict.counterexample.schedule.length).toBe(faults);
    expect(verdict.smallest).toBe(true);
    expect(verdict.statistics.executions).toBeLessThanOrEqual(2);
  });
});

describe("running every schedule, fewest faults first, finds nothing smaller", () => {
  test.each(small)("%s with EOT %i, EFF %i, crashes %i", (name, eot, eff, crashes, faults) => {
    const of = (strategy: StrategyName): string => {
      const verdict = verdictOn(name, { eot, eff, crashes, strategy });
      return verdict.kind === "violated" ? formatSchedule(verdict.counterexample.schedule) : verdict.kind;
    };
    const found = of("exhaustive");
    expect(found.split(" ").length).toBe(faults);
    expect(of("lineage")).toBe(found);
    expect(of("alternate")).toBe(found);
  });
});
