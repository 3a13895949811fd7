import type { Execution, TupleAt } from "../execution/execution.js";
import { matchesPattern } from "../execution/matching.js";
import type { Absence } from "../faults/node-faults.js";
import type { Rule } from "../program/program.js";
import { firstInstant, groupOf, isAggregate } from "../program/rule-shape.js";
import type { Obstacle, Pattern, Reason, Wanted } from "./explanation.js";
import { isStruck } from "./explanation.js";
import type { ExecutionTuples, FailingLiteral, MatchedAtom } from "./partial-match.js";
import { furthestMatch } from "./partial-match.js";

/* Why a rule does not derive the wanted tuple at the instants at which it could have. */

/** A reason with the tuples that were matched before the body failed. */
export interface MatchedReason extends Reason {
  readonly matched: readonly MatchedAtom[];
}

/** The reasons of one rule, instant by instant; instants with the same reason are merged. Empty if its head cannot match. */
export function reasonsOf(
  rule: Rule,
  wanted: Wanted,
  since: number,
  execution: Execution,
  tuples: ExecutionTuples,
): readonly MatchedReason[] {
  const delay = delayOf(rule);
  const reasons: MatchedReason[] = [];
  let lastKey: string | undefined;
  for (let instant = Math.max(firstInstant(rule), since - delay); instant <= wanted.instant - delay; instant++) {
    const reason = reasonAt(rule, wanted, instant, execution, tuples);
    if (reason === undefined) return [];
    const key = keyOf(reason);
    const last = reasons.at(-1);
    if (last !== undefined && key === lastKey) reasons[reasons.length - 1] = { ...last, until: instant };
    else reasons.push(reason);
    lastKey = key;
  }
  return reasons;
}

/** By how many instants a rule's head is later than its body. */
export function delayOf({ timing }: Rule): number {
  return timing === "deductive" ? 0 : 1;
}

/** What two reasons at successive instants have in common if they are one. */
function keyOf({ obstacle, binding }: Reason): string {
  switch (obstacle.kind) {
    case "literal": {
      const { failing, away } = obstacle;
      if (failing.kind === "comparison")
        return JSON.stringify(["comparison", failing.literal.span.start, [...binding]]);
      const about = failing.kind === "no-match" ? failing.pattern.map((value) => value ?? null) : failing.by;
      const { span, instant } = failing.literal;
      return JSON.stringify([failing.kind, span.start, about, instant ?? null, away ?? null]);
    }
    case "message":
      return JSON.stringify(["message", obstacle.from, obstacle.to, obstacle.fate, [...binding]]);
    case "other-value":
      return JSON.stringify(["other-value", obstacle.values.map(({ args }) => args)]);
    case "late":
    case "forgotten":
    case "away":
      return JSON.stringify(obstacle);
    case "head":
      return "head";
  }
}

/** The order of reasons: first those with a fault, then those with more satisfied literals. */
export function rank(reason: Reason): number {
  return isStruck(reason) ? Number.POSITIVE_INFINITY : reason.satisfied;
}

/** Why a rule does not derive the wanted tuple at one instant of its body; `undefined` if its head cannot match. */
export function reasonAt(
  rule: Rule,
  wanted: Wanted,
  instant: number,
  execution: Execution,
  tuples: ExecutionTuples,
): MatchedReason | undefined {
  const match = furthestMatch(rule, wanted.pattern, instant, tuples);
  if (match === undefined) return undefined;
  const { binding, satisfied, matched, failing } = match;
  const common = { instant, until: instant, binding, satisfied, matched };
  if (failing !== undefined) {
    const away = awayFrom(failing, execution);
    return { ...common, obstacle: { kind: "literal", failing, ...(away === undefined ? {} : { away }) } };
  }
  const columns = wanted.pattern.map((value, i) => value ?? match.head[i]);
  const obstacle = match.fires ? struck(rule, { ...wanted, pattern: columns }, instant, execution) : undefined;
  if (obstacle !== undefined) return { ...common, obstacle };
  if (!isAggregate(rule)) return { ...common, obstacle: { kind: "head" } };
  return { ...common, obstacle: { kind: "other-value", values: rivals(rule, wanted, execution) } };
}

/** The absence of the node whose tuples a literal misses. */
function awayFrom(failing: FailingLiteral, execution: Execution): Absence | undefined {
  if (failing.kind !== "no-match") return undefined;
  return absenceOf({ ...failing, relation: failing.literal.relation }, execution);
}

/** The absence of the wanted tuple's node at its instant. */
export function absenceOf({ relation, instant, pattern }: Wanted, execution: Execution): Absence | undefined {
  const [place] = pattern;
  return place === undefined ? undefined : execution.absenceAt(relation, place, instant);
}

/** Why a tuple does not hold although a body that derives it holds at an instant. */
function struck(rule: Rule, wanted: Wanted, instant: number, execution: Execution): Obstacle | undefined {
  if (rule.timing !== "async") return kept(rule, wanted, instant, execution);
  const { relation } = wanted;
  for (const { rule: sender, sent, args, from, to, fate, arrivals } of execution.messages()) {
    if (sender !== rule.id || sent !== instant || !matchesPattern(args, wanted.pattern)) continue;
    if (fate !== "delivered") return { kind: "message", from, to, fate };
    const holdsFrom = (at: number): number | undefined =>
      execution.comesToHold({ relation, args, instant: at }, "async");
    if (arrivals.every((at) => (holdsFrom(at) ?? Number.POSITIVE_INFINITY) > wanted.instant))
      return { kind: "late", from, to, arrivals, missed: arrivals.filter((at) => holdsFrom(at) === undefined) };
  }
  return undefined;
}

/** The absence because of which the head of a rule without message does not hold in time. */
function kept(rule: Rule, wanted: Wanted, instant: number, execution: Execution): Obstacle | undefined {
  const due: Wanted = { ...wanted, instant: instant + delayOf(rule) };
  const absence = absenceOf(due, execution);
  if (absence === undefined) return undefined;
  const args = due.pattern.map((value) => value ?? 0);
  if (execution.comesToHold({ relation: due.relation, instant: due.instant, args }, rule.timing) !== undefined)
    return undefined;
  return { kind: rule.timing === "deductive" || isAggregate(rule) ? "away" : "forgotten", absence };
}

/** The actual tuples of the aggregate for the same group. */
function rivals(rule: Rule, { relation, instant, pattern }: Wanted, execution: Execution): readonly TupleAt[] {
  const group: Pattern = groupOf(rule, pattern);
  return execution
    .tuples(relation, instant)
    .filter((args) => matchesPattern(args, group))
    .map((args) => ({ relation, instant, args }));
}
