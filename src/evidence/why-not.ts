import type { Execution, Fate, TupleAt } from "../execution/execution.js";
import { matchesPattern } from "../execution/matching.js";
import type { Absence } from "../faults/node-faults.js";
import { isPersistence } from "../program/persistence.js";
import type { Fact, Rule, RuleId, Value } from "../program/program.js";
import { possibleFacts } from "../program/program.js";
import { firstInstant, groupOf, isAggregate } from "../program/rule-shape.js";
import type { FailingLiteral } from "./partial-match.js";
import { ExecutionTuples, furthestMatch } from "./partial-match.js";

/** Why a tuple does not hold: for each rule that could have made it, what stood in its way. */
export interface WhyNot {
  readonly tuple: TupleAt;
  /** It holds at no instant from here to its own, and attempts at any of them would have done. */
  readonly since: number;
  /** Its node is away at its instant: that is why, whatever the rules give. */
  readonly away?: Absence;
  /** Facts that would have stated it at one of the instants. */
  readonly facts: readonly LostFact[];
  readonly attempts: readonly Attempt[];
}

/** A fact that states nothing in this execution. */
export interface LostFact {
  readonly instant: number;
  /** The absence of its node; where there is none, it is an input that is not there. */
  readonly away?: Absence;
}

/** A rule at the instant at which it came closest. */
export interface Attempt {
  readonly rule: RuleId;
  /** Of the body. */
  readonly instant: number;
  readonly binding: ReadonlyMap<number, Value>;
  readonly satisfied: number;
  readonly obstacle: Obstacle;
}

export type Obstacle =
  /** `whyNot` follows the missing tuple further, where it is fully known and was not told yet. */
  | {
      readonly kind: "literal";
      readonly failing: FailingLiteral;
      /** The absence of the node that a positive literal looks at. */
      readonly away?: Absence;
      readonly whyNot?: WhyNot;
    }
  /** The whole body held; the message was lost. */
  | { readonly kind: "message"; readonly from: Value; readonly to: Value; readonly fate: Exclude<Fate, "delivered"> }
  /** The whole body held; the message arrives, but later than it was asked for. What arrived before found its receiver down: `missed`. */
  | {
      readonly kind: "late";
      readonly from: Value;
      readonly to: Value;
      readonly arrivals: readonly number[];
      readonly missed: readonly number[];
    }
  /** The whole body held; the node restarted at the next instant, and forgot what was to hold there. */
  | { readonly kind: "forgotten"; readonly absence: Absence }
  /** The whole body held; the node was away, and nothing was derived there. */
  | { readonly kind: "away"; readonly absence: Absence }
  /** The body held with other members of the group: the aggregate has another value. */
  | { readonly kind: "other-value"; readonly values: readonly TupleAt[] }
  /** No binding gives the head these values. */
  | { readonly kind: "head" };

const maxDepth = 12;

/** What stood in the way of a tuple that an execution does not hold; `undefined` if it does hold it. */
export function whyNot(tuple: TupleAt, execution: Execution): WhyNot | undefined {
  return explain(tuple, tuple.instant, { execution, tuples: new ExecutionTuples(execution), told: new Set() }, 0);
}

/** What is asked about, and the tuples that were told already. */
interface Context {
  readonly execution: Execution;
  readonly tuples: ExecutionTuples;
  readonly told: Set<string>;
}

function explain(tuple: TupleAt, from: number, context: Context, depth: number): WhyNot | undefined {
  const { execution, told } = context;
  if (tuple.instant > execution.eot || execution.has(tuple.relation, tuple.instant, tuple.args)) return undefined;
  const key = JSON.stringify([tuple.relation, tuple.args]);
  if (told.has(key) || depth > maxDepth) return undefined;
  told.add(key);
  const rules = execution.program.rules.filter((r) => r.head.relation === tuple.relation);
  const held = lastHeld(tuple, execution);
  const since = rules.some(carriesOver) ? held + 1 : from;
  const away = absenceOf(tuple, execution);
  if (away !== undefined) return { tuple, since: Math.max(since, away.at), away, facts: [], attempts: [] };
  const attempts = rules.flatMap((rule): readonly Attempt[] => {
    // What never was cannot be carried over.
    if (held === 0 && carriesOver(rule)) return [];
    const best = isPersistence(rule) ? attemptAt(rule, tuple, held, context) : bestAttempt(rule, tuple, since, context);
    // Plain persistence is in nobody's way, unless what it carries is forgotten.
    if (best === undefined || (isPersistence(rule) && best.obstacle.kind !== "forgotten")) return [];
    return [follow(best, rule, tuple, since, context, depth)];
  });
  attempts.sort((a, b) => Number(isStruck(b)) - Number(isStruck(a)));
  return { tuple, since, facts: lostFacts(tuple, since, execution), attempts };
}

function absenceOf({ relation, instant, args }: TupleAt, execution: Execution): Absence | undefined {
  const [place] = args;
  return place === undefined ? undefined : execution.absenceAt(relation, place, instant);
}

/** The facts of the program, and of its lines of inputs, that would have stated a tuple. */
function lostFacts({ relation, instant, args }: TupleAt, since: number, execution: Execution): readonly LostFact[] {
  const same = (fact: Fact): boolean =>
    fact.relation === relation &&
    since <= fact.instant &&
    fact.instant <= instant &&
    fact.args.every((value, i) => value === args[i]);
  return possibleFacts(execution.program)
    .filter(same)
    .map((fact): LostFact => {
      const away = absenceOf(fact, execution);
      return { instant: fact.instant, ...(away === undefined ? {} : { away }) };
    });
}

/** Whether a fault struck where the whole body held. */
function isStruck({ obstacle }: Attempt): boolean {
  return obstacle.kind === "message" || obstacle.kind === "late" || obstacle.kind === "forgotten";
}

/** The last instant before its own at which a tuple holds; 0 if there is none. */
function lastHeld({ relation, instant, args }: TupleAt, execution: Execution): number {
  let t = instant - 1;
  while (t > 0 && !execution.has(relation, t, args)) t--;
  return t;
}

/** Whether a rule is persistence, plain or under further conditions: `r(X…)@next :- r(X…), …`. */
function carriesOver(rule: Rule): boolean {
  if (rule.timing !== "inductive") return false;
  return rule.body.some(
    (literal) =>
      literal.kind === "positive" &&
      literal.relation === rule.head.relation &&
      literal.instant === undefined &&
      literal.args.every((term, i) => {
        const head = rule.head.args[i];
        return term.kind === "variable" && head?.kind === "variable" && term.variable === head.variable;
      }),
  );
}

/** Over the instants at which the rule could have made the tuple: the furthest, and of those the earliest. */
function bestAttempt(rule: Rule, tuple: TupleAt, since: number, context: Context): Attempt | undefined {
  const delay = rule.timing === "deductive" ? 0 : 1;
  let best: Attempt | undefined;
  for (let instant = Math.max(firstInstant(rule), since - delay); instant <= tuple.instant - delay; instant++) {
    const attempt = attemptAt(rule, tuple, instant, context);
    if (attempt === undefined) return undefined;
    if (best === undefined || rank(attempt) > rank(best)) best = attempt;
  }
  return best;
}

function rank(attempt: Attempt): number {
  return isStruck(attempt) ? Infinity : attempt.satisfied;
}

function attemptAt(rule: Rule, tuple: TupleAt, instant: number, { execution, tuples }: Context): Attempt | undefined {
  const match = furthestMatch(rule, tuple.args, instant, tuples);
  if (match === undefined) return undefined;
  const common = { rule: rule.id, instant, binding: match.binding, satisfied: match.satisfied };
  if (match.failing !== undefined) {
    const away = awayFrom(match.failing, execution);
    return {
      ...common,
      obstacle: { kind: "literal", failing: match.failing, ...(away === undefined ? {} : { away }) },
    };
  }
  const obstacle = match.fires ? struck(rule, tuple, instant, execution) : undefined;
  if (obstacle !== undefined) return { ...common, obstacle };
  if (isAggregate(rule))
    return { ...common, obstacle: { kind: "other-value", values: rivals(rule, tuple, execution) } };
  return { ...common, obstacle: { kind: "head" } };
}

/** The absence of the node whose tuples a literal finds missing. */
function awayFrom(failing: FailingLiteral, execution: Execution): Absence | undefined {
  if (failing.kind !== "no-match") return undefined;
  const [place] = failing.pattern;
  return place === undefined ? undefined : execution.absenceAt(failing.literal.relation, place, failing.instant);
}

/** What kept a tuple from holding though a body that gives it holds at an instant. */
function struck(rule: Rule, tuple: TupleAt, instant: number, execution: Execution): Obstacle | undefined {
  const due: TupleAt = { ...tuple, instant: rule.timing === "deductive" ? instant : instant + 1 };
  if (rule.timing !== "async") {
    const absence = absenceOf(due, execution);
    if (absence === undefined || execution.comesToHold(due, rule.timing) !== undefined) return undefined;
    return { kind: rule.timing === "deductive" || isAggregate(rule) ? "away" : "forgotten", absence };
  }
  for (const { rule: sender, sent, args, from, to, fate, arrivals } of execution.messages()) {
    if (sender !== rule.id || sent !== instant || !args.every((value, i) => value === tuple.args[i])) continue;
    if (fate !== "delivered") return { kind: "message", from, to, fate };
    const holdsFrom = (at: number): number | undefined => execution.comesToHold({ ...tuple, instant: at }, "async");
    if (arrivals.every((at) => (holdsFrom(at) ?? Infinity) > tuple.instant))
      return { kind: "late", from, to, arrivals, missed: arrivals.filter((at) => holdsFrom(at) === undefined) };
  }
  return undefined;
}

/** The tuples that the aggregate did give for the same group. */
function rivals(rule: Rule, tuple: TupleAt, execution: Execution): readonly TupleAt[] {
  return execution
    .tuples(tuple.relation, tuple.instant)
    .filter((args) => matchesPattern(args, groupOf(rule, tuple.args)))
    .map((args) => ({ ...tuple, args }));
}

/** Goes on with the tuple that was missing, where every column of it is known: over all the instants that would have done. */
function follow(attempt: Attempt, rule: Rule, tuple: TupleAt, since: number, context: Context, depth: number): Attempt {
  const { obstacle } = attempt;
  if (obstacle.kind !== "literal" || obstacle.failing.kind !== "no-match") return attempt;
  const { pattern, literal, instant } = obstacle.failing;
  const args = pattern.filter((value) => value !== undefined);
  if (args.length < pattern.length) return attempt;
  const delay = rule.timing === "deductive" ? 0 : 1;
  const wanted: TupleAt = { relation: literal.relation, instant: tuple.instant - delay, args };
  const first = Math.max(1, since - delay);
  const anyTime = literal.instant === undefined && absentThroughout(wanted, first, context.execution);
  const further = anyTime
    ? explain(lastPresent(wanted, first, context.execution), first, context, depth + 1)
    : explain({ ...wanted, instant }, instant, context, depth + 1);
  return further === undefined ? attempt : { ...attempt, obstacle: { ...obstacle, whyNot: further } };
}

/** The tuple at the last instant, of those from `first` to its own, at which its node is there; at its own if there is none. */
function lastPresent(tuple: TupleAt, first: number, execution: Execution): TupleAt {
  for (let { instant } = tuple; instant >= first; instant--)
    if (absenceOf({ ...tuple, instant }, execution) === undefined) return { ...tuple, instant };
  return tuple;
}

function absentThroughout({ relation, instant, args }: TupleAt, first: number, execution: Execution): boolean {
  for (let t = first; t <= instant; t++) if (execution.has(relation, t, args)) return false;
  return true;
}
