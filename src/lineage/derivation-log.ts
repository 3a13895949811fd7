import type { Recorder } from "../execution/recorder.js";
import type { Program, RuleId } from "../program/program.js";

/** One recorded firing: of which rule, when, and where its numbers start in the pool. */
export interface Logged {
  readonly rule: RuleId;
  readonly instant: number;
  /** Values by variable, then positions by literal. */
  readonly numbers: Int32Array;
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
 * The derivations of a run as they are reported, in a few integers each: rule, instant, binding, matched positions. A
 * head tuple is named by relation, instant and position; the derivations of an aggregate's tuple are the
 * contributions to its group.
 */
export class DerivationLog implements Recorder {
  private readonly rules: RuleId[] = [];
  private readonly instants: number[] = [];
  private readonly starts: number[] = [];
  private readonly pool = new Pool();
  private readonly byHead = new Map<string, Map<number, number[]>>();
  private readonly groups = new Map<string, number[]>();
  private readonly results = new Map<string, Map<number, number[][]>>();

  constructor(private readonly program: Program) {}

  firing(rule: RuleId, instant: number, binding: Int32Array, matched: Int32Array, target: number): void {
    if (target < 0) return;
    append(this.byHead, this.headKey(rule, instant), target, this.log(rule, instant, binding, matched));
  }

  contribution(rule: RuleId, instant: number, group: number, binding: Int32Array, matched: Int32Array): void {
    const entry = this.log(rule, instant, binding, matched);
    const key = `${rule} ${instant} ${group}`;
    const list = this.groups.get(key);
    if (list === undefined) this.groups.set(key, [entry]);
    else list.push(entry);
  }

  result(rule: RuleId, instant: number, group: number, target: number): void {
    if (target < 0) return;
    append(this.results, this.headKey(rule, instant), target, this.groups.get(`${rule} ${instant} ${group}`) ?? []);
  }

  /** The firings of rules without aggregates that derived the tuple at `position` of the relation's snapshot. */
  firingsOf(relation: number, instant: number, position: number): readonly Logged[] {
    return (this.byHead.get(`${relation} ${instant}`)?.get(position) ?? []).map((entry) => this.logged(entry));
  }

  /** For each aggregate rule that derived the tuple: the contributions to its group. */
  groupsOf(relation: number, instant: number, position: number): readonly (readonly Logged[])[] {
    return (this.results.get(`${relation} ${instant}`)?.get(position) ?? []).map((group) =>
      group.map((entry) => this.logged(entry)),
    );
  }

  private headKey(rule: RuleId, instant: number): string {
    const { head, timing } = this.rule(rule);
    return `${head.relation} ${timing === "deductive" ? instant : instant + 1}`;
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

  private logged(entry: number): Logged {
    const numbers = this.pool.slice(this.starts[entry] as number, this.starts[entry + 1] ?? this.pool.length);
    return { rule: this.rules[entry] as RuleId, instant: this.instants[entry] as number, numbers };
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
