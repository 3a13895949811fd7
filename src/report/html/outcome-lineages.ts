import type { TupleNumbers } from "../../counterexample/derivation-table.js";
import { lineageGraph } from "../../counterexample/lineage-graph.js";
import type { Traced } from "../../counterexample/lost-derivation.js";
import type { Study } from "../../counterexample/study.js";
import type { TupleAt } from "../../execution/execution.js";
import type { Program } from "../../program/program.js";
import type { Verdict } from "../../search/verdict.js";
import { formatTuple } from "../values.js";
import { lineageModel } from "./build-lineage.js";
import { watchedBy } from "./build-model.js";
import type { NamedRun } from "./build-model.js";
import type { LineageModel } from "./model.js";

/** Outcomes whose lineage is drawn, and how large one may get. */
const mostLineages = 6;
const largestLineage = 400;

/** For each witness: what it rested on where it was kept, and what promised it in the failing run. */
export function lostLineages(study: Study, runs: readonly NamedRun[], program: Program, numbers: TupleNumbers): readonly LineageModel[] {
  return study.losses.slice(0, mostLineages).map(({ missing, cut, promise }) => {
    const keeping = cut?.neighbour?.run ?? study.failureFree;
    const index = Math.max(0, runs.findIndex(({ run }) => run === keeping));
    const roots: readonly TupleAt[] = promise === undefined ? [missing] : [missing, promise.tuple];
    const graph = lineageGraph(roots, keeping, study.failing, largestLineage);
    return lineageModel(formatTuple(program, missing.relation, missing.args), graph, index, program, numbers);
  });
}

/** For each outcome of a run: what it rests on. */
export function keptLineages(runs: readonly NamedRun[], verdict: Verdict, program: Program, numbers: TupleNumbers): readonly LineageModel[] {
  const run = runs[0]?.run;
  if (run === undefined) return [];
  return outcomesOf(run, verdict)
    .slice(0, mostLineages)
    .map((tuple) => lineageModel(formatTuple(program, tuple.relation, tuple.args), lineageGraph([tuple], run, run, largestLineage), 0, program, numbers));
}

function outcomesOf({ execution }: Traced, { specification }: Verdict): readonly TupleAt[] {
  const relations = specification.kind === "implication" ? [specification.post] : watchedBy(specification);
  const instant = execution.eot;
  return relations.flatMap((relation) => execution.tuples(relation, instant).map((args) => ({ relation, instant, args })));
}
