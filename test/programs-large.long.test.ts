import { describe, expect, test } from "vitest";
import { check, prepare } from "../src/search/check.js";
import type { Verdict } from "../src/search/verdict.js";
import { libraryProgram } from "./search/library-program.js";

/** The verdict on a program of programs/large with losses until EOT − 1. */
function verdictOn(name: string, eot: number, crashes: number): Verdict {
  const { setting, diagnostics } = prepare(libraryProgram(`large/${name}`), { eot, crashes });
  if (setting === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
  const result = check(setting, {});
  if (result.kind === "error") throw new Error(result.error.kind);
  return result.verdict;
}

describe("programs of real size, deeper than their own lines go", () => {
  test.each([
    ["raft", 20, 10_000],
    ["multi-paxos", 30, 5_000],
    ["vsr", 20, 45_000],
    ["percolator", 20, 1_500],
    ["shards", 25, 3_500],
    ["chain", 25, 8_000],
  ])("%s holds up to EOT %i with a crash, by a lineage of fewer than %i nodes", (name, eot, most) => {
    const verdict = verdictOn(name, eot, 1);
    expect(verdict).toMatchObject({ kind: "holds", method: "lineage" });
    expect(verdict.statistics.graphNodes).toBeLessThan(most);
  });

  test.each([
    ["raft-figure-8", 20, 3],
    ["vsr-longest", 20, 7],
    ["percolator-overtaken", 20, 7],
  ])("%s is found up to EOT %i, and takes %i faults", (name, eot, faults) => {
    const verdict = verdictOn(name, eot, 0);
    expect(verdict).toMatchObject({ kind: "violated", smallest: true });
    expect(verdict.kind === "violated" && verdict.counterexample.schedule.length).toBe(faults);
  });
});
