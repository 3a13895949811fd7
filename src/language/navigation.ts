import type { Span } from "../source/source.js";
import type { SyntaxTree } from "../syntax/tree.js";
import type { Occurrence } from "./occurrences.js";
import { defines, occurrenceAt, occurrencesIn, statementAt, variablesOf } from "./occurrences.js";
import type { Workspace } from "./workspace.js";

/** Something that has a name: a relation of the programs of a file, or a variable of one statement. */
export type Named =
  | {
      readonly kind: "relation";
      readonly name: string;
      readonly span: Span;
      readonly occurrences: readonly Occurrence[];
    }
  | { readonly kind: "variable"; readonly name: string; readonly span: Span; readonly places: readonly Span[] }
  | { readonly kind: "include"; readonly span: Span; readonly path: string };

/** What is named at a place, with all its occurrences. */
export function namedAt(workspace: Workspace, path: string, offset: number): Named | undefined {
  const tree = workspace.treeOf(path);
  const occurrence = occurrenceAt(tree, offset);
  if (occurrence !== undefined) {
    const { name, span } = occurrence;
    return { kind: "relation", name, span, occurrences: everywhere(workspace, path, name) };
  }
  const statement = statementAt(tree, offset);
  if (statement === undefined) return undefined;
  if (statement.kind === "include") return { kind: "include", span: statement.pathSpan, path: statement.path };
  const variables = variablesOf(statement);
  const variable = variables.find(({ span }) => span.start <= offset && offset <= span.end);
  if (variable === undefined) return undefined;
  const places = variables.filter(({ name }) => name === variable.name).map(({ span }) => span);
  return { kind: "variable", name: variable.name, span: variable.span, places };
}

/**
 * Every occurrence of a relation in the programs of a file, and in the programs with which these share a file that names it: a
 * name in a shared file is the same relation for all of them.
 */
function everywhere(workspace: Workspace, path: string, name: string): readonly Occurrence[] {
  const trees = new Map<string, SyntaxTree>();
  const pending = [path];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const { trees: read } of workspace.viewsWith(next))
      for (const tree of read) {
        const key = workspace.surroundings.reader.resolve(tree.source.path);
        if (trees.has(key) || !occurrencesIn(tree).some((other) => other.name === name)) continue;
        trees.set(key, tree);
        pending.push(tree.source.path);
      }
  }
  const order = [...trees].sort(([a], [b]) => (a < b ? -1 : 1));
  return order.flatMap(([, tree]) => occurrencesIn(tree).filter((other) => other.name === name));
}

/** The definitions of what is named at a place: the facts and heads of a relation, the first use of a variable, an included file. */
export function definitionsAt(workspace: Workspace, path: string, offset: number): readonly Span[] {
  const named = namedAt(workspace, path, offset);
  switch (named?.kind) {
    case undefined:
      return [];
    case "relation": {
      const definitions = named.occurrences.filter(defines);
      // Another program that shares a file has definitions of its own.
      const own = new Set(workspace.viewsWith(path).flatMap(({ trees }) => trees.map(({ source }) => source.path)));
      const near = definitions.filter(({ span }) => own.has(span.file.path));
      const found = near.length > 0 ? near : definitions;
      return (found.length > 0 ? found : named.occurrences.slice(0, 1)).map(({ span }) => span);
    }
    case "variable":
      return named.places.slice(0, 1);
    case "include": {
      const { resolve, join, folder } = workspace.surroundings.reader;
      const wanted = resolve(join(folder(path), named.path));
      const trees = workspace.viewsWith(path).flatMap((view) => view.trees);
      const tree =
        trees.find(({ source }) => resolve(source.path) === wanted) ??
        trees.find(({ source }) => source.path.endsWith(`/${named.path}`));
      return tree === undefined ? [] : [{ file: tree.source, start: 0, end: 0 }];
    }
    default: {
      const never: never = named;
      return never;
    }
  }
}

/** Every occurrence of what is named at a place; `declarations`: including definitions. */
export function referencesAt(
  workspace: Workspace,
  path: string,
  offset: number,
  declarations: boolean,
): readonly Span[] {
  const named = namedAt(workspace, path, offset);
  if (named === undefined || named.kind === "include") return [];
  if (named.kind === "variable") return declarations ? named.places : named.places.slice(1);
  return named.occurrences.filter((o) => declarations || !defines(o)).map(({ span }) => span);
}

export interface Highlight {
  readonly span: Span;
  readonly kind: "read" | "write";
}

/** The occurrences in one text of what is named at a place. */
export function highlightsAt(tree: SyntaxTree, offset: number): readonly Highlight[] {
  const occurrence = occurrenceAt(tree, offset);
  if (occurrence !== undefined)
    return occurrencesIn(tree)
      .filter(({ name }) => name === occurrence.name)
      .map((o) => ({ span: o.span, kind: defines(o) ? "write" : "read" }));
  const statement = statementAt(tree, offset);
  const variables = statement === undefined ? [] : variablesOf(statement);
  const variable = variables.find(({ span }) => span.start <= offset && offset <= span.end);
  return variables.filter(({ name }) => name === variable?.name).map(({ span }) => ({ span, kind: "read" }));
}
