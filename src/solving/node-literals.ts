import type { Budget } from "../faults/budget.js";
import type { FaultVariable } from "../faults/fault-variable.js";
import { kindOf } from "../faults/kinds.js";
import type { Absence, Crash } from "../faults/node-faults.js";
import { absenceKinds, crash, crashOf, lastAway } from "../faults/node-faults.js";
import type { Chooser } from "./chooser.js";
import type { Clauses, SatLiteral } from "./solver.js";

/** An instant for which "down" is declared, and its variable. */
interface DownVariable {
  readonly at: number;
  readonly variable: number;
}

/** The absences of one kind of a node: "away" by instant, and "an absence begins" by instant. */
interface AwayVariables {
  readonly away: Map<number, number>;
  readonly begins: Map<number, number>;
}

/** The variables of one node. */
interface Timeline {
  readonly node: number;
  readonly name: string;
  /** "The node crashes", implied by every `down`; `undefined` while no `down` is declared. */
  crashes: number | undefined;
  /** By ascending instant after `settle`. */
  readonly down: DownVariable[];
  readonly restart: AwayVariables;
  readonly pause: AwayVariables;
  settled: boolean;
}

type NodeVariable = Extract<FaultVariable, { readonly kind: "down" | "restarting" | "pausing" }>;

/**
 * The encoding of node faults: a node that is down stays down; a maximal run of "away" is one absence, counted where it begins.
 *
 *     away at 3, 4 and 7     begins at 3 and 7: two absences
 *
 * If one instant of a node's absences is declared, all of them get variables, so that the number of absences does not depend on which
 * instants the annotations mention.
 */
export class NodeLiterals {
  private readonly timelines = new Map<number, Timeline>();

  /** `count` is called with a literal for each possible fault; the number of true ones is the number of faults. */
  constructor(
    private readonly budget: Budget,
    private readonly solver: Clauses,
    private readonly count: (kind: (Crash | Absence)["kind"], literal: SatLiteral) => void,
  ) {}

  declare(v: NodeVariable, variable: number): void {
    const timeline = this.timeline(v.node);
    timeline.settled = false;
    if (v.kind === "down") this.declareDown(timeline, v.at, variable);
    else {
      const { away } = v.kind === "restarting" ? timeline.restart : timeline.pause;
      const known = away.get(v.at);
      if (known === undefined) away.set(v.at, variable);
      else this.equal(known, variable);
    }
  }

  /** By node name: the nodes with declared crash variables. */
  get crashes(): readonly {
    readonly node: string;
    readonly crashes: number;
    readonly down: readonly DownVariable[];
  }[] {
    return this.inOrder().flatMap(({ name, crashes, down }) =>
      crashes === undefined ? [] : [{ node: name, crashes, down }],
    );
  }

  /** Adds the clauses for what was declared since the last call. */
  settle(): void {
    for (const timeline of this.timelines.values()) {
      if (timeline.settled) continue;
      timeline.settled = true;
      const hasAbsences = timeline.restart.away.size > 0 || timeline.pause.away.size > 0;
      if (hasAbsences) this.settleAbsences(timeline);
      if (timeline.crashes !== undefined) this.settleCrash(timeline, timeline.crashes, hasAbsences);
    }
  }

  /** Literals that are all true if and only if the schedule has a crash of the node no later. */
  crashNoLater(fault: Crash): readonly SatLiteral[] {
    const variable = this.find(fault.node)
      ?.down.filter((d) => d.at <= fault.at)
      .at(-1)?.variable;
    return variable === undefined ? [] : [variable];
  }

  /** Literals that are all true if and only if these absences of one node and kind are contained in different absences. */
  absencesWithin(faults: readonly Absence[]): readonly SatLiteral[] {
    const [first] = faults;
    const timeline = first === undefined ? undefined : this.find(first.node);
    if (first === undefined || timeline === undefined) return [];
    const { away } = timeline[first.kind];
    const inTime = [...faults].sort((a, b) => a.at - b.at);
    const literals: SatLiteral[] = [];
    inTime.forEach(({ at, until }, i) => {
      for (let t = at; t < until; t++) literals.push(away.get(t) ?? 0);
      const next = inTime[i + 1];
      if (next === undefined) return;
      // They are contained in different absences only if the node is up at some instant between them.
      const up = this.solver.newVariable();
      for (let t = until; t < next.at; t++) this.solver.addClause([away.get(t) ?? 0, up]);
      literals.push(up);
    });
    return literals;
  }

  /** Chooses and fixes the first crash, of a node after that of `after`, that some model has. */
  chooseCrash(chooser: Chooser, after: Crash | undefined): Crash | undefined {
    for (const { name, crashes, down } of this.inOrder()) {
      if (crashes === undefined || (after !== undefined && !isAfter(name, after.node))) continue;
      if (!chooser.allows(crashes)) continue;
      chooser.fix(crashes);
      // Binary search for the latest instant: "the node can crash at this instant or later" is monotone.
      const inModel = (): number => down.findIndex((d) => chooser.isTrue(d.variable));
      let latest = inModel();
      for (let end = down.length; latest + 1 < end; ) {
        const middle = (latest + end) >> 1;
        const before = down[middle - 1];
        if (before !== undefined && chooser.allows(-before.variable)) latest = inModel();
        else end = middle;
      }
      const [before, at] = [down[latest - 1], down[latest]];
      if (at === undefined) throw new Error("a node crashes at no instant");
      chooser.fix(at.variable);
      if (before !== undefined) chooser.fix(-before.variable);
      return crashOf(name, at.at);
    }
    return undefined;
  }

  /** Chooses and fixes the first absence of a kind after `after` that some model has, ordered by node, length, beginning. */
  chooseAbsence<K extends Absence["kind"]>(
    chooser: Chooser,
    kind: K,
    after: Absence | undefined,
  ): { readonly kind: K; readonly node: string; readonly at: number; readonly until: number } | undefined {
    for (const timeline of this.inOrder()) {
      const { name } = timeline;
      if (after !== undefined && name !== after.node && !isAfter(name, after.node)) continue;
      const { away, begins } = timeline[kind];
      if (begins.size === 0 || !chooser.allows(chooser.someOf([...begins.values()]))) continue;
      const last = lastAway(this.budget);
      const same = after !== undefined && after.node === name ? after : undefined;
      for (let length = same === undefined ? 1 : same.until - same.at; length <= last - 1; length++) {
        const from = same !== undefined && length === same.until - same.at ? same.at + 1 : 2;
        const windows: { readonly at: number; readonly literals: readonly SatLiteral[] }[] = [];
        for (let at = from; at + length - 1 <= last; at++) {
          const literals = [begins.get(at) ?? 0];
          for (let t = at + 1; t < at + length; t++) literals.push(away.get(t) ?? 0);
          const back = away.get(at + length);
          if (back !== undefined) literals.push(-back);
          windows.push({ at, literals });
        }
        const first = chooser.first(windows.map(({ literals }) => chooser.allOf(literals)));
        const window = windows[first];
        if (window === undefined) continue;
        chooser.fix(...window.literals);
        return { kind, node: name, at: window.at, until: window.at + length };
      }
    }
    return undefined;
  }

  /** The faults of a model; a crash after the last instant that matters is none. */
  read(isTrue: (literal: SatLiteral) => boolean): readonly (Crash | Absence)[] {
    return this.inOrder().flatMap((timeline): readonly (Crash | Absence)[] => {
      const { name, down } = timeline;
      const crashed = down.find(({ variable }) => isTrue(variable));
      const absences = absenceKinds.flatMap((kind) => {
        const { away, begins } = timeline[kind];
        const isAway = (t: number): boolean => {
          const variable = away.get(t);
          return variable !== undefined && isTrue(variable);
        };
        return [...begins].flatMap(([at, begin]) => {
          if (!isTrue(begin)) return [];
          let until = at + 1;
          while (isAway(until)) until++;
          return [{ kind, node: name, at, until }];
        });
      });
      return crashed === undefined ? absences : [crashOf(name, crashed.at), ...absences];
    });
  }

  private timeline(node: number): Timeline {
    let timeline = this.timelines.get(node);
    if (timeline === undefined) {
      const absences = (): AwayVariables => ({ away: new Map(), begins: new Map() });
      const name = this.budget.nodes[node] ?? "";
      const [restart, pause] = [absences(), absences()];
      timeline = { node, name, crashes: undefined, down: [], restart, pause, settled: false };
      this.timelines.set(node, timeline);
    }
    return timeline;
  }

  private find(name: string): Timeline | undefined {
    return this.timelines.get(this.budget.nodes.indexOf(name));
  }

  private inOrder(): readonly Timeline[] {
    return [...this.timelines.values()].sort((a, b) => a.node - b.node);
  }

  private declareDown(timeline: Timeline, at: number, variable: number): void {
    if (timeline.crashes === undefined) {
      timeline.crashes = this.solver.newVariable();
      this.count(crash.kind, timeline.crashes);
    }
    const known = timeline.down.find((d) => d.at === at);
    if (known === undefined) timeline.down.push({ at, variable });
    else this.equal(known.variable, variable);
  }

  private settleAbsences(timeline: Timeline): void {
    const { solver, budget } = this;
    const last = lastAway(budget);
    for (const kind of absenceKinds) {
      if (budget[kindOf(kind).bound] === 0) continue;
      const { away, begins } = timeline[kind];
      for (let t = 2; t <= last; t++) if (!away.has(t)) away.set(t, solver.newVariable());
      if (begins.size > 0) continue;
      for (let t = 2; t <= last; t++) {
        const [now, before] = [away.get(t) ?? 0, away.get(t - 1)];
        const begin = before === undefined ? now : solver.newVariable();
        if (before !== undefined) {
          solver.addClause([-now, before, begin]);
          solver.addClause([-begin, now]);
          solver.addClause([-begin, -before]);
        }
        begins.set(t, begin);
        this.count(kind, begin);
      }
    }
    const [restarting, pausing] = [timeline.restart.away, timeline.pause.away];
    for (const [t, variable] of restarting) {
      // Between absences of different kinds the node is up for an instant; adjacent ones of one kind are one absence.
      for (const other of [pausing.get(t - 1), pausing.get(t), pausing.get(t + 1)])
        if (other !== undefined) solver.addClause([-variable, -other]);
    }
  }

  /** Adds the monotone chain of a node's crash variables, and excludes absences at or after the crash. */
  private settleCrash(timeline: Timeline, crashes: number, hasAbsences: boolean): void {
    const { solver } = this;
    const { down } = timeline;
    if (hasAbsences) {
      for (let t = 2; t <= lastAway(this.budget); t++)
        if (!down.some((d) => d.at === t)) down.push({ at: t, variable: solver.newVariable() });
    }
    down.sort((a, b) => a.at - b.at);
    for (const [i, { at, variable }] of down.entries()) {
      solver.addClause([-variable, down[i + 1]?.variable ?? crashes]);
      for (const { away } of [timeline.restart, timeline.pause]) {
        const gone = away.get(at);
        if (gone !== undefined) solver.addClause([-gone, -variable]);
      }
    }
  }

  private equal(a: number, b: number): void {
    this.solver.addClause([-a, b]);
    this.solver.addClause([a, -b]);
  }
}

function isAfter(name: string, other: string): boolean {
  return name > other;
}
