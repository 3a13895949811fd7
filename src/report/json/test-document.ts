import type { Comparison } from "../../baseline/finding.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import type { Actual, TestResult, TestSummary } from "../../testing/result.js";
import { comparisonJson } from "./comparison.js";
import type { Envelope } from "./envelope.js";
import { formatVersion } from "./envelope.js";
import type { JsonObject } from "./json.js";
import { diagnosticJson, scheduleJson } from "./values.js";

/** The document of a test run, as schema/test.schema.json describes it. Fields are only ever added. */
export function testDocument(
  results: readonly TestResult[],
  summary: TestSummary,
  diagnostics: readonly Diagnostic[],
  milliseconds: number,
  envelope: Envelope,
  comparison?: Comparison,
): JsonObject {
  return {
    format: formatVersion,
    ...envelope,
    passed: summary.passed,
    failed: summary.failed,
    wrong: summary.wrong,
    cutShort: summary.cutShort,
    milliseconds: Math.round(milliseconds),
    ...(comparison === undefined ? {} : { baseline: comparisonJson(comparison) }),
    results: results.map(resultJson),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

export function resultJson(result: TestResult): JsonObject {
  const { file, line, name, kind, expected, actual, question, warnings, strict, executions, cached, milliseconds } =
    result;
  return {
    file,
    line,
    name,
    result: kind,
    expected: {
      verdict: expected.outcome,
      ...(expected.faults === undefined ? {} : { faults: expected.faults }),
      ...(expected.vacuous === undefined ? {} : { vacuous: expected.vacuous }),
    },
    actual: actualJson(actual),
    ...(question === undefined
      ? {}
      : {
          specification: { ...question.specification },
          ...(question.schedule === undefined
            ? { budget: question.budget }
            : { run: { eot: question.eot, schedule: scheduleJson(question.schedule) } }),
        }),
    warnings: warnings.map(diagnosticJson),
    ...(strict === undefined ? {} : { strict: strict.map(({ code }) => code) }),
    executions,
    ...(cached === true ? { cached } : {}),
    milliseconds: Math.round(milliseconds * 1000) / 1000,
  };
}

function actualJson(actual: Actual): JsonObject {
  switch (actual.kind) {
    case "holds":
      return {
        verdict: "holds",
        ...(actual.hollow.length > 0 ? { hollow: actual.hollow.map(diagnosticJson) } : {}),
        ...(actual.unreached.length > 0 ? { unreached: actual.unreached.map(diagnosticJson) } : {}),
      };
    case "violated":
      return {
        verdict: "violated",
        faults: actual.schedule.length,
        smallest: actual.smallest,
        schedule: scheduleJson(actual.schedule),
        missing: actual.missing,
        ...(actual.present.length === 0 ? {} : { present: actual.present }),
        ...(actual.error === undefined ? {} : { diagnostics: [diagnosticJson(actual.error)] }),
      };
    case "inconclusive":
      return { verdict: "inconclusive", detail: actual.detail };
    case "error":
      return { verdict: "error", diagnostics: actual.diagnostics.map(diagnosticJson) };
    default: {
      const never: never = actual;
      return never;
    }
  }
}
