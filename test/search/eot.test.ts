import { describe, expect, test } from "vitest";
import { formatSchedule } from "../../src/faults/notation.js";
import type { CheckOptions } from "../../src/search/check.js";
import { frontier } from "../../src/search/frontier.js";
import { sweep } from "../../src/search/sweep.js";
import { programOf } from "../program/programs.js";
import { decided } from "./deciding.js";

/*
 * A rule that reads `eot` differs at every instant when EOT grows. Budgets of one sweep that took its instants from one another would
 * take what the rule derived for another EOT.
 */

/** What was known three instants before the end is kept at the end; `mark` is carried, so what an earlier EOT derived would stay. */
const early = `
  up("a")@1; up(N)@next :- up(N);
  say("b", N)@async :- up(N), N == "a";
  mark(M, N) :- say(M, N), tick(N, T), eot(E), T <= E - 3; mark(M, N)@next :- mark(M, N);
  tick("a", 1)@1; tick(N, T + 1)@next :- tick(N, T);
  pre("b", N) :- up(N); post(M, N) :- mark(M, N);`;

const options: CheckOptions = { crashes: 0 };

test("what is fresh: with EFF 3 it takes EOT 6", () => {
  const at = (eot: number, eff: number): string => decided(early, { ...options, eot, eff });

  expect(at(5, 2)).toBe("violated omit(a,b,1)");
  expect(at(6, 2)).toBe("holds");
  expect(at(6, 3)).toBe("violated omit(a,b,1) omit(a,b,2)");
  expect(at(7, 3)).toBe("holds");
});

describe("budgets of different EOT share nothing", () => {
  test("in a frontier", () => {
    const result = frontier(programOf(early), {
      ranges: { eot: { from: 5, to: 8 }, eff: { from: 2, to: undefined }, crashes: { from: 0, to: 0 } },
    });
    const cells = result.cells.map(({ parameters: { eot, eff }, finding }) => ({ eot, eff, finding }));
    expect(cells.length).toBeGreaterThan(8);
    for (const { eot, eff, finding } of cells) {
      const found = finding.kind === "violated" ? `violated ${formatSchedule(finding.schedule)}` : finding.kind;
      expect(`${eot} ${eff} ${found}`).toBe(`${eot} ${eff} ${decided(early, { ...options, eot, eff })}`);
    }
  });

  test("in a sweep", () => {
    const result = sweep(programOf(early), { maxEot: 8 });
    for (const { parameters, finding } of result.steps) {
      const found = finding.kind === "violated" ? `violated ${formatSchedule(finding.schedule)}` : finding.kind;
      expect(found).toBe(decided(early, { ...options, ...parameters }));
    }
    expect(result.steps.length).toBeGreaterThan(3);
  });
});
