import type { Budget } from "../faults/budget.js";
import { lastOf } from "../faults/budget.js";
import type { CutFault, CutKind } from "../faults/cut-faults.js";
import { cutKinds, cutOf, oneWayPartition, partialPartition, partition } from "../faults/cut-faults.js";
import type { FaultVariable } from "../faults/fault-variable.js";
import { kindOf } from "../faults/kinds.js";
import { compareNameLists } from "../source/names.js";
import type { Chooser } from "./chooser.js";
import type { Clauses, SatLiteral } from "./solver.js";
import { Totalizer } from "./totalizer.js";

/** A slot for one cut. Literals are by node, in the order of the budget, and by instant, from index 1 on. */
interface Slot {
  readonly kind: CutKind;
  /** "The schedule has a cut in this slot." */
  readonly used: number;
  readonly inA: readonly SatLiteral[];
  readonly inB: readonly SatLiteral[];
  readonly active: readonly SatLiteral[];
  /** Counters for exact sizes of the sides. */
  readonly sizes: { readonly a: Totalizer; readonly notA: Totalizer; readonly b: Totalizer; readonly notB: Totalizer };
  /** By channel: "the sides sever the channel". */
  readonly severing: Map<string, SatLiteral>;
}

type Severed = Extract<FaultVariable, { readonly kind: "severed" }>;

/**
 * The encoding of cuts: one slot for each cut that the budget allows, with a side for every node and an activity bit for every instant,
 * which form one run of instants. The graph's inputs `severed` are defined from them by clauses. (A variable for each possible cut
 * would not do: nine nodes and EFF 9 have 326,700 partial cuts.)
 */
export class CutLiterals {
  private slots: readonly Slot[] | undefined;
  private readonly pending: { readonly v: Severed; readonly variable: number }[] = [];

  /** `count` is called with a literal for each possible fault; the number of true ones is the number of faults. */
  constructor(
    private readonly budget: Budget,
    private readonly solver: Clauses,
    private readonly count: (kind: CutKind, literal: SatLiteral) => void,
  ) {}

  declare(v: Severed, variable: number): void {
    this.pending.push({ v, variable });
  }

  settle(): void {
    for (const { v, variable } of this.pending.splice(0)) this.define(v, variable);
  }

  /** The ways in which these cuts of one kind are contained in different slots: for each, literals that are all true if and only if they are. */
  within(faults: readonly CutFault[]): readonly (readonly SatLiteral[])[] {
    const [first, ...others] = faults;
    if (first === undefined) return [[]];
    const place = (fault: CutFault, rest: readonly CutFault[], free: readonly Slot[]): readonly SatLiteral[][] =>
      free.flatMap((slot) => {
        const left = free.filter((other) => other !== slot);
        const [next, ...after] = rest;
        const own = this.contains(slot, fault);
        if (next === undefined) return own.map((literals) => [...literals]);
        return own.flatMap((literals) => place(next, after, left).map((more) => [...literals, ...more]));
      });
    return place(first, others, this.ofKind(first.kind));
  }

  /** Chooses and fixes the first cut of a kind that some model has besides the `chosen` first ones. */
  choose(chooser: Chooser, kind: CutKind, chosen: number): CutFault | undefined {
    const slot = this.ofKind(kind)[chosen];
    if (slot === undefined) return undefined;
    if (!chooser.allows(slot.used, chooser.someOf(slot.active.slice(1)))) return undefined;
    chooser.fix(slot.used);
    const sides = this.chooseSides(chooser, slot);
    const last = lastOf(this.budget);
    for (let length = 1; length <= last; length++) {
      const windows: { readonly at: number; readonly literals: readonly SatLiteral[] }[] = [];
      for (let at = 1; at + length - 1 <= last; at++) {
        const literals: SatLiteral[] = [];
        for (let t = 1; t <= last; t++) {
          const active = slot.active[t] as SatLiteral;
          literals.push(at <= t && t < at + length ? active : -active);
        }
        windows.push({ at, literals });
      }
      const window = windows[chooser.first(windows.map(({ literals }) => chooser.allOf(literals)))];
      if (window === undefined) continue;
      chooser.fix(...window.literals);
      return cutOf(kind, sides.a, sides.b, window.at, window.at + length - 1);
    }
    throw new Error("a cut is active at no instant");
  }

  /** The faults of a model. */
  read(isTrue: (literal: SatLiteral) => boolean): readonly CutFault[] {
    return (this.slots ?? []).flatMap(({ kind, used, inA, inB, active }): readonly CutFault[] => {
      const on = (side: readonly SatLiteral[]): readonly string[] =>
        this.budget.nodes.filter((_, i) => isTrue(side[i] as SatLiteral));
      const instants = active.flatMap((literal, t) => (t > 0 && isTrue(literal) ? [t] : []));
      const [first, last] = [instants[0], instants.at(-1)];
      return !isTrue(used) || first === undefined || last === undefined
        ? []
        : [cutOf(kind, on(inA), on(inB), first, last)];
    });
  }

  /** Chooses and fixes the first sides in the order of cuts. */
  private chooseSides(chooser: Chooser, slot: Slot): { readonly a: readonly string[]; readonly b: readonly string[] } {
    const { nodes } = this.budget;
    const n = nodes.length;
    for (let size = slot.kind === partialPartition.kind ? 2 : 1; size <= n; size++) {
      const options = this.sizesOf(slot, size).flatMap(({ a, b, exact }) => {
        if (!chooser.allows(...exact)) return [];
        const found = firstSet(chooser, exact, a, nodes);
        return [{ ...found, b, exact }];
      });
      options.sort((x, y) => compareNameLists(x.names, y.names));
      const [best] = options;
      if (best === undefined) continue;
      chooser.fix(...best.exact, ...best.literals);
      const other = firstSet(chooser, [], best.b, nodes);
      chooser.fix(...other.literals);
      return { a: best.names, b: other.names };
    }
    throw new Error("a cut has no sides");
  }

  /** The ways in which the sides have a size, as cuts are ordered: the literals of the side written first, those of the other, and the conditions. */
  private sizesOf(
    slot: Slot,
    size: number,
  ): readonly {
    readonly a: readonly SatLiteral[];
    readonly b: readonly SatLiteral[];
    readonly exact: readonly SatLiteral[];
  }[] {
    const n = this.budget.nodes.length;
    const { inA, inB, sizes } = slot;
    const exactly = (ofA: number, ofB: number): readonly SatLiteral[] => [
      ...sizes.a.atMost(ofA),
      ...sizes.notA.atMost(n - ofA),
      ...sizes.b.atMost(ofB),
      ...sizes.notB.atMost(n - ofB),
    ];
    const way = (a: readonly SatLiteral[], b: readonly SatLiteral[], ofA: number, ofB: number) => ({
      a,
      b,
      exact: exactly(ofA, ofB),
    });
    switch (slot.kind) {
      case partialPartition.kind:
        return size >= n
          ? []
          : Array.from({ length: Math.floor(size / 2) }, (_, i) => way(inA, inB, i + 1, size - i - 1));
      case partition.kind:
        // The first node is always on side A of the slot.
        if (2 * size > n) return [];
        return 2 * size === n
          ? [way(inA, inB, size, size)]
          : [way(inA, inB, size, n - size), way(inB, inA, n - size, size)];
      case oneWayPartition.kind:
        if (2 * size > n) return [];
        return 2 * size === n
          ? [way(inA, inB, size, size)]
          : [way(inA, inB, size, n - size), way(inA, inB, n - size, size)];
    }
  }

  private ofKind(kind: CutKind): readonly Slot[] {
    return (this.slots ?? []).filter((slot) => slot.kind === kind);
  }

  /** The ways in which a slot's cut contains another cut; for a two-way cut the sides can be exchanged. */
  private contains(slot: Slot, { a, b, at, until }: CutFault): readonly (readonly SatLiteral[])[] {
    const { nodes } = this.budget;
    const on = (side: readonly SatLiteral[], names: readonly string[]): readonly SatLiteral[] =>
      names.map((name) => side[nodes.indexOf(name)] ?? 0);
    const period = Array.from({ length: until - at + 1 }, (_, i) => slot.active[at + i] ?? 0);
    const straight = [slot.used, ...on(slot.inA, a), ...on(slot.inB, b), ...period];
    if (slot.kind === oneWayPartition.kind) return [straight];
    return [straight, [slot.used, ...on(slot.inA, b), ...on(slot.inB, a), ...period]];
  }

  /** Defines `severed` as "some slot is active at that instant and its sides sever the channel". */
  private define({ from, to, at }: Severed, variable: number): void {
    const { solver } = this;
    this.slots ??= cutKinds.flatMap((kind) => Array.from({ length: this.slotCount(kind) }, () => this.newSlot(kind)));
    const severing: SatLiteral[] = [];
    for (const slot of this.slots) {
      const active = slot.active[at] as SatLiteral;
      const sides = this.severing(slot, from, to);
      const both = solver.newVariable();
      solver.addClause([-both, active]);
      solver.addClause([-both, sides]);
      solver.addClause([-active, -sides, variable]);
      severing.push(both);
    }
    solver.addClause([-variable, ...severing]);
  }

  /** The number of slots: the bound of the kind, but not more than faults in all. */
  private slotCount(kind: CutKind): number {
    return Math.min(this.budget[kindOf(kind).bound], this.budget.maxFaults);
  }

  /** "The sides of the slot sever the channel." */
  private severing(slot: Slot, from: number, to: number): SatLiteral {
    const key = `${from} ${to}`;
    const known = slot.severing.get(key);
    if (known !== undefined) return known;
    const { solver } = this;
    const severs = solver.newVariable();
    const directions =
      slot.kind === oneWayPartition.kind ? [[from, to] as const] : [[from, to] as const, [to, from] as const];
    const ways = directions.map(([f, t]) => {
      const [a, b] = [slot.inA[f] ?? 0, slot.inB[t] ?? 0];
      solver.addClause([-a, -b, severs]);
      const way = solver.newVariable();
      solver.addClause([-way, a]);
      solver.addClause([-way, b]);
      return way;
    });
    solver.addClause([-severs, ...ways]);
    slot.severing.set(key, severs);
    return severs;
  }

  private newSlot(kind: CutKind): Slot {
    const { solver, budget } = this;
    const n = budget.nodes.length;
    const last = lastOf(budget);
    const fresh = (count: number): readonly SatLiteral[] => Array.from({ length: count }, () => solver.newVariable());
    const used = solver.newVariable();
    const inA = fresh(n);
    // Unless the cut is partial, a node that is not on one side is on the other.
    const inB = kind === partialPartition.kind ? fresh(n) : inA.map((literal) => -literal);
    const active = [0, ...fresh(last)];
    solver.addClause([-used, ...inA]);
    solver.addClause([-used, ...inB]);
    if (kind === partialPartition.kind) {
      const outside = inA.map((a, i) => {
        const b = inB[i] ?? 0;
        solver.addClause([-a, -b]);
        const neither = solver.newVariable();
        solver.addClause([-neither, -a]);
        solver.addClause([-neither, -b]);
        return neither;
      });
      solver.addClause([-used, ...outside]);
    }
    // A|B and B|A are one.
    const [first] = inA;
    if (kind === partition.kind && first !== undefined) solver.addClause([first]);
    let over: number | undefined;
    for (let t = 1; t <= last; t++) {
      const now = active[t] as SatLiteral;
      solver.addClause([-now, used]);
      const before = active[t - 1];
      if (t === 1 || before === undefined) continue;
      // Once the activity has ended it does not resume: one run of instants.
      const ended = solver.newVariable();
      solver.addClause([-before, now, ended]);
      solver.addClause([-ended, -now]);
      if (over !== undefined) solver.addClause([-over, ended]);
      over = ended;
    }
    const total = (literals: readonly SatLiteral[]): Totalizer => {
      const totalizer = new Totalizer(solver);
      totalizer.add(literals);
      return totalizer;
    };
    const negated = (literals: readonly SatLiteral[]): readonly SatLiteral[] => literals.map((literal) => -literal);
    const sizes = { a: total(inA), notA: total(negated(inA)), b: total(inB), notB: total(negated(inB)) };
    this.count(kind, used);
    return { kind, used, inA, inB, active, sizes, severing: new Map() };
  }
}

/** The first set of nodes, compared name by name, that a side can be under these assumptions, with its literals. Fixes nothing. */
function firstSet(
  chooser: Chooser,
  assumed: readonly SatLiteral[],
  side: readonly SatLiteral[],
  nodes: readonly string[],
): { readonly names: readonly string[]; readonly literals: readonly SatLiteral[] } {
  const literals: SatLiteral[] = [];
  const names: string[] = [];
  side.forEach((literal, i) => {
    const inside = chooser.allows(...assumed, ...literals, literal);
    literals.push(inside ? literal : -literal);
    if (inside) names.push(nodes[i] ?? "");
  });
  return { names, literals };
}
