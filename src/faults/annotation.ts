/**
 * The algebra in which programs, and what faults do to them, are evaluated. Every tuple carries an annotation: the set of
 * schedules under which it holds (provenance semirings: Green, Karvounarakis, Tannen, PODS 2007), extended with negation. One
 * evaluator has two readings: over the constants alone it is a concrete execution; over the nodes of a graph it is every
 * execution of a budget at once.
 *
 * An annotation is a literal: 0 is false, 1 is true, and `a ^ 1` is the negation of `a`, in every algebra.
 */
export type Annotation = number;

export const FALSE: Annotation = 0;
export const TRUE: Annotation = 1;

export interface Algebra {
  and(a: Annotation, b: Annotation): Annotation;
  or(a: Annotation, b: Annotation): Annotation;
}

/** The algebra of one schedule: every annotation is a constant. */
export const constants: Algebra = { and: (a, b) => a & b, or: (a, b) => a | b };
