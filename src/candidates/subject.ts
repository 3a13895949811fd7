import { buildProgram } from "../program/load.js";
import type { Program } from "../program/program.js";
import type { Diagnostic } from "../source/diagnostic.js";
import type { SourceFile } from "../source/source.js";
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

/** The version that these files make, unless it has errors. */
export function subjectOf(trees: readonly SyntaxTree[]): Subject | undefined {
  const { program, diagnostics } = buildProgram(trees);
  if (program === undefined) return undefined;
  // The order in which lowering numbers rules.
  const rules = trees.flatMap(({ source, statements }) =>
    statements.flatMap((statement) =>
      statement.kind === "rule" ? [{ statement, text: printStatement(statement), file: source }] : [],
    ),
  );
  return { trees, program, rules, diagnostics };
}
