import type { TupleAt } from "../execution/execution.js";
import type { Fault } from "../faults/kinds.js";
import { consequentsOf } from "../program/demands.js";
import type { Specification } from "../program/specification.js";
import type { LineageGraph } from "./lineage-graph.js";
import { lineageGraph } from "./lineage-graph.js";
import type { Traced } from "./traced-run.js";
import type { ViolationEvidence } from "./violation-evidence.js";

/** The lineage of one outcome. */
export interface OutcomeGraph {
  readonly outcome: TupleAt;
  /** The run that keeps the outcome, if there is one: "lost" nodes are those of this run. */
  readonly keeping: Traced;
  readonly graph: LineageGraph;
  /** Set if the run that keeps it is the failing one without this fault: shows what this fault alone cut or made possible. */
  readonly without?: Fault;
}

/** How many outcomes and faults get a lineage graph, and how many nodes one may have. */
const mostOutcomes = 6;
const mostFaults = 8;
const largest = 400;

/** For the outcomes of a correct failure-free run. */
export function keptOutcomes(run: Traced, specification: Specification): readonly OutcomeGraph[] {
  return outcomesOf(run, specification)
    .slice(0, mostOutcomes)
    .map((outcome) => ({ outcome, keeping: run, graph: lineageGraph([outcome], run, run, largest) }));
}

/** For each witness of a violation, with what promised it; then for what each fault is needed for. */
export function lostOutcomes(violation: ViolationEvidence): readonly OutcomeGraph[] {
  const { witnesses, failing, failureFree } = violation;
  const outcomes = witnesses.slice(0, mostOutcomes).map(({ tuple, cut, promise }): OutcomeGraph => {
    const keeping = cut?.neighbour?.run ?? failureFree;
    const roots: readonly TupleAt[] = promise === undefined ? [tuple] : [tuple, promise.tuple];
    return { outcome: tuple, keeping, graph: lineageGraph(roots, keeping, failing, largest) };
  });
  return [...outcomes, ...byFault(violation)];
}

/** For a single fault this would repeat the outcomes. */
function byFault({ effects, neighbours, failing }: ViolationEvidence): readonly OutcomeGraph[] {
  if (effects.length < 2) return [];
  return effects.slice(0, mostFaults).flatMap(({ fault, needed }): readonly OutcomeGraph[] => {
    const keeping = neighbours.find((n) => n.without === fault)?.run;
    if (keeping === undefined || needed === undefined) return [];
    const graph = lineageGraph([needed.tuple], keeping, failing, largest);
    return [{ outcome: needed.tuple, keeping, graph, without: fault }];
  });
}

function outcomesOf({ execution }: Traced, specification: Specification): readonly TupleAt[] {
  const instant = execution.eot;
  return consequentsOf(specification).flatMap((relation) =>
    execution.tuples(relation, instant).map((args) => ({ relation, instant, args })),
  );
}
