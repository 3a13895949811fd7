import { formatName } from "../source/names.js";
import type { Annotation } from "./annotation.js";
import { FALSE, TRUE } from "./annotation.js";
import type { Budget } from "./budget.js";
import { lastOf } from "./budget.js";
import { lastLateArrival, lastOmission, lastSecondArrival } from "./channel-faults.js";
import { severs } from "./cut-faults.js";
import type { FaultValues } from "./environment.js";
import type { FaultVariable } from "./fault-variable.js";
import type { InputLine, Inputs } from "./inputs.js";
import { defaultInputs } from "./inputs.js";
import { isAway, lastAway } from "./node-faults.js";
import type { Schedule } from "./schedule.js";

/**
 * The numbering of a budget's variables. Inputs come first, then instant by instant, so that budgets with the same nodes and the
 * same lateness number their common variables alike, whatever their other bounds:
 *
 *     inputs | instant 1: omit n² doubled n² severed n² late(1) n² … down n restarting n pausing n | instant 2: …
 *
 * A variable that the budget excludes has no number, so that kinds of faults that are excluded cost nothing.
 */
export class FaultVariables {
  private readonly nodes: number;
  private readonly lastOmission: number;
  private readonly lastCut: number;
  private readonly lastAway: number;
  private readonly spared: readonly boolean[];
  /** Blocks of n² numbers per instant: omit, doubled, severed, late by 1, 2 … */
  private readonly blocks: number;
  /** Numbers per instant: the blocks, and down, restarting, pausing for each node. */
  private readonly stride: number;
  /** The first number of each input line. */
  private readonly inputStarts: readonly number[];
  private readonly inputCount: number;

  constructor(
    readonly budget: Budget,
    readonly lines: readonly InputLine[] = [],
  ) {
    const n = budget.nodes.length;
    this.nodes = n;
    this.lastOmission = budget.omissions > 0 ? lastOmission(budget) : 0;
    this.lastCut = budget.partitions + budget.partialPartitions + budget.oneWayPartitions > 0 ? lastOf(budget) : 0;
    this.lastAway = lastAway(budget);
    this.spared = budget.nodes.map((node) => budget.spare.includes(node));
    this.blocks = 3 + budget.lateness;
    this.stride = this.blocks * n * n + 3 * n;
    const starts: number[] = [];
    let count = 0;
    for (const line of lines) {
      starts.push(count);
      count += decisionsOf(line);
    }
    this.inputStarts = starts;
    this.inputCount = count;
  }

  /** By how many instants a message can be late. */
  get lateness(): number {
    const { delays, duplicates, lateness } = this.budget;
    return delays > 0 || duplicates > 0 ? lateness : 0;
  }

  /** The number of omissions and of nodes that may crash within the budget. */
  get faults(): number {
    const able = this.spared.filter((spared) => !spared).length;
    return able * Math.max(0, able - 1) * this.lastOmission + (this.budget.crashes === 0 ? 0 : able);
  }

  /** The number of `omit(from, to, at)`; `undefined` if no schedule of the budget has it. */
  omit(from: number, to: number, at: number): number | undefined {
    if (at > this.lastOmission || !this.isOpen(from, to)) return undefined;
    return this.ofChannel(0, from, to, at);
  }

  /** The number of `late(from, to, at, by)`, by ≥ 1; `undefined` if a message cannot be that late. */
  late(from: number, to: number, at: number, by: number): number | undefined {
    const { budget } = this;
    if (by > budget.lateness || at > lastOf(budget) || !this.isOpen(from, to)) return undefined;
    const arrives = at + 1 + by;
    const possible =
      (budget.delays > 0 && arrives <= lastLateArrival(budget)) ||
      (budget.duplicates > 0 && arrives <= lastSecondArrival(budget));
    return possible ? this.ofChannel(2 + by, from, to, at) : undefined;
  }

  /** The number of `doubled(from, to, at)`; `undefined` if it is not a variable, because late messages are all doubled or none is. */
  doubled(from: number, to: number, at: number): number | undefined {
    const { budget } = this;
    if (budget.delays === 0 || budget.duplicates === 0 || !this.isOpen(from, to)) return undefined;
    return at > lastOf(budget) || at + 2 > lastSecondArrival(budget) ? undefined : this.ofChannel(1, from, to, at);
  }

  /** The number of `severed(from, to, at)`; the same for both directions unless the budget has one-way cuts. */
  severed(from: number, to: number, at: number): number | undefined {
    if (at > this.lastCut || from === to) return undefined;
    if (this.budget.oneWayPartitions === 0 && from > to) return this.ofChannel(2, to, from, at);
    return this.ofChannel(2, from, to, at);
  }

  /** The number of `down(node, at)`, at ≤ EOT; `undefined` before the first instant, or if the node cannot crash. */
  down(node: number, at: number): number | undefined {
    if (at < 1 || this.budget.crashes === 0 || this.spared[node] === true) return undefined;
    return this.ofNode(0, node, at);
  }

  /** The number of `restarting(node, at)`; `undefined` if no schedule of the budget has it. */
  restarting(node: number, at: number): number | undefined {
    return this.budget.restarts > 0 && this.canBeAway(node, at) ? this.ofNode(1, node, at) : undefined;
  }

  pausing(node: number, at: number): number | undefined {
    return this.budget.pauses > 0 && this.canBeAway(node, at) ? this.ofNode(2, node, at) : undefined;
  }

  /** The number of "the alternative is chosen if no earlier one is"; `undefined` for the last of a `one-of`, which needs no bit. */
  input(line: number, alternative: number): number | undefined {
    const shape = this.lines[line];
    const start = this.inputStarts[line];
    return shape === undefined || start === undefined || alternative >= decisionsOf(shape)
      ? undefined
      : start + alternative;
  }

  variable(id: number): FaultVariable {
    if (id < this.inputCount) {
      let line = this.inputStarts.length - 1;
      while (line > 0 && (this.inputStarts[line] as number) > id) line--;
      return { kind: "input", line, alternative: id - (this.inputStarts[line] ?? 0), at: 0 };
    }
    const n = this.nodes;
    const at = Math.floor((id - this.inputCount) / this.stride) + 1;
    const rest = (id - this.inputCount) % this.stride;
    const block = n === 0 ? 0 : Math.floor(rest / (n * n));
    if (block < this.blocks) {
      const [from, to] = [Math.floor((rest % (n * n)) / n), rest % n];
      switch (block) {
        case 0:
          return { kind: "omit", from, to, at };
        case 1:
          return { kind: "doubled", from, to, at };
        case 2:
          return { kind: "severed", from, to, at };
        default:
          return { kind: "late", from, to, at, by: block - 2 };
      }
    }
    const place = rest - this.blocks * n * n;
    const node = place % n;
    switch (Math.floor(place / n)) {
      case 0:
        return { kind: "down", node, at };
      case 1:
        return { kind: "restarting", node, at };
      default:
        return { kind: "pausing", node, at };
    }
  }

  /** The value of each variable in one scenario. */
  assignment(schedule: Schedule, inputs: Inputs = defaultInputs(this.lines)): (id: number) => boolean {
    const values = valuesUnder(this.budget.nodes, schedule, inputs);
    return (id) => {
      const v = this.variable(id);
      return v.kind === "input" ? inputs[v.line] === v.alternative : valueIn(v, values) === TRUE;
    };
  }

  /** The variables as annotations; `input` maps a number to its annotation. A variable that the budget excludes is false. */
  values(input: (id: number) => Annotation, and: (a: Annotation, b: Annotation) => Annotation): FaultValues {
    const annotation = (id: number | undefined): Annotation => (id === undefined ? FALSE : input(id));
    const { delays, duplicates } = this.budget;
    const late = (from: number, to: number, at: number, by: number): Annotation =>
      annotation(this.late(from, to, at, by));
    return {
      omitted: (from, to, at) => annotation(this.omit(from, to, at)),
      late,
      doubled: (from, to, at) =>
        delays === 0 && duplicates > 0 ? late(from, to, at, 1) : annotation(this.doubled(from, to, at)),
      lateness: this.lateness,
      severed: (from, to, at) => annotation(this.severed(from, to, at)),
      down: (node, at) => annotation(this.down(node, at)),
      restarting: (node, at) => annotation(this.restarting(node, at)),
      pausing: (node, at) => annotation(this.pausing(node, at)),
      hasAbsences: this.lastAway >= 2,
      chosen: (line, alternative) => {
        const own = this.input(line, alternative);
        let chosen = own === undefined ? TRUE : input(own);
        for (let earlier = alternative - 1; earlier >= 0; earlier--)
          chosen = and(annotation(this.input(line, earlier)) ^ 1, chosen);
        return chosen;
      },
    };
  }

  /** `omit(a,b,3)`, `down(a,3)`. */
  name(id: number): string {
    const v = this.variable(id);
    const node = (i: number): string => formatName(this.budget.nodes[i] ?? "?");
    switch (v.kind) {
      case "omit":
      case "doubled":
      case "severed":
        return `${v.kind}(${node(v.from)},${node(v.to)},${v.at})`;
      case "late":
        return `late(${node(v.from)},${node(v.to)},${v.at},${v.by})`;
      case "down":
      case "restarting":
      case "pausing":
        return `${v.kind}(${node(v.node)},${v.at})`;
      case "input":
        return `input(${v.line + 1},${v.alternative + 1})`;
    }
  }

  private isOpen(from: number, to: number): boolean {
    return from !== to && this.spared[from] !== true && this.spared[to] !== true;
  }

  private canBeAway(node: number, at: number): boolean {
    return at >= 2 && at <= this.lastAway && this.spared[node] !== true;
  }

  private ofChannel(block: number, from: number, to: number, at: number): number {
    const n = this.nodes;
    return this.inputCount + (at - 1) * this.stride + block * n * n + from * n + to;
  }

  private ofNode(block: number, node: number, at: number): number {
    const n = this.nodes;
    return this.inputCount + (at - 1) * this.stride + this.blocks * n * n + block * n + node;
  }
}

/** The number of bits that decide an input line: one for each alternative; the last of a `one-of` needs none. */
function decisionsOf({ kind, alternatives }: InputLine): number {
  return kind === "maybe" ? alternatives : alternatives - 1;
}

function valueIn(v: Exclude<FaultVariable, { kind: "input" }>, values: FaultValues): Annotation {
  switch (v.kind) {
    case "omit":
      return values.omitted(v.from, v.to, v.at);
    case "late":
      return values.late(v.from, v.to, v.at, v.by);
    case "doubled":
      return values.doubled(v.from, v.to, v.at);
    case "severed":
      return values.severed(v.from, v.to, v.at);
    case "down":
      return values.down(v.node, v.at);
    case "restarting":
      return values.restarting(v.node, v.at);
    case "pausing":
      return values.pausing(v.node, v.at);
  }
}

/** The values of the variables in one scenario, as constants. */
export function valuesUnder(nodes: readonly string[], schedule: Schedule, inputs: Inputs = []): FaultValues {
  const index = (node: string): number => nodes.indexOf(node);
  const crashedAt = new Map<number, number>();
  const omitted = new Set<string>();
  const late = new Map<string, { readonly by: number; readonly doubled: boolean }>();
  for (const fault of schedule) {
    switch (fault.kind) {
      case "crash":
        crashedAt.set(index(fault.node), fault.at);
        break;
      case "omission":
        omitted.add(`${index(fault.from)} ${index(fault.to)} ${fault.at}`);
        break;
      case "delay":
      case "duplicate":
        late.set(`${index(fault.from)} ${index(fault.to)} ${fault.at}`, {
          by: fault.arrives - fault.at - 1,
          doubled: fault.kind === "duplicate",
        });
    }
  }
  const away = (kind: "restart" | "pause", node: number, at: number): boolean =>
    schedule.some((f) => f.kind === kind && index(f.node) === node && isAway(f, at));
  const constant = (value: boolean): Annotation => (value ? TRUE : FALSE);
  return {
    omitted: (from, to, at) => constant(omitted.has(`${from} ${to} ${at}`)),
    late: (from, to, at, by) => constant((late.get(`${from} ${to} ${at}`)?.by ?? 0) >= by),
    doubled: (from, to, at) => constant(late.get(`${from} ${to} ${at}`)?.doubled === true),
    lateness: Math.max(0, ...[...late.values()].map(({ by }) => by)),
    severed: (from, to, at) =>
      constant(
        schedule.some((f) => "a" in f && f.at <= at && at <= f.until && severs(f, nodes[from] ?? "", nodes[to] ?? "")),
      ),
    down: (node, at) => constant((crashedAt.get(node) ?? Infinity) <= at),
    restarting: (node, at) => constant(away("restart", node, at)),
    pausing: (node, at) => constant(away("pause", node, at)),
    hasAbsences: schedule.some((f) => f.kind === "restart" || f.kind === "pause"),
    chosen: (line, alternative) => constant(inputs[line] === alternative),
  };
}
