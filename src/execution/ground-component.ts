import type { Algebra, Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import { stronglyConnectedComponents } from "../program/components.js";
import type { RelationId } from "../program/program.js";
import { LinearEquations } from "./linear-equations.js";
import type { Snapshot } from "./relation-store.js";
import { Unwinding } from "./unwinding.js";

/** The provisional annotation of a tuple of a recursive component that is not solved yet. Never passed to an algebra. */
export const POSSIBLE: Annotation = -2;

/** The limit on AND and OR operations for one cyclic component. */
const MAX_OPERATIONS = 5_000_000;
const TOO_LARGE = "a recursive relation has too many possible tuples that depend on each other";

interface Firing {
  /** The conjunction of the annotations from outside the component. */
  readonly outside: Annotation;
  readonly body: readonly number[];
}

/**
 * The firings of one recursive component at one instant, as equations over its possible tuples,
 *
 *     t = base(t) ∨ ⋁ over firings of t (outside ∧ ⋀ body)
 *
 * whose least solution is the annotations. Acyclic parts take one pass in topological order. A cycle in which every firing reads at most
 * one tuple of the cycle is a system of linear equations, which elimination solves (`linear-equations.ts`). Any other cycle of n
 * tuples takes at most n rounds of iteration from `base` (a shortest proof of a tuple visits no tuple twice); usually the annotations
 * stop changing much earlier, which is visible because the graph's nodes are hash-consed.
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

  /** A firing whose arithmetic fails; reported with the annotation of its body once the component is solved. */
  failure(outside: Annotation, body: readonly number[], report: (when: Annotation) => void): void {
    this.failures.push({ firing: { outside, body }, report });
  }

  /** Writes the final annotations into the snapshots. Returns whether some tuple is impossible, that is, its annotation is false. */
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
    if (cycle.length > 2 && this.solveLinear(cycle, bases, solved)) return;
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

  /** Solves a cycle if it is linear; returns false if it is not. */
  private solveLinear(cycle: readonly number[], bases: readonly Annotation[], solved: Annotation[]): boolean {
    const place = new Map(cycle.map((node, i) => [node, i]));
    const isLinear = (firing: Firing): boolean => firing.body.filter((node) => place.has(node)).length < 2;
    if (!cycle.every((node) => this.firings[node]?.every(isLinear))) return false;
    const equations = new LinearEquations(this.algebra, cycle.length);
    cycle.forEach((node, i) => {
      equations.add(i, undefined, bases[node] as number);
      for (const { outside, body } of this.firings[node] ?? []) {
        const inside = body.find((other) => place.has(other));
        const rest = { outside, body: body.filter((other) => other !== inside) };
        equations.add(i, inside === undefined ? undefined : place.get(inside), this.conjunction(rest, solved));
      }
    });
    const solution = equations.solve(MAX_OPERATIONS);
    if (solution === undefined) throw new Unwinding({ kind: "too-large", detail: TOO_LARGE });
    cycle.forEach((node, i) => {
      solved[node] = solution[i] as number;
    });
    return true;
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
