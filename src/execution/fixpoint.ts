import type { Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { RelationId, Stratum } from "../program/program.js";
import { GroundComponent, POSSIBLE } from "./ground-component.js";
import type { Sources, Window } from "./join.js";
import type { Due } from "./recorder.js";
import type { Snapshot } from "./relation-store.js";
import type { EvaluationContext, RuleEvaluation } from "./rule-evaluation.js";
import type { ValueId } from "./values.js";

/** The tuples of the instant under evaluation. */
export interface Present extends Sources {
  readonly instant: number;
  /** When a head that a rule gives at this instant is to hold: now. */
  readonly due: readonly Due[];
  /** The snapshot of a relation at this instant, made if there is none. */
  writable(relation: RelationId): Snapshot;
  /** The part of an annotation under which a tuple that a rule or a fact gives at this instant holds: its node is not away. */
  derivable(relation: RelationId, row: Int32Array, annotation: Annotation): Annotation;
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
  if (recursive.length > 0) close(recursive, present, context);
}

function evaluateOnce(rule: RuleEvaluation, present: Present): void {
  if (present.instant < rule.firstInstant) return;
  const { relation } = rule.rule.head;
  rule.run(present.instant, present, (row, annotation) => {
    derive(present, relation, row, annotation);
    return present.due;
  });
}

/** Adds a row that a rule or a fact gives, unless its node is away under every schedule. */
export function derive(present: Present, relation: RelationId, row: Int32Array, annotation: Annotation): void {
  const derivable = present.derivable(relation, row, annotation);
  if (derivable !== FALSE) present.insert(relation, row, derivable);
}

/** The positive literals that read a member of the stratum at this very instant. */
function recursiveLiterals(rule: RuleEvaluation, members: ReadonlySet<RelationId>, instant: number): readonly number[] {
  if (instant < rule.firstInstant) return [];
  const literals: number[] = [];
  rule.rule.body.forEach((literal, i) => {
    if (literal.kind === "positive" && members.has(literal.relation) && (literal.instant ?? instant) === instant)
      literals.push(i);
  });
  return literals;
}

/** A rule of a recursive component, and how much of each relation that it reads there it has taken into account. */
interface Reader {
  readonly rule: RuleEvaluation;
  /** Its positive literals of the component. */
  readonly literals: readonly number[];
  readonly relations: readonly RelationId[];
  /** By index into `literals`: positions below it were seen. */
  readonly seen: number[];
}

/**
 * The least model of a recursive component, semi-naively: whenever a relation has grown, the rules that read it are run
 * again, each on what it has not seen yet (the news at one literal, only what was known before it, everything after
 * it), so that every possible firing is found once. A firing that rests on certainties alone makes its head certain at
 * once, and a concrete execution needs nothing more; the others are kept as a ground program whose annotations are
 * solved when all are known.
 */
function close(
  recursive: readonly { readonly rule: RuleEvaluation; readonly literals: readonly number[] }[],
  present: Present,
  context: EvaluationContext,
): void {
  const component = new GroundComponent(context.algebra);
  const readersOf = new Map<RelationId, Reader[]>();
  const waiting = new Set<Reader>();
  for (const { rule, literals } of recursive) {
    const relations = literals.map((literal) => relationAt(rule, literal));
    const reader: Reader = { rule, literals, relations, seen: literals.map(() => 0) };
    waiting.add(reader);
    for (const relation of new Set(relations)) {
      const readers = readersOf.get(relation);
      if (readers === undefined) readersOf.set(relation, [reader]);
      else readers.push(reader);
    }
  }
  for (const reader of waiting) {
    waiting.delete(reader); // and perhaps put back, behind those that wait
    const head = reader.rule.rule.head.relation;
    const before = sizeOf(head, present);
    takeNews(reader, present, context, component);
    if (sizeOf(head, present) > before) for (const other of readersOf.get(head) ?? []) waiting.add(other);
  }
  const someImpossible = component.solve((relation) => present.writable(relation));
  // A row that stayed would keep its position when the relation is carried, and a later instant that derives it after all
  // would not see the relation grow.
  if (someImpossible)
    for (const head of new Set(recursive.map(({ rule }) => rule.rule.head.relation))) present.prune(head);
}

function relationAt(rule: RuleEvaluation, literal: number): RelationId {
  const body = rule.rule.body[literal];
  if (body?.kind !== "positive") throw new RangeError(`literal ${literal} is no positive atom`);
  return body.relation;
}

function sizeOf(relation: RelationId, present: Present): number {
  return present.snapshot(relation, undefined)?.count ?? 0;
}

/** Runs a rule on every combination of tuples that holds one it has not seen. */
function takeNews(reader: Reader, present: Present, context: EvaluationContext, component: GroundComponent): void {
  const { rule, literals, relations, seen } = reader;
  const { instant } = present;
  const { join } = rule;
  const head = rule.rule.head.relation;
  const now = relations.map((relation) => sizeOf(relation, present));
  /** The tuples of the component that the firing at hand rests on, certain ones left out. */
  const uncertain = (): readonly number[] | undefined => {
    let body: number[] | undefined;
    for (let i = 0; i < literals.length; i++) {
      const relation = relations[i] as RelationId;
      const position = join.matched[literals[i] as number] as number;
      if (present.writable(relation).annotation(position) === TRUE) continue;
      body ??= [];
      body.push(component.node(relation, position));
    }
    return body;
  };
  const deriveHead = (row: Int32Array, offered: Annotation): readonly Due[] => {
    const annotation = present.derivable(head, row, offered);
    if (annotation === FALSE) return present.due;
    const body = uncertain();
    if (annotation === TRUE && body === undefined) {
      present.insert(head, row, TRUE);
      return present.due;
    }
    const target = present.writable(head);
    const known = target.extent.find(row);
    const annotated = known < 0 ? FALSE : target.annotation(known);
    if (annotated === TRUE) return present.due;
    const position = annotated === FALSE ? present.insert(head, row, POSSIBLE) : known;
    component.firing(component.node(head, position), annotation, body ?? []);
    return present.due;
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
    rule.run(instant, { snapshot: (relation, at) => present.snapshot(relation, at), window }, deriveHead, delta, fail);
  });
  now.forEach((size, i) => {
    seen[i] = size;
  });
}
