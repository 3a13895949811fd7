import type { Answer, RunReport } from "../run-report.js";
import { isCorrect } from "../run-report.js";
import { scheduleInWords } from "../text/schedule-words.js";
import type { Envelope } from "./envelope.js";
import { formatVersion } from "./envelope.js";
import { whyJson, whyNotJson } from "./explanations.js";
import type { JsonObject } from "./json.js";
import {
  diagnosticJson,
  inputsJson,
  messagesJson,
  scheduleJson,
  specificationJson,
  tablesJson,
  tupleAtJson,
  tupleJson,
} from "./values.js";

/** The document of one execution, as schema/run.schema.json describes it. Fields are only ever added. */
export function runDocument(report: RunReport, envelope: Envelope): JsonObject {
  const { files, execution, outcome, diagram, tables, answers, diagnostics } = report;
  const { program, nodes, eot, schedule } = execution;
  return {
    format: formatVersion,
    ...envelope,
    files,
    verdict: outcome === undefined ? "unspecified" : isCorrect(outcome) ? "holds" : "violated",
    nodes,
    eot,
    schedule: scheduleJson(schedule),
    ...inputsJson(execution),
    inWords: scheduleInWords(schedule, nodes),
    messages: messagesJson(diagram, program),
    ...(outcome === undefined
      ? {}
      : {
          specification: specificationJson(outcome.specification, program),
          kept: outcome.kept.map((o) => tupleJson(program, o.relation, o.args)),
          missing: outcome.missing.map((o) => tupleJson(program, o.relation, o.args)),
          ...(outcome.present.length === 0
            ? {}
            : { present: outcome.present.map((tuple) => tupleAtJson(program, tuple)) }),
        }),
    ...(tables === undefined ? {} : { tables: { at: tables, ...tablesJson(execution, tables) } }),
    ...(answers.length === 0 ? {} : { answers: answers.map((answer) => answerJson(answer, report)) }),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

function answerJson(answer: Answer, { execution: { program } }: RunReport): JsonObject {
  const { asked } = answer;
  switch (answer.kind) {
    case "holds":
      return { asked, holds: true, why: whyJson(answer.why, program) };
    case "absent":
      return {
        asked,
        holds: false,
        tuple: tupleAtJson(program, answer.tuple),
        ...(answer.whyNot === undefined ? {} : { whyNot: whyNotJson(answer.whyNot, program) }),
      };
    case "no-match":
      return {
        asked,
        holds: false,
        pattern: answer.text,
        ...(answer.whyNot === undefined ? {} : { whyNotAny: whyNotJson(answer.whyNot, program) }),
      };
    default: {
      const never: never = answer;
      return never;
    }
  }
}
