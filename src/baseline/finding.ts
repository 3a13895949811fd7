import type { DiagnosticCode } from "../source/codes.js";

/** The subject of a finding. */
export type FindingKind =
  /** The verdict changed. */
  | "verdict"
  /** The fewest faults of a violation. */
  | "faults"
  /** A new minimal schedule. */
  | "minimal"
  /** A bound, the nodes, EOT or EFF. */
  | "budget"
  /** A kind of fault that is no longer admitted. */
  | "fault-kind"
  /** A condition, a `reach` line or an expectation. */
  | "expectations"
  /** A warning of adequacy. */
  | "warning"
  /** What cannot be compared. */
  | "incomparable";

/** A difference between two answers to one question, at two times. */
export interface Finding {
  readonly kind: FindingKind;
  /** `undecided`: it held before, and now a limit came first. `note`: neither that nor a regression. */
  readonly weight: "regression" | "undecided" | "note";
  /** Its subject, in a word or two: "crashes", "minimal schedule". */
  readonly of: string;
  readonly old: string;
  readonly new: string;
  /** For a warning. */
  readonly warning?: { readonly code: DiagnosticCode; readonly subject: string };
  /** For an expectation. The line is absent if the expectation is gone. */
  readonly expectation?: { readonly file: string; readonly line?: number; readonly name: string };
}

/** The result of a comparison with a baseline. */
export interface Comparison {
  /** The files that the baseline was read from. */
  readonly baseline: readonly string[];
  readonly findings: readonly Finding[];
}

export function regressionsOf({ findings }: Comparison): readonly Finding[] {
  return findings.filter(({ weight }) => weight === "regression");
}
