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
  if (diagnostics.length > 0) return { kind: "refused", diagnostics };
  return { kind: "formatted", text: printTree(tree) };
}
