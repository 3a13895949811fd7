import type { Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { Environment } from "../faults/environment.js";
import type { Fact, Program, RelationId } from "../program/program.js";
import { Snapshot } from "./relation-store.js";
import type { ValueTable } from "./values.js";

/** A fact with the scenarios in which it holds. */
interface StatedFact {
  readonly relation: RelationId;
  readonly row: Int32Array;
  readonly when: Annotation;
}

/** The facts by instant; facts of input lines hold in the scenarios that choose them. */
export function factsByInstant(
  program: Program,
  values: ValueTable,
  environment: Environment,
): ReadonlyMap<number, readonly StatedFact[]> {
  const byInstant = new Map<number, StatedFact[]>();
  const add = ({ relation, args, instant }: Fact, when: Annotation): void => {
    if (when === FALSE) return;
    const list = byInstant.get(instant) ?? [];
    byInstant.set(instant, list);
    list.push({ relation, row: Int32Array.from(args, (v) => values.intern(v)), when });
  };
  for (const fact of program.facts) add(fact, TRUE);
  for (const [line, { facts }] of program.inputs.entries())
    for (const [alternative, fact] of facts.entries()) add(fact, environment.chosen(line, alternative));
  return byInstant;
}

/** The tuples of static relations, which hold at every instant. */
export function staticSnapshots(program: Program, values: ValueTable): ReadonlyMap<RelationId, Snapshot> {
  const snapshots = new Map<RelationId, Snapshot>();
  for (const { relation, args } of program.statics) {
    const snapshot = snapshots.get(relation) ?? Snapshot.empty(args.length);
    snapshots.set(relation, snapshot);
    snapshot.set(snapshot.extent.add(args.map((value) => values.intern(value))), TRUE);
  }
  return snapshots;
}

/** The tuples of `crash`, which are the same at every instant; those of a node by ascending instant. */
export function crashSnapshot(
  nodes: readonly string[],
  values: ValueTable,
  environment: Environment,
  eot: number,
): Snapshot | undefined {
  const snapshot = Snapshot.empty(3);
  const ids = nodes.map((node) => values.intern(node));
  for (let node = 0; node < nodes.length; node++) {
    for (let at = 1; at <= eot; at++) {
      const annotation = environment.crashed(node, at);
      if (annotation === FALSE) continue;
      for (const observer of ids) {
        snapshot.set(snapshot.extent.add([observer, ids[node] as number, values.intern(at)]), annotation);
      }
    }
  }
  return snapshot.count === 0 ? undefined : snapshot;
}
