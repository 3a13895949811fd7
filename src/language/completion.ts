import { builtIns } from "../faults/kind.js";
import type { Span } from "../source/source.js";
import { stringLiteral } from "../source/strings.js";
import type { Cursor } from "../syntax/cursor.js";
import { cursorAt } from "../syntax/cursor.js";
import { keysOf } from "../syntax/expectation-lines.js";
import type { SyntaxTree } from "../syntax/tree.js";
import { signatureOf } from "./hover.js";
import { expressionsOf, variablesOf } from "./occurrences.js";
import type { RelationSummary } from "./relation-summary.js";
import { relationsOf, summaryOf } from "./relation-summary.js";
import type { View } from "./views.js";

export interface Completion {
  readonly label: string;
  readonly kind: "relation" | "variable" | "value" | "keyword" | "key" | "file" | "aggregate";
  readonly detail?: string;
  /** The inserted text; if `snippet`, with `$1` … as placeholders. */
  readonly text: string;
  readonly snippet: boolean;
  /** The span that it replaces. */
  readonly span: Span;
}

/** A request for completions. */
export interface CompletionRequest {
  readonly tree: SyntaxTree;
  readonly offset: number;
  readonly view: View;
  /** Programs that can be included, as an include would name them. */
  readonly files: readonly string[];
  readonly nodes: readonly string[];
}

const aggregates: readonly string[] = ["count", "min", "max", "sum", "avg"];

/** What can be written at a place, in the order in which it is offered. */
export function completionsAt(request: CompletionRequest): readonly Completion[] {
  const cursor = cursorAt(request.tree, request.offset);
  switch (cursor.kind) {
    case "comment":
      return inDirective(request, cursor);
    case "path":
      return request.files.map((file) => plain(file, "file", cursor, quotedOrNot(file, cursor, request)));
    case "string":
      return request.nodes.map((node) => plain(node, "value", cursor));
    case "time":
      return ["next", "async"].map((word) => plain(word, "keyword", cursor));
    case "statement":
      return [...relations(request, cursor, true), plain("include", "keyword", cursor)];
    case "literal":
      return [...relations(request, cursor, false), ...variables(request, cursor), plain("notin", "keyword", cursor)];
    case "argument":
      return [
        ...variables(request, cursor),
        ...request.nodes.map((node) => plain(stringLiteral(node), "value", cursor)),
        ...(cursor.inHead ? aggregates.map((name) => snippet(`${name}<…>`, "aggregate", `${name}<$1>`, cursor)) : []),
        ...(cursor.inHead ? [] : [plain("_", "keyword", cursor)]),
      ];
    case "other":
      return variables(request, cursor);
    default: {
      const never: never = cursor.kind;
      return never;
    }
  }
}

function plain(label: string, kind: Completion["kind"], { prefix }: Pick<Cursor, "prefix">, text = label): Completion {
  return { label, kind, text, snippet: false, span: prefix };
}

function snippet(label: string, kind: Completion["kind"], text: string, { prefix }: Cursor): Completion {
  return { label, kind, text, snippet: true, span: prefix };
}

/** An include whose quote is already open needs no quote. */
function quotedOrNot(file: string, { prefix }: Cursor, { tree }: CompletionRequest): string {
  return tree.source.text[prefix.start - 1] === '"' ? file : stringLiteral(file);
}

/** The relations of the program with their columns; at the start of a statement, those that can be defined. */
function relations({ tree, offset, view }: CompletionRequest, cursor: Cursor, defined: boolean): readonly Completion[] {
  const named = relationsOf(view);
  // Where arguments follow, they are kept, and the name is all that is replaced.
  const [, rest] = /^(\w*)\s*\(/.exec(tree.source.text.slice(offset)) ?? [];
  const names = new Set([...named.keys(), ...(defined ? [] : [builtIns.crash])]);
  return [...names]
    .sort()
    .map((name) => summaryOf(name, view, named.get(name) ?? []))
    .filter(({ builtIn, columns }) => columns.length > 0 && !(defined && builtIn))
    .map((summary) => ({
      label: summary.name,
      kind: "relation",
      detail: signatureOf(summary),
      ...(rest === undefined
        ? { text: call(summary), snippet: true, span: cursor.prefix }
        : { text: summary.name, snippet: false, span: { ...cursor.prefix, end: offset + rest.length } }),
    }));
}

function call({ name, columns }: RelationSummary): string {
  return `${name}(${columns.map((column, i) => `\${${i + 1}:${column.name}}`).join(", ")})`;
}

/** The variables of the statement, without the one that is being written. */
function variables({ tree }: CompletionRequest, cursor: Cursor): readonly Completion[] {
  const statement = [...tree.statements, ...tree.broken].find(({ span }) => span.start === cursor.statement);
  if (statement === undefined) return [];
  const names = variablesOf(statement).filter(({ span }) => span.start !== cursor.prefix.start);
  return [...new Set(names.map(({ name }) => name))].map((name) => plain(name, "variable", cursor));
}

const words: Readonly<Record<string, string>> = {
  check: "the verdict over a budget",
  run: "the outcome of one schedule",
  durable: "relations whose carried tuples survive a restart",
  forgets: "relations that a restart does not keep",
  observer: "history for the specification, which no restart affects",
  everywhere: "relations that hold at every instant and have no location",
  maybe: "a fact that holds or not",
  "one-of": "facts of which exactly one holds",
  promise: "a named condition of the specification",
  reach: "tuples that some schedule must derive",
};

const outcomes: readonly string[] = ["holds", "violated", "inconclusive", "error"];

/** In a `//!` line: its keyword, then the names of relations, or keys and their values. */
function inDirective(
  { tree, offset, view, files, nodes }: CompletionRequest,
  { prefix }: Cursor,
): readonly Completion[] {
  const before = tree.source.text.slice(prefix.start, offset);
  const [, keyword] = /^\/\/!\s*([\w-]*)$/.exec(before) ?? [];
  const from = (length: number): { readonly prefix: Span } => ({ prefix: { ...prefix, start: offset - length } });
  if (keyword !== undefined)
    return Object.entries(words).map(([word, detail]) => ({ ...plain(word, "keyword", from(keyword.length)), detail }));
  const [, kind = ""] = /^\/\/!\s*([\w-]+)\s/.exec(before) ?? [];
  if (kind === "durable" || kind === "forgets" || kind === "observer" || kind === "everywhere") {
    const [word = ""] = /\w*$/.exec(before) ?? [];
    return relationNames(view).map((name) => plain(name, "relation", from(word.length)));
  }
  if (kind !== "check" && kind !== "run" && kind !== "promise") return [];
  const [, key, value = ""] = /(?:^|\s)([\w-]+)=([^\s"]*)$/.exec(before) ?? [];
  const last = from((/[^,]*$/.exec(value)?.[0] ?? "").length);
  switch (key) {
    case undefined: {
      const [word = ""] = /[\w-]*$/.exec(before) ?? [];
      const keys = kind === "promise" ? ["pre", "post", "never"] : keysOf(kind);
      return keys.map((name) => plain(name, "key", from(word.length), `${name}=`));
    }
    case "expect":
      return outcomes.map((outcome) => plain(outcome, "value", last));
    case "vacuous":
      return [plain("yes", "value", last)];
    case "nodes":
    case "spare":
      return nodes.map((node) => plain(node, "value", last));
    case "with":
      return files.map((file) => plain(file, "file", last));
    case "pre":
    case "post":
    case "never":
      return relationNames(view).map((name) => plain(name, "relation", last));
    default:
      return [];
  }
}

function relationNames(view: View): readonly string[] {
  return [...relationsOf(view).keys()].sort();
}

/** The strings in the first columns of facts, sorted: most of the nodes, even if the program has errors. */
export function nodesIn(view: View): readonly string[] {
  const found = new Set<string>();
  for (const { statements } of view.trees)
    for (const statement of statements) {
      if (statement.kind !== "fact") continue;
      const [location] = expressionsOf(statement);
      if (location?.kind === "string") found.add(location.value);
    }
  return [...found].sort();
}
