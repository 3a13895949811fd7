import type { RelationId, Stratum } from "../program/program.js";
import type { Annotation } from "./annotation.js";
import { FALSE, TRUE } from "./annotation.js";
import { GroundComponent, POSSIBLE } from "./ground-component.js";
import type { Sources, Window } from "./join.js";
import type { EvaluationContext, RuleEvaluation } from "./rule-evaluation.js";
import type { Snapshot } from "./relation-store.js";

/** The tuples of the instant under evaluation. */
export interface Present extends Sources {
  readonly instant: number;
  /** The snapshot of a relation at this instant, made if there is none. */
  writable(relation: RelationId): Snapshot;
  /** Adds a row with its annotation to what is there; its position. */
  insert(relation: RelationId, row: Int32Array, annotation: Annotation): number;
  /** Leaves out the rows of a relation whose annotation is false. Positions change. */
  prune(relation: RelationId): void;
}

/** Evaluates one stratum at one instant, everything that it reads from outside itself being complete. */
export function evaluateStratum(
  stratum: Stratum,
  rules: readonly RuleEvaluation[],
  present: Present,
  context: EvaluationContext,
): void {
  if (!stratum.recursive) {
    for (const rule of rules) evaluateOnce(rule, present);
    return;
  }
  const members = new Set(stratum.relations);
  const recursive: { readonly rule: RuleEvaluation; readonly literals: readonly number[] }[] = [];
  for (const rule of rules) {
    const literals = recursiveLiterals(rule, members, present.instant);
    if (literals.length > 0) recursive.push({ rule, literals });
    else evaluateOnce(rule, present);
  }
  if (recursive.length > 0) close(stratum, recursive, present, context);
}

function evaluateOnce(rule: RuleEvaluation, present: Present): void {
  if (present.instant < rule.firstInstant) return;
  const { relation } = rule.rule.head;
  rule.run(present.instant, present, (row, annotation) => present.insert(relation, row, annotation));
}

/** The positive literals that read a member of the stratum at this very instant. */
function recursiveLiterals(rule: RuleEvaluation, members: ReadonlySet<RelationId>, instant: number): readonly number[] {
  if (instant < rule.firstInstant) return [];
  const literals: number[] = [];
  rule.rule.body.forEach((literal, i) => {
    if (literal.kind === "positive" && members.has(literal.relation) && (literal.instant ?? instant) === instant) literals.push(i);
  });
  return literals;
}

/**
 * The least model of a recursive component: semi-naive rounds find every possible tuple and every firing once (a
 * round's delta at one literal, older tuples before it, old and new ones after it). A firing that rests on
 * certainties alone makes its head certain at once, so a concrete execution needs nothing more; the others are
 * kept as a ground program whose annotations are solved when all are known.
 */
function close(
  stratum: Stratum,
  recursive: readonly { readonly rule: RuleEvaluation; readonly literals: readonly number[] }[],
  present: Present,
  context: EvaluationContext,
): void {
  const { instant } = present;
  const component = new GroundComponent(context.algebra);
  const from = new Map<RelationId, number>(stratum.relations.map((r) => [r, 0]));
  const to = new Map<RelationId, number>(from);
  const advance = (): boolean => {
    let grew = false;
    for (const relation of stratum.relations) {
      const end = present.snapshot(relation, undefined)?.count ?? 0;
      const before = to.get(relation) ?? 0;
      from.set(relation, before);
      to.set(relation, end);
      if (end > before) grew = true;
    }
    return grew;
  };

  while (advance()) {
    for (const { rule, literals } of recursive) {
      const { join } = rule;
      const head = rule.rule.head.relation;
      for (const delta of literals) {
        const window = (literal: number): Window | undefined => {
          if (!literals.includes(literal)) return undefined;
          const body = rule.rule.body[literal];
          const relation = body?.kind === "positive" ? body.relation : head;
          const start = from.get(relation) ?? 0;
          const end = to.get(relation) ?? 0;
          return literal === delta ? { from: start, to: end } : { from: 0, to: literal < delta ? start : end };
        };
        const sources: Sources = { snapshot: (relation, at) => present.snapshot(relation, at), window };
        /** The tuples of the component that the firing rests on, certain ones left out. */
        const uncertain = (): number[] => {
          const body: number[] = [];
          for (const literal of literals) {
            const atom = rule.rule.body[literal];
            if (atom?.kind !== "positive") continue;
            const position = join.matched[literal] as number;
            if (present.writable(atom.relation).annotation(position) !== TRUE) body.push(component.node(atom.relation, position));
          }
          return body;
        };
        rule.run(
          instant,
          sources,
          (row, annotation) => {
            const body = uncertain();
            if (annotation === TRUE && body.length === 0) return present.insert(head, row, TRUE);
            const target = present.writable(head);
            const known = target.extent.find(row);
            const before = known < 0 ? FALSE : target.annotation(known);
            if (before === TRUE) return known;
            const position = before === FALSE ? present.insert(head, row, POSSIBLE) : known;
            component.firing(component.node(head, position), annotation, body);
            return position;
          },
          delta,
          (annotation, failure) => {
            const body = uncertain();
            if (body.length === 0) context.fail(rule.rule, instant, annotation, failure, join.binding);
            else component.failure(annotation, body, (when) => context.fail(rule.rule, instant, when, failure, join.binding));
          },
        );
      }
    }
  }
  const someImpossible = component.solve((relation) => present.writable(relation));
  // A row that stayed would keep its position when the relation is carried, and a later instant that derives it after all
  // would not find it among its new tuples.
  if (someImpossible) for (const relation of stratum.relations) present.prune(relation);
}
