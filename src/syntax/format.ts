import type { Diagnostic } from "../source/diagnostic.js";
import type { SourceFile } from "../source/source.js";
import { parseText } from "./parser.js";
import { printTree } from "./printer.js";

export type Formatted =
  | { readonly kind: "formatted"; readonly text: string }
  /** The text has errors of grammar: the statements with errors have no canonical form. */
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] };

/** The canonical form of a text. Only its grammar has to be right. */
export function formatSource(source: SourceFile): Formatted {
  const { tree, diagnostics } = parseText(source);
  if (diagnostics.length > 0) return { kind: "refused", diagnostics: inOrder(diagnostics) };
  return { kind: "formatted", text: printTree(tree) };
}

/** In the order of the text: the parser reports the errors of a statement before that of what ends the one before it. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
}
