import type { Algebra, Annotation } from "../faults/annotation.js";
import { FALSE } from "../faults/annotation.js";
import type { ValueId } from "./values.js";

function mix(hash: number, value: number): number {
  const h = Math.imul(hash ^ value, 0x9e3779b1);
  return h ^ (h >>> 15);
}

function grown(array: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}

/**
 * An append-only table of distinct rows of values, with a hash index. A row's position never changes, so positions identify tuples,
 * and instants between which a relation is carried share one extent, of which each uses a prefix.
 */
export class Extent {
  count = 0;
  /** Row-major: the columns of position p start at p · arity. Reallocated by `add`, so it must not be cached across calls of it. */
  rows: Int32Array;
  private table: Int32Array;
  // Most extents are small and short-lived, and are never asked for either.
  private indexes: Map<number | string, Index> | undefined;
  private diagonals: Map<string, { readonly positions: number[]; seen: number }> | undefined;

  constructor(readonly arity: number) {
    this.rows = new Int32Array(Math.max(arity, 16));
    this.table = new Int32Array(8);
  }

  private slotOf(row: ArrayLike<number>, from: number): number {
    const { arity, rows, table } = this;
    let hash = arity;
    for (let c = 0; c < arity; c++) hash = mix(hash, row[from + c] as number);
    const mask = table.length - 1;
    let slot = hash & mask;
    for (;;) {
      const entry = table[slot] as number;
      if (entry === 0) return slot;
      const base = (entry - 1) * arity;
      let c = 0;
      while (c < arity && rows[base + c] === row[from + c]) c++;
      if (c === arity) return slot;
      slot = (slot + 1) & mask;
    }
  }

  /** The position of a row, or −1. */
  find(row: ArrayLike<number>): number {
    return (this.table[this.slotOf(row, 0)] as number) - 1;
  }

  /** The position of the row, appended if it is new. */
  add(row: ArrayLike<number>): number {
    const slot = this.slotOf(row, 0);
    const entry = this.table[slot] as number;
    if (entry !== 0) return entry - 1;
    const { arity } = this;
    const position = this.count++;
    const base = position * arity;
    if (base + arity > this.rows.length) this.rows = grown(this.rows, this.rows.length * 2);
    for (let c = 0; c < arity; c++) this.rows[base + c] = row[c] as number;
    this.table[slot] = position + 1;
    if (this.count * 2 > this.table.length) this.rehash();
    return position;
  }

  private rehash(): void {
    this.table = new Int32Array(this.table.length * 2);
    for (let p = 0; p < this.count; p++) this.table[this.slotOf(this.rows, p * this.arity)] = p + 1;
  }

  /** The positions, ascending, of the rows whose columns are equal in each of these pairs. */
  diagonal(equal: readonly (readonly [number, number])[]): readonly number[] {
    const name = equal.join(";");
    this.diagonals ??= new Map();
    let diagonal = this.diagonals.get(name);
    if (diagonal === undefined) {
      diagonal = { positions: [], seen: 0 };
      this.diagonals.set(name, diagonal);
    }
    for (; diagonal.seen < this.count; diagonal.seen++) {
      const base = diagonal.seen * this.arity;
      if (equal.every(([a, b]) => this.rows[base + a] === this.rows[base + b])) diagonal.positions.push(diagonal.seen);
    }
    return diagonal.positions;
  }

  /** The index on these columns (ascending, at least one, not all), extended to all current rows. */
  index(columns: readonly number[]): Index {
    const name = this.arity <= 31 ? columns.reduce((mask, c) => mask | (1 << c), 0) : columns.join();
    this.indexes ??= new Map();
    let index = this.indexes.get(name);
    if (index === undefined) {
      index = new Index(this, columns);
      this.indexes.set(name, index);
    }
    index.extend();
    return index;
  }
}

/** A hash index on some columns of an extent: for each bucket a chain of positions, ascending. */
export class Index {
  private heads = new Int32Array(8);
  private tails = new Int32Array(8);
  private next = new Int32Array(8);
  private indexed = 0;

  constructor(
    private readonly extent: Extent,
    private readonly columns: readonly number[],
  ) {}

  /** Adds the rows appended since the last call. Must not be called while a chain is being followed. */
  extend(): void {
    const { count } = this.extent;
    if (this.indexed === count) return;
    if (count > this.heads.length) {
      let size = this.heads.length;
      while (size < count) size *= 2;
      this.heads = new Int32Array(size);
      this.tails = new Int32Array(size);
      this.next = new Int32Array(size);
      this.indexed = 0;
    }
    const { arity, rows } = this.extent;
    const mask = this.heads.length - 1;
    for (let p = this.indexed; p < count; p++) {
      let hash = 0;
      for (const c of this.columns) hash = mix(hash, rows[p * arity + c] as number);
      const bucket = hash & mask;
      const tail = this.tails[bucket] as number;
      if (tail === 0) this.heads[bucket] = p + 1;
      else this.next[tail - 1] = p + 1;
      this.tails[bucket] = p + 1;
    }
    this.indexed = count;
  }

  /** The first position of the bucket of a key (in the order of the columns), or −1. Other keys can be in the same bucket. */
  first(key: ArrayLike<number>): number {
    let hash = 0;
    for (let i = 0; i < this.columns.length; i++) hash = mix(hash, key[i] as number);
    return (this.heads[hash & (this.heads.length - 1)] as number) - 1;
  }

  /** The position after `position` in its bucket, or −1. */
  after(position: number): number {
    return (this.next[position] as number) - 1;
  }
}

/** A cache for one list of key columns: for each key, the annotation of "some tuple has this key". */
export interface PresenceMemo {
  readonly extent: Extent;
  readonly annotations: Annotation[];
}

/** The tuples of a relation at one instant: a prefix of an extent with an annotation for each position. */
export class Snapshot {
  private annotations: Int32Array;
  private memos: Map<string, PresenceMemo> | undefined;
  private projections: Map<string, Snapshot> | undefined;
  /** Whether `annotations` is shared with another instant: copy on write. */
  private shared: boolean;

  private constructor(
    readonly extent: Extent,
    /** The length of the prefix. */
    public count: number,
    annotations: Int32Array,
    shared: boolean,
  ) {
    this.annotations = annotations;
    this.shared = shared;
  }

  static empty(arity: number): Snapshot {
    return new Snapshot(new Extent(arity), 0, new Int32Array(4), false);
  }

  /** The same tuples one instant later; annotations are copied on write. */
  carried(): Snapshot {
    this.shared = true;
    return new Snapshot(this.extent, this.count, this.annotations, true);
  }

  annotation(position: number): Annotation {
    return position < this.count ? (this.annotations[position] as number) : FALSE;
  }

  /** The tuples whose annotation is not false, in a new extent. */
  pruned(): Snapshot {
    const { extent } = this;
    const kept = Snapshot.empty(extent.arity);
    for (let p = 0; p < this.count; p++) {
      const annotation = this.annotation(p);
      if (annotation !== FALSE)
        kept.set(kept.extent.add(extent.rows.subarray(p * extent.arity, (p + 1) * extent.arity)), annotation);
    }
    return kept;
  }

  /** This snapshot if its extent has no rows beyond the prefix, otherwise a pruned copy. */
  unextended(): Snapshot {
    return this.extent.count === this.count ? this : this.pruned();
  }

  /** Sets the annotation of a position of the extent. */
  set(position: number, annotation: Annotation): void {
    if (position >= this.count) this.count = position + 1;
    if (position >= this.annotations.length) {
      this.annotations = grown(this.annotations, Math.max(position + 1, this.annotations.length * 2));
      this.shared = false;
    } else if (this.shared) {
      this.annotations = this.annotations.slice();
      this.shared = false;
    }
    this.annotations[position] = annotation;
  }

  /** The cache for these key columns. Precondition: the relation is complete, since entries are not invalidated. */
  presenceMemo(columns: readonly number[]): PresenceMemo {
    this.memos ??= new Map();
    const name = columns.join();
    let memo = this.memos.get(name);
    if (memo === undefined) {
      memo = { extent: new Extent(columns.length), annotations: [] };
      this.memos.set(name, memo);
    }
    return memo;
  }

  /**
   * The distinct rows of some columns, each with the disjunction of the annotations of its rows. Precondition: the relation is complete,
   * since projections are kept.
   */
  projection(columns: readonly number[], algebra: Algebra): Snapshot {
    this.projections ??= new Map();
    const name = columns.join();
    const known = this.projections.get(name);
    if (known !== undefined) return known;
    const { arity, rows } = this.extent;
    const projected = Snapshot.empty(columns.length);
    const row = new Int32Array(columns.length);
    for (let p = 0; p < this.count; p++) {
      const annotation = this.annotation(p);
      if (annotation === FALSE) continue;
      columns.forEach((column, i) => {
        row[i] = rows[p * arity + column] as number;
      });
      const position = projected.extent.add(row);
      projected.set(position, algebra.or(projected.annotation(position), annotation));
    }
    this.projections.set(name, projected);
    return projected;
  }

  /** The annotation of a row; false if the snapshot does not have it. */
  annotationOf(row: ArrayLike<ValueId>): Annotation {
    const position = this.extent.find(row);
    return position < 0 ? FALSE : this.annotation(position);
  }
}
