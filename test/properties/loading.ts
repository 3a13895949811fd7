import { parseText } from "../../src/syntax/parser.js";
import type { SyntaxTree } from "../../src/syntax/tree.js";

/** The tree of a text that has no syntax errors. */
export function parse(text: string): SyntaxTree {
  const { tree, diagnostics } = parseText({ path: "program.ded", text });
  const [first] = diagnostics;
  if (first !== undefined) throw new Error(`${first.message} in\n${text}`);
  return tree;
}
