import type { Atom } from "../../src/syntax/tree.js";
import { firings } from "./heads.js";
import type { Inputs } from "./inputs.js";
import { factsOf, usualInputs } from "./inputs.js";
import { isRestartBuiltIn, memoryOf } from "./memory.js";
import { absenceAt, arrivals } from "./network.js";
import type { ReferenceProgram, ReferenceRule } from "./program.js";
import { absoluteTime } from "./program.js";
import type { ReferenceSchedule } from "./schedules.js";
import { solutions } from "./solutions.js";
import { ground } from "./statics.js";
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
  /** The instants at which it arrives, whether or not the receiver is there, and also after the end of time. */
  readonly arrivals: readonly number[];
  /** Whether the head comes to hold. */
  readonly delivered: boolean;
}

export interface Setting {
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly schedule: ReferenceSchedule;
  /** "A `maybe` is absent and a `one-of` is its first alternative unless given." */
  readonly inputs?: Inputs;
  /** The names in force for `pre`, `post` and `never`, if others than these: they are the observer's. */
  readonly roles?: readonly string[];
}

export const usualRoles: readonly string[] = ["pre", "post", "never"];

export type Run =
  /** `instants[t - 1]` is instant t. */
  | { readonly kind: "model"; readonly instants: readonly Instant[]; readonly messages: readonly ReferenceMessage[] }
  | { readonly kind: "error"; readonly problem: Problem["problem"]; readonly instant: number }
  /** Not a matter of the language: the instant is too large for an evaluator as slow as this one. */
  | { readonly kind: "too-large"; readonly instant: number };

/** The most tuples of an instant that are worth waiting for. */
const patience = 2000;

type World = Map<string, Map<string, Tuple>>;

/** Told of every rule that fires at an instant, of the result, and of the instants at which it comes to hold on account of it. */
export type OnFiring = (rule: ReferenceRule, instant: number, result: Tuple, held: readonly number[]) => void;

/** The meaning of a program under one schedule, by the letter of language.md and faults.md and as slowly as need be. */
export function evaluateProgram(program: ReferenceProgram, setting: Setting, onFiring?: OnFiring): Run {
  const { strata } = program;
  if (strata === "unstratifiable") throw new Error("unstratifiable program");
  const { nodes, eot, schedule } = setting;
  const worlds: World[] = Array.from({ length: eot }, () => new Map());
  const messages: ReferenceMessage[] = [];
  const place = placing(program, setting, worlds);
  const grounded = ground(program, eot);
  if ("problem" in grounded) return { kind: "error", problem: grounded.problem, instant: 1 };
  // "They hold at every instant and have no location": no fault touches them.
  for (const world of worlds) for (const [relation, tuples] of grounded.tuples) world.set(relation, new Map(tuples));

  // "A fact … holds at exactly that instant. … A fact later than the end of time is legal and has no effect."
  for (const fact of [...program.facts, ...grounded.facts, ...factsOf(setting.inputs ?? usualInputs(program.inputs))])
    place("stated", fact.relation, fact.tuple, fact.instant);
  for (const fault of schedule) {
    // "`crash(Observer, Node, T)` holds at every instant 1 … EOT, at every node as Observer, for every `crash(Node, T)`",
    // "also at one that is away".
    if (fault.kind === "crash")
      for (const world of worlds) for (const node of nodes) add(world, "crash", [node, fault.node, fault.at]);
    // "After a restart the tuple `restart(N)` holds at N, at u only."
    if (fault.kind === "restart" && isRestartBuiltIn(program)) add(worlds[fault.until - 1], "restart", [fault.node]);
  }

  for (let t = 1; t <= eot; t++) {
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
      return "problem" in bindings ? bindings : firings(rule, bindings, program.statics);
    };

    // "Within one instant the deductive rules are evaluated to their least model, negation and aggregation stratified."
    for (const rules of strata) {
      for (let changed = true; changed; ) {
        changed = false;
        for (const rule of rules) {
          const fired = fire(rule);
          if ("problem" in fired) return { kind: "error", problem: fired.problem, instant: t };
          for (const { tuple } of fired) {
            const placed = place("derived", rule.head.relation.text, tuple, t);
            onFiring?.(rule, t, tuple, heldAt([placed]));
            changed = placed.result === "new" || changed;
          }
          if (sizeOf(now) > patience) return { kind: "too-large", instant: t };
        }
        // Rules that read nothing of their own stratum have said all the first time.
        changed = changed && readsItself(rules);
      }
    }

    // "Results at t + 1 > EOT do not exist", so at EOT there is nothing to derive for later, and nothing that could err.
    for (const rule of t < eot ? program.rules : []) {
      if (rule.timing === "now") continue;
      const fired = fire(rule);
      if ("problem" in fired) return { kind: "error", problem: fired.problem, instant: t };
      for (const { tuple, location } of fired) {
        const relation = rule.head.relation.text;
        if (rule.timing === "next") {
          const placed = place("carried", relation, tuple, t + 1);
          onFiring?.(rule, t, tuple, heldAt([placed]));
          continue;
        }
        const arriving = messageArrivals(setting, location, tuple[0], t);
        // "At an arrival the head holds for that instant, as for any message."
        const placed = arriving.map((instant) => place("arrival", relation, tuple, instant));
        const delivered = placed.some(({ result }) => result !== "lost");
        messages.push({ rule, from: location, relation, tuple, sent: t, arrivals: arriving, delivered });
        onFiring?.(rule, t, tuple, heldAt(placed));
      }
    }
  }
  return { kind: "model", instants: worlds, messages };
}

function readsItself(rules: readonly ReferenceRule[]): boolean {
  const heads = new Set(rules.map((rule) => rule.head.relation.text));
  return rules.some((rule) => rule.atoms.some((atom) => heads.has(atom.relation.text)));
}

function messageArrivals(
  { nodes, schedule }: Setting,
  from: Value | undefined,
  to: Value | undefined,
  sent: number,
): readonly number[] {
  // "a message from or to a place that is not a node, to itself included, is never delivered"
  const [sender, receiver] = [from, to].map((place) => nodes.find((node) => node === place));
  return sender === undefined || receiver === undefined ? [] : arrivals(schedule, sender, receiver, sent);
}

/** Why a tuple would hold: "What would have held at N at an instant when it is away comes in three sorts." */
type Sort = "carried" | "arrival" | "derived" | "stated";

/** Where a tuple was put, and whether it was there. */
interface Placed {
  readonly result: "new" | "known" | "lost";
  readonly at: number;
}

/** Puts a tuple where it holds: at its instant, or later, or nowhere. */
type Place = (sort: Sort, relation: string, tuple: Tuple, instant: number) => Placed;

function heldAt(placed: readonly Placed[]): readonly number[] {
  return placed.flatMap(({ result, at }) => (result === "lost" ? [] : [at]));
}

function placing(program: ReferenceProgram, setting: Setting, worlds: readonly World[]): Place {
  const { durable, observer } = memoryOf(program, setting.roles ?? usualRoles);
  return (sort, relation, tuple, instant) => {
    // "A tuple's location is its first argument."
    const absence = absenceAt(setting.schedule, tuple[0], instant);
    // "No absence touches an observer's relation: its tuples hold, and are carried, wherever they are located."
    if (absence === undefined || observer.has(relation))
      return { result: add(worlds[instant - 1], relation, tuple), at: instant };
    const isKept =
      absence.kind === "pause"
        ? // "heads of `@next` rules. Under a pause they are kept, and hold at u"; arrivals "queue, and all hold at u"
          sort === "carried" || sort === "arrival"
        : // "Under a restart those of durable relations are kept and hold at u"; arrivals "are lost"
          sort === "carried" && durable.has(relation);
    // "What deductive rules derive and facts state: not kept"
    const at = absence.until;
    return { result: isKept ? add(worlds[at - 1], relation, tuple) : "lost", at };
  };
}

/** A world that does not exist takes nothing. */
function add(world: World | undefined, relation: string, tuple: Tuple): "new" | "known" | "lost" {
  if (world === undefined) return "lost";
  const tuples = world.get(relation) ?? new Map<string, Tuple>();
  world.set(relation, tuples);
  const key = keyOf(tuple);
  if (tuples.has(key)) return "known";
  tuples.set(key, tuple);
  return "new";
}

function sizeOf(world: World): number {
  return [...world.values()].reduce((total, tuples) => total + tuples.size, 0);
}

/** The tuples of a relation at an instant, by key. */
export function tuplesAt(instants: readonly Instant[], relation: string, instant: number): ReadonlyMap<string, Tuple> {
  return instants[instant - 1]?.get(relation) ?? new Map<string, Tuple>();
}
