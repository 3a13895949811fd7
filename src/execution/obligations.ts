import type { Algebra, Annotation } from "../faults/annotation.js";
import { constants, FALSE, TRUE } from "../faults/annotation.js";
import type { PositiveDemand } from "../program/demands.js";
import { excludedBy, promisesOf } from "../program/demands.js";
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

/** A tuple that is not as the specification wants it under the schedules of `when`. */
export interface Breach extends TupleAt {
  /** It has to be there and is not; or it is there, and must not be. */
  readonly kind: "missing" | "present";
  readonly when: Annotation;
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
  return promisesOf(specification).flatMap((promise) =>
    promised(promise, instant, reading, failureFree).map(({ args, annotation }) => ({
      relation: promise.consequent,
      instant,
      args,
      when: annotation,
    })),
  );
}

function promised(
  promise: PositiveDemand,
  instant: number,
  reading: Reading,
  failureFree: () => Reading | undefined,
): ReturnType<Reading["possible"]> {
  switch (promise.kind) {
    case "implied":
      return reading.possible(promise.antecedent, instant);
    case "kept":
      return failureFree()?.possible(promise.consequent, instant) ?? [];
    default: {
      const never: never = promise;
      return never;
    }
  }
}

/** The obligations of an instant that are not kept: each tuple has to be there and is not. */
function missing(due: readonly Obligation[], reading: Reading, algebra: Algebra): readonly Breach[] {
  return due
    .map(({ relation, instant, args, when }) => {
      const there = reading.annotationOf(relation, instant, args);
      return { kind: "missing", relation, instant, args, when: algebra.and(when, there ^ 1) } as const;
    })
    .filter(({ when }) => when !== FALSE);
}

/** The tuples at an instant that must not be there. */
function present(specification: Specification, instant: number, reading: Reading): readonly Breach[] {
  return excludedBy(specification).flatMap((relation) =>
    reading
      .possible(relation, instant)
      .map(({ args, annotation }) => ({ kind: "present", relation, instant, args, when: annotation })),
  );
}

/** Every breach of a specification: what is missing at EOT, then what is present, instant by instant. */
export function breaches(
  specification: Specification,
  eot: number,
  reading: Reading,
  failureFree: () => Reading | undefined,
  algebra: Algebra,
): readonly Breach[] {
  const due = obligations(specification, eot, reading, failureFree);
  const instants = Array.from({ length: eot }, (_, i) => i + 1);
  return [...missing(due, reading, algebra), ...instants.flatMap((t) => present(specification, t, reading))];
}

/** What one execution owes at its end. */
export function obligationsOf(
  specification: Specification,
  execution: Execution,
  failureFree: () => Execution | undefined,
): readonly Obligation[] {
  return obligations(specification, execution.eot, readingOf(execution), readingBy(failureFree));
}

/** Every breach of one execution: none if and only if it is correct. */
export function breachesOf(
  specification: Specification,
  execution: Execution,
  failureFree: () => Execution | undefined,
): readonly Breach[] {
  return breaches(specification, execution.eot, readingOf(execution), readingBy(failureFree), constants);
}

/** What would be one if time ended at an instant, of what is present only what is present then. */
export function breachesAt(
  specification: Specification,
  execution: Execution,
  failureFree: () => Execution | undefined,
  instant: number,
): readonly Breach[] {
  const reading = readingOf(execution);
  const due = obligations(specification, instant, reading, readingBy(failureFree));
  return [...missing(due, reading, constants), ...present(specification, instant, reading)];
}

function readingBy(failureFree: () => Execution | undefined): () => Reading | undefined {
  return () => {
    const run = failureFree();
    return run && readingOf(run);
  };
}
