import { buildProgram } from "../program/load.js";
import type { Program } from "../program/program.js";
import { setUpForAdvice } from "../search/set-up.js";
import type { Diagnostic } from "../source/diagnostic.js";
import type { SourceFile, Span } from "../source/source.js";
import { printStatement } from "../syntax/printer-statements.js";
import type { RuleStatement, SyntaxTree } from "../syntax/tree.js";

/** A rule with its canonical text and its file. */
export interface PlacedRule {
  readonly statement: RuleStatement;
  readonly text: string;
  readonly file: SourceFile;
}

/** A version of the program under repair: its files, and the program that they make. */
export interface Subject {
  /** In the order of reading; the first is the main file. */
  readonly trees: readonly SyntaxTree[];
  readonly program: Program;
  /** By rule id. */
  readonly rules: readonly PlacedRule[];
  /** The warnings of the program. */
  readonly diagnostics: readonly Diagnostic[];
}

function keyOf({ file, start }: Span): string {
  return `${start} ${file.path}`;
}

/** The version that these files make, unless it has errors. */
export function subjectOf(trees: readonly SyntaxTree[]): Subject | undefined {
  const { program: text, diagnostics } = buildProgram(trees);
  if (text === undefined) return undefined;
  const program = setUpForAdvice(text);
  const statements = new Map<string, PlacedRule>();
  for (const { source, statements: own } of trees)
    for (const statement of own)
      if (statement.kind === "rule")
        statements.set(keyOf(statement.span), { statement, text: printStatement(statement), file: source });
  const rules = program.rules.map(({ span }) => {
    const placed = statements.get(keyOf(span));
    if (placed === undefined) throw new Error("a rule without its statement");
    return placed;
  });
  return { trees, program, rules, diagnostics };
}
