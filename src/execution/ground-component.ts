import type { Algebra, Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import { stronglyConnectedComponents } from "../program/components.js";
import type { RelationId } from "../program/program.js";
import type { Snapshot } from "./relation-store.js";
import { Unwinding } from "./unwinding.js";

/** Marks a tuple of a recursive component whose annotation is still to be solved. Never handed to an algebra. */
export const POSSIBLE: Annotation = -2;

/** The most AND/OR operations spent on one cyclic component. */
const MAX_OPERATIONS = 5_000_000;
const TOO_LARGE = "a recursive relation has too many possible tuples that depend on each other";

interface Firing {
  /** The conjunction of everything outside the component. */
  readonly outside: Annotation;
  readonly body: readonly number[];
}

/**
 * The firings of one recursive component at one instant, as equations over its possible tuples:
 * `t = base(t) ∨ ⋁ (outside ∧ ⋀ body)`. The annotations are the least solution. Tuples that do not depend on
 * themselves are solved by one pass in topological order. In a cycle of n tuples, the least solution is reached by n
 * rounds from false (a shortest proof of a tuple visits no tuple twice); usually the annotations stop changing
 * long before, because the graph's nodes are hash-consed.
 */
export class GroundComponent {
  private readonly nodes = new Map<RelationId, Map<number, number>>();
  private readonly places: { readonly relation: RelationId; readonly position: number }[] = [];
  private readonly firings: Firing[][] = [];
  private readonly failures: { readonly firing: Firing; readonly report: (when: Annotation) => void }[] = [];

  constructor(private readonly algebra: Algebra) {}

  /** The number of a tuple within the component. */
  node(relation: RelationId, position: number): number {
    let ofRelation = this.nodes.get(relation);
    if (ofRelation === undefined) {
      ofRelation = new Map();
      this.nodes.set(relation, ofRelation);
    }
    let node = ofRelation.get(position);
    if (node === undefined) {
      node = this.places.length;
      ofRelation.set(position, node);
      this.places.push({ relation, position });
      this.firings.push([]);
    }
    return node;
  }

  firing(head: number, outside: Annotation, body: readonly number[]): void {
    if (!body.includes(head)) this.firings[head]?.push({ outside, body });
  }

  /** A firing that fails: reported, once the component is solved, with the annotation of its body. */
  failure(outside: Annotation, body: readonly number[], report: (when: Annotation) => void): void {
    this.failures.push({ firing: { outside, body }, report });
  }

  /** Writes the final annotations into the snapshots. Whether some tuple turned out impossible: its annotation is false. */
  solve(snapshotOf: (relation: RelationId) => Snapshot): boolean {
    if (this.places.length === 0) return false;
    const bases = this.places.map(({ relation, position }) => {
      const annotation = snapshotOf(relation).annotation(position);
      return annotation === POSSIBLE ? FALSE : annotation;
    });
    const solved = bases.slice();
    const successors = this.firings.map((firings) => firings.flatMap((f) => f.body));
    for (const cycle of stronglyConnectedComponents(successors)) this.solveCycle(cycle, bases, solved, successors);
    this.places.forEach(({ relation, position }, node) => {
      snapshotOf(relation).set(position, solved[node] as number);
    });
    for (const { firing, report } of this.failures) {
      const when = this.conjunction(firing, solved);
      if (when !== FALSE) report(when);
    }
    return solved.includes(FALSE);
  }

  private solveCycle(
    cycle: readonly number[],
    bases: readonly Annotation[],
    solved: Annotation[],
    successors: readonly (readonly number[])[],
  ): void {
    const [only] = cycle;
    const rounds = cycle.length === 1 && only !== undefined && !successors[only]?.includes(only) ? 1 : cycle.length;
    const size = cycle.reduce((sum, node) => sum + (this.firings[node]?.length ?? 0), 0);
    let budget = MAX_OPERATIONS;
    if (rounds > 1) for (const node of cycle) solved[node] = bases[node] as number;
    for (let round = 0; round < rounds; round++) {
      let changed = false;
      budget -= size;
      if (budget < 0) throw new Unwinding({ kind: "too-large", detail: TOO_LARGE });
      for (const node of cycle) {
        let annotation = bases[node] as number;
        for (const firing of this.firings[node] ?? []) {
          if (annotation === TRUE) break;
          annotation = this.algebra.or(annotation, this.conjunction(firing, solved));
        }
        if (annotation !== solved[node]) {
          solved[node] = annotation;
          changed = true;
        }
      }
      if (!changed) return;
    }
  }

  private conjunction({ outside, body }: Firing, solved: readonly Annotation[]): Annotation {
    let all = outside;
    for (const node of body) {
      if (all === FALSE) return FALSE;
      all = this.algebra.and(all, solved[node] as number);
    }
    return all;
  }
}
