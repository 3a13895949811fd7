import type { Algebra, Annotation } from "../faults/annotation.js";
import { constants, FALSE, TRUE } from "../faults/annotation.js";
import type { Demand } from "../program/demands.js";
import { demandsOf } from "../program/demands.js";
import type { RelationId } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import type { Execution, Tuple, TupleAt } from "./execution.js";

/*
 * What an execution owes its specification, and what of it it fails to keep: judged here and nowhere else, for one execution as for all
 * of a budget at once. The two differ in what their annotations are: constants, or functions of the fault variables.
 */

/** What holds when: in one execution, or in all of a budget. */
export interface Reading {
  /** The tuples of a relation at an instant, each with the schedules under which it is there. */
  possible(relation: RelationId, instant: number): readonly { readonly args: Tuple; readonly annotation: Annotation }[];
  /** The schedules under which a tuple is there. */
  annotationOf(relation: RelationId, instant: number, args: Tuple): Annotation;
}

/** A tuple that has to be there under the schedules of `when`. */
export interface Obligation extends TupleAt {
  readonly when: Annotation;
}

/** One execution: what holds, holds under its schedule. */
export function readingOf(execution: Execution): Reading {
  return {
    possible: (relation, instant) => execution.tuples(relation, instant).map((args) => ({ args, annotation: TRUE })),
    annotationOf: (relation, instant, args) => (execution.has(relation, instant, args) ? TRUE : FALSE),
  };
}

/**
 * All that has to be there at an instant, the end of time if a specification is judged. `failureFree` is asked for where a demand compares
 * with that run; one that fails promises nothing.
 */
export function obligations(
  specification: Specification,
  instant: number,
  reading: Reading,
  failureFree: () => Reading | undefined,
): readonly Obligation[] {
  return demandsOf(specification).flatMap((demand) =>
    promises(demand, instant, reading, failureFree).map(({ args, annotation }) => ({
      relation: demand.consequent,
      instant,
      args,
      when: annotation,
    })),
  );
}

function promises(
  demand: Demand,
  instant: number,
  reading: Reading,
  failureFree: () => Reading | undefined,
): ReturnType<Reading["possible"]> {
  switch (demand.kind) {
    case "implied":
      return reading.possible(demand.antecedent, instant);
    case "kept":
      return failureFree()?.possible(demand.consequent, instant) ?? [];
    default: {
      const never: never = demand;
      return never;
    }
  }
}

/** The obligations that are not kept, under the schedules of `when`: the tuple has to be there and is not. */
export function breaches(due: readonly Obligation[], reading: Reading, algebra: Algebra): readonly Obligation[] {
  return due
    .map((owed) => {
      const there = reading.annotationOf(owed.relation, owed.instant, owed.args);
      return { ...owed, when: algebra.and(owed.when, there ^ 1) };
    })
    .filter(({ when }) => when !== FALSE);
}

/** What one execution owes at an instant, by default at its end. */
export function obligationsOf(
  specification: Specification,
  execution: Execution,
  failureFree: () => Execution | undefined,
  instant = execution.eot,
): readonly Obligation[] {
  return obligations(specification, instant, readingOf(execution), () => {
    const run = failureFree();
    return run && readingOf(run);
  });
}

/** What of it is missing. Empty at the end if and only if the execution is correct. */
export function breachesOf(
  specification: Specification,
  execution: Execution,
  failureFree: () => Execution | undefined,
  instant = execution.eot,
): readonly Obligation[] {
  return breaches(obligationsOf(specification, execution, failureFree, instant), readingOf(execution), constants);
}
