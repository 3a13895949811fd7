import type { Budget } from "../faults/budget.js";
import type { ChannelFault, Delay, Duplicate, Omission } from "../faults/channel-faults.js";
import {
  delay,
  duplicate,
  lastLateArrival,
  lastSecondArrival,
  omission,
  omissionOf,
} from "../faults/channel-faults.js";
import type { FaultVariable } from "../faults/fault-variable.js";
import type { FaultVariables } from "../faults/variables.js";
import { compareNames } from "../source/names.js";
import type { Chooser } from "./chooser.js";
import type { Clauses, SatLiteral } from "./solver.js";

export interface OmissionVariable {
  readonly fault: Omission;
  readonly variable: number;
}

/** The variables of one channel at one instant. */
interface Channel {
  readonly from: string;
  readonly to: string;
  readonly at: number;
  omit: number | undefined;
  /** "Late by at least i + 1", by index i. */
  readonly late: (number | undefined)[];
  doubled: number | undefined;
  /** "It is delayed" and "it is duplicated"; set by `settle`. */
  delayed: number | undefined;
  duplicated: number | undefined;
  settled: boolean;
}

type ChannelVariable = Extract<FaultVariable, { readonly kind: "omit" | "late" | "doubled" }>;

/**
 * The encoding of channel faults. Lateness is order-encoded: "late by at least 2" implies "late by at least 1". Clauses exclude that a
 * channel has more than one of omission, delay and duplicate at an instant.
 */
export class ChannelLiterals {
  private readonly channels = new Map<string, Channel>();
  private sorted: readonly Channel[] | undefined;

  /** `count` is called with a literal for each possible fault; the number of true ones is the number of faults. */
  constructor(
    private readonly variables: FaultVariables,
    private readonly solver: Clauses,
    private readonly count: (kind: ChannelFault["kind"], literal: SatLiteral) => void,
  ) {}

  private get budget(): Budget {
    return this.variables.budget;
  }

  declare(v: ChannelVariable, variable: number): void {
    const channel = this.channel(v.from, v.to, v.at);
    channel.settled = false;
    switch (v.kind) {
      case "omit":
        channel.omit = variable;
        this.count(omission.kind, variable);
        return;
      case "doubled":
        channel.doubled = this.merged(channel.doubled, variable);
        return;
      case "late":
        channel.late[v.by - 1] = this.merged(channel.late[v.by - 1], variable);
    }
  }

  /** In the order of schedules. */
  get omissions(): readonly OmissionVariable[] {
    return this.inOrder().flatMap(({ from, to, at, omit }) =>
      omit === undefined ? [] : [{ fault: omissionOf({ from, to, at }), variable: omit }],
    );
  }

  settle(): void {
    for (const channel of this.channels.values()) {
      if (channel.settled) continue;
      channel.settled = true;
      if (channel.late.length > 0 || channel.doubled !== undefined) this.settleLateness(channel);
    }
  }

  /** Literals that are all true if and only if the schedule has this omission, or delays or duplicates this message at least as late. */
  atLeast(fault: ChannelFault): readonly SatLiteral[] {
    const channel = this.channels.get(keyOf(fault.from, fault.to, fault.at));
    const defined = (...literals: readonly (number | undefined)[]): readonly SatLiteral[] =>
      literals.flatMap((literal) => (literal === undefined ? [] : [literal]));
    switch (fault.kind) {
      case omission.kind:
        return defined(channel?.omit);
      case delay.kind:
        return defined(channel?.delayed, channel?.late[fault.arrives - fault.at - 2]);
      case duplicate.kind:
        return defined(channel?.duplicated, channel?.late[fault.arrives - fault.at - 2]);
    }
  }

  /** Chooses and fixes the first omission after `after` that some model has. */
  chooseOmission(chooser: Chooser, after: Omission | undefined): Omission | undefined {
    const { omissions } = this;
    const from = after === undefined ? 0 : omissions.findIndex((o) => isSame(o.fault, after)) + 1;
    const first =
      omissions[
        chooser.first(
          omissions.map(({ variable }) => variable),
          from,
        )
      ];
    if (first === undefined) return undefined;
    chooser.fix(first.variable);
    return first.fault;
  }

  /** Chooses and fixes the first delay, or duplicate, after `after` that some model has. */
  chooseLate<K extends (Delay | Duplicate)["kind"]>(
    chooser: Chooser,
    kind: K,
    after: Delay | Duplicate | undefined,
  ):
    | { readonly kind: K; readonly from: string; readonly to: string; readonly at: number; readonly arrives: number }
    | undefined {
    const candidates = this.inOrder().flatMap((channel) => {
      const literal = kind === delay.kind ? channel.delayed : channel.duplicated;
      return literal === undefined ? [] : [{ channel, literal }];
    });
    const from = after === undefined ? 0 : candidates.findIndex(({ channel }) => isSame(channel, after)) + 1;
    const found =
      candidates[
        chooser.first(
          candidates.map(({ literal }) => literal),
          from,
        )
      ];
    if (found === undefined) return undefined;
    const { channel, literal } = found;
    chooser.fix(literal);
    // The earliest arrival in some model.
    let by = 1;
    for (let next = channel.late[by]; next !== undefined && !chooser.allows(-next); next = channel.late[by]) by++;
    const [own, next] = [channel.late[by - 1], channel.late[by]];
    if (own !== undefined) chooser.fix(own);
    if (next !== undefined) chooser.fix(-next);
    const { to, at } = channel;
    return { kind, from: channel.from, to, at, arrives: at + 1 + by };
  }

  /** The faults of a model. */
  read(isTrue: (literal: SatLiteral) => boolean): readonly ChannelFault[] {
    const isSet = (literal: SatLiteral | undefined): boolean => literal !== undefined && isTrue(literal);
    return this.inOrder().flatMap(({ from, to, at, omit, late, delayed, duplicated }): readonly ChannelFault[] => {
      const message = { from, to, at };
      const arrives = at + 1 + late.filter(isSet).length;
      if (isSet(omit)) return [omissionOf(message)];
      if (isSet(delayed)) return [{ kind: delay.kind, ...message, arrives }];
      return isSet(duplicated) ? [{ kind: duplicate.kind, ...message, arrives }] : [];
    });
  }

  private settleLateness(channel: Channel): void {
    const { solver, budget, variables } = this;
    const [from, to] = [budget.nodes.indexOf(channel.from), budget.nodes.indexOf(channel.to)];
    const { at } = channel;
    for (let by = 1; variables.late(from, to, at, by) !== undefined; by++)
      channel.late[by - 1] ??= solver.newVariable();
    const late = channel.late.map((literal) => literal ?? 0);
    const [first] = late;
    if (first === undefined) return;
    late.forEach((literal, i) => {
      const fewer = late[i - 1];
      if (fewer !== undefined) solver.addClause([-literal, fewer]);
    });
    if (channel.omit !== undefined) solver.addClause([-channel.omit, -first]);
    const canDouble = variables.doubled(from, to, at) !== undefined;
    if (canDouble) channel.doubled ??= solver.newVariable();
    if (channel.delayed !== undefined || channel.duplicated !== undefined) return;
    const { doubled } = channel;
    if (doubled !== undefined) {
      solver.addClause([-doubled, first]);
      // The latest arrival of a second copy can be earlier than that of a delayed message.
      const tooLate = late[lastSecondArrival(budget) - at - 1];
      if (tooLate !== undefined) solver.addClause([-doubled, -tooLate]);
      const delayed = solver.newVariable();
      solver.addClause([-first, doubled, delayed]);
      solver.addClause([-delayed, first]);
      solver.addClause([-delayed, -doubled]);
      channel.delayed = delayed;
      channel.duplicated = doubled;
    } else if (budget.delays > 0 && at + 2 <= lastLateArrival(budget)) channel.delayed = first;
    else channel.duplicated = first;
    if (channel.delayed !== undefined) this.count(delay.kind, channel.delayed);
    if (channel.duplicated !== undefined) this.count(duplicate.kind, channel.duplicated);
  }

  private merged(known: number | undefined, variable: number): number {
    if (known === undefined) return variable;
    this.solver.addClause([-known, variable]);
    this.solver.addClause([known, -variable]);
    return known;
  }

  private channel(from: number, to: number, at: number): Channel {
    const { nodes } = this.budget;
    const [sender, receiver] = [nodes[from] ?? "", nodes[to] ?? ""];
    const key = keyOf(sender, receiver, at);
    let channel = this.channels.get(key);
    if (channel === undefined) {
      channel = {
        from: sender,
        to: receiver,
        at,
        omit: undefined,
        late: [],
        doubled: undefined,
        delayed: undefined,
        duplicated: undefined,
        settled: false,
      };
      this.channels.set(key, channel);
      this.sorted = undefined;
    }
    return channel;
  }

  private inOrder(): readonly Channel[] {
    this.sorted ??= [...this.channels.values()].sort(
      (a, b) => compareNames(a.from, b.from) || compareNames(a.to, b.to) || a.at - b.at,
    );
    return this.sorted;
  }
}

function keyOf(from: string, to: string, at: number): string {
  return JSON.stringify([from, to, at]);
}

interface Message {
  readonly from: string;
  readonly to: string;
  readonly at: number;
}

function isSame(a: Message, b: Message): boolean {
  return a.from === b.from && a.to === b.to && a.at === b.at;
}
