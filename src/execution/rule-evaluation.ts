import type { Algebra, Annotation } from "../faults/annotation.js";
import { constants, FALSE, TRUE } from "../faults/annotation.js";
import type { AggregateTerm, Rule } from "../program/program.js";
import { firstInstant } from "../program/rule-shape.js";
import { memberOf, shownBy } from "./aggregate-members.js";
import type { Outcome } from "./aggregates.js";
import { Join, NO_FAILURE } from "./join.js";
import type { GroupBinding } from "./joint-outcomes.js";
import { jointOutcomes } from "./joint-outcomes.js";
import type { Meets, Sources } from "./lookup.js";
import type { Operand } from "./operands.js";
import { evaluate, operandOf } from "./operands.js";
import type { Plan } from "./plan.js";
import { planFactorised, planRule } from "./plan.js";
import type { Due, Recorder } from "./recorder.js";
import { Extent } from "./relation-store.js";
import { Unwinding } from "./unwinding.js";
import type { ValueId, ValueTable } from "./values.js";
import { isFailure } from "./values.js";
import type { VaryingSums } from "./varying-sums.js";
import { metBy, outcomesOf } from "./varying-sums.js";

/** The context shared by the evaluation of all rules. */
export interface EvaluationContext {
  readonly values: ValueTable;
  readonly algebra: Algebra;
  readonly recorder: Recorder | undefined;
  /** The limit on outcomes of one aggregate. */
  readonly maxOutcomes: number;
  /** The sums that may be values that vary. */
  readonly varyingSums?: VaryingSums | undefined;
  /** The size of the annotations so far, if they have one. */
  readonly size?: (() => number) | undefined;
  /** Called every few thousand bindings; may unwind. */
  readonly tick: (() => void) | undefined;
  /** Called if arithmetic fails in a binding that no literal rejects, under the schedules of `annotation`. */
  fail(rule: Rule, instant: number, annotation: Annotation, failure: ValueId, binding: ArrayLike<ValueId>): void;
}

const TICK = 8192;

/** Stores a head row; returns the instants at which it is to hold, for the recorder. */
export type Derive = (row: Int32Array, annotation: Annotation) => readonly Due[];

/** Called instead of `EvaluationContext.fail` if annotations are not final yet. */
export type OnFailure = (annotation: Annotation, failure: ValueId) => void;

type HeadColumn =
  | { readonly kind: "value"; readonly operand: Operand }
  | { readonly kind: "aggregate"; readonly of: number };

/** The outcomes of each aggregate of a head in one group, and which of them occur together. `results`: those chosen so far. */
interface Combinations {
  readonly outcomes: readonly (readonly Outcome[])[];
  readonly isPossible: (results: Int32Array, length: number) => boolean;
  readonly results: Int32Array;
}

/** One rule, compiled for evaluation at any instant. */
export class RuleEvaluation {
  /** The first instant at which the rule can fire: the largest N of its literals `@N`. */
  readonly firstInstant: number;
  /** Bindings found so far, over all instants. */
  firings = 0;
  /** By how much the annotations have grown by it, over all instants. */
  growth = 0;
  readonly join: Join;
  /** Whether bindings that differ only in variables that the head does not need may be found as one. */
  private readonly isFactorisable: boolean;
  private readonly meets: Meets | undefined;
  private readonly columns: readonly HeadColumn[];
  private readonly aggregates: readonly AggregateTerm[];
  /** By aggregate: the columns that show its result. */
  private readonly shownIn: readonly (readonly number[])[];
  private readonly row: Int32Array;
  private readonly plans = new Map<number | "factorised", { readonly plan: Plan; readonly sizes: readonly number[] }>();

  constructor(
    readonly rule: Rule,
    private readonly context: EvaluationContext,
  ) {
    this.meets = metBy(rule, context.varyingSums);
    this.join = new Join(rule, context.values, context.algebra, this.meets);
    const aggregates: AggregateTerm[] = [];
    this.columns = rule.head.args.map((term): HeadColumn => {
      if (term.kind !== "aggregate") return { kind: "value", operand: operandOf(term, context.values) };
      // The columns of one record show one result.
      if ((term.component ?? 0) === 0) aggregates.push(term);
      return { kind: "aggregate", of: aggregates.length - 1 };
    });
    this.aggregates = aggregates;
    this.shownIn = aggregates.map((_, i) =>
      this.columns.flatMap((c, column) => (c.kind === "aggregate" && c.of === i ? [column] : [])),
    );
    this.isFactorisable = context.algebra !== constants && context.recorder === undefined;
    this.row = new Int32Array(rule.head.args.length);
    this.firstInstant = firstInstant(rule);
  }

  get isAggregate(): boolean {
    return this.aggregates.length > 0;
  }

  /** Derives the head for every binding of the body at `instant`. `first`: the literal to put outermost in the plan. */
  run(instant: number, sources: Sources, derive: Derive, first?: number, onFailure?: OnFailure): void {
    this.measured(instant, () => this.derive(instant, sources, derive, first, onFailure));
  }

  /** Does some work for the rule; counts the growth as its own, and says of what becomes too large that it was by this rule. */
  measured<T>(instant: number, work: () => T): T {
    const { size } = this.context;
    const before = size?.() ?? 0;
    try {
      return work();
    } catch (thrown) {
      if (!(thrown instanceof Unwinding) || thrown.ending.kind !== "too-large") throw thrown;
      throw new Unwinding({ at: { rule: this.rule.id, instant }, ...thrown.ending });
    } finally {
      this.growth += (size?.() ?? 0) - before;
    }
  }

  private derive(instant: number, sources: Sources, derive: Derive, first?: number, onFailure?: OnFailure): void {
    const factorised = first === undefined && onFailure === undefined && this.isFactorisable;
    const plan = this.planFor(sources, factorised ? "factorised" : first);
    if (plan === undefined || this.runPlan(plan, instant, sources, derive, onFailure)) return;
    // Which bindings fail has to be found one by one. What was derived so far is derived again, which changes nothing.
    const plain = this.planFor(sources, undefined);
    if (plain !== undefined) this.runPlan(plain, instant, sources, derive, onFailure);
  }

  /** Returns false if arithmetic failed in a factorised plan. */
  private runPlan(
    plan: Plan,
    instant: number,
    sources: Sources,
    derive: Derive,
    onFailure: OnFailure | undefined,
  ): boolean {
    const { join, context } = this;
    const fail: OnFailure =
      onFailure ?? ((annotation, failure) => context.fail(this.rule, instant, annotation, failure, join.binding));
    if (this.isAggregate) return this.runAggregate(instant, plan, sources, derive, fail);
    return this.eachFiring(plan, sources, fail, (annotation) => {
      const due = derive(this.row, annotation);
      context.recorder?.firing(this.rule.id, instant, join.binding, join.matched, this.row, due);
    });
  }

  /** Calls `then` for each binding of the body, with the columns of the head other than aggregates in `row`. */
  private eachFiring(plan: Plan, sources: Sources, fail: OnFailure, then: (annotation: Annotation) => void): boolean {
    return this.join.run(plan, sources, (annotation, failed) => {
      const failure = failed === NO_FAILURE ? this.fillRow() : failed;
      if (failure !== NO_FAILURE) {
        fail(annotation, failure);
        return;
      }
      if (++this.firings % TICK === 0) this.context.tick?.();
      then(annotation);
    });
  }

  /** Fills the columns other than aggregates. Returns the first failure of their arithmetic, or `NO_FAILURE`. */
  private fillRow(): ValueId {
    let failure = NO_FAILURE;
    for (let c = 0; c < this.columns.length; c++) {
      const column = this.columns[c];
      if (column === undefined || column.kind === "aggregate") continue;
      const value = evaluate(column.operand, this.join.binding, this.context.values);
      if (failure === NO_FAILURE && isFailure(value)) failure = value;
      this.row[c] = value;
    }
    return failure;
  }

  private runAggregate(instant: number, plan: Plan, sources: Sources, derive: Derive, fail: OnFailure): boolean {
    const { join, context, row, aggregates } = this;
    const { algebra, recorder, values } = context;
    const groups = new Extent(row.length);
    const members = aggregates.map(() => new Extent(2));
    const annotations: Annotation[][] = aggregates.map(() => []);
    const isJoint = this.isFactorisable && aggregates.length > 1;
    const bindings = new Extent(1 + aggregates.length);
    const present: Annotation[] = [];
    const complete = this.eachFiring(plan, sources, fail, (annotation) => {
      this.columns.forEach((column, c) => {
        if (column.kind === "aggregate") row[c] = 0;
      });
      const group = groups.add(row);
      aggregates.forEach((term, i) => {
        const position = members[i]?.add([group, memberOf(term, join.binding, values)]) ?? 0;
        const list = annotations[i] as Annotation[];
        list[position] = algebra.or(list[position] ?? FALSE, annotation);
      });
      if (isJoint) {
        const position = bindings.add([group, ...aggregates.map((term) => memberOf(term, join.binding, values))]);
        present[position] = algebra.or(present[position] ?? FALSE, annotation);
      }
      recorder?.contribution(this.rule.id, instant, group, join.binding, join.matched);
    });
    if (!complete) return false;
    const byGroup = aggregates.map((term, i) => {
      const lists: { readonly value: ValueId; readonly annotation: Annotation }[][] = Array.from(
        { length: groups.count },
        () => [],
      );
      const extent = members[i] as Extent;
      for (let p = 0; p < extent.count; p++) {
        const group = extent.rows[2 * p] as number;
        lists[group]?.push({ value: extent.rows[2 * p + 1] as number, annotation: annotations[i]?.[p] ?? FALSE });
      }
      const limits = { outcomes: context.maxOutcomes, varying: context.varyingSums };
      return lists.map((list) => outcomesOf(term, list, values, algebra, limits, context.tick));
    });
    const inGroup = Array.from({ length: groups.count }, (): GroupBinding[] => []);
    present.forEach((annotation, p) => {
      const [group = 0, ...met] = bindings.rows.subarray(p * bindings.arity, (p + 1) * bindings.arity);
      inGroup[group]?.push({ values: met, certain: annotation === TRUE });
    });
    const functions = aggregates.map((term) => term.function);
    for (let group = 0; group < groups.count; group++) {
      row.set(groups.rows.subarray(group * row.length, (group + 1) * row.length));
      const outcomes = byGroup.map((list) => list[group] ?? []);
      const isUncertain = outcomes.filter((list) => list.length > 1).length > 1;
      const isVarying =
        (values.hasVarying && this.meets !== undefined) ||
        outcomes.some((list) => list.some(({ value }) => values.varyingOf(value) !== undefined));
      const isPossible =
        isJoint && isUncertain && !isVarying ? jointOutcomes(functions, inGroup[group] ?? [], values) : undefined;
      this.combine(
        { outcomes, isPossible: isPossible ?? (() => true), results: new Int32Array(outcomes.length) },
        0,
        TRUE,
        (annotation, failure) => {
          if (failure !== NO_FAILURE) {
            fail(annotation, failure);
            return;
          }
          const due = derive(row, annotation);
          recorder?.result(this.rule.id, instant, group, row, due);
        },
      );
    }
    return true;
  }

  /** Calls `done` for every combination of outcomes of the head's aggregates that some schedule has. */
  private combine(combinations: Combinations, i: number, so: Annotation, done: OnFailure, failed = NO_FAILURE): void {
    const { outcomes, isPossible, results } = combinations;
    const list = outcomes[i];
    if (list === undefined) {
      done(so, failed);
      return;
    }
    for (const { value, annotation } of list) {
      results[i] = value;
      if (!isPossible(results, i + 1)) continue;
      const both = this.context.algebra.and(so, annotation);
      if (both === FALSE) continue;
      for (const column of this.shownIn[i] ?? []) {
        const term = this.rule.head.args[column];
        if (term?.kind === "aggregate") this.row[column] = shownBy(term, value, this.context.values);
      }
      this.combine(combinations, i + 1, both, done, failed === NO_FAILURE && isFailure(value) ? value : failed);
    }
  }

  /** The plan for the current sizes; `undefined` if some positive atom has no tuples. Recomputed when a size changes by a factor of eight. */
  private planFor(sources: Sources, first: number | "factorised" | undefined): Plan | undefined {
    const sizes: number[] = [];
    for (const literal of this.rule.body) {
      const size =
        literal.kind === "comparison" ? 0 : (sources.snapshot(literal.relation, literal.instant)?.count ?? 0);
      if (literal.kind === "positive" && size === 0) return undefined;
      sizes.push(size);
    }
    const known = this.plans.get(first ?? -1);
    if (known?.sizes.every((size, i) => similar(size, sizes[i] ?? 0))) return known.plan;
    const plan =
      first === "factorised"
        ? planFactorised(this.rule, this.context.values, sizes)
        : planRule(this.rule, this.context.values, sizes, first);
    this.plans.set(first ?? -1, { plan, sizes });
    return plan;
  }
}

function similar(a: number, b: number): boolean {
  return a <= 8 * b + 8 && b <= 8 * a + 8;
}
