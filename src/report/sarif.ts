import type { Program } from "../program/program.js";
import { evaluationDiagnostic } from "../search/evaluation-diagnostic.js";
import type { AdequacyWarning, Violated } from "../search/verdict.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { positionAt } from "../source/line-index.js";
import type { Span } from "../source/source.js";
import { blamedPlaces } from "./blamed-places.js";
import type { CheckReport } from "./check-report.js";
import type { JsonObject } from "./json/json.js";
import { marginInWords } from "./text/margin-words.js";
import { verdictSentence } from "./text/sentences.js";
import { count, formatTuple } from "./text/values.js";
import { warningSentence } from "./text/warnings.js";
import { scheduleInWords, unicodeMarks } from "./text/words.js";

/** What a SARIF reader is told of the kinds of results. */
const kinds: Readonly<Record<string, string>> = {
  violated: "A fault schedule within the budget violates the specification",
  inconclusive: "A limit came before the search could decide",
  margin: "What a specification that holds rests on, and how far it is from failing",
};

/**
 * A check as a SARIF 2.1.0 log of one run. A violation stands at the first rule whose message was cut and names the
 * others, and the rule that promised, as related places.
 */
export function sarifLog(report: CheckReport, version: string): JsonObject {
  const { verdict, program, diagnostics } = report;
  // What `--strict` counts fails the job, and is shown as what it is.
  const counts = new Set<string>(report.strict?.map(({ code }) => code));
  const results = [
    ...(verdict.kind === "violated" ? [violation(report, verdict)] : []),
    ...(verdict.kind === "violated" && verdict.error !== undefined
      ? [complaint(evaluationDiagnostic(program, verdict.error))]
      : []),
    ...(verdict.kind === "inconclusive" ? [undecided(report)] : []),
    ...marginal(report),
    ...verdict.warnings.map((warning) => adequacy(warning, program)),
    ...diagnostics.map(complaint),
  ].map((result) => (counts.has(result.ruleId) ? { ...result, level: "error" } : result));
  const used = [...new Set(results.map((result) => result.ruleId))].sort();
  const driver = {
    name: "ldfi",
    version,
    rules: used.map((id) => ({ id, ...(kinds[id] === undefined ? {} : { shortDescription: { text: kinds[id] } }) })),
  };
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: verdict.kind !== "inconclusive" }],
        results,
      },
    ],
  };
}

type Result = JsonObject & { readonly ruleId: string };

function violation(report: CheckReport, verdict: Violated): Result {
  const { program } = report;
  const { schedule, witnesses } = verdict.counterexample;
  const missing = witnesses.slice(0, 5).map((w) => formatTuple(program, w.relation, w.args));
  const faults = scheduleInWords(schedule, verdict.budget.nodes);
  const lines = [
    `Violated ${verdictSentence(verdict, report.question, unicodeMarks)}.`,
    ...(faults.length === 0 ? [] : [`Faults: ${faults.join("; ")}.`]),
    `Missing: ${missing.join(", ")}${witnesses.length > missing.length ? `, and ${count(witnesses.length - missing.length, "more tuple")}` : ""}.`,
  ];
  const blamed = blamedPlaces(report.evidence?.violation, program);
  const [first, ...others] = blamed;
  const fallback = program.rules.find((rule) => rule.head.relation === witnesses[0]?.relation)?.span;
  const span = first?.span ?? fallback;
  const related = [...(first === undefined ? [] : [first]), ...others].map((b, id) => ({
    id,
    ...location(b.span),
    message: { text: b.text },
  }));
  return {
    ruleId: "violated",
    level: "error",
    message: { text: lines.join(" ") },
    ...(span === undefined ? {} : { locations: [location(span)] }),
    ...(related.length === 0 ? {} : { relatedLocations: related }),
  };
}

function undecided({ verdict, question }: CheckReport): Result {
  const text = verdictSentence(verdict, question, unicodeMarks);
  return { ruleId: "inconclusive", kind: "open", level: "none", message: { text: `${text}.` } };
}

/** Where the margin was measured: no failure, so for information, at the first rule of what is promised. */
function marginal({ verdict, program, margin }: CheckReport): readonly Result[] {
  if (margin === undefined) return [];
  const outcome = margin.outcomes[0]?.outcome.relation;
  const span = program.rules.find((rule) => rule.head.relation === outcome)?.span;
  const sentence = (line: string): string =>
    /^[a-z]+ /.test(line) ? `${line.charAt(0).toUpperCase()}${line.slice(1)}.` : `${line}.`;
  const text = marginInWords(margin, program, verdict.budget.nodes).map(sentence);
  const place = span === undefined ? {} : { locations: [location(span)] };
  return [{ ruleId: "margin", kind: "informational", level: "none", message: { text: text.join(" ") }, ...place }];
}

function adequacy(warning: AdequacyWarning, program: Program): Result {
  const rule =
    warning.kind === "rule-never-fires"
      ? warning.rules[0]
      : warning.kind === "message-to-non-node"
        ? warning.rule
        : undefined;
  const span = rule === undefined ? undefined : program.rules[rule]?.span;
  const place = span === undefined ? {} : { locations: [location(span)] };
  return {
    ruleId: warning.kind,
    level: "warning",
    message: { text: `${warningSentence(warning, program)}.` },
    ...place,
  };
}

function complaint({ code, severity, message, span, help, related }: Diagnostic): Result {
  const text = help === undefined ? message : `${message} (${help})`;
  return {
    ruleId: code,
    level: severity,
    message: { text },
    ...(span === undefined ? {} : { locations: [location(span)] }),
    ...(related.length === 0
      ? {}
      : { relatedLocations: related.map((r, id) => ({ id, ...location(r.span), message: { text: r.message } })) }),
  };
}

function location(span: Span): JsonObject {
  const start = positionAt(span.file, span.start);
  const end = positionAt(span.file, span.end);
  const region = { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  return { physicalLocation: { artifactLocation: { uri: uriOf(span.file.path) }, region } };
}

/** A path as a URI reference: relative paths stay relative, so that a reader resolves them against its checkout. */
function uriOf(path: string): string {
  const slashes = path.replaceAll("\\", "/");
  const escaped = slashes.split("/").map(encodeURIComponent).join("/");
  if (/^[A-Za-z]%3A\//.test(escaped)) return `file:///${escaped.replace("%3A", ":")}`;
  return slashes.startsWith("/") ? `file://${escaped}` : escaped;
}
