import type { Traced } from "../evidence/traced-run.js";
import type { TupleAt } from "../execution/execution.js";
import { antecedentOf } from "../program/demands.js";
import type { Program, RelationId, RuleId } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import type { Witness } from "../search/verdict.js";

/**
 * The places at which a counterexample suggests an edit: the lineage of the loss. What is missing has a lineage in the failure-free run,
 * which the faults cut; what promised it, or what must not be present, has one in the failing run.
 */
export interface Places {
  /** The rules on which what was lost rested: first those whose messages were lost, late or doubled, then the others. */
  readonly loss: readonly RuleId[];
  /** The rules of `loss` whose messages were lost, late or doubled. */
  readonly cut: ReadonlySet<RuleId>;
  /** The rules on which the promise, or what must not be present, rests in the failing run. */
  readonly promise: readonly RuleId[];
  /** What a restart made nodes forget. */
  readonly forgotten: readonly RelationId[];
}

export function placesOf(
  witnesses: readonly Witness[],
  specification: Specification,
  failing: Traced,
  failureFree: Traced,
): Places {
  const missing = witnesses.filter(({ kind }) => kind === "missing");
  const present = witnesses.filter(({ kind }) => kind === "present");
  const promises = missing.flatMap((witness): readonly TupleAt[] => {
    const antecedent = antecedentOf(specification, { relation: witness.relation, promise: witness.promise });
    return antecedent === undefined ? [] : [{ ...witness, relation: antecedent }];
  });
  const promise = lineageOf([...promises, ...present], failing);
  const kept = lineageOf([...missing, ...promises, ...present], failureFree);
  const { execution } = failing;
  const lost = execution
    .messages()
    .filter(({ fate, arrivals, sent }) => fate !== "delivered" || arrivals.some((at) => at !== sent + 1));
  const cutRules = new Set(lost.map(({ rule }) => rule));
  const all = [...new Set([...kept, ...promise])].sort((a, b) => a - b);
  const related = relatedRules(execution.program, all);
  const isCut = (rule: RuleId): boolean => cutRules.has(rule);
  const forgotten = execution.schedule.flatMap((fault) =>
    "node" in fault && "until" in fault ? execution.carriedInto(fault).forgotten.map(({ relation }) => relation) : [],
  );
  return {
    loss: [...related.filter(isCut), ...related.filter((rule) => !isCut(rule))],
    cut: new Set(related.filter(isCut)),
    promise,
    forgotten: [...new Set(forgotten)].sort((a, b) => a - b),
  };
}

/**
 * The places of a counterexample, with every rule from which what is missing could have been derived: what should have stepped in, such as
 * an election after the leader is gone, left no lineage where it failed.
 */
export function widened(places: Places, witnesses: readonly Witness[], { rules }: Program): Places {
  const missing = witnesses.flatMap(({ kind, relation }) => (kind === "missing" ? [relation] : []));
  const relations = new Set(missing);
  const loss = new Set(places.loss);
  // A set is iterated in insertion order, and elements added on the way are visited.
  for (const relation of relations) {
    for (const { id, head, body } of rules) {
      if (head.relation !== relation) continue;
      loss.add(id);
      for (const literal of body) if (literal.kind !== "comparison") relations.add(literal.relation);
    }
  }
  return { ...places, loss: [...loss] };
}

/** The rules of every derivation of some tuples, and of what these rest on. */
function lineageOf(tuples: readonly TupleAt[], { provenance }: Traced): readonly RuleId[] {
  const rules = new Set<RuleId>();
  const seen = new Set<string>();
  const pending = [...tuples];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const key = JSON.stringify([next.relation, next.instant, next.args]);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const derivation of provenance.derivationsOf(next)) {
      if (derivation.kind !== "rule") continue;
      rules.add(derivation.rule);
      for (const support of derivation.supports) if (support.kind === "tuple") pending.push(support.tuple);
    }
  }
  return [...rules].sort((a, b) => a - b);
}

/** These rules, and those that derive what they find absent, with what these rest on: an absence has no tuples to follow. */
function relatedRules({ rules }: Program, lineage: readonly RuleId[]): readonly RuleId[] {
  const found = new Set(lineage);
  const absent = new Set<RelationId>();
  for (const id of lineage)
    for (const literal of rules[id]?.body ?? []) if (literal.kind === "negated") absent.add(literal.relation);
  // A set is iterated in insertion order, and elements added on the way are visited.
  for (const relation of absent) {
    for (const { id, head, body } of rules) {
      if (head.relation !== relation) continue;
      found.add(id);
      for (const literal of body) if (literal.kind !== "comparison") absent.add(literal.relation);
    }
  }
  return [...found].sort((a, b) => a - b);
}
