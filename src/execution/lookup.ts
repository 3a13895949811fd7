import type { Algebra } from "../faults/annotation.js";
import type { RelationId } from "../program/program.js";
import type { AtomAccess } from "./plan.js";
import type { Extent, Index, Snapshot } from "./relation-store.js";
import { isFailure } from "./values.js";

/**
 * The positions of an atom's snapshot that a join uses: `from` ≤ position < `to`. Annotations of windowed atoms are not part of the
 * firing's annotation: they belong to a recursive component and are not final.
 */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** The tuples of the atoms of a join. */
export interface Sources {
  /** `undefined` if the relation is empty. */
  snapshot(relation: RelationId, instant: number | undefined): Snapshot | undefined;
  /** The window of a literal; without one, the whole snapshot as it is when the join starts. */
  window?(literal: number): Window | undefined;
}

/** The access of one atom, with the tuples of the instant. */
export interface Lookup {
  readonly access: AtomAccess;
  readonly snapshot: Snapshot;
  readonly extent: Extent;
  readonly index: Index | undefined;
  /** The positions to scan if there is no key and a variable occurs twice in the atom. */
  readonly diagonal: readonly number[] | undefined;
  readonly key: Int32Array;
  readonly from: number;
  readonly to: number;
  readonly windowed: boolean;
}

/** `undefined` if there are no tuples. */
export function lookupFor(access: AtomAccess, sources: Sources, algebra: Algebra): Lookup | undefined {
  const whole = sources.snapshot(access.relation, access.instant);
  if (whole === undefined || whole.count === 0) return undefined;
  const snapshot = access.projection === undefined ? whole : whole.projection(access.projection, algebra);
  const { extent } = snapshot;
  const window = sources.window?.(access.literal);
  const index = access.whole || access.keyColumns.length === 0 ? undefined : extent.index(access.keyColumns);
  const diagonal =
    access.keyColumns.length === 0 && access.equal.length > 0 ? extent.diagonal(access.equal) : undefined;
  return {
    access,
    snapshot,
    extent,
    index,
    diagonal,
    key: new Int32Array(access.keyColumns.length),
    from: window?.from ?? 0,
    to: window?.to ?? snapshot.count,
    windowed: window !== undefined,
  };
}

/** Whether a row matches the key (failed columns match anything) and its equal columns. */
export function matches(lookup: Lookup, position: number): boolean {
  const { keyColumns, equal } = lookup.access;
  const { rows, arity } = lookup.extent;
  const base = position * arity;
  for (let i = 0; i < keyColumns.length; i++) {
    const value = lookup.key[i] as number;
    if (rows[base + (keyColumns[i] as number)] !== value && !isFailure(value)) return false;
  }
  for (const [a, b] of equal) if (rows[base + a] !== rows[base + b]) return false;
  return true;
}

export function rowAt({ rows, arity }: Extent, position: number): Int32Array {
  return rows.subarray(position * arity, (position + 1) * arity);
}
