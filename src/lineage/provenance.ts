import type { EvaluationError, Execution, TupleAt } from "../execution/execution.js";
import type { Binding } from "../execution/matching.js";
import { patternOf, termValue, unifyHead } from "../execution/matching.js";
import type { RunOptions } from "../execution/run.js";
import { runRecorded } from "../execution/run.js";
import type { Stopped } from "../execution/stopped.js";
import type { Timeline } from "../execution/timeline.js";
import { compareTuples, compareValues } from "../execution/value-order.js";
import type { ValueId, ValueTable } from "../execution/values.js";
import { builtIns } from "../faults/kind.js";
import { isPersistence } from "../program/persistence.js";
import type { Fact, Program, Rule, RuleId, Value } from "../program/program.js";
import { isStatic } from "../program/program.js";
import { isAggregate } from "../program/rule-shape.js";
import type { LoggedFiring } from "./derivation-log.js";
import { DerivationLog } from "./derivation-log.js";
import type { Derivation, Provenance, RuleDerivation, Support } from "./derivations.js";

export type ProvenanceResult =
  | { readonly kind: "run"; readonly execution: Execution; readonly provenance: Provenance }
  | { readonly kind: "error"; readonly error: EvaluationError }
  | Stopped;

/** Runs a program in one scenario and records every derivation of every tuple. */
export function runWithProvenance(program: Program, options: RunOptions): ProvenanceResult {
  const log = new DerivationLog(program);
  const result = runRecorded(program, options, log);
  if (result.kind !== "run") return result;
  const { execution, timeline, values } = result;
  return { kind: "run", execution, provenance: new RecordedProvenance(program, execution, timeline, values, log) };
}

class RecordedProvenance implements Provenance {
  private readonly persistence: readonly Rule[];
  /** The facts of the program and of the inputs of the run. */
  private readonly facts: readonly Fact[];

  constructor(
    private readonly program: Program,
    private readonly execution: Execution,
    private readonly timeline: Timeline,
    private readonly values: ValueTable,
    private readonly log: DerivationLog,
  ) {
    const { rules, facts, inputs } = program;
    this.persistence = rules.filter(isPersistence);
    const chosen = execution.inputs.flatMap((choice, line) =>
      choice === undefined ? [] : (inputs[line]?.facts.slice(choice, choice + 1) ?? []),
    );
    this.facts = [...facts, ...chosen];
  }

  derivationsOf(tuple: TupleAt): readonly Derivation[] {
    const { relation, instant, args } = tuple;
    if (!this.execution.has(relation, instant, args)) return [];
    if (relation === this.program.crash) return [{ kind: "built-in", relation: builtIns.crash }];
    if (relation === this.program.restart) return [{ kind: "built-in", relation: builtIns.restart }];
    const isStated = (f: Fact): boolean => f.relation === relation && compareTuples(f.args, args) === 0;
    if (isStatic(this.program, relation))
      return this.program.statics.filter(isStated).map(({ span }) => ({ kind: "fact", span, everywhere: true }));
    const facts = this.facts
      .filter((f) => isStated(f) && f.instant === instant)
      .map((f): Derivation => ({ kind: "fact", span: f.span }));
    const row = Int32Array.from(args, (v) => this.values.intern(v));
    const rules = this.dueInstants(tuple).flatMap((due) => [
      ...this.carried(tuple, row, due),
      ...this.log.groupsOf(relation, due, row).flatMap((group) => this.derivation(group, tuple, due)),
    ]);
    return [...facts, ...rules.sort(compareDerivations)];
  }

  /** The instants at which a tuple that holds can have been due: its own, and those of an absence that ends there. Descending. */
  private dueInstants(tuple: TupleAt): readonly number[] {
    const { instant } = tuple;
    let first = instant;
    while (first > 1 && this.execution.comesToHold({ ...tuple, instant: first - 1 }, "inductive") === instant) first--;
    return Array.from({ length: instant - first + 1 }, (_, i) => instant - i);
  }

  /** The derivations by plain persistence, which the evaluator carries without firing a rule. */
  private carried({ relation, args }: TupleAt, row: Int32Array, due: number): readonly RuleDerivation[] {
    const before: TupleAt = { relation, instant: due - 1, args };
    if (due < 2 || !this.execution.has(relation, before.instant, args)) return [];
    return this.persistence
      .filter((rule) => rule.head.relation === relation)
      .map((rule) => ({
        kind: "rule",
        rule: rule.id,
        instant: before.instant,
        due: [due],
        binding: this.readable(unifyHead(rule, [...row], this.values) ?? []),
        supports: [{ kind: "tuple", literal: 0, tuple: before }],
        aggregate: false,
      }));
  }

  /** The derivation of `head` by firings due at `due`; none if the tuple was forgotten, or if it is listed at an earlier due instant. */
  private derivation(firings: readonly LoggedFiring[], head: TupleAt, due: number): readonly RuleDerivation[] {
    const [first] = firings;
    if (first === undefined) throw new Error("a derivation without a firing was recorded");
    const rule = this.rule(first.rule);
    const held = first.due.filter(
      (at) => this.execution.comesToHold({ ...head, instant: at }, rule.timing) === head.instant,
    );
    if (held[0] !== due) return [];
    const bindings = firings.map((firing) => this.readable(bindingOf(rule, firing)));
    const binding = (bindings[0] ?? []).map((value, i) => (bindings.every((b) => b[i] === value) ? value : undefined));
    const message = rule.timing === "async" ? this.message(rule, first, head) : undefined;
    return [
      {
        kind: "rule",
        rule: rule.id,
        instant: first.instant,
        due: held,
        binding,
        supports:
          firings.length === 1
            ? this.supports(rule, first)
            : distinct(firings.flatMap((firing) => this.supports(rule, firing))),
        aggregate: isAggregate(rule),
        ...(message === undefined ? {} : { message }),
      },
    ];
  }

  private message(rule: Rule, firing: LoggedFiring, head: TupleAt): NonNullable<RuleDerivation["message"]> {
    const sender = termValue(rule.location, bindingOf(rule, firing), this.values);
    if (sender === undefined) throw new Error("a message rule without a sender");
    const from = this.values.value(sender);
    return { from, to: head.args[0] ?? from, arrivals: firing.due };
  }

  private readable(ids: readonly (ValueId | undefined)[]): readonly (Value | undefined)[] {
    return ids.map((id) => (id === undefined ? undefined : this.values.value(id)));
  }

  private supports(rule: Rule, firing: LoggedFiring): readonly Support[] {
    const binding = bindingOf(rule, firing);
    return rule.body.flatMap((literal, i): readonly Support[] => {
      if (literal.kind === "comparison") return [];
      const instant = literal.instant ?? firing.instant;
      const { relation } = literal;
      if (literal.kind === "negated")
        return [
          {
            kind: "absence",
            literal: i,
            relation,
            instant,
            pattern: this.readable(patternOf(literal.args, binding, this.values)),
          },
        ];
      const extent = this.timeline.snapshot(relation, instant)?.extent;
      if (extent === undefined) throw new Error("a matched tuple is missing");
      const position = firing.numbers[rule.variables.length + i] as number;
      const { rows, arity } = extent;
      const args = this.values.read(rows, position * arity, (position + 1) * arity);
      return [
        {
          kind: "tuple",
          literal: i,
          tuple: { relation, instant, args },
        },
      ];
    });
  }

  private rule(id: RuleId): Rule {
    const rule = this.program.rules[id];
    if (rule === undefined) throw new RangeError(`no rule ${id}`);
    return rule;
  }
}

/** The binding of a recorded firing: every variable but those that are local to a negation. */
function bindingOf(rule: Rule, firing: LoggedFiring): Binding {
  return rule.variables.map((_, i) => (rule.localVariables.has(i) ? undefined : firing.numbers[i]));
}

function distinct(supports: readonly Support[]): readonly Support[] {
  const seen = new Set<string>();
  return supports.filter((support) => {
    const key = JSON.stringify(support, (_, value: unknown) => (value === undefined ? null : value));
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function compareDerivations(a: RuleDerivation, b: RuleDerivation): number {
  if (a.rule !== b.rule) return a.rule - b.rule;
  for (let i = 0; i < a.binding.length; i++) {
    const [x, y] = [a.binding[i], b.binding[i]];
    if (x === undefined || y === undefined) continue;
    const order = compareValues(x, y);
    if (order !== 0) return order;
  }
  return 0;
}
