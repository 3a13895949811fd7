import { boundRows } from "../faults/bounds.js";
import type { Bounds, Budget } from "../faults/budget.js";
import { budget as budgetOf } from "../faults/budget.js";
import { faultOfFields } from "../faults/from-fields.js";
import type { Fault } from "../faults/kinds.js";
import type { Schedule } from "../faults/schedule.js";
import { schedule as scheduleOf } from "../faults/schedule.js";
import { DEFAULT_PROMISE } from "../program/specification.js";
import type { DiagnosticCode } from "../source/codes.js";
import { diagnosticCodes, strictCodes } from "../source/codes.js";
import type { Answer, AskedCondition, MinimalSchedule, Question, TestAnswer, Violation, Warning } from "./answer.js";

/*
 * Documents of `ldfi check` and `ldfi test` as answers that can be compared. The current document is read in the same way as the earlier
 * one. Documents are validated: one that lacks a field that the comparison needs is older, or damaged.
 */

/** The `format` of documents that can be compared. */
const FORMAT = 1;

export type Read<T> =
  | { readonly kind: "read"; readonly value: T }
  /** What is wrong with the document, as the end of a sentence that begins with its name. */
  | { readonly kind: "problem"; readonly problem: string };

/** A check, with the files of its program. */
export interface CheckAnswer extends Answer {
  readonly files: readonly string[];
}

export interface Reading {
  /** Whether to treat warnings that only `--strict` counts as warnings of adequacy. */
  readonly strict: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** A document that lacks something; caught in `reading`. */
class Lacking extends Error {}

export function readCheck(text: string, { strict }: Reading): Read<CheckAnswer> {
  return reading(text, "check", (document) => checkAnswer(document, strict));
}

export function readTests(text: string, { strict }: Reading): Read<readonly TestAnswer[]> {
  return reading(text, "test", (document) => {
    if (document.cutShort === true) return "is of a run that was cut short: not every expectation was run";
    return listIn(document, "results").map((result, i) => testAnswer(result, `results[${i}]`, strict));
  });
}

/** The answer in a document of this run, which lacks nothing. */
export function checkAnswer(document: Fields, strict: boolean): CheckAnswer {
  const files = namesIn(document, "files");
  const verdict = verdictIn(document, "verdict");
  if (verdict === "error") return { verdict, question: undefined, reaches: [], warnings: [], files };
  const question = document.budget === undefined && verdict === "inconclusive" ? undefined : questionOf(document, "");
  return {
    verdict,
    files,
    question,
    ...(verdict === "violated" ? { violation: violationOf(document, question) } : {}),
    reaches: document.reach === undefined ? [] : listIn(document, "reach").map((r) => textIn(r, "pattern", "reach")),
    warnings: warningsIn(
      [...listIn(document, "warnings").map((w) => ({ ...w, code: w.kind })), ...listIn(document, "diagnostics")],
      strict,
    ),
  };
}

export function testAnswer(result: Fields, at: string, strict: boolean): TestAnswer {
  const actual = objectIn(result, "actual", at);
  const verdict = verdictIn(actual, "verdict", `${at}.actual`);
  const question =
    verdict === "error" || (verdict === "inconclusive" && result.specification === undefined)
      ? undefined
      : questionOf(result, at);
  const { line } = result;
  return {
    file: textIn(result, "file", at),
    name: textIn(result, "name", at),
    line: typeof line === "number" ? line : lacking(at, "line"),
    met: textIn(result, "result", at) === "passed",
    verdict,
    question,
    ...(verdict === "violated" ? { violation: foundBy(actual, question) } : {}),
    reaches: [],
    warnings: warningsIn(
      [actual.hollow, actual.unreached, result.warnings].flatMap((list) =>
        Array.isArray(list) ? list.filter(isFields) : [],
      ),
      strict,
    ),
  };
}

function reading<T>(text: string, command: string, use: (document: Fields) => T | string): Read<T> {
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return problem("is not a whole JSON document: it may be cut off");
  }
  if (!isFields(document) || !isFields(document.tool) || document.tool.name !== "ldfi" || !("format" in document))
    return problem("is not a report of ldfi");
  const { format, command: asked, tool } = document;
  const version = typeof tool.version === "string" ? tool.version : "an unknown version";
  if (format !== FORMAT)
    return problem(`is of ldfi ${version}, in format ${String(format)}: this ldfi compares format ${FORMAT}`);
  if (asked !== command) return problem(`is a report of \`ldfi ${String(asked)}\`, not of \`ldfi ${command}\``);
  try {
    const value = use(document);
    return typeof value === "string" ? problem(value) : { kind: "read", value };
  } catch (error) {
    if (!(error instanceof Lacking)) throw error;
    return problem(`lacks ${error.message}: it is of an older ldfi (it says ${version}), or was changed`);
  }
}

function problem(words: string): { readonly kind: "problem"; readonly problem: string } {
  return { kind: "problem", problem: words };
}

function questionOf(fields: Fields, at: string): Question {
  const conditions = conditionsOf(objectIn(fields, "specification", at));
  if (fields.run === undefined)
    return { conditions, asked: { kind: "budget", budget: budgetIn(objectIn(fields, "budget", at), at) } };
  const run = objectIn(fields, "run", at);
  const { eot } = run;
  if (typeof eot !== "number") return lacking(at, "run.eot");
  return { conditions, asked: { kind: "schedule", eot, schedule: scheduleIn(run, []) } };
}

function conditionsOf(specification: Fields): readonly AskedCondition[] {
  if (specification.kind !== "promises") return conditionOf(specification, undefined);
  return listIn(specification, "promises").flatMap((promise) => {
    const name = textIn(promise, "name", "promises");
    return conditionOf(promise, name === DEFAULT_PROMISE ? undefined : name);
  });
}

function conditionOf({ pre, post, never, relations }: Fields, promise: string | undefined): readonly AskedCondition[] {
  const texts = [
    ...(typeof post === "string"
      ? [typeof pre === "string" ? `${pre} → ${post}` : `what ${post} has without faults`]
      : []),
    ...(typeof never === "string" ? [`${never} never`] : []),
    ...(Array.isArray(relations) ? relations.map((relation) => `what ${String(relation)} has without faults`) : []),
  ];
  return texts.map((text) => ({ text, ...(promise === undefined ? {} : { promise }) }));
}

function budgetIn(fields: Fields, at: string): Budget {
  const number = (name: string): number => {
    const value = fields[name];
    return typeof value === "number" ? value : lacking(at, `budget.${name}`);
  };
  const given: Record<string, number> = { crashes: number("crashes") };
  for (const { bound } of boundRows) {
    const value = fields[bound];
    if (value === "any") given[bound] = Number.POSITIVE_INFINITY;
    else if (typeof value === "number") given[bound] = value;
  }
  const bounds: Bounds = { ...given, spare: fields.spare === undefined ? [] : namesIn(fields, "spare") };
  return budgetOf(namesIn(fields, "nodes"), number("eot"), number("eff"), bounds);
}

function violationOf(document: Fields, question: Question | undefined): Violation {
  const found = foundBy(objectIn(document, "counterexample", ""), question);
  if (document.minimal === undefined) return found;
  const minimal = objectIn(document, "minimal", "");
  const schedules = listIn(minimal, "counterexamples").map((counterexample): MinimalSchedule => {
    const schedule = scheduleIn(counterexample, nodesOf(question));
    return typeof counterexample.promise === "string" ? { schedule, promise: counterexample.promise } : { schedule };
  });
  return { ...found, minimal: { complete: minimal.complete === true, schedules } };
}

function foundBy(counterexample: Fields, question: Question | undefined): Violation {
  const schedule = scheduleIn(counterexample, nodesOf(question));
  return { faults: schedule.length, smallest: counterexample.smallest === true, schedule };
}

function nodesOf(question: Question | undefined): readonly string[] {
  return question?.asked.kind === "budget" ? question.asked.budget.nodes : [];
}

function scheduleIn(fields: Fields, nodes: readonly string[]): Schedule {
  return scheduleOf(
    listIn(fields, "schedule").map((fault): Fault => faultOfFields(fault, nodes) ?? lacking("schedule", "a fault")),
  );
}

/** The codes of adequacy, and others that say that a `holds` may mean less than it seems. */
function warningsIn(list: readonly Fields[], strict: boolean): readonly Warning[] {
  return list.flatMap((fields) => {
    const { code } = fields;
    if (!isCode(code)) return [];
    const { origin } = diagnosticCodes[code];
    if (!strictCodes.includes(code) || (origin === "lint" && !strict)) return [];
    if (origin !== "adequacy") return [{ code, subject: textIn(fields, "message", code) }];
    return namesIn(fields, "about").map((subject) => ({ code, subject }));
  });
}

function isCode(code: unknown): code is DiagnosticCode {
  return typeof code === "string" && Object.hasOwn(diagnosticCodes, code);
}

function verdictIn(fields: Fields, name: string, at = ""): Answer["verdict"] {
  const value = fields[name];
  switch (value) {
    case "holds":
    case "violated":
    case "inconclusive":
    case "error":
      return value;
    default:
      return lacking(at, name);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectIn(fields: Fields, name: string, at: string): Fields {
  const value = fields[name];
  return isFields(value) ? value : lacking(at, name);
}

function listIn(fields: Fields, name: string): readonly Fields[] {
  const value = fields[name];
  return Array.isArray(value) && value.every(isFields) ? value : lacking("", name);
}

function textIn(fields: Fields, name: string, at: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : lacking(at, name);
}

function namesIn(fields: Fields, name: string): readonly string[] {
  const value = fields[name];
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : lacking("", name);
}

function lacking(at: string, name: string): never {
  throw new Lacking(`\`${at === "" ? "" : `${at}.`}${name}\``);
}
