import type { Algebra, Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { RelationId, Rule } from "../program/program.js";
import { settleFailing } from "./failing-binding.js";
import { matchesAtom, patternOf } from "./matching.js";
import type { Operand } from "./operands.js";
import { compare, evaluate } from "./operands.js";
import type { AtomAccess, Plan, Step } from "./plan.js";
import { slotsOf } from "./plan.js";
import type { Extent, Index, Snapshot } from "./relation-store.js";
import type { ValueId, ValueTable } from "./values.js";
import { isFailure } from "./values.js";

/** The failure of a binding in which no arithmetic has failed. */
export const NO_FAILURE: ValueId = 0;

/**
 * The positions of an atom's snapshot that a join uses: `from` ≤ position < `to`. Annotations of windowed atoms are not part of the
 * firing's annotation: they belong to a recursive component and are not final.
 */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** The tuples of the atoms of a join. */
export interface Sources {
  /** `undefined` if the relation is empty. */
  snapshot(relation: RelationId, instant: number | undefined): Snapshot | undefined;
  /** The window of a literal; without one, the whole snapshot as it is when the join starts. */
  window?(literal: number): Window | undefined;
}

/** Called for each satisfied body, with its annotation and its first arithmetic failure (or `NO_FAILURE`). */
export type OnFiring = (annotation: Annotation, failure: ValueId) => void;

interface Lookup {
  readonly access: AtomAccess;
  readonly snapshot: Snapshot;
  readonly extent: Extent;
  readonly index: Index | undefined;
  /** The positions to scan if there is no key and a variable occurs twice in the atom. */
  readonly diagonal: readonly number[] | undefined;
  readonly key: Int32Array;
  readonly from: number;
  readonly to: number;
  readonly windowed: boolean;
}

type ReadyStep =
  | {
      readonly kind: "match";
      readonly lookup: Lookup;
      readonly bindColumns: readonly number[];
      readonly bindVariables: readonly number[];
    }
  | { readonly kind: "absent"; readonly lookup: Lookup }
  /** A negated literal over an empty relation, which holds unless its arithmetic fails. */
  | { readonly kind: "empty"; readonly arithmetic: readonly Operand[] }
  | Extract<Step, { kind: "compare" | "bind" }>;

/** Runs the plans of one rule. `binding` and `matched` are valid during a call of `onFiring`. */
export class Join {
  /** Values by variable of the rule. */
  readonly binding: Int32Array;
  /** Positions by literal of the body; meaningful for positive literals. */
  readonly matched: Int32Array;
  private steps: readonly ReadyStep[] = [];
  private onFiring: OnFiring = () => undefined;
  private sources: Sources = { snapshot: () => undefined };

  constructor(
    private readonly rule: Rule,
    private readonly values: ValueTable,
    private readonly algebra: Algebra,
  ) {
    this.binding = new Int32Array(slotsOf(rule));
    this.matched = new Int32Array(rule.body.length);
  }

  /** Calls `onFiring` for every binding that satisfies the plan. */
  run(plan: Plan, sources: Sources, onFiring: OnFiring): void {
    const steps: ReadyStep[] = [];
    for (const step of plan) {
      if (step.kind === "match") {
        const lookup = lookupFor(step.access, sources);
        if (lookup === undefined || lookup.from >= lookup.to) return;
        steps.push({ kind: "match", lookup, bindColumns: step.bindColumns, bindVariables: step.bindVariables });
      } else if (step.kind === "absent") {
        const lookup = lookupFor(step.access, sources);
        const arithmetic = step.access.keys.filter((key) => key.kind === "arithmetic");
        if (lookup !== undefined) steps.push({ kind: "absent", lookup });
        else if (arithmetic.length > 0) steps.push({ kind: "empty", arithmetic });
      } else steps.push(step);
    }
    this.steps = steps;
    this.sources = sources;
    this.onFiring = onFiring;
    this.step(0, TRUE, NO_FAILURE);
  }

  private step(at: number, annotation: Annotation, failure: ValueId): void {
    const step = this.steps[at];
    if (step === undefined) {
      const stands = failure === NO_FAILURE ? annotation : this.failing(annotation);
      if (stands !== FALSE) this.onFiring(stands, failure);
      return;
    }
    switch (step.kind) {
      case "match":
        this.match(step, at, annotation, failure);
        return;
      case "absent": {
        const failed = this.fillKey(step.lookup);
        if (failed !== NO_FAILURE) {
          this.step(at + 1, annotation, failure === NO_FAILURE ? failed : failure);
          return;
        }
        const present = this.presence(step.lookup);
        if (present === TRUE) return;
        const both = present === FALSE ? annotation : this.algebra.and(annotation, present ^ 1);
        if (both !== FALSE) this.step(at + 1, both, failure);
        return;
      }
      case "empty": {
        let failed = failure;
        for (const operand of step.arithmetic) {
          const value = evaluate(operand, this.binding, this.values);
          if (failed === NO_FAILURE && isFailure(value)) failed = value;
        }
        this.step(at + 1, annotation, failed);
        return;
      }
      case "compare": {
        const left = evaluate(step.left, this.binding, this.values);
        const right = evaluate(step.right, this.binding, this.values);
        const failed = isFailure(left) ? left : isFailure(right) ? right : NO_FAILURE;
        if (failed !== NO_FAILURE) this.step(at + 1, annotation, failure === NO_FAILURE ? failed : failure);
        else if (compare(step.operator, left, right, this.values)) this.step(at + 1, annotation, failure);
        return;
      }
      case "bind": {
        const value = evaluate(step.value, this.binding, this.values);
        this.binding[step.variable] = value;
        this.step(at + 1, annotation, failure === NO_FAILURE && isFailure(value) ? value : failure);
        return;
      }
    }
  }

  /** The annotation of a binding in which arithmetic failed, after every literal that can be evaluated has been. */
  private failing(annotation: Annotation): Annotation {
    const { rule, sources, values, algebra } = this;
    const rowOf = (literal: number): Int32Array | undefined => {
      const body = rule.body[literal];
      const extent = body?.kind === "positive" ? sources.snapshot(body.relation, body.instant)?.extent : undefined;
      return extent === undefined ? undefined : rowAt(extent, this.matched[literal] as number);
    };
    const settled = settleFailing(rule, this.binding, rowOf, values);
    if (settled.kind === "rejected") return FALSE;
    return settled.negations.reduce((all, literal) => {
      const atom = rule.body[literal];
      const snapshot = atom?.kind === "negated" ? sources.snapshot(atom.relation, atom.instant) : undefined;
      if (atom?.kind !== "negated" || snapshot === undefined) return all;
      const pattern = patternOf(atom.args, settled.binding, values);
      let present = FALSE;
      for (let p = 0; p < snapshot.count; p++) {
        if (matchesAtom(atom, pattern, rowAt(snapshot.extent, p)))
          present = algebra.or(present, snapshot.annotation(p));
      }
      return algebra.and(all, present ^ 1);
    }, annotation);
  }

  private match(
    step: Extract<ReadyStep, { kind: "match" }>,
    at: number,
    annotation: Annotation,
    failure: ValueId,
  ): void {
    const { lookup } = step;
    const { extent, from, to } = lookup;
    const failed = this.fillKey(lookup);
    if (failed !== NO_FAILURE) {
      // A failed column matches anything for now: the atom is matched by its other columns.
      const f = failure === NO_FAILURE ? failed : failure;
      for (let p = from; p < to; p++) if (matches(lookup, p)) this.take(step, p, at, annotation, f);
    } else if (lookup.access.whole) {
      const p = extent.find(lookup.key);
      if (p >= from && p < to) this.take(step, p, at, annotation, failure);
    } else if (lookup.index !== undefined) {
      const { index } = lookup;
      for (let p = index.first(lookup.key); p >= 0; p = index.after(p)) {
        if (p >= from && p < to && matches(lookup, p)) this.take(step, p, at, annotation, failure);
      }
    } else {
      if (lookup.diagonal === undefined) for (let p = from; p < to; p++) this.take(step, p, at, annotation, failure);
      else for (const p of lookup.diagonal) if (p >= from && p < to) this.take(step, p, at, annotation, failure);
    }
  }

  private take(
    step: Extract<ReadyStep, { kind: "match" }>,
    p: number,
    at: number,
    annotation: Annotation,
    failure: ValueId,
  ): void {
    const { lookup, bindColumns, bindVariables } = step;
    const here = lookup.snapshot.annotation(p);
    if (here === FALSE) return;
    const both =
      here === TRUE || lookup.windowed ? annotation : annotation === TRUE ? here : this.algebra.and(annotation, here);
    if (both === FALSE) return;
    const { rows, arity } = lookup.extent;
    const base = p * arity;
    for (let i = 0; i < bindColumns.length; i++) {
      this.binding[bindVariables[i] as number] = rows[base + (bindColumns[i] as number)] as number;
    }
    this.matched[lookup.access.literal] = p;
    this.step(at + 1, both, failure);
  }

  /** Evaluates the key of a lookup. Returns the first failure, or `NO_FAILURE`. Failed columns of the key hold their failure. */
  private fillKey(lookup: Lookup): ValueId {
    const { keys } = lookup.access;
    let failed = NO_FAILURE;
    for (let i = 0; i < keys.length; i++) {
      const operand = keys[i];
      if (operand === undefined) continue;
      const value =
        operand.kind === "variable"
          ? (this.binding[operand.variable] as number)
          : evaluate(operand, this.binding, this.values);
      lookup.key[i] = value;
      if (failed === NO_FAILURE && isFailure(value)) failed = value;
    }
    return failed;
  }

  /**
   * The annotation of "some tuple matches the key": the disjunction of the annotations of those that do. Its complement, the
   * annotation of the negated literal, is exact because strata are evaluated in order, so the relation is complete.
   */
  private presence(lookup: Lookup): Annotation {
    const { extent, snapshot, access, key, to } = lookup;
    if (access.whole) {
      const p = extent.find(key);
      return p < 0 ? FALSE : snapshot.annotation(p);
    }
    if (lookup.index === undefined) return this.disjunction(lookup, 0);
    const memo = access.equal.length === 0 ? snapshot.presenceMemo(access.keyColumns) : undefined;
    if (memo !== undefined) {
      const known = memo.extent.find(key);
      if (known >= 0) return memo.annotations[known] as number;
    }
    let any = FALSE;
    let seen = 0;
    for (let p = lookup.index.first(key); p >= 0; p = lookup.index.after(p)) {
      if (p >= to || !matches(lookup, p)) continue;
      seen++;
      any = this.algebra.or(any, snapshot.annotation(p));
      if (any === TRUE) return TRUE;
    }
    if (memo !== undefined && seen > 2) memo.annotations[memo.extent.add(key)] = any;
    return any;
  }

  private disjunction(lookup: Lookup, from: number): Annotation {
    let any = FALSE;
    for (let p = from; p < lookup.to && any !== TRUE; p++) {
      if (matches(lookup, p)) any = this.algebra.or(any, lookup.snapshot.annotation(p));
    }
    return any;
  }
}

function lookupFor(access: AtomAccess, sources: Sources): Lookup | undefined {
  const snapshot = sources.snapshot(access.relation, access.instant);
  if (snapshot === undefined || snapshot.count === 0) return undefined;
  const { extent } = snapshot;
  const window = sources.window?.(access.literal);
  const index = access.whole || access.keyColumns.length === 0 ? undefined : extent.index(access.keyColumns);
  const diagonal =
    access.keyColumns.length === 0 && access.equal.length > 0 ? extent.diagonal(access.equal) : undefined;
  return {
    access,
    snapshot,
    extent,
    index,
    diagonal,
    key: new Int32Array(access.keyColumns.length),
    from: window?.from ?? 0,
    to: window?.to ?? snapshot.count,
    windowed: window !== undefined,
  };
}

/** Whether a row matches the key (failed columns match anything) and its equal columns. */
function matches(lookup: Lookup, position: number): boolean {
  const { keyColumns, equal } = lookup.access;
  const { rows, arity } = lookup.extent;
  const base = position * arity;
  for (let i = 0; i < keyColumns.length; i++) {
    const value = lookup.key[i] as number;
    if (rows[base + (keyColumns[i] as number)] !== value && !isFailure(value)) return false;
  }
  for (const [a, b] of equal) if (rows[base + a] !== rows[base + b]) return false;
  return true;
}

function rowAt({ rows, arity }: Extent, position: number): Int32Array {
  return rows.subarray(position * arity, (position + 1) * arity);
}
