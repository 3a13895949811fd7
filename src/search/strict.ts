import type { DiagnosticCode } from "../source/codes.js";
import { strictCodes } from "../source/codes.js";
import type { Diagnostic } from "../source/diagnostic.js";
import type { Verdict } from "./verdict.js";

/** A code that `--strict` counts against a `holds`, with its number of occurrences. */
export interface Counted {
  readonly code: DiagnosticCode;
  readonly times: number;
}

/**
 * What `--strict` counts against a verdict: that it may say less than it seems to, or that the protocol uses what no node
 * can know. Nothing counts against a verdict other than `holds`. In the order of the table of codes.
 */
export function countedByStrict(verdict: Verdict, diagnostics: readonly Diagnostic[]): readonly Counted[] {
  if (verdict.kind !== "holds") return [];
  return countedOf([...verdict.warnings.map(({ kind }) => kind), ...diagnostics.map(({ code }) => code)]);
}

/** Which of these codes it counts. */
export function countedOf(codes: readonly DiagnosticCode[]): readonly Counted[] {
  return strictCodes.flatMap((code) => {
    const times = codes.filter((other) => other === code).length;
    return times === 0 ? [] : [{ code, times }];
  });
}
