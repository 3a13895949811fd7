import type { SyntaxTree } from "../syntax/tree.js";
import { occurrencesIn } from "./occurrences.js";
import { relationsOf, summaryOf } from "./relation-summary.js";
import type { View } from "./views.js";

export interface InlayHint {
  /** Before which character it is shown. */
  readonly offset: number;
  readonly text: string;
}

/** The names of columns before the constants of facts, and the inferred types after the variables of heads. */
export function inlayHintsOf(tree: SyntaxTree, view: View): readonly InlayHint[] {
  const named = relationsOf(view);
  return occurrencesIn(tree).flatMap(({ name, role, args = [] }) => {
    if (role !== "fact" && role !== "head") return [];
    const { columns } = summaryOf(name, view, named.get(name) ?? []);
    return args.flatMap((span, i): readonly InlayHint[] => {
      const column = columns[i];
      if (column === undefined) return [];
      if (role === "fact")
        return /^Column\d*$/.test(column.name) ? [] : [{ offset: span.start, text: `${column.name}:` }];
      return column.type === "unknown" ? [] : [{ offset: span.end, text: `: ${column.type}` }];
    });
  });
}
