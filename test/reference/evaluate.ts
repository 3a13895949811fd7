import type { Atom } from "../../src/syntax/tree.js";
import { firings } from "./heads.js";
import type { ReferenceProgram, ReferenceRule } from "./program.js";
import { absoluteTime } from "./program.js";
import type { ReferenceFault } from "./schedules.js";
import { solutions } from "./solutions.js";
import type { Problem, Tuple, Value } from "./values.js";
import { keyOf } from "./values.js";

/** What holds at one instant: by relation, by the tuple's key. */
export type Instant = ReadonlyMap<string, ReadonlyMap<string, Tuple>>;

/** A head tuple of an `@async` rule on its way. */
export interface ReferenceMessage {
  readonly rule: ReferenceRule;
  readonly from: Value | undefined;
  readonly relation: string;
  readonly tuple: Tuple;
  readonly sent: number;
  readonly delivered: boolean;
}

export interface Setting {
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly schedule: readonly ReferenceFault[];
}

export type Run =
  /** `instants[t - 1]` is instant t. */
  | { readonly kind: "model"; readonly instants: readonly Instant[]; readonly messages: readonly ReferenceMessage[] }
  | { readonly kind: "error"; readonly problem: Problem["problem"]; readonly instant: number }
  /** Not a matter of the language: the instant is too large for an evaluator as slow as this one. */
  | { readonly kind: "too-large"; readonly instant: number };

/** The most tuples of an instant that are worth waiting for. */
const patience = 2000;

type World = Map<string, Map<string, Tuple>>;

/** Told of every rule that fires at an instant and, where the result comes to be, of the tuple. */
export type OnFiring = (rule: ReferenceRule, instant: number, result: Tuple | undefined) => void;

/** The meaning of a program under one schedule, by the letter of language.md and as slowly as need be. */
export function evaluateProgram(
  program: ReferenceProgram,
  setting: Setting,
  onFiring: OnFiring = () => undefined,
): Run {
  const { strata } = program;
  if (strata === "unstratifiable") throw new Error("unstratifiable program");
  const worlds: World[] = Array.from({ length: setting.eot }, () => new Map());
  const messages: ReferenceMessage[] = [];

  // "A fact … holds at exactly that instant. … A fact later than the end of time is legal and has no effect."
  for (const fact of program.facts) add(worlds[fact.instant - 1], fact.relation, fact.tuple);
  // "`crash(Observer, Node, T)` holds at every instant 1 … EOT, at every node as Observer, for every `crash(Node, T)`."
  for (const world of worlds) {
    for (const fault of setting.schedule) {
      if (fault.kind !== "crash") continue;
      for (const observer of setting.nodes) add(world, "crash", [observer, fault.node, fault.at]);
    }
  }

  for (let t = 1; t <= setting.eot; t++) {
    const now = worlds[t - 1] ?? new Map<string, Map<string, Tuple>>();
    const lookup = (atom: Atom): Iterable<Tuple> => {
      // "atoms at an absolute time `r(args)@N` — tuples of r at instant N"
      const world = worlds[(absoluteTime(atom) ?? t) - 1];
      return world?.get(atom.relation.text)?.values() ?? [];
    };
    const fire = (rule: ReferenceRule): ReturnType<typeof firings> => {
      // "A rule with a literal `@N`, negated or not, can fire only at instants t ≥ N."
      if (rule.atoms.some((atom) => (absoluteTime(atom) ?? 0) > t)) return [];
      const bindings = solutions(rule, lookup);
      return "problem" in bindings ? bindings : firings(rule, bindings);
    };

    // "Within one instant the deductive rules are evaluated to their least model, negation and aggregation stratified."
    for (const rules of strata) {
      for (let changed = true; changed; ) {
        changed = false;
        for (const rule of rules) {
          const fired = fire(rule);
          if ("problem" in fired) return { kind: "error", problem: fired.problem, instant: t };
          for (const { tuple } of fired) {
            onFiring(rule, t, tuple);
            changed = add(now, rule.head.relation.text, tuple) || changed;
          }
          if (sizeOf(now) > patience) return { kind: "too-large", instant: t };
        }
      }
    }

    // "Results at t + 1 > EOT do not exist", so at EOT there is nothing to derive for later, and nothing that could err.
    for (const rule of t < setting.eot ? program.rules : []) {
      if (rule.timing === "now") continue;
      const fired = fire(rule);
      if ("problem" in fired) return { kind: "error", problem: fired.problem, instant: t };
      for (const { tuple, location } of fired) {
        const relation = rule.head.relation.text;
        const arrives = rule.timing === "next" || isDelivered(setting, location, tuple[0], t);
        if (rule.timing === "async")
          messages.push({ rule, from: location, relation, tuple, sent: t, delivered: arrives });
        if (arrives) add(worlds[t], relation, tuple);
        onFiring(rule, t, arrives ? tuple : undefined);
      }
    }
  }
  return { kind: "model", instants: worlds, messages };
}

function isDelivered(setting: Setting, from: Value | undefined, to: Value | undefined, t: number): boolean {
  // "a message from or to a place that is not a node, to itself included, is never delivered"
  if (!setting.nodes.some((node) => node === from) || !setting.nodes.some((node) => node === to)) return false;
  // "A node's message to itself is always delivered."
  if (from === to) return true;
  return !setting.schedule.some((fault) =>
    fault.kind === "crash"
      ? // "from instant t on, no message leaves N (its own to itself excepted). It still receives and derives locally"
        fault.node === from && fault.at <= t
      : // "every message that leaves F for T at instant t is lost"
        fault.from === from && fault.to === to && fault.at === t,
  );
}

/** Whether the tuple is new. A world that does not exist takes nothing. */
function add(world: World | undefined, relation: string, tuple: Tuple): boolean {
  if (world === undefined) return false;
  const tuples = world.get(relation) ?? new Map<string, Tuple>();
  world.set(relation, tuples);
  const key = keyOf(tuple);
  if (tuples.has(key)) return false;
  tuples.set(key, tuple);
  return true;
}

function sizeOf(world: World): number {
  return [...world.values()].reduce((total, tuples) => total + tuples.size, 0);
}

/** The tuples of a relation at an instant, by key. */
export function tuplesAt(instants: readonly Instant[], relation: string, instant: number): ReadonlyMap<string, Tuple> {
  return instants[instant - 1]?.get(relation) ?? new Map<string, Tuple>();
}
