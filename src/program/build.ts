import type { Diagnostic } from "../source/diagnostic.js";
import { Diagnostics } from "../source/diagnostic.js";
import type { FactStatement, SyntaxTree } from "../syntax/tree.js";
import { inferColumnTypes } from "./column-types.js";
import type { Draft } from "./draft.js";
import { draftOf } from "./draft.js";
import { checkInputs } from "./inputs.js";
import { lowerFacts, lowerInputs, lowerRules } from "./lowering.js";
import { namedRelations } from "./named-relations.js";
import { observerMessages } from "./observer-messages.js";
import type { Program } from "./program.js";
import { resolvePromises } from "./promises.js";
import { resolveReaches } from "./reaches.js";
import { collectRelations } from "./relations.js";
import { checkSafety } from "./safety.js";
import { checkSenders } from "./senders.js";
import { layoutOf, setupOf, strataOf } from "./setup.js";
import { checkStatements } from "./statements.js";
import { checkStatics } from "./static-relations.js";
import { stratify } from "./stratification.js";

export interface BuildResult {
  /** Present exactly if no diagnostic is an error. */
  readonly program?: Program;
  /** In the order of the files and, within each, of the text; those without a place first. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Builds a program from parsed files and the files that they include. Every pass runs, whatever the others report, and
 * reports only what it can decide in the presence of other errors. `earlier`: the diagnostics of reading and parsing.
 */
export function buildProgram(trees: readonly SyntaxTree[], earlier: readonly Diagnostic[] = []): BuildResult {
  const diagnostics = new Diagnostics();
  diagnostics.add(earlier);
  const found = draftOf(trees, diagnostics);
  const draft = isWhole(earlier) ? found : { ...found, doubtful: everyName };

  const table = collectRelations(draft, diagnostics);
  checkStatements(draft, diagnostics);
  checkSafety(draft, diagnostics);
  checkSenders(draft, diagnostics);
  checkInputs(draft, diagnostics);
  checkStatics(draft, diagnostics);
  const named = namedRelations(draft, table, diagnostics);
  const promises = resolvePromises(draft, table, diagnostics);
  const reaches = resolveReaches(draft, table, diagnostics);
  const columnTypes = inferColumnTypes(draft, table, diagnostics);
  const strata = stratify(draft, table, diagnostics);

  if (diagnostics.hasErrors) return { diagnostics: inTextOrder(diagnostics.all, trees) };
  const layout = layoutOf(draft);
  const isStaticFact = ({ atom }: FactStatement): boolean => draft.statics.has(atom.relation.text);
  const whole: Omit<Program, "setup"> = {
    files: trees.map(({ source }) => source),
    relations: table.entries.map((entry) => ({ ...entry, columnTypes: columnTypes[entry.id] ?? [] })),
    relationByName: table.byName,
    crash: table.crash,
    restart: table.restart,
    ...named,
    promises,
    reaches,
    inputs: lowerInputs(draft, table),
    facts: lowerFacts(
      draft.facts.filter((fact) => !isStaticFact(fact)),
      table,
    ),
    statics: lowerFacts(draft.facts.filter(isStaticFact), table).map((fact) => ({ ...fact, instant: 1 })),
    eot: table.eot,
    rules: lowerRules(layout.rules, table, draft.statics),
    strata: strataOf(strata, draft, layout.rules),
  };
  const setup = setupOf(draft, layout, strata, table, whole);
  const program: Program = setup === undefined ? whole : { ...whole, setup };
  diagnostics.add(observerMessages(program, []));
  const all = inTextOrder(diagnostics.all, trees);
  return diagnostics.hasErrors ? { diagnostics: all } : { program, diagnostics: all };
}

/** What a file that was not read defines is not known. */
const everyName: Draft["doubtful"] = { has: () => true };

/** Whether every file of the program was read. */
function isWhole(earlier: readonly Diagnostic[]): boolean {
  return !earlier.some(
    ({ code }) => code === "include-missing" || code === "file-missing" || code === "file-unreadable",
  );
}

function inTextOrder(diagnostics: readonly Diagnostic[], trees: readonly SyntaxTree[]): readonly Diagnostic[] {
  const fileOrder = new Map(trees.map(({ source }, i) => [source, i]));
  const fileOf = (d: Diagnostic): number => (d.span === undefined ? -1 : (fileOrder.get(d.span.file) ?? trees.length));
  return [...diagnostics].sort((a, b) => fileOf(a) - fileOf(b) || (a.span?.start ?? 0) - (b.span?.start ?? 0));
}
