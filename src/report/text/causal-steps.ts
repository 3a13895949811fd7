import type { ViolationEvidence } from "../../evidence/violation-evidence.js";
import type { WitnessEvidence } from "../../evidence/witness-evidence.js";
import { antecedentOf } from "../../program/demands.js";
import { memoryOf } from "../../program/memory.js";
import type { Program, RelationId, RuleId } from "../../program/program.js";
import { rolesOf } from "../../program/specification.js";
import type { Violated } from "../../search/verdict.js";
import { enumerate } from "../../wording/lists.js";
import type { CausalEvent, Happening, StepPlace } from "./causal-events.js";
import { causalEvents, nodeAmong } from "./causal-events.js";
import type { Outline } from "./difference-outline.js";
import { plainEvents } from "./plain-events.js";
import { shortAtNode, shortMessage } from "./short-tuples.js";
import { formatNode, formatTuple } from "./tuples.js";
/*
 * The steps from the faults to the violation in the order of time, each at a place of the space–time diagram: what faults
 * affected, what arrived only because of them, what a node concluded, and the outcome.
 *
 *     1  a's request_vote("c", "a", 1) to c, sent at 4, is lost      the arrow a → c at 4
 *     2  c at 5: no asks("c", "a", 1), so grants("c", "b", 1)        c's line at 5
 *     3  c's vote("b", "c", 1) reaches b                             the arrow c → b at 5
 *     4  b at 6: votes("b", 1, 2), so leader("b", 1)                 b's line at 6
 *     5  post("a", 1) is missing at 8                                the end
 */

export interface CausalStep {
  readonly text: string;
  /** Several if the same happens at several places at once. */
  readonly places: readonly StepPlace[];
  /** Whether a fault strikes here. */
  readonly fault: boolean;
  readonly rule?: RuleId;
}

/** The most steps that are drawn: conclusions of nodes on which only other conclusions depend are omitted first. */
const mostSteps = 16;
/** Tuples that one step of a node lists. */
const mostTuples = 4;

/** The steps to a violation, for the witness with the shortest explanation. */
export function causalSteps(evidence: ViolationEvidence, verdict: Violated, program: Program): readonly CausalStep[] {
  const witness = plainest(evidence.witnesses);
  if (witness === undefined) return [];
  const compared = causalEvents(witness, evidence, verdict, program);
  const events = compared.length > 0 ? compared : plainEvents(witness, verdict.budget.nodes, program);
  return new Telling(verdict, program).steps(events, witness);
}

/** Of the witnesses that have an explanation, the one with the shortest. */
function plainest(witnesses: readonly WitnessEvidence[]): WitnessEvidence | undefined {
  const size = (witness: WitnessEvidence): number =>
    witness.differences.length === 0 ? Infinity : JSON.stringify(witness.differences).length;
  return witnesses.reduce<WitnessEvidence | undefined>(
    (best, witness) => (best === undefined || size(witness) < size(best) ? witness : best),
    undefined,
  );
}

class Telling {
  private readonly nodes: ReadonlySet<string>;
  private readonly observers: ReadonlySet<RelationId>;

  constructor(
    private readonly verdict: Violated,
    private readonly program: Program,
  ) {
    this.nodes = new Set(verdict.budget.nodes);
    this.observers = memoryOf(program, rolesOf(verdict.specification)).observer;
  }

  steps(events: readonly CausalEvent[], witness: WitnessEvidence): readonly CausalStep[] {
    const groups = events.reduce<readonly Group[]>((known, next) => this.grouped(known, next), []);
    return [...fewer(merged(groups.map((group) => this.step(group)))), this.outcome(witness)];
  }

  /** What one node concludes at one instant is one step; so are messages that differ only in one of their ends. */
  private grouped(groups: readonly Group[], found: CausalEvent): readonly Group[] {
    const key = this.keyOf(found);
    const at = groups.findIndex((group) => group.key === key);
    if (at < 0) return [...groups, { key, members: [found] }];
    return groups.map((group, i) => (i === at ? { ...group, members: [...group.members, found] } : group));
  }

  private keyOf({ what, instant, order }: CausalEvent): string {
    switch (what.kind) {
      case "told":
        return String(order);
      case "tuple":
        return JSON.stringify([what.node ?? null, instant]);
      case "message": {
        const { from, sent, tuple, end } = what;
        return JSON.stringify([from, sent, end, tuple.rule, this.shortOf(what)]);
      }
      default: {
        const never: never = what;
        return never;
      }
    }
  }

  private shortOf({ tuple, from }: Extract<Happening, { kind: "message" }>): string {
    return shortMessage(this.program, tuple.relation, tuple.args, tuple.rule, from);
  }

  private step({ members }: Group): MergeableStep {
    const last = members.at(-1);
    if (last === undefined) throw new Error("a step without anything in it");
    const { rank, rule, what } = last;
    const common = { fault: rank < 2, ...(rule === undefined ? {} : { rule }) };
    switch (what.kind) {
      case "told":
        return { ...common, text: what.text, places: what.place === undefined ? [] : [what.place] };
      case "message":
        return { ...common, ...this.messages(what, members) };
      case "tuple":
        return { ...common, ...this.conclusion(members) };
      default: {
        const never: never = what;
        return never;
      }
    }
  }

  private messages(
    what: Extract<Happening, { kind: "message" }>,
    members: readonly CausalEvent[],
  ): Pick<MergeableStep, "text" | "places" | "alike"> {
    const all = members.flatMap((member) => (member.what.kind === "message" ? [member.what] : []));
    const { from, sent, tuple, end } = what;
    const channels = all.map(({ to }) => ({ from: String(from), to: String(to) }));
    const name = all.length === 1 ? formatTuple(this.program, tuple.relation, tuple.args) : this.shortOf(what);
    const to = enumerate([...new Set(channels.map((channel) => formatNode(channel.to)))]);
    const places = channels.map(
      (channel): StepPlace =>
        channel.from === channel.to
          ? { kind: "node", node: channel.from, instant: sent[0] ?? 1, label: "" }
          : { kind: "messages", ...channel, sent },
    );
    const rest = end.startsWith("reaches") ? reaching(end, to) : `to ${to}, ${end}`;
    // Merged with what others send to the same node.
    const alike = {
      key: JSON.stringify([to, sent, end, tuple.rule, this.shortOf(what)]),
      who: formatNode(from),
      said: (who: string): string => `${this.shortOf(what)} from ${who} ${rest}`,
    };
    return { text: `${formatNode(from)}'s ${name} ${rest}`, places, alike };
  }

  private conclusion(members: readonly CausalEvent[]): Pick<MergeableStep, "text" | "places" | "alike"> {
    const { program } = this;
    const tuples = members.flatMap(({ what, rule, instant }) =>
      what.kind === "tuple" ? [{ ...what, rule, instant }] : [],
    );
    const visible = tuples.filter(({ relation }) => !this.observers.has(relation));
    const told = visible.length > 0 ? visible : tuples;
    const last = told.at(-1);
    if (last === undefined) throw new Error("a conclusion without a tuple");
    const names = told.map(({ change, relation, args }) => `${no(change)}${formatTuple(program, relation, args)}`);
    const conclusion = names.at(-1) ?? "";
    const premises = names.slice(0, -1).slice(-mostTuples);
    const said = premises.length === 0 ? conclusion : `${enumerate(premises)}, so ${conclusion}`;
    const { node, change, relation, args, rule, instant } = last;
    if (node === undefined)
      return { text: said, places: [{ kind: "end", label: no(change) + formatTuple(program, relation, args) }] };
    const label = no(change) + shortAtNode(program, relation, args, rule, node);
    const alike = {
      key: JSON.stringify([instant, label]),
      who: formatNode(node),
      said: (who: string): string => `${who} at ${instant}: ${label}`,
    };
    return {
      text: `${formatNode(node)} at ${instant}: ${said}`,
      places: [{ kind: "node", node, instant, label }],
      alike,
    };
  }

  private outcome({ kind, tuple, promiseName }: WitnessEvidence): CausalStep {
    const { program, verdict } = this;
    const name = formatTuple(program, tuple.relation, tuple.args);
    const others = verdict.counterexample.witnesses.length - 1;
    const more = others > 0 ? `, and ${others} more of its kind` : "";
    if (kind === "present") {
      const text = `${name} holds at ${tuple.instant}, but must never hold${more}`;
      const node = nodeAmong(this.nodes, tuple.args);
      const place: StepPlace =
        node === undefined
          ? { kind: "end", label: `${name} at ${tuple.instant}` }
          : { kind: "node", node, instant: tuple.instant, label: name };
      return { text, fault: false, places: [place] };
    }
    const antecedent = antecedentOf(verdict.specification, { relation: tuple.relation, promise: promiseName });
    const demand =
      antecedent === undefined
        ? "though the failure-free run ends with it"
        : `though ${formatTuple(program, antecedent, tuple.args)} holds`;
    return {
      text: `${name} is missing at ${tuple.instant}, ${demand}${more}`,
      fault: false,
      places: [{ kind: "end", label: `no ${name}` }],
    };
  }
}

interface Group {
  readonly key: string;
  readonly members: readonly CausalEvent[];
}

interface MergeableStep extends CausalStep {
  /** Steps with the same key are shown as one step of several nodes. */
  readonly alike?: { readonly key: string; readonly who: string; readonly said: (who: string) => string };
}

function merged(steps: readonly MergeableStep[]): readonly CausalStep[] {
  const groups = new Map<string, MergeableStep[]>();
  for (const [i, step] of steps.entries()) {
    const key = step.alike?.key ?? String(i);
    groups.set(key, [...(groups.get(key) ?? []), step]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { alike, text, ...step } = first;
    const who = enumerate(group.map((member) => member.alike?.who ?? ""));
    const said = alike === undefined || group.length === 1 ? text : alike.said(who);
    return [{ ...step, text: said, places: group.flatMap(({ places }) => places) }];
  });
}

function no(change: Outline["kind"]): string {
  return change === "lost" ? "no " : "";
}

/** `reaches b`, `reaches b late, at 5`. */
function reaching(end: string, to: string): string {
  return end === "reaches" ? `reaches ${to}` : `reaches ${to} ${end.slice("reaches ".length)}`;
}

/** Omits steps from the front until there are few enough: conclusions of nodes or, without faults, any. */
function fewer(steps: readonly CausalStep[]): readonly CausalStep[] {
  let surplus = steps.length - mostSteps;
  if (surplus > 0 && !steps.some(({ fault }) => fault)) return steps.slice(surplus);
  return steps.filter(({ places, fault }, i) => {
    const isSpared = surplus > 0 && !fault && places[0]?.kind === "node" && i < steps.length - 1;
    if (isSpared) surplus--;
    return !isSpared;
  });
}
