import type { Execution } from "../../execution/execution.js";
import type { Relation } from "../../program/program.js";
import { isStatic } from "../../program/program.js";
import { formatValue } from "../../source/strings.js";
import { columns } from "./columns.js";
import type { Style } from "./palette.js";

/** The most tuples of one relation that are listed. */
const mostTuples = 200;

/** The relations that are not empty at an instant, by name, each with aligned columns. */
export function renderTables(execution: Execution, instant: number, style: Style): readonly string[] {
  const { program } = execution;
  const relations = [...program.relations].sort((a, b) => (a.name < b.name ? -1 : 1));
  const everywhere = relations.filter(({ id }) => isStatic(program, id));
  const state = relations.filter(({ id }) => !isStatic(program, id));
  const known = tablesOf(everywhere, execution, instant, style);
  const tables = tablesOf(state, execution, instant, style);
  const heading = `At instant ${instant}:`;
  return [
    ...(known.length === 0 ? [] : ["Everywhere, at every instant:", "", ...known, ""]),
    ...(tables.length === 0 ? [`${heading} nothing holds`] : [heading, "", ...tables]),
  ];
}

function tablesOf(
  relations: readonly Relation[],
  execution: Execution,
  instant: number,
  style: Style,
): readonly string[] {
  return relations.flatMap(({ id, name }) => {
    const tuples = execution.tuples(id, instant);
    if (tuples.length === 0) return [];
    const rows = tuples.slice(0, mostTuples).map((tuple) => tuple.map(formatValue));
    const aligned = columns(rows, rows[0]?.map(() => "left" as const) ?? []);
    const lines = aligned.map((line) => `  ${line}`.trimEnd());
    if (tuples.length > mostTuples) lines.push(`  and ${tuples.length - mostTuples} more`);
    return [style.palette.heading(name), ...lines];
  });
}
