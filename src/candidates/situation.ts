import type { Execution } from "../execution/execution.js";
import type { Program, Relation, RelationId, Rule, RuleId, Value } from "../program/program.js";
import type { Expression } from "../syntax/tree.js";
import type { Places } from "./places.js";
import type { PlacedRule, Subject } from "./subject.js";
import type { Touchable } from "./touchable.js";

/** What templates are applied to: a program with a counterexample. */
export interface Situation {
  readonly subject: Subject;
  readonly touch: Touchable;
  readonly places: Places;
  /** The failure-free run with the inputs of the counterexample. */
  readonly failureFree: Execution;
  readonly failing: Execution;
}

/** A rule in both forms. */
export interface RuleAt extends PlacedRule {
  readonly id: RuleId;
  readonly rule: Rule;
  readonly head: Relation;
}

export function ruleAt({ subject }: Situation, id: RuleId): RuleAt | undefined {
  const placed = subject.rules[id];
  const rule = subject.program.rules[id];
  const head = rule === undefined ? undefined : subject.program.relations[rule.head.relation];
  return placed === undefined || rule === undefined || head === undefined ? undefined : { ...placed, id, rule, head };
}

/** The rules at the places of the loss, those whose messages were cut first. */
export function rulesOfLoss(situation: Situation): readonly RuleAt[] {
  return situation.places.loss.flatMap((id) => ruleAt(situation, id) ?? []);
}

/** The rules on which the promise rests, or what must not be present. */
export function rulesOfPromise(situation: Situation): readonly RuleAt[] {
  return situation.places.promise.flatMap((id) => ruleAt(situation, id) ?? []);
}

export function isProtocol({ touch }: Situation, relation: RelationId): boolean {
  return touch.protocol.has(relation);
}

/** Whether a node may remember the relation, or do it under a further condition. */
export function isOwn({ touch }: Situation, relation: RelationId): boolean {
  return touch.protocol.has(relation) || touch.effects.has(relation);
}

/** Whether some rule of a relation carries its tuples to the next instant. */
export function isCarried(program: Program, relation: RelationId): boolean {
  return program.rules.some(
    ({ timing, head, body }) =>
      timing === "inductive" &&
      head.relation === relation &&
      body.some((literal) => literal.kind === "positive" && literal.relation === relation),
  );
}

/** How a relation persists: not at all, its tuples as they are under a condition, or otherwise. */
export function persistenceOf({ program, rules }: Subject, relation: RelationId): "none" | "conditional" | "other" {
  const carrying = program.rules.filter(
    ({ timing, head, body }) =>
      timing === "inductive" &&
      head.relation === relation &&
      body.some((literal) => literal.kind === "positive" && literal.relation === relation),
  );
  if (carrying.length === 0) return "none";
  const isConditional = carrying.every(({ id }) => {
    const { head, body } = rules[id]?.statement ?? {};
    if (head === undefined || body === undefined || body.length === 1) return false;
    return body.some(
      (literal) =>
        literal.kind === "positive" &&
        literal.atom.relation.text === head.relation.text &&
        head.args.every((arg, i) => isSameVariable(arg, literal.atom.args[i])),
    );
  });
  return isConditional ? "conditional" : "other";
}

function isSameVariable(a: Expression, b: Expression | undefined): boolean {
  return a.kind === "variable" && b?.kind === "variable" && a.name === b.name;
}

/** Whether some tuple of a relation ends before the run does, in the failure-free run or, while its node is up, in the failing one. */
export function isTransient({ failureFree, failing }: Situation, relation: RelationId): boolean {
  return [failureFree, failing].some((execution) => {
    for (let instant = 1; instant < execution.eot; instant++) {
      for (const args of execution.tuples(relation, instant))
        if (!execution.has(relation, instant + 1, args) && !isAway(execution, relation, args[0], instant + 1))
          return true;
    }
    return false;
  });
}

function isAway(execution: Execution, relation: RelationId, place: Value | undefined, instant: number): boolean {
  return place !== undefined && execution.absenceAt(relation, place, instant) !== undefined;
}

export function hasAggregateHead(program: Program, relation: RelationId): boolean {
  return program.rules.some(
    ({ head }) => head.relation === relation && head.args.some((arg) => arg.kind === "aggregate"),
  );
}
