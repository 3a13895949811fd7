import { cutSets } from "../../evidence/cut-sets.js";
import { replayCommand } from "../../evidence/replay.js";
import type { Specification } from "../../program/specification.js";
import type { ReachFinding } from "../../search/reach-findings.js";
import type { Verdict } from "../../search/verdict.js";
import { subjectsOf } from "../../search/warning-subjects.js";
import type { CheckReport } from "../check-report.js";
import { isGreen } from "../check-report.js";
import { scheduleInWords } from "../text/schedule-words.js";
import type { Sentence } from "../text/sentence.js";
import type { Section } from "../text/story.js";
import { storyOf } from "../text/story.js";
import { warningSentence } from "../text/warning-words.js";
import { comparisonJson } from "./comparison.js";
import type { Envelope } from "./envelope.js";
import { formatVersion } from "./envelope.js";
import type { JsonObject } from "./json.js";
import { marginJson } from "./margin.js";
import { onlyUnderFaultsJson, reachJson } from "./reach.js";
import { riskJson } from "./risk.js";
import {
  budgetJson,
  counterexampleJson,
  diagnosticJson,
  evaluationErrorJson,
  faultJson,
  messagesJson,
  restartMemoryJson,
  specificationJson,
  statisticsJson,
  undecidedJson,
} from "./values.js";

/** The document of one check, as schema/check.schema.json describes it. Fields are only ever added. */
export function checkDocument(report: CheckReport, envelope: Envelope): JsonObject {
  const { verdict, program, files, diagnostics, question } = report;
  return {
    format: formatVersion,
    ...envelope,
    files,
    verdict: verdict.kind,
    ...(question === undefined ? {} : { question: { tuple: question.tuple, appear: question.appear } }),
    budget: budgetJson(verdict.budget),
    ...(question === undefined ? { specification: specificationJson(verdict.specification, program) } : {}),
    ...(question === undefined && verdict.budget.restarts > 0
      ? { restartMemory: restartMemoryJson(verdict.specification, program) }
      : {}),
    strategy: verdict.strategy,
    method: verdict.method,
    ...(verdict.cached === true ? { cached: true } : {}),
    ...details(report),
    ...(report.solver === undefined ? {} : { solver: report.solver }),
    ...(report.risk === undefined ? {} : { risk: riskJson(report.risk, program) }),
    statistics: statisticsJson(verdict.statistics),
    ...(report.comparison === undefined ? {} : { baseline: comparisonJson(report.comparison) }),
    warnings: verdict.warnings.map((warning) => ({
      kind: warning.kind,
      message: warningSentence(warning, program),
      about: subjectsOf(warning, program),
    })),
    ...(report.strict === undefined
      ? {}
      : { strict: { passed: isGreen(report), counted: report.strict.map(({ code, times }) => ({ code, times })) } }),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

function details(report: CheckReport): JsonObject {
  const { verdict, program } = report;
  switch (verdict.kind) {
    case "holds":
      return {
        ...reachesJson(verdict.reach, report),
        ...(verdict.onlyUnderFaults === undefined || report.question !== undefined
          ? {}
          : { onlyUnderFaults: onlyUnderFaultsJson(verdict.onlyUnderFaults, program) }),
        ...(report.margin === undefined ? {} : { margin: marginJson(report.margin, program) }),
      };
    case "violated":
      return violation(report, verdict);
    case "inconclusive":
      return { ...undecidedJson(verdict), ...reachesJson(verdict.reach, report) };
    default: {
      const never: never = verdict;
      return never;
    }
  }
  function violation(
    { evidence, replay, verbose = false }: CheckReport,
    violated: Extract<Verdict, { kind: "violated" }>,
  ): JsonObject {
    const { counterexample, smallest, unfinished, minimal, error } = violated;
    const diagram = evidence?.diagram;
    const violation = verbose ? evidence?.violation : undefined;
    return {
      counterexample: {
        ...counterexampleJson(counterexample, violated.specification),
        smallest,
        ...(unfinished === undefined ? {} : { atLeast: (unfinished.ruledOut ?? -1) + 1 }),
        inWords: scheduleInWords(counterexample.schedule, violated.budget.nodes),
        ...(replay === undefined ? {} : { replay: replayCommand(replay) }),
        ...(diagram === undefined ? {} : { messages: messagesJson(diagram, program) }),
        ...(violation === undefined ? {} : { story: storyJson(storyOf(violation, violated, program)) }),
      },
      ...(minimal === undefined ? {} : { minimal: minimalJson(minimal, violated.specification) }),
      ...(error === undefined ? {} : { error: evaluationErrorJson(program, error) }),
    };
  }
}

function reachesJson(reach: readonly ReachFinding[] = [], { program, question }: CheckReport): JsonObject {
  return reach.length === 0 || question !== undefined
    ? {}
    : { reach: reach.map((finding) => reachJson(finding, program)) };
}

function storyJson(sections: readonly Section[]): readonly JsonObject[] {
  const sentence = ({ text, children }: Sentence): JsonObject => ({ text, because: children.map(sentence) });
  return sections.map(({ heading, sentences }) => ({ heading, sentences: sentences.map(sentence) }));
}

function minimalJson(
  { counterexamples, complete }: NonNullable<Extract<Verdict, { kind: "violated" }>["minimal"]>,
  specification: Specification,
): JsonObject {
  const sets = cutSets(counterexamples);
  return {
    complete,
    counterexamples: counterexamples.map((c) => counterexampleJson(c, specification)),
    inEvery: sets.inEvery.map(faultJson),
    sendersInEvery: sets.senders,
  };
}
