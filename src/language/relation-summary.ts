import { builtIns as relationsOfFaults } from "../faults/kind.js";
import { isPersistence } from "../program/persistence.js";
import type { ColumnType, Program, RelationId, Timing } from "../program/program.js";
import type { Span } from "../source/source.js";
import type { Occurrence } from "./occurrences.js";
import { defines, occurrencesIn } from "./occurrences.js";
import type { View } from "./views.js";

export interface Column {
  /** The variable that most atoms have there. */
  readonly name: string;
  /** `unknown` if the program has errors, or does not determine it. */
  readonly type: ColumnType;
}

/** What an editor shows about a relation of one program. */
export interface RelationSummary {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Facts, including inputs, and heads of rules. */
  readonly definitions: readonly Occurrence[];
  readonly readers: readonly Occurrence[];
  /** How its rules derive it. Empty if the program has errors. */
  readonly timings: readonly Timing[];
  readonly persistent: boolean;
  readonly durable: boolean;
  readonly forgotten: boolean;
  readonly observer: boolean;
  readonly builtIn: boolean;
}

const { crash, restart } = relationsOfFaults;
const columnsOfBuiltIns: Readonly<Record<string, readonly string[]>> = {
  [crash]: ["Observer", "Node", "Time"],
  [restart]: ["Node"],
  eot: ["Time"],
};

/** Whether a relation is one that the language defines, or reserves. */
export function isBuiltIn(name: string, program: Program | undefined): boolean {
  if (name === restart && program !== undefined) return program.restart !== undefined;
  if (name === "eot") return program?.eot !== undefined;
  return Object.hasOwn(columnsOfBuiltIns, name);
}

/** The relations that a program names, by name. */
export function relationsOf(view: View): ReadonlyMap<string, readonly Occurrence[]> {
  const byName = new Map<string, Occurrence[]>();
  for (const tree of view.trees)
    for (const occurrence of occurrencesIn(tree)) {
      const list = byName.get(occurrence.name);
      if (list === undefined) byName.set(occurrence.name, [occurrence]);
      else list.push(occurrence);
    }
  return byName;
}

export function summaryOf(name: string, view: View, occurrences: readonly Occurrence[]): RelationSummary {
  const { program } = view;
  const id = program?.relationByName.get(name);
  const rules = program?.rules.filter(({ head }) => head.relation === id) ?? [];
  return {
    name,
    columns: columnsOf(name, program, id, occurrences),
    definitions: occurrences.filter(defines),
    readers: occurrences.filter(({ role }) => role === "positive" || role === "negated"),
    timings: [...new Set(rules.map(({ timing }) => timing))],
    persistent: rules.some(isPersistence),
    durable: id !== undefined && program?.durable.has(id) === true,
    forgotten: id !== undefined && program?.forgets.has(id) === true,
    observer: id !== undefined && program?.observers.has(id) === true,
    builtIn: isBuiltIn(name, program) && !occurrences.some(defines),
  };
}

function columnsOf(
  name: string,
  program: Program | undefined,
  id: RelationId | undefined,
  occurrences: readonly Occurrence[],
): readonly Column[] {
  const relation = id === undefined ? undefined : program?.relations[id];
  const arity = relation?.arity ?? mostCommonArity(occurrences) ?? columnsOfBuiltIns[name]?.length ?? 0;
  const names = columnNames(name, arity, occurrences);
  return names.map((column, i) => ({ name: column, type: relation?.columnTypes[i] ?? "unknown" }));
}

function mostCommonArity(occurrences: readonly Occurrence[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { args } of occurrences)
    if (args !== undefined) counts.set(args.length, (counts.get(args.length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** For each column its most frequent variable, where heads count twice; no two columns have the same name. */
function columnNames(name: string, arity: number, occurrences: readonly Occurrence[]): readonly string[] {
  const given = columnsOfBuiltIns[name];
  if (given !== undefined && given.length === arity) return given;
  const taken = new Set<string>();
  return Array.from({ length: arity }, (_, column) => {
    const votes = new Map<string, number>();
    for (const { role, args } of occurrences) {
      const span = args?.length === arity ? args[column] : undefined;
      const text = span === undefined ? "" : variableIn(span);
      if (text !== "") votes.set(text, (votes.get(text) ?? 0) + (role === "head" ? 2 : 1));
    }
    const [best] = [...votes].filter(([text]) => !taken.has(text)).sort((a, b) => b[1] - a[1])[0] ?? [];
    const chosen = best ?? unused(column === 0 ? "Node" : `Column${column + 1}`, taken);
    taken.add(chosen);
    return chosen;
  });
}

/** The variable of an argument that is nothing else, or of an aggregate. */
function variableIn({ file, start, end }: Span): string {
  const [, variable = ""] = /^(?:[a-z]+<)?([A-Z]\w*)>?$/.exec(file.text.slice(start, end)) ?? [];
  return variable;
}

function unused(name: string, taken: ReadonlySet<string>): string {
  let chosen = name;
  for (let i = 2; taken.has(chosen); i++) chosen = `${name}${i}`;
  return chosen;
}
