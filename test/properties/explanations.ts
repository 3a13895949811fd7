import type { TupleAt } from "../../src/execution/execution.js";
import { formatSchedule } from "../../src/faults/notation.js";
import type { Derivation, Support } from "../../src/lineage/derivations.js";
import { runWithProvenance } from "../../src/lineage/provenance.js";
import type { Instant } from "../reference/evaluate.js";
import { evaluateProgram, tuplesAt } from "../reference/evaluate.js";
import { keyOf } from "../reference/values.js";
import type { Property, Subject } from "./subject.js";
import { failed, passed, randomSchedule, skipped } from "./subject.js";

export const derivations: Property = {
  name: "derivations",
  claim: "a tuple has derivations iff it holds: by exactly the rules that derive it, from supports that are there",
  check: (subject, random) => {
    const { budget, program, reference } = subject;
    const anything = { ...budget, eff: budget.eot + 1, crashes: budget.nodes.length };
    const schedule = random.chance(0.2) ? [] : randomSchedule(anything, random);
    const derivers = new Map<string, Set<number>>();
    const naive = evaluateProgram(reference, { ...budget, schedule }, (rule, t, tuple) => {
      if (tuple === undefined) return;
      const key = `${rule.head.relation.text}${keyOf(tuple)}@${rule.timing === "now" ? t : t + 1}`;
      derivers.set(key, (derivers.get(key) ?? new Set()).add(reference.rules.indexOf(rule)));
    });
    if (naive.kind !== "model") return skipped(naive.kind);
    const result = runWithProvenance(program, { nodes: budget.nodes, eot: budget.eot, schedule });
    if (result.kind !== "run") return failed(`an error where there is a model; under ${formatSchedule(schedule)}`);
    for (const relation of program.relations) {
      for (let instant = 1; instant <= budget.eot; instant++) {
        for (const args of tuplesAt(naive.instants, relation.name, instant).values()) {
          const tuple: TupleAt = { relation: relation.id, instant, args };
          const shown = `${relation.name}${keyOf(args)}@${instant}`;
          const found = result.provenance.derivationsOf(tuple);
          const rules = [...new Set(found.flatMap((d) => (d.kind === "rule" ? [Number(d.rule)] : [])))].sort(
            (a, b) => a - b,
          );
          const expected = [...(derivers.get(shown) ?? [])].sort((a, b) => a - b);
          const problem =
            rules.join() !== expected.join()
              ? `is derived by rules ${rules.join()}; expected ${expected.join()}`
              : found.map((d) => derivationProblem(subject, d, instant, naive.instants)).find((p) => p !== undefined);
          if (problem !== undefined)
            return failed(`a derivation of ${shown}: ${problem}; under ${formatSchedule(schedule)}`);
          if (found.length === 0) return failed(`no derivation of ${shown}; under ${formatSchedule(schedule)}`);
        }
      }
    }
    return passed();
  },
};

function derivationProblem(
  subject: Subject,
  d: Derivation,
  instant: number,
  instants: readonly Instant[],
): string | undefined {
  if (d.kind !== "rule") return undefined;
  const rule = subject.program.rules[d.rule];
  if (rule === undefined) return "of no rule";
  if (d.instant !== (rule.timing === "deductive" ? instant : instant - 1))
    return `the body is said to hold at ${d.instant}`;
  if (rule.timing === "async" && d.message === undefined) return "by no message";
  const atoms = rule.body.filter((l) => l.kind !== "comparison").length;
  if (!d.aggregate && d.supports.length !== atoms) return `${d.supports.length} supports for ${atoms} atoms`;
  return d.supports.map((s) => supportProblem(subject, s, instants)).find((p) => p !== undefined);
}

function supportProblem(subject: Subject, support: Support, instants: readonly Instant[]): string | undefined {
  const { relation, instant } = support.kind === "tuple" ? support.tuple : support;
  const name = subject.program.relations[relation]?.name ?? "?";
  const tuples = tuplesAt(instants, name, instant);
  if (support.kind === "tuple") {
    const key = keyOf(support.tuple.args);
    return tuples.has(key) ? undefined : `rests on ${name}${key}@${instant}, which does not hold`;
  }
  const match = [...tuples.values()].find((t) =>
    support.pattern.every((value, i) => value === undefined || value === t[i]),
  );
  return match === undefined || repeatsLocal(subject, support)
    ? undefined
    : `rests on the absence of ${name}${keyOf(match)}@${instant}, which holds`;
}

/** `notin r(X, X)` with an existential X: a pattern cannot say that the columns agree. */
function repeatsLocal(subject: Subject, support: Support): boolean {
  return (
    support.kind === "absence" &&
    subject.program.rules.some((rule) => {
      const literal = rule.body[support.literal];
      if (literal?.kind !== "negated" || literal.relation !== support.relation) return false;
      const names = literal.args.flatMap((arg) => (arg.kind === "variable" ? [arg.variable] : []));
      return new Set(names).size < names.length;
    })
  );
}
