/**
 * The algebra over which programs and the effects of faults are evaluated. Every tuple has an annotation: the set of schedules
 * under which it holds (provenance semirings: Green, Karvounarakis, Tannen, PODS 2007), extended with negation. The one
 * evaluator has two readings: over the constants it computes one execution, over the nodes of a graph all executions of a
 * budget at once:
 *
 *     log(b) at 2     under omit(a,b,1): 0      over the graph: ¬omit(a,b,1)
 *
 * Representation, in every algebra: 0 is false, 1 is true, and `a ^ 1` is the negation of `a`.
 */
export type Annotation = number;

export const FALSE: Annotation = 0;
export const TRUE: Annotation = 1;

export interface Algebra {
  and(a: Annotation, b: Annotation): Annotation;
  or(a: Annotation, b: Annotation): Annotation;
}

/** The algebra of one schedule, in which every annotation is a constant. */
export const constants: Algebra = { and: (a, b) => a & b, or: (a, b) => a | b };
