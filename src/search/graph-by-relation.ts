import { FALSE, TRUE } from "../faults/annotation.js";
import type { AllSchedules } from "../lineage/all-schedules.js";
import type { Search } from "./search.js";
import type { RelationGrowth } from "./verdict.js";

/** Relations whose rules made fewer nodes are not worth naming. */
const few = 100;

/** Which relations the graph's nodes come from, the largest part first, and in which columns their uncertain tuples at EOT differ. */
export function graphByRelation({ setting }: Search, all: AllSchedules): readonly RelationGrowth[] {
  const { program, budget } = setting;
  const found = program.relations.flatMap(({ id, arity }): readonly RelationGrowth[] => {
    const nodes = all.growth[id] ?? 0;
    if (nodes < few) return [];
    const tuples = all.possible(id, budget.eot).filter(({ annotation }) => annotation !== FALSE && annotation !== TRUE);
    const columns = Array.from({ length: arity }, (_, column) => ({
      column: column + 1,
      values: new Set(tuples.map(({ args }) => args[column])).size,
    }));
    return [{ relation: id, nodes, tuples: tuples.length, columns: columns.filter(({ values }) => values > 1) }];
  });
  return found.sort((a, b) => b.nodes - a.nodes || a.relation - b.relation);
}
