import { expect } from "vitest";
import { check, prepare } from "../../src/search/check.js";
import type { Ranges } from "../../src/search/frontier.js";
import { frontier } from "../../src/search/frontier.js";
import { libraryProgram } from "./library-program.js";

/** From and to of EOT, of crashes, and of EFF. */
export function ranges(
  eot: readonly [number, number],
  crashes: readonly [number, number],
  eff: readonly [number, number?] = [0],
): Ranges {
  return {
    eot: { from: eot[0], to: eot[1] },
    eff: { from: eff[0], to: eff[1] },
    crashes: { from: crashes[0], to: crashes[1] },
  };
}

/** At EOT 5 and 6, with up to so many crashes. */
export function expectCellsAsChecked(name: string, crashes: number): void {
  const program = libraryProgram(name);
  const result = frontier(program, { ranges: ranges([5, 6], [0, crashes]) });
  expect(result.cells.some((cell) => !cell.checked)).toBe(true);
  for (const { parameters, finding } of result.cells) {
    const { setting } = prepare(program, parameters);
    const direct = setting === undefined ? undefined : check(setting, {});
    const verdict = direct?.kind === "verdict" ? direct.verdict : undefined;
    const faults = verdict?.kind === "violated" ? verdict.counterexample.schedule.length : verdict?.kind;
    expect({ parameters, faults: finding.kind === "violated" ? finding.faults : finding.kind }).toEqual({
      parameters,
      faults,
    });
    if (finding.kind === "violated") expect(finding.exact).toBe(true);
  }
}
