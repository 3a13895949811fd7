/**
 * The algebra in which programs are evaluated. Every tuple carries an annotation that says under which schedules it
 * is there (provenance semirings: Green, Karvounarakis, Tannen, PODS 2007), extended with negation. One evaluator
 * has two readings: over the constants alone it is a concrete execution; over the nodes of a graph it is all
 * executions of a budget at once.
 *
 * An annotation is a literal: 0 is false, 1 is true, and `a ^ 1` is the negation of `a`, in every algebra.
 */
export type Annotation = number;

export const FALSE: Annotation = 0;
export const TRUE: Annotation = 1;

export interface Algebra {
  and(a: Annotation, b: Annotation): Annotation;
  or(a: Annotation, b: Annotation): Annotation;
  /** When a message from node `from` to node `to` ≠ `from` (indices into the nodes), sent at `at`, is lost. */
  lost(from: number, to: number, at: number): Annotation;
  /** When the schedule holds the crash of `node` at exactly `at`. */
  crashed(node: number, at: number): Annotation;
}
