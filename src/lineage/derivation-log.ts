import type { Due, Recorder } from "../execution/recorder.js";
import { Extent } from "../execution/relation-store.js";
import type { Program, RelationId, RuleId } from "../program/program.js";

/** One recorded firing. */
export interface LoggedFiring {
  readonly rule: RuleId;
  readonly instant: number;
  /** Values by variable, then positions by literal. */
  readonly numbers: Int32Array;
  /** The instants at which its head was due, ascending. */
  readonly due: readonly number[];
}

/** Growable store of 32-bit integers. */
class Pool {
  private data = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.data.length) {
      const larger = new Int32Array(this.data.length * 2);
      larger.set(this.data);
      this.data = larger;
    }
    this.data[this.length++] = value;
  }

  slice(from: number, to: number): Int32Array {
    return this.data.subarray(from, to);
  }
}

/**
 * The derivations of a run in a compact form: rule, instant, binding and matched positions as integers in one pool. They are indexed
 * by head and by the instant at which the head was due (whether or not its node was away then). The derivations of an aggregate's
 * tuple are the contributions to its group.
 */
export class DerivationLog implements Recorder {
  private readonly rules: RuleId[] = [];
  private readonly instants: number[] = [];
  private readonly starts: number[] = [];
  /** The arrivals by entry, for message rules only; for other rules the timing determines when the head was due. */
  private readonly arrivals = new Map<number, readonly number[]>();
  private readonly pool = new Pool();
  /** By relation: the rows of heads, which are identified by their positions. */
  private readonly heads = new Map<RelationId, Extent>();
  /** By relation and instant, then head. */
  private readonly byHead = new Map<string, Map<number, number[]>>();
  private readonly groups = new Map<string, number[]>();
  private readonly results = new Map<string, Map<number, (readonly number[])[]>>();

  constructor(private readonly program: Program) {}

  firing(
    rule: RuleId,
    instant: number,
    binding: Int32Array,
    matched: Int32Array,
    head: Int32Array,
    due: readonly Due[],
  ): void {
    if (due.length === 0) return;
    const entry = this.log(rule, instant, binding, matched);
    this.setArrivals(entry, due);
    this.eachHead(rule, head, due, (key, position) => append(this.byHead, key, position, entry));
  }

  contribution(rule: RuleId, instant: number, group: number, binding: Int32Array, matched: Int32Array): void {
    const entry = this.log(rule, instant, binding, matched);
    const key = `${rule} ${instant} ${group}`;
    const list = this.groups.get(key);
    if (list === undefined) this.groups.set(key, [entry]);
    else list.push(entry);
  }

  result(rule: RuleId, instant: number, group: number, head: Int32Array, due: readonly Due[]): void {
    const entries = this.groups.get(`${rule} ${instant} ${group}`) ?? [];
    for (const entry of entries) this.setArrivals(entry, due);
    this.eachHead(rule, head, due, (key, position) => append(this.results, key, position, entries));
  }

  /** The firings of rules without aggregates whose head is this row and was due at `due`. */
  firingsOf(relation: RelationId, due: number, row: readonly number[]): readonly LoggedFiring[] {
    return this.listed(this.byHead, relation, due, row).map((entry) => this.logged(entry));
  }

  /** For each aggregate rule whose result is this row and was due at `due`: the contributions to its group. */
  groupsOf(relation: RelationId, due: number, row: readonly number[]): readonly (readonly LoggedFiring[])[] {
    return this.listed(this.results, relation, due, row).map((group) => group.map((entry) => this.logged(entry)));
  }

  private listed<T>(
    map: ReadonlyMap<string, ReadonlyMap<number, readonly T[]>>,
    relation: RelationId,
    due: number,
    row: readonly number[],
  ): readonly T[] {
    const position = this.heads.get(relation)?.find(row) ?? -1;
    return map.get(`${relation} ${due}`)?.get(position) ?? [];
  }

  private eachHead(id: RuleId, row: Int32Array, due: readonly Due[], then: (key: string, head: number) => void): void {
    const { relation } = this.rule(id).head;
    let extent = this.heads.get(relation);
    if (extent === undefined) {
      extent = new Extent(row.length);
      this.heads.set(relation, extent);
    }
    const head = extent.add(row);
    for (const { at } of due) then(`${relation} ${at}`, head);
  }

  private setArrivals(entry: number, due: readonly Due[]): void {
    if (this.rule(this.rules[entry] as RuleId).timing !== "async") return;
    this.arrivals.set(
      entry,
      due.map(({ at }) => at),
    );
  }

  private rule(id: RuleId): Program["rules"][number] {
    const rule = this.program.rules[id];
    if (rule === undefined) throw new RangeError(`no rule ${id}`);
    return rule;
  }

  private log(rule: RuleId, instant: number, binding: Int32Array, matched: Int32Array): number {
    this.starts.push(this.pool.length);
    this.rules.push(rule);
    this.instants.push(instant);
    const { variables } = this.rule(rule);
    for (let i = 0; i < variables.length; i++) this.pool.push(binding[i] as number);
    for (const position of matched) this.pool.push(position);
    return this.rules.length - 1;
  }

  private logged(entry: number): LoggedFiring {
    const numbers = this.pool.slice(this.starts[entry] as number, this.starts[entry + 1] ?? this.pool.length);
    const [rule, instant] = [this.rules[entry] as RuleId, this.instants[entry] as number];
    const due = this.arrivals.get(entry) ?? [this.rule(rule).timing === "deductive" ? instant : instant + 1];
    return { rule, instant, numbers, due };
  }
}

function append<T>(map: Map<string, Map<number, T[]>>, key: string, position: number, value: T): void {
  let inner = map.get(key);
  if (inner === undefined) {
    inner = new Map();
    map.set(key, inner);
  }
  const list = inner.get(position);
  if (list === undefined) inner.set(position, [value]);
  else list.push(value);
}
