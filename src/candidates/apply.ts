import type { SourceFile } from "../source/source.js";
import { parseText } from "../syntax/parser.js";
import { printStatement } from "../syntax/printer-statements.js";
import type { Comment, RuleStatement, SyntaxTree } from "../syntax/tree.js";
import type { Change, Edit } from "./edit.js";

/*
 * Edits applied to the text of files. Comments, layout and everything else that an edit does not name stay as they are: a change
 * is a replacement of a range of the text, and the result is parsed again, so that what is decided is what would be written.
 */

/** A range of a file and the text that replaces it. */
interface Replacement {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The trees after an edit; `undefined` if a rule that it names is missing, or the text would not parse. */
export function applyEdit(trees: readonly SyntaxTree[], { changes }: Edit): readonly SyntaxTree[] | undefined {
  const replacements: Replacement[] = [];
  for (const change of changes) {
    const replacement = replacementFor(trees, change);
    if (replacement === undefined) return undefined;
    replacements.push(replacement);
  }
  const edited: SyntaxTree[] = [];
  for (const tree of trees) {
    const own = replacements.filter(({ file }) => file === tree.source);
    if (own.length === 0) {
      edited.push(tree);
      continue;
    }
    const text = replaced(tree.source.text, own);
    if (text === undefined) return undefined;
    const parsed = parseText({ path: tree.source.path, text });
    if (parsed.diagnostics.some(({ severity }) => severity === "error")) return undefined;
    edited.push(parsed.tree);
  }
  return edited;
}

/** The text with every replacement made; `undefined` if two of them overlap. */
function replaced(text: string, replacements: readonly Replacement[]): string | undefined {
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  // A stable sort keeps insertions at one place in their order.
  const sorted = [...replacements].sort((a, b) => a.start - b.start);
  let result = "";
  let at = 0;
  for (const { start, end, text: inserted } of sorted) {
    if (start < at) return undefined;
    result += text.slice(at, start) + inserted.replaceAll("\n", lineEnd);
    at = end;
  }
  return result + text.slice(at);
}

function replacementFor(trees: readonly SyntaxTree[], change: Change): Replacement | undefined {
  switch (change.kind) {
    case "add-rules":
      return insertion(trees, change.near, change.rules);
    case "durable": {
      const found = firstRuleOf(trees, change.relation);
      if (found === undefined) return undefined;
      const { file, start } = found.statement.span;
      const line = file.text.lastIndexOf("\n", start - 1) + 1;
      return { file, start: line, end: line, text: `//! durable ${change.relation}\n` };
    }
    case "add-literals": {
      const found = ruleWith(trees, change.rule);
      return found === undefined ? undefined : withLiterals(found, change.literals);
    }
    case "replace-rule": {
      const span = ruleWith(trees, change.rule)?.statement.span;
      return span === undefined ? undefined : { ...span, text: change.text.slice(0, -1) };
    }
    case "replace-literal": {
      const span = ruleWith(trees, change.rule)?.statement.body[change.literal]?.span;
      return span === undefined ? undefined : { ...span, text: change.text };
    }
    case "replace-argument": {
      const span = ruleWith(trees, change.rule)?.statement.head.args[change.argument]?.span;
      return span === undefined ? undefined : { ...span, text: change.text };
    }
    default: {
      const never: never = change;
      return never;
    }
  }
}

interface Found {
  readonly tree: SyntaxTree;
  readonly statement: RuleStatement;
}

function ruleWith(trees: readonly SyntaxTree[], text: string): Found | undefined {
  return findRule(trees, (statement) => printStatement(statement) === text);
}

function firstRuleOf(trees: readonly SyntaxTree[], relation: string): Found | undefined {
  return findRule(trees, ({ head }) => head.relation.text === relation);
}

function findRule(trees: readonly SyntaxTree[], matches: (statement: RuleStatement) => boolean): Found | undefined {
  for (const tree of trees) {
    for (const statement of tree.statements)
      if (statement.kind === "rule" && matches(statement)) return { tree, statement };
  }
  return undefined;
}

/** The whole statement in canonical form; where a comment is inside it, the literals alone are inserted. */
function withLiterals({ tree, statement }: Found, literals: readonly string[]): Replacement {
  const { span } = statement;
  const last = statement.body.at(-1)?.span.end ?? span.end;
  if (tree.comments.some((comment) => span.start < comment.span.start && comment.span.start < span.end))
    return { file: span.file, start: last, end: last, text: literals.map((literal) => `, ${literal}`).join("") };
  const canonical = printStatement(statement).slice(0, -1);
  const { tree: reparsed } = parseText({ path: "", text: `${canonical}, ${literals.join(", ")};` });
  const [whole] = reparsed.statements;
  const text = whole === undefined ? canonical : printStatement(whole).slice(0, -1);
  return { file: span.file, start: span.start, end: span.end, text };
}

function insertion(trees: readonly SyntaxTree[], near: string, rules: readonly string[]): Replacement | undefined {
  const [main] = trees;
  if (main === undefined) return undefined;
  const file = main.source;
  const found = ruleWith([main], near);
  if (found === undefined) {
    const gap = file.text === "" || file.text.endsWith("\n") ? "" : "\n";
    return { file, start: file.text.length, end: file.text.length, text: `${gap}\n${rules.join("\n")}\n` };
  }
  const at = endOfStatement(main, found.statement.span.end);
  return { file, start: at, end: at, text: `\n${rules.join("\n")}` };
}

/** The end of the line on which a statement ends or, if more than a comment follows there, the place after its `;`. */
function endOfStatement({ source: { text }, comments }: SyntaxTree, end: number): number {
  const within = (at: number): Comment | undefined => comments.find(({ span }) => span.start <= at && at < span.end);
  let at = end;
  while (at < text.length && text[at] !== ";") at = within(at)?.span.end ?? at + 1;
  const after = Math.min(at + 1, text.length);
  const lineBreak = /\r?\n/.exec(text.slice(after));
  const line = lineBreak === null ? text.length : after + lineBreak.index;
  for (let next = after; next < line; ) {
    const comment = within(next);
    if (comment === undefined && /\S/.test(text[next] ?? "")) return after;
    next = comment?.span.end ?? next + 1;
    if (next > line) return after;
  }
  return line;
}
