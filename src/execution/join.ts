import type { Algebra, Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { Rule } from "../program/program.js";
import { settleFailing } from "./failing-binding.js";
import type { Lookup, Meets, Sources } from "./lookup.js";
import { eachEqual, lookupFor, matches, rowAt } from "./lookup.js";
import { matchesAtom, patternOf } from "./matching.js";
import type { Operand } from "./operands.js";
import { evaluate, whereTrue } from "./operands.js";
import type { Plan, Step } from "./plan.js";
import { slotsOf } from "./plan.js";
import { Extent } from "./relation-store.js";
import type { ValueId, ValueTable } from "./values.js";
import { isFailure, unexpectedlyVarying } from "./values.js";

/** The failure of a binding in which no arithmetic has failed. */
export const NO_FAILURE: ValueId = 0;

/** Called for each satisfied body, with its annotation and its first arithmetic failure (or `NO_FAILURE`). */
export type OnFiring = (annotation: Annotation, failure: ValueId) => void;

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

/** The steps from one on, which bind nothing that the head needs: by the values of what they read, whether they can be satisfied. */
interface Tail {
  readonly variables: readonly number[];
  readonly extent: Extent;
  readonly annotations: (Annotation | undefined)[];
}

/** Runs the plans of one rule. `binding` and `matched` are valid during a call of `onFiring`. */
export class Join {
  /** Values by variable of the rule. */
  readonly binding: Int32Array;
  /** Positions by literal of the body; meaningful for positive literals. */
  readonly matched: Int32Array;
  private steps: readonly ReadyStep[] = [];
  private onFiring: OnFiring = () => undefined;
  private sources: Sources = { snapshot: () => undefined };
  private tails: readonly (Tail | undefined)[] = [];
  /** Set while a tail is evaluated: the disjunction of the annotations with which it was satisfied. */
  private collected: Annotation | undefined;
  private failed = false;
  private isFactorised = false;

  constructor(
    private readonly rule: Rule,
    private readonly values: ValueTable,
    private readonly algebra: Algebra,
    /** If values that the rule meets can vary. */
    private readonly meets?: Meets,
  ) {
    this.binding = new Int32Array(slotsOf(rule));
    this.matched = new Int32Array(rule.body.length);
  }

  /**
   * Calls `onFiring` for every binding that satisfies the plan. If the plan is factorised, for bindings that differ only in variables
   * that the head does not need it is called once, with the disjunction of their annotations; returns false if arithmetic failed in one
   * of them, in which case not every binding was found.
   */
  run({ steps: planned, tails }: Plan, sources: Sources, onFiring: OnFiring): boolean {
    const meets = this.values.hasVarying ? this.meets : undefined;
    const steps: ReadyStep[] = [];
    const ready: (Tail | undefined)[] = [];
    for (const [i, step] of planned.entries()) {
      const before = steps.length;
      if (step.kind === "match") {
        const lookup = lookupFor(step.access, sources, this.algebra, meets);
        if (lookup === undefined || lookup.from >= lookup.to) return true;
        steps.push({ kind: "match", lookup, bindColumns: step.bindColumns, bindVariables: step.bindVariables });
      } else if (step.kind === "absent") {
        const lookup = lookupFor(step.access, sources, this.algebra, meets);
        const arithmetic = step.access.keys.filter((key) => key.kind === "arithmetic");
        if (lookup !== undefined) steps.push({ kind: "absent", lookup });
        else if (arithmetic.length > 0) steps.push({ kind: "empty", arithmetic });
      } else steps.push(step);
      const variables = tails[i];
      if (steps.length > before && variables !== undefined)
        ready[before] = { variables, extent: new Extent(variables.length), annotations: [] };
    }
    this.steps = steps;
    this.tails = ready;
    this.sources = sources;
    this.onFiring = onFiring;
    this.collected = undefined;
    this.failed = false;
    this.isFactorised = tails.length > 0;
    this.step(0, TRUE, NO_FAILURE);
    return !this.failed;
  }

  private step(at: number, annotation: Annotation, failure: ValueId): void {
    const tail = this.tails[at];
    if (tail === undefined) this.advance(at, annotation, failure);
    else this.factor(tail, at, annotation);
  }

  /** The conjunction of an annotation with "the steps from `at` on can be satisfied". */
  private factor(tail: Tail, at: number, annotation: Annotation): void {
    const key = Int32Array.from(tail.variables, (variable) => this.binding[variable] as number);
    const position = tail.extent.add(key);
    let some = tail.annotations[position];
    if (some === undefined) {
      const outer = this.collected;
      this.collected = FALSE;
      this.advance(at, TRUE, NO_FAILURE);
      some = this.collected;
      this.collected = outer;
      tail.annotations[position] = some;
    }
    const both = this.algebra.and(annotation, some);
    if (both === FALSE) return;
    if (this.collected === undefined) this.onFiring(both, NO_FAILURE);
    else this.collected = this.algebra.or(this.collected, both);
  }

  private advance(at: number, annotation: Annotation, failure: ValueId): void {
    if (failure !== NO_FAILURE && this.isFactorised) {
      this.failed = true;
      return;
    }
    const step = this.steps[at];
    if (step === undefined) {
      if (this.collected !== undefined) {
        this.collected = this.algebra.or(this.collected, annotation);
        return;
      }
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
        if (failed !== NO_FAILURE) {
          this.step(at + 1, annotation, failure === NO_FAILURE ? failed : failure);
          return;
        }
        const so = whereTrue(step.operator, left, right, this.values);
        const both = so === TRUE ? annotation : so === FALSE ? FALSE : this.algebra.and(annotation, so);
        if (both !== FALSE) this.step(at + 1, both, failure);
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
    // What is equal to what would have to be decided schedule by schedule.
    if (values.hasVarying && this.meets !== undefined) throw unexpectedlyVarying();
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
    } else if (lookup.open.length > 0) {
      eachEqual(lookup, this.values, this.algebra, (p, when) => {
        const both = this.algebra.and(annotation, when);
        if (both !== FALSE) this.take(step, p, at, both, failure);
      });
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
    if (lookup.open.length > 0) {
      let some = FALSE;
      eachEqual(lookup, this.values, this.algebra, (p, when) => {
        some = this.algebra.or(some, this.algebra.and(snapshot.annotation(p), when));
      });
      return some;
    }
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
