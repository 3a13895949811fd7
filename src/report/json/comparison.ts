import type { Comparison, Finding } from "../../baseline/finding.js";
import { regressionsOf } from "../../baseline/finding.js";
import { inOrder } from "../text/comparison-words.js";
import type { JsonObject } from "./json.js";

/** The differences from earlier reports. */
export interface ComparisonJson {
  /** Those reports. */
  readonly files: readonly string[];
  /** How many of the findings are regressions. */
  readonly regressions: number;
  readonly findings: readonly {
    /** `undecided`: it held before, and now a limit came first. */
    readonly result: "regression" | "undecided" | "note";
    readonly kind:
      | "verdict"
      | "faults"
      | "minimal"
      | "budget"
      | "fault-kind"
      | "expectations"
      | "warning"
      | "incomparable";
    /** Its subject, in a word or two. */
    readonly of: string;
    readonly old: string;
    readonly new: string;
    /** For a warning. */
    readonly code?: string;
    /** For a test; the line is absent if the expectation is gone. */
    readonly expectation?: { readonly file: string; readonly line?: number; readonly name: string };
  }[];
}

/** The result of `--baseline`. */
export function comparisonJson(comparison: Comparison): JsonObject {
  return {
    files: comparison.baseline,
    regressions: regressionsOf(comparison).length,
    findings: inOrder(comparison).map(findingJson),
  };
}

function findingJson({ weight, kind, of, old, new: now, warning, expectation }: Finding): JsonObject {
  return {
    result: weight,
    kind,
    of,
    old,
    new: now,
    ...(warning === undefined ? {} : { code: warning.code }),
    ...(expectation === undefined ? {} : { expectation: { ...expectation } }),
  };
}
