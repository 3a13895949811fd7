import type { Algebra, Annotation } from "../faults/annotation.js";
import { constants, FALSE, TRUE } from "../faults/annotation.js";
import type { PositiveDemand } from "../program/demands.js";
import { exclusionsOf, promisesOf } from "../program/demands.js";
import type { RelationId } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import type { Execution, Tuple, TupleAt } from "./execution.js";

/*
 * The obligations that a specification puts on an execution, and its breaches. This is the only place that decides whether an
 * execution is correct, in both readings: the annotations are constants for one execution, functions of the fault variables for all.
 */

/**
 * The tuples of one execution, or of all executions of a budget, with their annotations. `A`: the arguments of a tuple; over all
 * executions some of them can vary.
 */
export interface Interpretation<A = Tuple> {
  /** The possible tuples of a relation at an instant, each with the schedules under which it holds. */
  possible(relation: RelationId, instant: number): readonly { readonly args: A; readonly annotation: Annotation }[];
  /** The schedules under which a tuple holds. */
  annotationOf(relation: RelationId, instant: number, args: A): Annotation;
}

/** What a tuple is demanded of, or blamed for. `promise`: the name of the promise, where promises have names. */
interface Demanded<A> extends Omit<TupleAt, "args"> {
  readonly args: A;
  readonly when: Annotation;
  readonly promise: string | undefined;
}

/** A tuple that must hold under the schedules of `when`. */
export type Obligation<A = Tuple> = Demanded<A>;

/** The interpretation of one execution: every tuple that holds has the annotation true. */
export function interpretationOf(execution: Execution): Interpretation {
  return {
    possible: (relation, instant) => execution.tuples(relation, instant).map((args) => ({ args, annotation: TRUE })),
    annotationOf: (relation, instant, args) => (execution.has(relation, instant, args) ? TRUE : FALSE),
  };
}

/** A tuple that violates the specification under the schedules of `when`. */
export interface Breach<A = Tuple> extends Demanded<A> {
  /** `missing`: it must hold and does not. `present`: it holds and must not. */
  readonly kind: "missing" | "present";
}

/** What the failure-free run promises. */
export type Promises<A = Tuple> = Pick<Interpretation<A>, "possible">;

/**
 * The tuples that must hold at an instant, which is EOT when a specification is checked. `failureFree` is called if a demand compares
 * with the failure-free run; a run that ends in an error promises nothing.
 */
export function obligations<A>(
  specification: Specification,
  instant: number,
  reading: Interpretation<A>,
  failureFree: () => Promises<A> | undefined,
): readonly Obligation<A>[] {
  return promisesOf(specification).flatMap((promise) =>
    promised(promise, instant, reading, failureFree).map(({ args, annotation }) => ({
      relation: promise.consequent,
      instant,
      args,
      when: annotation,
      promise: promise.promise,
    })),
  );
}

function promised<A>(
  promise: PositiveDemand,
  instant: number,
  reading: Interpretation<A>,
  failureFree: () => Promises<A> | undefined,
): ReturnType<Interpretation<A>["possible"]> {
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

/** The obligations of an instant that are missed. */
function missing<A>(
  obliged: readonly Obligation<A>[],
  reading: Interpretation<A>,
  algebra: Algebra,
): readonly Breach<A>[] {
  return obliged
    .map(({ relation, instant, args, when, promise }) => {
      const holds = reading.annotationOf(relation, instant, args);
      return { kind: "missing", relation, instant, args, when: algebra.and(when, holds ^ 1), promise } as const;
    })
    .filter(({ when }) => when !== FALSE);
}

/** The tuples at an instant that must not hold. */
function present<A>(specification: Specification, instant: number, reading: Interpretation<A>): readonly Breach<A>[] {
  return exclusionsOf(specification).flatMap(({ relation, promise }) =>
    reading
      .possible(relation, instant)
      .map(({ args, annotation }) => ({ kind: "present", relation, instant, args, when: annotation, promise })),
  );
}

/** Every breach of a specification: the tuples missing at EOT, then the excluded tuples that are present, by instant. */
export function breaches<A>(
  specification: Specification,
  eot: number,
  reading: Interpretation<A>,
  failureFree: () => Promises<A> | undefined,
  algebra: Algebra,
): readonly Breach<A>[] {
  const obliged = obligations(specification, eot, reading, failureFree);
  const instants = Array.from({ length: eot }, (_, i) => i + 1);
  return [...missing(obliged, reading, algebra), ...instants.flatMap((t) => present(specification, t, reading))];
}

/** The obligations of one execution at EOT. */
export function obligationsOf(
  specification: Specification,
  execution: Execution,
  failureFree: () => Execution | undefined,
): readonly Obligation[] {
  return obligations(specification, execution.eot, interpretationOf(execution), interpretationBy(failureFree));
}

/** Every breach of one execution; empty if and only if it is correct. */
export function breachesOf(
  specification: Specification,
  execution: Execution,
  failureFree: () => Execution | undefined,
): readonly Breach[] {
  return breaches(specification, execution.eot, interpretationOf(execution), interpretationBy(failureFree), constants);
}

/** The breaches if `instant` were EOT; of excluded tuples, those present at that instant. */
export function breachesAt(
  specification: Specification,
  execution: Execution,
  failureFree: () => Execution | undefined,
  instant: number,
): readonly Breach[] {
  const reading = interpretationOf(execution);
  const obliged = obligations(specification, instant, reading, interpretationBy(failureFree));
  return [...missing(obliged, reading, constants), ...present(specification, instant, reading)];
}

function interpretationBy(failureFree: () => Execution | undefined): () => Interpretation | undefined {
  return () => {
    const run = failureFree();
    return run && interpretationOf(run);
  };
}
