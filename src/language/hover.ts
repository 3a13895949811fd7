import { formatPlace } from "../source/line-index.js";
import type { Span } from "../source/source.js";
import type { SyntaxTree } from "../syntax/tree.js";
import { enumerate } from "../wording/lists.js";
import { count } from "../wording/numbers.js";
import type { Occurrence } from "./occurrences.js";
import { occurrenceAt, statementAt, variablesOf } from "./occurrences.js";
import type { RelationSummary } from "./relation-summary.js";
import { relationsOf, summaryOf } from "./relation-summary.js";
import type { View } from "./views.js";

export interface Hover {
  readonly span: Span;
  /** Markdown. */
  readonly text: string;
}

/** How often each rule fires in the failure-free run, by the place of the rule. */
export type Firings = ReadonlyMap<string, number>;

export function firingKey({ file, start }: Span): string {
  return `${file.path}:${start}`;
}

/** What is known about the relation or variable at a place. `view`: the program it is part of. */
export function hoverAt(tree: SyntaxTree, offset: number, view: View, firings?: Firings): Hover | undefined {
  const occurrence = occurrenceAt(tree, offset);
  if (occurrence !== undefined) return { span: occurrence.span, text: relationText(occurrence, view, firings) };
  const statement = statementAt(tree, offset);
  if (statement === undefined) return undefined;
  const variables = variablesOf(statement);
  const variable = variables.find(({ span }) => span.start <= offset && offset <= span.end);
  if (variable !== undefined) {
    const type = typeOf(variable.name, statement.span, tree, view);
    const times = variables.filter(({ name }) => name === variable.name).length;
    const occurs = times === 1 ? "occurs once" : `occurs ${times} times`;
    return {
      span: variable.span,
      text: `${code(type === undefined ? variable.name : `${variable.name}: ${type}`)}\n\n${occurs} in this statement`,
    };
  }
  const fires = firingSentence(statement.span, firings);
  return fires === undefined ? undefined : { span: statement.span, text: fires };
}

function relationText({ name, role, statement }: Occurrence, view: View, firings: Firings | undefined): string {
  const summary = summaryOf(name, view, relationsOf(view).get(name) ?? []);
  const lines = [code(signatureOf(summary)), describe(summary)];
  const fires = role === "head" && statement !== undefined ? firingSentence(statement.span, firings) : undefined;
  if (fires !== undefined) lines.push(fires);
  const [first] = summary.definitions;
  if (first !== undefined) lines.push(`first defined at ${formatPlace({ ...first.span, file: named(first.span) })}`);
  lines.push(`*in ${baseName(view.root)}*`);
  return lines.join("\n\n");
}

function named({ file }: Span): Span["file"] {
  return { ...file, path: baseName(file.path) };
}

/** `log(Node: string, Payload: string)` */
export function signatureOf({ name, columns }: RelationSummary): string {
  return `${name}(${columns.map((c) => (c.type === "unknown" ? c.name : `${c.name}: ${c.type}`)).join(", ")})`;
}

function describe(summary: RelationSummary): string {
  const { definitions, readers, timings, persistent, durable, forgotten, observer, builtIn } = summary;
  if (builtIn) return `built in; read by ${count(readers.length, "literal")}`;
  const facts = definitions.filter(({ role }) => role === "fact").length;
  const rules = definitions.length - facts;
  const parts = [...(facts > 0 ? [count(facts, "fact")] : []), ...(rules > 0 ? [count(rules, "rule")] : [])];
  const properties = [
    ...(persistent ? ["persistent"] : []),
    ...(durable ? ["durable"] : []),
    ...(forgotten ? ["forgotten in a restart"] : []),
    ...(timings.includes("async") ? ["sent as a message"] : []),
    ...(observer ? ["observer relation"] : []),
  ];
  return [
    parts.length === 0 ? "defined by nothing: always empty" : `defined by ${enumerate(parts)}`,
    readers.length === 0 ? "read by nothing" : `read by ${count(readers.length, "literal")}`,
    ...properties,
  ].join(" · ");
}

function firingSentence(span: Span, firings: Firings | undefined): string | undefined {
  const times = firings?.get(firingKey(span));
  if (times === undefined) return undefined;
  const often = times === 0 ? "does not fire" : times === 1 ? "fires once" : `fires ${times} times`;
  return `${often} in the run without faults`;
}

/** The type of the first column in which the variable is the whole argument. */
function typeOf(variable: string, statement: Span, tree: SyntaxTree, view: View): string | undefined {
  const { program } = view;
  const rule = program?.rules.find(({ span }) => span.file === tree.source && span.start === statement.start);
  const index = rule?.variables.indexOf(variable);
  for (const literal of rule?.body ?? []) {
    if (literal.kind === "comparison") continue;
    const column = literal.args.findIndex((arg) => arg.kind === "variable" && arg.variable === index);
    const type = program?.relations[literal.relation]?.columnTypes[column];
    if (type !== undefined && type !== "unknown") return type;
  }
  return undefined;
}

function code(text: string): string {
  return `\`\`\`dedalus\n${text}\n\`\`\``;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
