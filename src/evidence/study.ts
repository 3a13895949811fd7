import type { TupleAt } from "../execution/execution.js";
import type { Fault } from "../faults/schedule.js";
import { noFaults } from "../faults/schedule.js";
import type { RuleId } from "../program/program.js";
import type { Verdict, Violated, Witness } from "../search/verdict.js";
import type { Difference, Traced } from "./difference.js";
import { explainDifference, persists } from "./difference.js";
import type { Blame, Effect } from "./effects.js";
import { blameOf, effectsOf } from "./effects.js";
import type { Neighbour } from "./neighbours.js";
import { nearestPassing } from "./neighbours.js";
import { tracedRun } from "./traced-run.js";
import type { Why } from "./why.js";
import { why } from "./why.js";
import type { WhyNot } from "./why-not.js";
import { whyNot } from "./why-not.js";

/** Everything there is to know of a violation: the runs around it, and what each of its faults is for. */
export interface Study {
  readonly failing: Traced;
  readonly failureFree: Traced;
  readonly neighbours: readonly Neighbour[];
  /** One for each witness, in their order. */
  readonly losses: readonly WitnessStudy[];
  readonly effects: readonly Effect[];
  readonly blame: readonly Blame[];
}

/** One witness: what was missing, and what promised it. */
export interface WitnessStudy {
  readonly witness: Witness;
  readonly missing: TupleAt;
  /** Where it held once, how the faults cut it; compared with the failure-free run, or else with the first neighbour that kept it. */
  readonly cut?: Compared;
  /** What stood in the way of every rule that could have made it in the failing run. */
  readonly obstacles?: WhyNot;
  readonly promise?: Promised;
}

/** A difference and the run that it was read against: `undefined` for the failure-free one. */
export interface Compared {
  readonly difference: Difference;
  readonly neighbour?: Neighbour;
}

/** The tuple of `pre` in the failing run. */
export interface Promised {
  readonly tuple: TupleAt;
  readonly why: Why;
  /** When the failure-free run does not promise it: what the faults opened. */
  readonly gained?: Difference;
  readonly rules: readonly RuleId[];
}

/** Runs a counterexample, its neighbours and the failure-free schedule with lineage, and compares them. */
export function study(verdict: Violated, maxTuples?: number): Study | undefined {
  const { execution, witnesses } = verdict.counterexample;
  const { program, nodes, eot } = execution;
  const failing = tracedRun(execution, maxTuples);
  const failureFree =
    execution.schedule.length === 0 ? failing : tracedRun({ program, nodes, eot, schedule: noFaults }, maxTuples);
  if (failing === undefined || failureFree === undefined) return undefined;
  const neighbours = nearestPassing(execution, verdict.specification, failureFree.execution, maxTuples);
  const losses = witnesses.map((witness) => lossOf(verdict, witness, failing, failureFree, neighbours));
  const effects = effectsOf(failing.execution, losses.flatMap(differencesOf), (fault) =>
    neededIn(neighbours, fault, losses, failing),
  );
  return {
    failing,
    failureFree,
    neighbours,
    losses,
    effects,
    blame: blameOf(
      effects,
      losses.flatMap((loss) => loss.promise?.rules ?? []),
    ),
  };
}

/** The runs with lineage that a report of a verdict is made from. */
export type Evidence =
  | { readonly kind: "violated"; readonly study: Study }
  | { readonly kind: "holds"; readonly failureFree: Traced }
  /** Nothing was run to its end, or a run needs more room than is allowed. */
  | { readonly kind: "none" };

/** Runs once more, with lineage, what a verdict rests on. */
export function evidenceOf(verdict: Verdict, maxTuples?: number): Evidence {
  switch (verdict.kind) {
    case "violated": {
      const found = study(verdict, maxTuples);
      return found === undefined ? { kind: "none" } : { kind: "violated", study: found };
    }
    case "holds": {
      const failureFree = tracedRun(verdict.failureFree, maxTuples);
      return failureFree === undefined ? { kind: "none" } : { kind: "holds", failureFree };
    }
    case "inconclusive":
      return { kind: "none" };
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

/** Everything told of a witness that names lost messages. */
export function differencesOf({ cut, promise }: WitnessStudy): readonly Difference[] {
  return [...(cut === undefined ? [] : [cut.difference]), ...(promise?.gained === undefined ? [] : [promise.gained])];
}

/** What becomes of the first witness that is none when this fault does not happen. */
function neededIn(
  neighbours: readonly Neighbour[],
  fault: Fault,
  losses: readonly WitnessStudy[],
  failing: Traced,
): Difference | undefined {
  const neighbour = neighbours.find((n) => n.without === fault);
  if (neighbour === undefined) return undefined;
  for (const { missing, promise } of losses) {
    const difference = explainDifference(missing, neighbour.run, failing);
    if (difference !== undefined) return difference;
    const promised = promise === undefined ? undefined : explainDifference(promise.tuple, neighbour.run, failing);
    if (promised !== undefined) return promised;
  }
  return undefined;
}

function lossOf(
  verdict: Violated,
  witness: Witness,
  failing: Traced,
  failureFree: Traced,
  neighbours: readonly Neighbour[],
): WitnessStudy {
  const missing: TupleAt = { relation: witness.relation, instant: failing.execution.eot, args: witness.args };
  const cut = comparedWith(missing, failing, failureFree, neighbours);
  const obstacles = whyNot(missing, failing.execution);
  const promise = promiseOf(verdict, missing, failing, failureFree);
  return {
    witness,
    missing,
    ...(cut === undefined ? {} : { cut }),
    ...(obstacles === undefined ? {} : { obstacles }),
    ...(promise === undefined ? {} : { promise }),
  };
}

function comparedWith(
  missing: TupleAt,
  failing: Traced,
  failureFree: Traced,
  neighbours: readonly Neighbour[],
): Compared | undefined {
  const difference = explainDifference(missing, failureFree, failing);
  if (difference !== undefined) return { difference };
  for (const neighbour of neighbours) {
    const other = explainDifference(missing, neighbour.run, failing);
    if (other !== undefined) return { difference: other, neighbour };
  }
  return undefined;
}

function promiseOf(
  { specification }: Violated,
  missing: TupleAt,
  failing: Traced,
  failureFree: Traced,
): Promised | undefined {
  if (specification.kind !== "implication") return undefined;
  const tuple: TupleAt = { ...missing, relation: specification.pre };
  const derivation = why(tuple, failing.provenance);
  if (derivation === undefined) return undefined;
  const gained = explainDifference(tuple, failureFree, failing);
  const rules = failing.provenance
    .derivationsOf(tuple)
    .flatMap((d) => (d.kind === "rule" && !persists(d, tuple) ? [d.rule] : []));
  return { tuple, why: derivation, rules, ...(gained === undefined ? {} : { gained }) };
}
