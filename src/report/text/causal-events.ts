import type { Difference } from "../../evidence/difference.js";
import type { Effect } from "../../evidence/effects.js";
import type { Pattern } from "../../evidence/explanation.js";
import type { ViolationEvidence } from "../../evidence/violation-evidence.js";
import type { WitnessEvidence } from "../../evidence/witness-evidence.js";
import type { Message, Tuple } from "../../execution/execution.js";
import type { Fault } from "../../faults/kinds.js";
import { losesMessage } from "../../faults/kinds.js";
import { faultInWords } from "../../faults/words.js";
import { antecedentOf } from "../../program/demands.js";
import type { Program, RelationId, RuleId, Value } from "../../program/program.js";
import type { Violated } from "../../search/verdict.js";
import { compareNames } from "../../source/names.js";
import { instantsInWords } from "../../wording/instants.js";
import { enumerate } from "../../wording/lists.js";
import { forgottenInWords, keptInWords } from "./absence-words.js";
import { lateInWords } from "./arrival-words.js";
import type { Outline, OutlineCause } from "./difference-outline.js";
import { isBuiltIn, outlineOf } from "./difference-outline.js";
import { lossWords } from "./fate-words.js";
import { shortAtNode } from "./short-tuples.js";
import { formatTuple, relationName } from "./tuples.js";

/*
 * The events from the faults to a violation: what faults affected, what arrived only because of them, what a node
 * concluded. `causal-steps.ts` makes the numbered steps of a report from them.
 */

export type StepPlace =
  /** Messages along one channel. */
  | { readonly kind: "messages"; readonly from: string; readonly to: string; readonly sent: readonly number[] }
  /** At a node's line, with a short label. */
  | { readonly kind: "node"; readonly node: string; readonly instant: number; readonly label: string }
  /** A cut of the network that begins at this instant. */
  | { readonly kind: "cut"; readonly instant: number }
  | { readonly kind: "end"; readonly label: string };

export type Happening =
  | { readonly kind: "told"; readonly place?: StepPlace; readonly text: string }
  /** A message that a fault affected, or that brought a tuple which the other run lacks. */
  | {
      readonly kind: "message";
      readonly from: Value;
      readonly to: Value;
      readonly sent: readonly number[];
      readonly tuple: { readonly relation: RelationId; readonly args: Tuple; readonly rule: RuleId };
      /** After the name of the message; `reaches` stands before the name of the receiver. */
      readonly end: string;
    }
  /** A tuple that one of the runs lacks, at a node. */
  | {
      readonly kind: "tuple";
      readonly node: string | undefined;
      readonly change: Outline["kind"];
      readonly relation: RelationId;
      readonly args: Tuple;
    };

export interface CausalEvent {
  readonly instant: number;
  /** The order at one instant: faults of the schedule, then what they affect, then what follows. */
  readonly rank: 0 | 1 | 2;
  readonly order: number;
  readonly rule?: RuleId;
  readonly what: Happening;
}

/** The events that explain a witness, in the order of time. */
export function causalEvents(
  witness: WitnessEvidence,
  evidence: ViolationEvidence,
  verdict: Violated,
  program: Program,
): readonly CausalEvent[] {
  return new Collector(evidence, verdict, program).of(witness);
}

class Collector {
  private readonly found: CausalEvent[] = [];
  /** What the cuts of the network lost, by name. */
  private readonly cutOff = new Set<string>();
  private readonly seen = new Set<string>();
  private readonly nodes: ReadonlySet<string>;

  constructor(
    private readonly evidence: ViolationEvidence,
    private readonly verdict: Violated,
    private readonly program: Program,
  ) {
    this.nodes = new Set(verdict.budget.nodes);
  }

  of(witness: WitnessEvidence): readonly CausalEvent[] {
    const { program, verdict } = this;
    const promised = antecedentOf(verdict.specification, {
      relation: witness.tuple.relation,
      promise: witness.promiseName,
    });
    const visit = (difference: Difference): void => {
      const outline = outlineOf(difference, program);
      this.visit(outline, outline.relation === witness.tuple.relation || outline.relation === promised);
    };
    for (const difference of witness.differences) visit(difference);
    // What a fault is needed for, unless an event has shown it already.
    for (const { fault, needed } of this.evidence.effects)
      if (needed !== undefined && !this.isStruck(fault)) visit(needed);
    for (const effect of this.evidence.effects) this.effect(effect);
    return [...this.found].sort((a, b) => a.instant - b.instant || a.rank - b.rank || a.order - b.order);
  }

  private visit(outline: Outline, isOutcome: boolean): void {
    const { relation, args, kind, causes } = outline;
    const instant = outline.since ?? outline.instants[0] ?? 1;
    const key = JSON.stringify([kind, relation, args, instant]);
    if (this.seen.has(key)) return;
    this.seen.add(key);
    let struck = 0;
    let arrived = false;
    for (const cause of causes) {
      if (cause.kind !== "firing") {
        if (this.strike(cause, outline, instant)) struck++;
        continue;
      }
      for (const reason of cause.because) if (reason.kind === "difference") this.visit(reason.outline, false);
      if (kind === "gained" && !arrived) arrived = this.arrival(cause.rule, outline, instant);
    }
    const isTold =
      isOutcome || arrived || (struck > 0 && struck === causes.length) || isBuiltIn(relation, this.program);
    if (isTold) return;
    const node = nodeAmong(this.nodes, args);
    const rule = causes.find((cause) => cause.kind === "firing")?.rule;
    const what = { kind: "tuple" as const, node, change: kind, relation, args };
    this.add({ instant, rank: 2, what, ...(rule === undefined ? {} : { rule }) });
  }

  private add(found: Omit<CausalEvent, "order">): void {
    this.found.push({ ...found, order: this.found.length });
  }

  /** Adds the event of a fault; returns whether that explains the tuple. */
  private strike(cause: Exclude<OutlineCause, { kind: "firing" }>, outline: Outline, instant: number): boolean {
    const { relation, args } = outline;
    switch (cause.kind) {
      // The fault has a step of its own.
      case "built-in":
      case "away":
        return true;
      case "message-lost":
      case "message-late": {
        const { from, to, instants, rule } = cause;
        // Shown with the cut.
        if (cause.kind === "message-lost" && cause.fate === "cut-off") {
          this.cutOff.add(relationName(this.program, relation));
          return true;
        }
        const sent = instants[0] ?? instant;
        const end =
          cause.kind === "message-lost"
            ? lossWords[cause.fate].predicate
            : lateInWords(sent, cause.arrivals, this.verdict.budget.eot);
        const when = instantsInWords(instants);
        const due =
          cause.kind === "message-lost" && cause.fate.startsWith("sender") ? `due at ${when}` : `sent at ${when}`;
        const tuple = { relation, args, rule };
        this.add({
          instant: sent,
          rank: 1,
          rule,
          what: { kind: "message", from, to, sent: instants, tuple, end: `${due}, ${end}` },
        });
        return true;
      }
      case "forgotten":
      case "kept": {
        const { node, at } = cause.absence;
        const how = cause.kind === "forgotten" ? forgottenInWords(cause.absence) : keptInWords([cause.absence]);
        const text = `${formatTuple(this.program, relation, args)} is ${how}`;
        const short = shortAtNode(this.program, relation, args, cause.rule, node);
        const label = `${short} ${cause.kind === "forgotten" ? "forgotten" : "waits"}`;
        const place: StepPlace = { kind: "node", node, instant: at, label };
        this.add({ instant: at, rank: 1, rule: cause.rule, what: { kind: "told", place, text } });
        return true;
      }
      default: {
        const never: never = cause;
        return never;
      }
    }
  }

  /** The message of the failing run that brought a tuple which the other run lacks. */
  private arrival(rule: RuleId, { relation, args }: Outline, instant: number): boolean {
    const message = this.evidence.failing.execution
      .messages()
      .find((m) => m.rule === rule && m.arrivals.includes(instant) && m.from !== m.to && sameTuple(m, relation, args));
    if (message === undefined) return false;
    const { from, to, sent } = message;
    const end = reachesInWords(sent, instant);
    const tuple = { relation, args, rule };
    this.add({ instant: sent, rank: 2, rule, what: { kind: "message", from, to, sent: [sent], tuple, end } });
    return true;
  }

  /** Every fault has a step: faults of nodes and of the network their own, the others that of a message that they affected. */
  private effect({ fault, cut }: Effect): void {
    const { nodes } = this.verdict.budget;
    const own = (place: StepPlace, more = ""): void =>
      this.add({
        instant: fault.at,
        rank: 0,
        what: { kind: "told", place, text: `${faultInWords(fault, nodes)}${more}` },
      });
    if ("node" in fault) own({ kind: "node", node: fault.node, instant: fault.at, label: "" });
    else if ("a" in fault) {
      const lost = [...this.cutOff, ...cut.map(({ relation }) => relationName(this.program, relation))];
      const names = [...new Set(lost)].sort(compareNames);
      own(
        { kind: "cut", instant: fault.at },
        names.length === 0 ? "" : `: ${enumerate(names)} ${names.length === 1 ? "is" : "are"} lost`,
      );
    } else if (!this.isStruck(fault)) {
      const { from, to, at } = fault;
      const [message] = cut;
      if (message === undefined) own({ kind: "messages", from, to, sent: [at] });
      else {
        const { relation, args, rule, fate, arrivals } = message;
        const end =
          fate === "delivered" ? lateInWords(at, arrivals, this.verdict.budget.eot) : lossWords[fate].predicate;
        const tuple = { relation, args, rule };
        this.add({
          instant: at,
          rank: 1,
          rule,
          what: { kind: "message", from, to, sent: [at], tuple, end: `sent at ${at}, ${end}` },
        });
      }
    }
  }

  /** Whether a fault affects some message that has an event. */
  private isStruck(fault: Fault): boolean {
    return this.found.some(({ rank, what }) => {
      if (rank !== 1 || what.kind !== "message") return false;
      const [from, to] = [String(what.from), String(what.to)];
      if ("node" in fault)
        return (from === fault.node || to === fault.node) && what.sent.some((at) => at >= fault.at - 1);
      return what.sent.some(
        (at) =>
          losesMessage(fault, from, to, at) ||
          ("from" in fault && fault.from === from && fault.to === to && fault.at === at),
      );
    });
  }
}

/** The node at which a tuple is, if it is at one. */
export function nodeAmong(nodes: ReadonlySet<string>, [first]: Pattern): string | undefined {
  return typeof first === "string" && nodes.has(first) ? first : undefined;
}

/** The end of a message that arrived. */
export function reachesInWords(sent: number, arrival: number): string {
  return arrival > sent + 1 ? `reaches late, at ${arrival}` : "reaches";
}

function sameTuple(message: Message, relation: RelationId, args: readonly Value[]): boolean {
  return message.relation === relation && message.args.every((value, i) => value === args[i]);
}
