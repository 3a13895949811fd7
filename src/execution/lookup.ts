import type { Algebra, Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { CarriedColumns } from "../program/carried-sums.js";
import type { RelationId } from "../program/program.js";
import type { Operand } from "./operands.js";
import { whereTrue } from "./operands.js";
import type { AtomAccess } from "./plan.js";
import type { Extent, Index, Snapshot } from "./relation-store.js";
import type { ValueTable } from "./values.js";
import { isFailure } from "./values.js";

/** Where a rule meets values that vary: the columns of its relations, and its variables. */
export interface Meets {
  readonly columns: CarriedColumns;
  readonly variables: ReadonlySet<number>;
}

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
  /** The places in the key at which values can vary: equal values can have other ids there. */
  readonly open: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly windowed: boolean;
}

/** `undefined` if there are no tuples. `meets`: if values can vary. */
export function lookupFor(
  access: AtomAccess,
  sources: Sources,
  algebra: Algebra,
  meets: Meets | undefined,
): Lookup | undefined {
  const whole = sources.snapshot(access.relation, access.instant);
  if (whole === undefined || whole.count === 0) return undefined;
  const snapshot = access.projection === undefined ? whole : whole.projection(access.projection, algebra);
  const { extent } = snapshot;
  const window = sources.window?.(access.literal);
  const open = meets === undefined ? [] : openKeys(access, meets);
  const indexed = access.keyColumns.filter((_, i) => !open.includes(i));
  const isWhole = access.whole && open.length === 0;
  const index = isWhole || indexed.length === 0 ? undefined : extent.index(indexed);
  const diagonal =
    access.keyColumns.length === 0 && access.equal.length > 0 ? extent.diagonal(access.equal) : undefined;
  return {
    access,
    snapshot,
    extent,
    index,
    diagonal,
    key: new Int32Array(access.keyColumns.length),
    open,
    from: window?.from ?? 0,
    to: window?.to ?? snapshot.count,
    windowed: window !== undefined,
  };
}

function openKeys({ relation, keyColumns, keys, projection }: AtomAccess, { columns, variables }: Meets): number[] {
  const varies = (operand: Operand): boolean =>
    operand.kind === "arithmetic"
      ? varies(operand.left) || varies(operand.right)
      : operand.kind === "variable" && variables.has(operand.variable);
  const isCarried = (column: number): boolean => columns.get(relation)?.has(projection?.[column] ?? column) === true;
  return keyColumns.flatMap((column, i) => (isCarried(column) || varies(keys[i] as Operand) ? [i] : []));
}

/**
 * Calls `found` with every position whose row is equal to the key under some schedule, with these schedules. The rows with equal ids in
 * the columns that cannot vary are compared in the others.
 */
export function eachEqual(
  lookup: Lookup,
  values: ValueTable,
  algebra: Algebra,
  found: (position: number, when: Annotation) => void,
): void {
  const { access, key, open, index, from, to } = lookup;
  const { rows, arity } = lookup.extent;
  const visit = (position: number): void => {
    if (position < from || position >= to || !matches(lookup, position)) return;
    let all = TRUE;
    for (const i of open) {
      const [one, other] = [key[i] as number, rows[position * arity + (access.keyColumns[i] as number)] as number];
      if (one !== other) all = algebra.and(all, whereTrue("==", one, other, values));
      if (all === FALSE) return;
    }
    found(position, all);
  };
  if (index === undefined) for (let p = from; p < to; p++) visit(p);
  else {
    const fixed = key.filter((_, i) => !open.includes(i));
    for (let p = index.first(fixed); p >= 0; p = index.after(p)) visit(p);
  }
}

/** Whether a row matches the key (failed columns match anything, those that vary are compared elsewhere) and its equal columns. */
export function matches(lookup: Lookup, position: number): boolean {
  const { keyColumns, equal } = lookup.access;
  const { open } = lookup;
  const { rows, arity } = lookup.extent;
  const base = position * arity;
  for (let i = 0; i < keyColumns.length; i++) {
    const value = lookup.key[i] as number;
    if (open.length > 0 && open.includes(i)) continue;
    if (rows[base + (keyColumns[i] as number)] !== value && !isFailure(value)) return false;
  }
  for (const [a, b] of equal) if (rows[base + a] !== rows[base + b]) return false;
  return true;
}

export function rowAt({ rows, arity }: Extent, position: number): Int32Array {
  return rows.subarray(position * arity, (position + 1) * arity);
}
