import type { Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { RelationId, Stratum } from "../program/program.js";
import { isTransitivity } from "../program/rule-shape.js";
import { GroundComponent, POSSIBLE } from "./ground-component.js";
import type { Sources, Window } from "./lookup.js";
import type { Due } from "./recorder.js";
import type { Snapshot } from "./relation-store.js";
import type { EvaluationContext, RuleEvaluation } from "./rule-evaluation.js";
import type { ValueId } from "./values.js";

/** The tuples of the instant that is being evaluated. */
export interface InstantState extends Sources {
  readonly instant: number;
  /** When a head that a rule gives at this instant is to hold: now. */
  readonly due: readonly Due[];
  /** The snapshot of a relation at this instant, created if there is none. */
  writable(relation: RelationId): Snapshot;
  /** The part of an annotation under which a tuple derived at this instant holds: its node is not away. */
  derivable(relation: RelationId, row: Int32Array, annotation: Annotation): Annotation;
  /** Adds a row, or joins its annotation with that of an equal row. Returns the position. */
  insert(relation: RelationId, row: Int32Array, annotation: Annotation): number;
  /** Removes the rows of a relation whose annotation is false. Positions change. */
  prune(relation: RelationId): void;
}

/** Evaluates one stratum at one instant. Precondition: all relations of other strata that it reads are complete. */
export function evaluateStratum(
  stratum: Stratum,
  rules: readonly RuleEvaluation[],
  state: InstantState,
  context: EvaluationContext,
): void {
  if (!stratum.recursive) {
    for (const rule of rules) evaluateOnce(rule, state);
    return;
  }
  const members = new Set(stratum.relations);
  const recursive: { readonly rule: RuleEvaluation; readonly literals: readonly number[] }[] = [];
  for (const rule of rules) {
    const literals = recursiveLiterals(rule, members, state.instant);
    if (literals.length > 0) recursive.push({ rule, literals });
    else evaluateOnce(rule, state);
  }
  if (recursive.length > 0) evaluateRecursion(recursive, state, context);
}

function evaluateOnce(rule: RuleEvaluation, state: InstantState): void {
  if (state.instant < rule.firstInstant) return;
  const { relation } = rule.rule.head;
  rule.run(state.instant, state, (row, annotation) => {
    derive(state, relation, row, annotation);
    return state.due;
  });
}

/** Adds a row derived by a rule or a fact, unless its node is away under every schedule. */
export function derive(state: InstantState, relation: RelationId, row: Int32Array, annotation: Annotation): void {
  const derivable = state.derivable(relation, row, annotation);
  if (derivable !== FALSE) state.insert(relation, row, derivable);
}

/** The positive literals that read a member of the stratum at the same instant. */
function recursiveLiterals(rule: RuleEvaluation, members: ReadonlySet<RelationId>, instant: number): readonly number[] {
  if (instant < rule.firstInstant) return [];
  const literals: number[] = [];
  rule.rule.body.forEach((literal, i) => {
    if (literal.kind === "positive" && members.has(literal.relation) && (literal.instant ?? instant) === instant)
      literals.push(i);
  });
  return literals;
}

/** A rule of a recursive component, with the part of each relation that it has already processed. */
interface RecursiveRule {
  readonly rule: RuleEvaluation;
  /**
   * Whether it is the only recursive rule and says that its relation is transitive. Then its first literal need only match tuples that
   * hold without the rule: what a chain of tuples derives, it derives link by link. That makes the equations linear.
   */
  readonly isTransitivity: boolean;
  /** Its positive literals that read the component. */
  readonly literals: readonly number[];
  readonly relations: readonly RelationId[];
  /** By index into `literals`: positions below it were processed. */
  readonly seen: number[];
}

/**
 * The least model of a recursive component by semi-naive evaluation: when a relation has grown, the rules that read it are run
 * again on the new tuples only (at one literal the delta, at literals before it the old tuples, at literals after it all), so
 * that every firing is found once:
 *
 *     reach(X, Z) :- reach(X, Y), reach(Y, Z);      Δreach(X, Y), reach(Y, Z)    then    old reach(X, Y), Δreach(Y, Z)
 *
 * A firing whose annotations are all true makes its head true at once; a concrete execution has only such firings. The others
 * are collected as a ground program, whose annotations are solved when all firings are known (`ground-component.ts`).
 */
function evaluateRecursion(
  recursive: readonly { readonly rule: RuleEvaluation; readonly literals: readonly number[] }[],
  state: InstantState,
  context: EvaluationContext,
): void {
  const component = new GroundComponent(context.algebra);
  const readersOf = new Map<RelationId, RecursiveRule[]>();
  const waiting = new Set<RecursiveRule>();
  for (const { rule, literals } of recursive) {
    const relations = literals.map((literal) => relationAt(rule, literal));
    const reader: RecursiveRule = {
      rule,
      isTransitivity: recursive.length === 1 && isTransitivity(rule.rule),
      literals,
      relations,
      seen: literals.map(() => 0),
    };
    waiting.add(reader);
    for (const relation of new Set(relations)) {
      const readers = readersOf.get(relation);
      if (readers === undefined) readersOf.set(relation, [reader]);
      else readers.push(reader);
    }
  }
  for (const reader of waiting) {
    waiting.delete(reader); // it may be added again, at the end of the queue
    const head = reader.rule.rule.head.relation;
    const before = sizeOf(head, state);
    applyDelta(reader, state, context, component);
    if (sizeOf(head, state) > before) for (const other of readersOf.get(head) ?? []) waiting.add(other);
  }
  const solve = (): boolean => component.solve((relation) => state.writable(relation));
  const someImpossible = recursive[0]?.rule.measured(state.instant, solve) ?? false;
  // Rows with annotation false are removed: carried with their position, a later instant that derives them would not see the
  // relation grow.
  if (someImpossible)
    for (const head of new Set(recursive.map(({ rule }) => rule.rule.head.relation))) state.prune(head);
}

function relationAt(rule: RuleEvaluation, literal: number): RelationId {
  const body = rule.rule.body[literal];
  if (body?.kind !== "positive") throw new RangeError(`literal ${literal} is no positive atom`);
  return body.relation;
}

function sizeOf(relation: RelationId, state: InstantState): number {
  return state.snapshot(relation, undefined)?.count ?? 0;
}

/** Runs a rule on every combination of tuples that includes an unprocessed one. */
function applyDelta(
  reader: RecursiveRule,
  state: InstantState,
  context: EvaluationContext,
  component: GroundComponent,
): void {
  const { rule, literals, relations, seen } = reader;
  const { instant } = state;
  const { join } = rule;
  const head = rule.rule.head.relation;
  const now = relations.map((relation) => sizeOf(relation, state));
  const annotationOf = (i: number): Annotation =>
    state.writable(relations[i] as RelationId).annotation(join.matched[literals[i] as number] as number);
  /** The tuples of the component that the current firing uses, without those whose annotation is true. */
  const uncertain = (): readonly number[] | undefined => {
    let body: number[] | undefined;
    for (let i = 0; i < literals.length; i++) {
      const relation = relations[i] as RelationId;
      const position = join.matched[literals[i] as number] as number;
      if (annotationOf(i) === TRUE) continue;
      body ??= [];
      body.push(component.node(relation, position));
    }
    return body;
  };
  const deriveHead = (row: Int32Array, offered: Annotation): readonly Due[] => {
    let annotation = state.derivable(head, row, offered);
    if (annotation === FALSE) return state.due;
    let body: readonly number[] | undefined;
    const link = reader.isTransitivity && annotation === TRUE ? annotationOf(0) : TRUE;
    if (link === POSSIBLE) return state.due;
    if (link === TRUE) body = uncertain();
    else {
      // The tuple holds without the rule under `link`.
      annotation = link;
      if (annotationOf(1) !== TRUE) body = [component.node(head, join.matched[1] as number)];
    }
    if (annotation === TRUE && body === undefined) {
      state.insert(head, row, TRUE);
      return state.due;
    }
    const target = state.writable(head);
    const known = target.extent.find(row);
    const annotated = known < 0 ? FALSE : target.annotation(known);
    if (annotated === TRUE) return state.due;
    const position = annotated === FALSE ? state.insert(head, row, POSSIBLE) : known;
    component.firing(component.node(head, position), annotation, body ?? []);
    return state.due;
  };
  const fail = (annotation: Annotation, failure: ValueId): void => {
    const body = uncertain();
    const report = (when: Annotation): void => context.fail(rule.rule, instant, when, failure, join.binding);
    if (body === undefined) report(annotation);
    else component.failure(annotation, body, report);
  };
  literals.forEach((delta, i) => {
    if (seen[i] === now[i]) return;
    const window = (literal: number): Window | undefined => {
      const j = literals.indexOf(literal);
      if (j < 0) return undefined;
      const [old, all] = [seen[j] ?? 0, now[j] ?? 0];
      return j === i ? { from: old, to: all } : { from: 0, to: j < i ? old : all };
    };
    rule.run(instant, { snapshot: (relation, at) => state.snapshot(relation, at), window }, deriveHead, delta, fail);
  });
  now.forEach((size, i) => {
    seen[i] = size;
  });
}
