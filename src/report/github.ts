import { regressionsOf } from "../baseline/finding.js";
import { evaluationDiagnostic } from "../search/evaluation-diagnostic.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { positionAt } from "../source/line-index.js";
import type { PathName } from "../source/path-name.js";
import { asGiven } from "../source/path-name.js";
import type { Span } from "../source/source.js";
import { visibleLines } from "../source/strings.js";
import { unicodeMarks } from "../wording/marks.js";
import type { CheckReport } from "./check-report.js";
import { isGreen } from "./check-report.js";
import type { JUnitCase } from "./junit.js";
import { blamedPlaces } from "./text/blamed-places.js";
import { blamedFor } from "./text/blamed-regressions.js";
import { findingInWords } from "./text/comparison-words.js";
import { marginInWords } from "./text/margin-words.js";
import { scheduleInWords } from "./text/schedule-words.js";
import { strictSentence, verdictSentence } from "./text/verdict-words.js";
import { warningSentence } from "./text/warning-words.js";

/** Diagnostics as workflow commands, which GitHub shows beside the lines of a change. */
export function githubAnnotations(diagnostics: readonly Diagnostic[], pathName: PathName = asGiven): string {
  return diagnostics
    .map(({ severity, code, message, help, span }) =>
      annotation(severity, code, help === undefined ? message : `${message}\n${help}`, placeIn(span, pathName)),
    )
    .join("");
}

/**
 * The verdict, its warnings and the diagnostics as workflow commands. A violation is annotated at the first rule whose message was cut,
 * if that is known.
 */
export function githubCheck(report: CheckReport, pathName: PathName = asGiven): string {
  const { verdict, program, question, evidence } = report;
  const [blamed] = blamedPlaces(evidence?.violation, program);
  const place = placeIn(blamed?.span ?? spanOf(report), pathName);
  const sentence = verdictSentence(verdict, question, unicodeMarks);
  const lines: string[] = [];
  if (verdict.kind === "violated") {
    const faults = scheduleInWords(verdict.counterexample.schedule, verdict.budget.nodes);
    const cut = blamed === undefined ? [] : [blamed.text];
    // With a baseline a violation need not be a failure.
    const level = isGreen(report) ? "warning" : "error";
    lines.push(annotation(level, "violated", [sentence, ...faults, ...cut].join("\n"), place));
    if (verdict.error !== undefined)
      lines.push(githubAnnotations([evaluationDiagnostic(program, verdict.error)], pathName));
  }
  if (verdict.kind === "inconclusive") lines.push(annotation("warning", "inconclusive", sentence, place));
  if (report.strict !== undefined && report.strict.length > 0)
    lines.push(annotation(isGreen(report) ? "warning" : "error", "strict", strictSentence(report.strict)));
  for (const finding of report.comparison === undefined ? [] : regressionsOf(report.comparison))
    lines.push(
      annotation("error", "regression", findingInWords(finding), placeIn(blamedFor(finding, report), pathName)),
    );
  if (report.margin !== undefined)
    lines.push(
      annotation("notice", "margin", marginInWords(report.margin, program, verdict.budget.nodes).join("\n"), place),
    );
  for (const warning of verdict.warnings)
    lines.push(annotation("warning", warning.kind, warningSentence(warning, program), place));
  return lines.join("") + githubAnnotations(report.diagnostics, pathName);
}

/** The expectations of a test run that are not met, at their lines. */
export function githubCases(cases: readonly JUnitCase[]): string {
  return cases
    .map(({ file, line, name, result }) => {
      if (result.kind !== "failed" && result.kind !== "error") return "";
      const place = file === undefined || line === undefined ? [] : [`file=${property(file)}`, `line=${line}`];
      return annotation("error", name, [...new Set([result.message, result.details])].join("\n"), place);
    })
    .join("");
}

/** The rule or fact that first mentions the relation in which something is missing. */
function spanOf({ verdict, program }: CheckReport): Span | undefined {
  if (verdict.kind !== "violated") return undefined;
  const relation = verdict.counterexample.witnesses[0]?.relation;
  return program.rules.find((rule) => rule.head.relation === relation)?.span;
}

/** The properties of the place. */
function placeIn(span: Span | undefined, pathName: PathName): readonly string[] {
  if (span === undefined) return [];
  const { line, column } = positionAt(span.file, span.start);
  return [`file=${property(pathName(span.file.path))}`, `line=${line}`, `col=${column}`];
}

function annotation(
  level: "error" | "warning" | "notice",
  title: string,
  message: string,
  place: readonly string[] = [],
): string {
  const properties = [...place, `title=${property(`ldfi: ${title}`)}`];
  return `::${level} ${properties.join(",")}::${data(message)}\n`;
}

function data(text: string): string {
  return visibleLines(text).replaceAll("%", "%25").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
