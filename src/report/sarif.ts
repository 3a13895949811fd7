import { regressionsOf } from "../baseline/finding.js";
import type { Program } from "../program/program.js";
import { evaluationDiagnostic } from "../search/evaluation-diagnostic.js";
import type { AdequacyWarning, Violated } from "../search/verdict.js";
import type { PathName } from "../source/path-name.js";
import { asGiven } from "../source/path-name.js";
import { unicodeMarks } from "../wording/marks.js";
import { count } from "../wording/numbers.js";
import type { CheckReport } from "./check-report.js";
import { isGreen } from "./check-report.js";
import type { JsonObject } from "./json/json.js";
import type { Refusal } from "./refusal.js";
import type { SarifResult } from "./sarif-log.js";
import { diagnosticResult, location, sarifRun } from "./sarif-log.js";
import { blamedPlaces } from "./text/blamed-places.js";
import { blamedFor } from "./text/blamed-regressions.js";
import { findingInWords } from "./text/comparison-words.js";
import { marginInWords } from "./text/margin-words.js";
import { scheduleInWords } from "./text/schedule-words.js";
import { formatTuple, formatTupleAt } from "./text/tuples.js";
import { verdictSentence } from "./text/verdict-words.js";
import { warningSentence } from "./text/warning-words.js";

/**
 * A check as a SARIF 2.1.0 log of one run. A violation is located at the first rule whose message was cut, with the
 * others, and the rule that promised, as related locations.
 */
export function sarifLog(report: CheckReport, version: string, pathName: PathName = asGiven): JsonObject {
  const { verdict, program, diagnostics } = report;
  // Warnings that `--strict` counts fail the job, so they are shown as errors.
  const counts = new Set<string>(report.strict?.map(({ code }) => code));
  const results = [
    ...(verdict.kind === "violated" ? [violation(report, verdict, pathName)] : []),
    ...(verdict.kind === "violated" && verdict.error !== undefined
      ? [diagnosticResult(evaluationDiagnostic(program, verdict.error), pathName)]
      : []),
    ...(verdict.kind === "inconclusive" ? [undecided(report)] : []),
    ...regressions(report, pathName),
    ...marginal(report, pathName),
    ...verdict.warnings.map((warning) => adequacy(warning, program, pathName)),
    ...diagnostics.map((d) => diagnosticResult(d, pathName)),
  ].map((result) => (counts.has(result.ruleId) ? { ...result, level: "error" } : result));
  return sarifRun(results, verdict.kind !== "inconclusive", version);
}

/** The first of some tuples, and how many more there are. */
function listed(what: string, tuples: readonly string[]): readonly string[] {
  if (tuples.length === 0) return [];
  const more = tuples.length > 5 ? `, and ${count(tuples.length - 5, "more tuple")}` : "";
  return [`${what}: ${tuples.slice(0, 5).join(", ")}${more}.`];
}

function violation(report: CheckReport, verdict: Violated, pathName: PathName): SarifResult {
  const { program } = report;
  const { schedule, witnesses } = verdict.counterexample;
  const faults = scheduleInWords(schedule, verdict.budget.nodes);
  const lines = [
    `Violated ${verdictSentence(verdict, report.question, unicodeMarks)}.`,
    ...(faults.length === 0 ? [] : [`Faults: ${faults.join("; ")}.`]),
    ...listed(
      "Missing",
      witnesses.flatMap((w) => (w.kind === "missing" ? [formatTuple(program, w.relation, w.args)] : [])),
    ),
    ...listed(
      "Present",
      witnesses.flatMap((w) => (w.kind === "present" ? [formatTupleAt(program, w)] : [])),
    ),
  ];
  const blamed = blamedPlaces(report.evidence?.violation, program);
  const [first, ...others] = blamed;
  const fallback = program.rules.find((rule) => rule.head.relation === witnesses[0]?.relation)?.span;
  const span = first?.span ?? fallback;
  const related = [...(first === undefined ? [] : [first]), ...others].map((b, id) => ({
    id,
    ...location(b.span, pathName),
    message: { text: b.text },
  }));
  return {
    ruleId: "violated",
    level: isGreen(report) ? "warning" : "error",
    message: { text: lines.join(" ") },
    ...(span === undefined ? {} : { locations: [location(span, pathName)] }),
    ...(related.length === 0 ? {} : { relatedLocations: related }),
  };
}

/** With a baseline: the regressions, at the lines to blame. */
function regressions(report: CheckReport, pathName: PathName): readonly SarifResult[] {
  if (report.comparison === undefined) return [];
  return regressionsOf(report.comparison).map((finding) => {
    const span = blamedFor(finding, report);
    return {
      ruleId: "regression",
      level: "error",
      message: { text: `${findingInWords(finding)}.` },
      ...(span === undefined ? {} : { locations: [location(span, pathName)] }),
    };
  });
}

function undecided({ verdict, question }: CheckReport): SarifResult {
  const text = verdictSentence(verdict, question, unicodeMarks);
  return { ruleId: "inconclusive", kind: "open", level: "none", message: { text: `${text}.` } };
}

/** The margin, if measured: an informational result at the first rule of what is promised. */
function marginal({ verdict, program, margin }: CheckReport, pathName: PathName): readonly SarifResult[] {
  if (margin === undefined) return [];
  const outcome = margin.outcomes[0]?.outcome.relation;
  const span = program.rules.find((rule) => rule.head.relation === outcome)?.span;
  const sentence = (line: string): string =>
    /^[a-z]+ /.test(line) ? `${line.charAt(0).toUpperCase()}${line.slice(1)}.` : `${line}.`;
  const text = marginInWords(margin, program, verdict.budget.nodes).map(sentence);
  const place = span === undefined ? {} : { locations: [location(span, pathName)] };
  return [{ ruleId: "margin", kind: "informational", level: "none", message: { text: text.join(" ") }, ...place }];
}

function adequacy(warning: AdequacyWarning, program: Program, pathName: PathName): SarifResult {
  const rule =
    warning.kind === "rule-never-fires"
      ? warning.rules[0]
      : warning.kind === "message-to-non-node"
        ? warning.rule
        : undefined;
  const span = rule === undefined ? undefined : program.rules[rule]?.span;
  const place = span === undefined ? {} : { locations: [location(span, pathName)] };
  return {
    ruleId: warning.kind,
    level: "warning",
    message: { text: `${warningSentence(warning, program)}.` },
    ...place,
  };
}

/** A program or options that are wrong: every diagnostic is a result. */
export function sarifRefusal({ diagnostics }: Refusal, version: string, pathName: PathName = asGiven): JsonObject {
  return sarifRun(
    diagnostics.map((d) => diagnosticResult(d, pathName)),
    false,
    version,
  );
}
