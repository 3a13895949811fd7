import { builtIns } from "../faults/kind.js";
import type { TextEdit } from "../source/diagnostic.js";
import type { Span } from "../source/source.js";
import { namedAt } from "./navigation.js";
import { occurrencesIn, statementAt, variablesOf } from "./occurrences.js";
import type { Workspace } from "./workspace.js";

export type Renaming =
  | { readonly kind: "edits"; readonly edits: readonly TextEdit[] }
  /** The reason for refusing, in one sentence. */
  | { readonly kind: "refused"; readonly reason: string };

/** Names with a fixed meaning: built-in relations and those of the specification. */
const meaningful: readonly string[] = [...Object.values(builtIns), "clock", "pre", "post", "never"];
const reserved: readonly string[] = ["notin", "include"];

/** What would be renamed at a place, if anything can be. */
export function renamableAt(workspace: Workspace, path: string, offset: number): Span | undefined {
  const named = namedAt(workspace, path, offset);
  if (named === undefined || named.kind === "include") return undefined;
  return named.kind === "relation" && meaningful.includes(named.name) ? undefined : named.span;
}

/** Renames what is named at a place, everywhere. The meaning must not change, so a name that is in use is refused. */
export function renameAt(workspace: Workspace, path: string, offset: number, to: string): Renaming {
  const named = namedAt(workspace, path, offset);
  if (named === undefined || named.kind === "include") return refused("there is no relation and no variable here");
  if (to === named.name) return { kind: "edits", edits: [] };
  if (named.kind === "variable") {
    if (!/^([A-Z][A-Za-z0-9_]*|_[A-Za-z0-9_]+)$/.test(to))
      return refused(`\`${to}\` is not a variable: variables start with an upper-case letter`);
    const statement = statementAt(workspace.treeOf(path), named.span.start);
    if (statement !== undefined && variablesOf(statement).some(({ name }) => name === to))
      return refused(`the statement already has a variable \`${to}\``);
    return { kind: "edits", edits: named.places.map((span) => ({ span, text: to })) };
  }
  if (meaningful.includes(named.name)) return refused(`\`${named.name}\` has a fixed meaning, so it cannot be renamed`);
  if (meaningful.includes(to)) return refused(`\`${to}\` has a fixed meaning`);
  if (!/^[a-z][A-Za-z0-9_]*$/.test(to) || reserved.includes(to))
    return refused(`\`${to}\` is not the name of a relation: these start with a lower-case letter`);
  const files = new Set(named.occurrences.map(({ span }) => span.file.path));
  const trees = [...files].flatMap((file) => workspace.viewsWith(file).flatMap((view) => view.trees));
  if (trees.some((tree) => occurrencesIn(tree).some(({ name }) => name === to)))
    return refused(`there already is a relation \`${to}\``);
  return { kind: "edits", edits: named.occurrences.map(({ span }) => ({ span, text: to })) };
}

function refused(reason: string): Renaming {
  return { kind: "refused", reason };
}
