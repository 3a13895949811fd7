import type { Cell } from "../../search/frontier.js";
import { frontierConclusion, frontierError } from "../../search/frontier.js";
import type { Finding, Step } from "../../search/step.js";
import type { SweepResult } from "../../search/sweep.js";
import { conclusionOf } from "../../search/sweep.js";
import type { FrontierReport, SweepReport } from "../sweep-report.js";
import { checkCommandOf } from "../sweep-report.js";
import { scheduleInWords } from "../text/schedule-words.js";
import type { Envelope } from "./envelope.js";
import { formatVersion } from "./envelope.js";
import type { JsonObject } from "./json.js";
import { diagnosticJson, evaluationErrorJson, scheduleJson, spaceJson, specificationJson } from "./values.js";

/* The documents of `ldfi sweep`, as schema/sweep.schema.json describes them. Fields are only ever added. */

export function sweepDocument(report: SweepReport, envelope: Envelope): JsonObject {
  const { result } = report;
  return {
    ...top(report, envelope, conclusionOf(result)),
    mode: "sweep",
    ...details(report, result),
    steps: result.steps.map(stepJson),
  };
}

export function frontierDocument(report: FrontierReport, envelope: Envelope): JsonObject {
  const { result, program } = report;
  const error = frontierError(result);
  const { eot, eff, crashes } = result.ranges;
  return {
    ...top(report, envelope, frontierConclusion(result)),
    mode: "frontier",
    ranges: {
      eot: { ...eot },
      eff: { from: eff.from, ...(eff.to === undefined ? {} : { to: eff.to }) },
      crashes: { ...crashes },
    },
    cells: result.cells.map(cellJson),
    ...(result.stopped === undefined ? {} : { reason: result.stopped }),
    ...(error === undefined ? {} : { error: evaluationErrorJson(program, error) }),
    steps: result.steps.map(stepJson),
  };
}

function top(
  { program, files, specification, diagnostics }: SweepReport | FrontierReport,
  envelope: Envelope,
  verdict: string,
): JsonObject {
  return {
    format: formatVersion,
    ...envelope,
    files,
    verdict,
    specification: specificationJson(specification, program),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

function details(report: SweepReport, result: SweepResult): JsonObject {
  switch (result.kind) {
    case "violated": {
      const { parameters, finding } = result.smallest;
      const inWords = finding.kind === "violated" ? { inWords: scheduleInWords(finding.schedule, []) } : {};
      const counterexample = { ...findingJson(finding), ...inWords, check: checkCommandOf(report, parameters) };
      const error = result.error === undefined ? {} : { error: evaluationErrorJson(report.program, result.error) };
      return { parameters: { ...parameters }, persistsTo: result.persistsTo, counterexample, ...error };
    }
    case "certified":
      return { parameters: { ...result.largest.parameters }, reason: result.end, ...pendingJson(result.pending) };
    case "undecided":
      return { reason: result.end, ...pendingJson(result.pending) };
    case "error":
      return { error: evaluationErrorJson(report.program, result.error), ...pendingJson(result.pending) };
    default: {
      const never: never = result;
      return never;
    }
  }
}

function pendingJson(pending: Step | undefined): JsonObject {
  return pending === undefined ? {} : { pending: stepJson(pending) };
}

function stepJson({ parameters, purpose, finding, executions, space, milliseconds }: Step): JsonObject {
  return {
    ...parameters,
    purpose,
    ...findingJson(finding),
    executions,
    space: spaceJson(space),
    milliseconds: Math.round(milliseconds * 1000) / 1000,
  };
}

function findingJson(finding: Finding): JsonObject {
  switch (finding.kind) {
    case "holds":
      return { verdict: "holds", vacuous: finding.vacuous };
    case "violated":
      return {
        verdict: "violated",
        faults: finding.schedule.length,
        smallest: finding.smallest,
        schedule: scheduleJson(finding.schedule),
      };
    case "inconclusive":
      return { verdict: "inconclusive", reason: finding.reason, detail: finding.detail };
    default: {
      const never: never = finding;
      return never;
    }
  }
}

function cellJson({ parameters, finding, checked }: Cell): JsonObject {
  const shared = { ...parameters, checked };
  switch (finding.kind) {
    case "holds":
      return { ...shared, verdict: "holds", vacuous: finding.vacuous };
    case "violated":
      return {
        ...shared,
        verdict: "violated",
        faults: finding.faults,
        exact: finding.exact,
        schedule: scheduleJson(finding.schedule),
      };
    case "unknown":
      return { ...shared, verdict: "unknown", reason: finding.reason };
    default: {
      const never: never = finding;
      return never;
    }
  }
}
