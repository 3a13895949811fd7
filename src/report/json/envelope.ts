import type { StopReason } from "../../execution/stopped.js";
import type { Refusal } from "../refusal.js";
import type { Json, JsonObject } from "./json.js";
import { diagnosticJson, evaluationErrorJson, undecidedJson } from "./values.js";

/** Raised only if a field changes its meaning or is removed. */
export const formatVersion = 1;

/** What every document says about its origin. */
export interface Envelope {
  readonly tool: { readonly [key: string]: Json; readonly name: string; readonly version: string };
  readonly command: string;
}

/** A program or a command line that is wrong, or a program that fails in evaluation: nothing was decided. */
export function refusalDocument({ files, diagnostics, failure }: Refusal, envelope: Envelope): JsonObject {
  return {
    format: formatVersion,
    ...envelope,
    files,
    verdict: "error",
    diagnostics: diagnostics.map(diagnosticJson),
    ...(failure === undefined ? {} : { error: evaluationErrorJson(failure.program, failure.error) }),
    ...(failure?.undecided === undefined ? {} : undecidedJson(failure.undecided)),
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
