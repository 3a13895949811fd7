import { cursorAt } from "../syntax/cursor.js";
import type { SyntaxTree } from "../syntax/tree.js";
import type { Column } from "./relation-summary.js";
import { relationsOf, summaryOf } from "./relation-summary.js";
import type { View } from "./views.js";

export interface Signature {
  readonly relation: string;
  readonly columns: readonly Column[];
  /** The column that is being written; past the last if there are too many. */
  readonly active: number;
}

/** The columns of the atom whose parentheses are open at a place. */
export function signatureAt(tree: SyntaxTree, offset: number, view: View): Signature | undefined {
  const { kind, call } = cursorAt(tree, offset);
  if (kind === "comment" || call === undefined) return undefined;
  const { relation, argument, span } = call;
  // The atom that is being written does not count for the names of its own columns.
  const occurrences = (relationsOf(view).get(relation) ?? []).filter(
    (o) => o.span.file !== span.file || o.span.start !== span.start,
  );
  const { columns } = summaryOf(relation, view, occurrences);
  return columns.length === 0 ? undefined : { relation, columns, active: argument };
}
