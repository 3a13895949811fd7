import type { Edit } from "../../candidates/edit.js";
import type { ExpectedLine } from "../../repair/expectations.js";
import type { Beyond } from "../../repair/price.js";
import type { Repair, RepairResult, RepairStatistics } from "../../repair/result.js";
import type { RepairReport } from "../repair-report.js";
import { diffText, repairSentence, titleOf } from "../text/repair-words.js";
import { scheduleInWords } from "../text/schedule-words.js";
import type { Envelope } from "./envelope.js";
import { formatVersion } from "./envelope.js";
import type { JsonObject } from "./json.js";
import {
  budgetJson,
  counterexampleJson,
  diagnosticJson,
  scheduleJson,
  specificationJson,
  undecidedJson,
} from "./values.js";

/** The document of one repair, as schema/repair.schema.json describes it. Fields are only ever added. */
export function repairDocument(report: RepairReport, envelope: Envelope): JsonObject {
  const { result, files, diagnostics, written } = report;
  return {
    format: formatVersion,
    ...envelope,
    files,
    verdict: result.kind === "undecided" ? "inconclusive" : result.kind,
    inWords: repairSentence(result),
    ...details(report, result),
    ...(written === undefined ? {} : { written }),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

function details({ program }: RepairReport, result: RepairResult): JsonObject {
  switch (result.kind) {
    case "undecided":
      return result.result.kind === "verdict" && result.result.verdict.kind === "inconclusive"
        ? undecidedJson(result.result.verdict)
        : {};
    case "nothing-to-repair": {
      const { budget, specification } = result.original;
      return { budget: budgetJson(budget), specification: specificationJson(specification, program) };
    }
    case "repaired":
    case "improved":
    case "not-repaired": {
      const { budget, specification, counterexample, smallest } = result.original;
      const { stopped } = result;
      return {
        budget: budgetJson(budget),
        specification: specificationJson(specification, program),
        counterexample: {
          ...counterexampleJson(counterexample, specification),
          smallest,
          inWords: scheduleInWords(counterexample.schedule, budget.nodes),
        },
        repairs: result.kind === "repaired" ? result.repairs.map(repairJson) : [],
        ...(result.kind === "improved"
          ? { best: { ...editsJson(result.best.edits), diff: diffText(result.best.diff), faults: result.best.faults } }
          : {}),
        ...(result.kind === "not-repaired" && result.why !== undefined ? { why: result.why } : {}),
        ...(stopped === undefined ? {} : { stopped: { reason: stopped.reason, detail: stopped.detail } }),
        statistics: statisticsJson(result.statistics),
      };
    }
    default: {
      const never: never = result;
      return never;
    }
  }
}

function editsJson(edits: readonly Edit[]): JsonObject {
  return { title: titleOf(edits), edits: edits.map(({ template, title }) => ({ template, title })) };
}

function repairJson({ edits, files, diff, price, beyond, noLongerMet, elsewhere }: Repair): JsonObject {
  return {
    ...editsJson(edits),
    files: files.map(({ path }) => path),
    diff: diffText(diff),
    price: { ...price },
    beyond: beyondJson(beyond),
    noLongerMet: noLongerMet.map(lineJson),
    elsewhere: elsewhere.map(lineJson),
  };
}

function beyondJson({ oneMore, later, further }: Beyond): JsonObject {
  return {
    oneMore: oneMore.map(({ bound, most, schedule }) => ({
      bound,
      most,
      holds: schedule === undefined,
      ...(schedule === undefined ? {} : { schedule: scheduleJson(schedule) }),
    })),
    later,
    further,
  };
}

function lineJson({ file, line, text }: ExpectedLine): JsonObject {
  return { file, line, text };
}

function statisticsJson({ refused, ...numbers }: RepairStatistics): JsonObject {
  return { ...numbers, milliseconds: Math.round(numbers.milliseconds), refused: { ...refused } };
}
