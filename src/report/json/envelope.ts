import type { EvaluationError } from "../../execution/execution.js";
import type { Program } from "../../program/program.js";
import type { StopReason, Undecided } from "../../search/verdict.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import type { Json, JsonObject } from "./json.js";
import { diagnosticJson, evaluationErrorJson, undecidedJson } from "./values.js";

/** Raised only if a field changes its meaning or goes away. */
export const formatVersion = 1;

/** What every document says of where it comes from. */
export interface Envelope {
  readonly tool: { readonly [key: string]: Json; readonly name: string; readonly version: string };
  readonly command: string;
}

/** A program or a command line that is wrong: nothing was decided. */
export function errorDocument(
  files: readonly string[],
  diagnostics: readonly Diagnostic[],
  envelope: Envelope,
): JsonObject {
  return { format: formatVersion, ...envelope, files, verdict: "error", diagnostics: diagnostics.map(diagnosticJson) };
}

/** A program that fails in evaluation under a schedule, and why it is not known whether another violates. */
export function failureDocument(
  files: readonly string[],
  program: Program,
  error: EvaluationError,
  diagnostics: readonly Diagnostic[],
  envelope: Envelope,
  undecided?: Undecided,
): JsonObject {
  return {
    ...errorDocument(files, diagnostics, envelope),
    error: evaluationErrorJson(program, error),
    ...(undecided === undefined ? {} : undecidedJson(undecided)),
  };
}

/** Work that was cut off before anything was known. */
export function cutOffDocument(
  files: readonly string[],
  reason: StopReason,
  detail: string,
  envelope: Envelope,
): JsonObject {
  return {
    format: formatVersion,
    ...envelope,
    files,
    verdict: "inconclusive",
    reason,
    detail,
    known: { executions: 0 },
    warnings: [],
    diagnostics: [],
  };
}
