import type { Diagnostic } from "../source/diagnostic.js";
import { Diagnostics } from "../source/diagnostic.js";
import type { SyntaxTree } from "../syntax/tree.js";
import { inferColumnTypes } from "./column-types.js";
import { draftOf } from "./draft.js";
import { lowerFacts, lowerRules } from "./lowering.js";
import type { Program } from "./program.js";
import { collectRelations } from "./relations.js";
import { checkSafety } from "./safety.js";
import { checkSenders } from "./senders.js";
import { checkStatements } from "./statements.js";
import { stratify } from "./stratification.js";

export interface BuildResult {
  /** Present exactly if no diagnostic is an error. */
  readonly program?: Program;
  /** In the order of the files and, within each, of the text; those without a place first. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes a program of parsed files, whose includes are among them already. Every pass runs and reports whatever the
 * others find: each judges only what it can judge soundly. `earlier` is what reading and parsing had to say.
 */
export function buildProgram(trees: readonly SyntaxTree[], earlier: readonly Diagnostic[] = []): BuildResult {
  const diagnostics = new Diagnostics();
  diagnostics.add(earlier);
  const draft = draftOf(trees);

  const table = collectRelations(draft, diagnostics);
  checkStatements(draft, diagnostics);
  checkSafety(draft, diagnostics);
  checkSenders(draft, diagnostics);
  const columnTypes = inferColumnTypes(draft, table, diagnostics);
  const strata = stratify(draft, table, diagnostics);

  if (diagnostics.hasErrors) return { diagnostics: inTextOrder(diagnostics.all, trees) };
  const program: Program = {
    files: trees.map(({ source }) => source),
    relations: table.entries.map((entry) => ({ ...entry, columnTypes: columnTypes[entry.id] ?? [] })),
    relationByName: table.byName,
    crash: table.crash,
    restart: undefined,
    durable: new Set(),
    forgets: new Set(),
    observers: new Set(),
    inputs: [],
    facts: lowerFacts(draft, table),
    rules: lowerRules(draft, table),
    strata,
  };
  return { program, diagnostics: inTextOrder(diagnostics.all, trees) };
}

function inTextOrder(diagnostics: readonly Diagnostic[], trees: readonly SyntaxTree[]): readonly Diagnostic[] {
  const fileOrder = new Map(trees.map(({ source }, i) => [source, i]));
  const fileOf = (d: Diagnostic): number => (d.span === undefined ? -1 : (fileOrder.get(d.span.file) ?? trees.length));
  return [...diagnostics].sort((a, b) => fileOf(a) - fileOf(b) || (a.span?.start ?? 0) - (b.span?.start ?? 0));
}
