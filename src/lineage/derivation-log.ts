import type { Due, Recorder } from "../execution/recorder.js";
import { Extent } from "../execution/relation-store.js";
import type { Program, RelationId, Rule, RuleId } from "../program/program.js";
import { isAggregate } from "../program/rule-shape.js";

/** One recorded firing. */
export interface LoggedFiring {
  readonly rule: RuleId;
  readonly instant: number;
  /** Values by variable, then positions by literal. */
  readonly numbers: Int32Array;
  /** The instants at which its head was due, ascending. */
  readonly due: readonly number[];
}

/**
 * The derivations of a run in a compact form: rule, instant, binding and matched positions as integers. Most of them are never asked
 * for, so they are only appended during the run, and indexed at the first question about a rule and an instant. The derivations of
 * an aggregate's tuple are the contributions to its group; any other firing is a group of its own.
 */
export class DerivationLog implements Recorder {
  private readonly rules: readonly RuleLog[];
  private readonly byHead = new Map<RelationId, RuleLog[]>();

  constructor(program: Program) {
    this.rules = program.rules.map((rule) => new RuleLog(rule));
    for (const log of this.rules) {
      const { relation } = log.rule.head;
      const logs = this.byHead.get(relation);
      if (logs === undefined) this.byHead.set(relation, [log]);
      else logs.push(log);
    }
  }

  firing(
    rule: RuleId,
    instant: number,
    binding: Int32Array,
    matched: Int32Array,
    head: Int32Array,
    due: readonly Due[],
  ): void {
    if (due.length === 0) return;
    const log = this.logOf(rule);
    log.addHead(instant, log.addFiring(instant, ITSELF, binding, matched), head, due);
  }

  contribution(rule: RuleId, instant: number, group: number, binding: Int32Array, matched: Int32Array): void {
    this.logOf(rule).addFiring(instant, group, binding, matched);
  }

  result(rule: RuleId, instant: number, group: number, head: Int32Array, due: readonly Due[]): void {
    this.logOf(rule).addHead(instant, group, head, due);
  }

  /** The groups of firings of which each derived this row, due at `due`; by rule, then in the order of the run. */
  groupsOf(relation: RelationId, due: number, row: ArrayLike<number>): readonly (readonly LoggedFiring[])[] {
    return (this.byHead.get(relation) ?? []).flatMap((log) => log.groupsOf(due, row));
  }

  private logOf(id: RuleId): RuleLog {
    const log = this.rules[id];
    if (log === undefined) throw new RangeError(`no rule ${id}`);
    return log;
  }
}

/** The group of a firing that is not a contribution to an aggregate. */
const ITSELF = -1;

/** What one rule derived. */
class RuleLog {
  /** Instant, group, values by variable, positions by literal. */
  private readonly firings: Rows;
  /** Instant, the number of the group (of the firing, if the rule has no aggregates), columns. */
  private readonly heads: Rows;
  /** By head: when it was due. */
  private readonly dues: (readonly Due[])[] = [];
  /** The heads that were due at an instant, by their columns. */
  private byRow: Index | undefined;
  /** The contributions of an instant, by their group. */
  private byGroup: Index | undefined;

  constructor(readonly rule: Rule) {
    this.firings = new Rows(rule.variables.length, rule.body.length);
    this.heads = new Rows(rule.head.args.length, 0);
  }

  /** Returns the number of the firing. */
  addFiring(instant: number, group: number, binding: Int32Array, matched: Int32Array): number {
    return this.firings.add(instant, group, binding, matched);
  }

  addHead(instant: number, group: number, columns: Int32Array, due: readonly Due[]): void {
    this.heads.add(instant, group, columns, columns);
    this.dues.push(due);
  }

  groupsOf(due: number, row: ArrayLike<number>): readonly (readonly LoggedFiring[])[] {
    this.byRow ??= new Index(this.heads, 2, this.heads.width, (head) => this.duesOf(head));
    return this.byRow.of(due, row).map((head) => {
      const [instant = 0, group = 0] = this.heads.row(head);
      const dues = this.duesOf(head);
      return this.firingsOf(instant, group).map((firing) => ({
        rule: this.rule.id,
        instant,
        numbers: this.firings.row(firing).subarray(2),
        due: dues,
      }));
    });
  }

  private duesOf(head: number): readonly number[] {
    return (this.dues[head] ?? []).map(({ at }) => at);
  }

  private firingsOf(instant: number, group: number): readonly number[] {
    if (!isAggregate(this.rule)) return [group];
    this.byGroup ??= new Index(this.firings, 1, 2, (firing) => this.firings.row(firing).subarray(0, 1));
    return this.byGroup.of(instant, [group]);
  }
}

/** Rows of two integers, and of others that come from two arrays; rows can be equal. */
class Rows {
  count = 0;
  private data = new Int32Array(0);
  readonly width: number;

  constructor(
    private readonly fromFirst: number,
    private readonly fromSecond: number,
  ) {
    this.width = 2 + fromFirst + fromSecond;
  }

  /** Returns the number of the row. */
  add(a: number, b: number, first: Int32Array, second: Int32Array): number {
    let at = this.count * this.width;
    if (at === this.data.length) {
      const larger = new Int32Array(this.width * Math.max(32, this.count * 2));
      larger.set(this.data);
      this.data = larger;
    }
    const { data } = this;
    data[at++] = a;
    data[at++] = b;
    for (let i = 0; i < this.fromFirst; i++) data[at++] = first[i] as number;
    for (let i = 0; i < this.fromSecond; i++) data[at++] = second[i] as number;
    return this.count++;
  }

  row(number: number): Int32Array {
    return this.data.subarray(number * this.width, (number + 1) * this.width);
  }
}

/** Finds the rows of an instant by some of their columns, which are hashed at the first question about the instant. */
class Index {
  private readonly byInstant: number[][] = [];
  private readonly hashed: { readonly keys: Extent; readonly numbers: readonly (readonly number[])[] }[] = [];

  /** The columns are those from `from` to before `to`. */
  constructor(
    private readonly rows: Rows,
    private readonly from: number,
    private readonly to: number,
    instantsOf: (number: number) => Iterable<number>,
  ) {
    for (let number = 0; number < rows.count; number++) {
      for (const instant of instantsOf(number)) append(this.byInstant, instant, number);
    }
  }

  of(instant: number, key: ArrayLike<number>): readonly number[] {
    const list = this.byInstant[instant];
    if (list === undefined) return [];
    const { keys, numbers } = this.hashed[instant] ?? this.hash(instant, list);
    const position = keys.find(key);
    return position < 0 ? [] : (numbers[position] ?? []);
  }

  private hash(instant: number, list: readonly number[]): (typeof this.hashed)[number] {
    const keys = new Extent(this.to - this.from);
    const numbers: number[][] = [];
    for (const number of list) append(numbers, keys.add(this.rows.row(number).subarray(this.from, this.to)), number);
    const hashed = { keys, numbers };
    this.hashed[instant] = hashed;
    return hashed;
  }
}

function append(lists: number[][], at: number, number: number): void {
  const list = lists[at];
  if (list === undefined) lists[at] = [number];
  else list.push(number);
}
