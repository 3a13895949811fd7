import type { Diagnostic, TextEdit } from "../source/diagnostic.js";
import type { Span } from "../source/source.js";
import type { SyntaxTree } from "../syntax/tree.js";
import { defines, occurrencesIn } from "./occurrences.js";
import { relationsOf, summaryOf } from "./relation-summary.js";
import type { View } from "./views.js";

export interface CodeAction {
  readonly title: string;
  readonly kind: "quickfix" | "refactor";
  readonly edits: readonly TextEdit[];
  /** What it fixes. */
  readonly diagnostic?: Diagnostic;
  /** Whether it is the default choice. */
  readonly preferred: boolean;
}

/** The code actions for a part of a text: fixes of diagnostics, and rules to add. Starts no search. */
export function codeActionsAt(
  tree: SyntaxTree,
  { start, end }: Pick<Span, "start" | "end">,
  diagnostics: readonly Diagnostic[],
  view: View,
): readonly CodeAction[] {
  const touches = (span: Span): boolean => span.start <= end && start <= span.end;
  const fixes = diagnostics.flatMap((diagnostic): readonly CodeAction[] => {
    const { fix, span } = diagnostic;
    if (fix === undefined || span === undefined || span.file.path !== tree.source.path || !touches(span)) return [];
    return [{ title: fix.title, kind: "quickfix", edits: fix.edits, diagnostic, preferred: fix.safe }];
  });
  const named = occurrencesIn(tree).filter((o) => defines(o) && touches(o.span));
  return [...fixes, ...named.flatMap(({ name, statement }) => persistenceRule(tree, name, statement?.span, view))];
}

/** `r(X, Y)@next :- r(X, Y);` after the statement, for a relation that is not carried. */
function persistenceRule(
  tree: SyntaxTree,
  name: string,
  statement: Span | undefined,
  view: View,
): readonly CodeAction[] {
  const summary = summaryOf(name, view, relationsOf(view).get(name) ?? []);
  if (summary.persistent || view.program === undefined || statement === undefined || summary.columns.length === 0)
    return [];
  const columns = summary.columns.map((column) => column.name).join(", ");
  const { text } = tree.source;
  const semicolon = text.indexOf(";", statement.end);
  const at = semicolon === -1 ? statement.end : semicolon + 1;
  const rule = `\n${name}(${columns})@next :- ${name}(${columns});`;
  const edits = [{ span: { file: tree.source, start: at, end: at }, text: rule }];
  return [{ title: `Carry \`${name}\` to the next instant`, kind: "refactor", edits, preferred: false }];
}
