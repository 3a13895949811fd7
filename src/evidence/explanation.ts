import type { TupleAt } from "../execution/execution.js";
import { noFaults } from "../faults/schedule.js";
import { runWithProvenance } from "../lineage/provenance.js";
import type { Violated, Witness } from "../search/verdict.js";
import type { Difference, Traced } from "./difference.js";
import { explainDifference } from "./difference.js";
import type { SpaceTime } from "./space-time.js";
import { spaceTime } from "./space-time.js";
import type { Why } from "./why.js";
import { why } from "./why.js";
import type { WhyNot } from "./why-not.js";
import { whyNot } from "./why-not.js";

/** What a reader needs to believe a counterexample. */
export interface Explanation {
  readonly diagram: SpaceTime;
  /** Why the first witness is one. */
  readonly loss: Loss;
}

export type Loss =
  /** It held in the failure-free run, and this is how the faults cut it. */
  | { readonly kind: "cut"; readonly witness: Witness; readonly difference: Difference }
  /** It never held, and only the faults made `pre` promise it. */
  | { readonly kind: "promised"; readonly witness: Witness; readonly promise: Difference; readonly whyNot?: WhyNot }
  /** The failure-free run promises it and does not keep it either. */
  | { readonly kind: "never"; readonly witness: Witness; readonly promise?: Why; readonly whyNot?: WhyNot };

/** Runs the counterexample and the failure-free schedule once more, with lineage, and compares them. */
export function explain(verdict: Violated, maxTuples?: number): Explanation | undefined {
  const { execution, witnesses } = verdict.counterexample;
  const [witness] = witnesses;
  const { program, nodes, eot, schedule } = execution;
  const bounds = { nodes, eot, ...(maxTuples === undefined ? {} : { maxTuples }) };
  const failing = runWithProvenance(program, { ...bounds, schedule });
  const failureFree = schedule.length === 0 ? failing : runWithProvenance(program, { ...bounds, schedule: noFaults });
  if (witness === undefined || failing.kind === "error" || failureFree.kind === "error") return undefined;
  return { diagram: spaceTime(execution), loss: lossOf(verdict, witness, failureFree, failing) };
}

function lossOf(verdict: Violated, witness: Witness, failureFree: Traced, failing: Traced): Loss {
  const missing: TupleAt = { relation: witness.relation, instant: failing.execution.eot, args: witness.args };
  const difference = explainDifference(missing, failureFree, failing);
  if (difference !== undefined) return { kind: "cut", witness, difference };
  const { specification } = verdict;
  const obstacle = whyNot(missing, failing.execution);
  const absent = obstacle === undefined ? {} : { whyNot: obstacle };
  if (specification.kind !== "implication") return { kind: "never", witness, ...absent };
  const promised: TupleAt = { ...missing, relation: specification.pre };
  const promise = explainDifference(promised, failureFree, failing);
  if (promise !== undefined) return { kind: "promised", witness, promise, ...absent };
  const derivation = why(promised, failing.provenance);
  return { kind: "never", witness, ...(derivation === undefined ? {} : { promise: derivation }), ...absent };
}
