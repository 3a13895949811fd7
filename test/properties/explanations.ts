import type { TupleAt } from "../../src/execution/execution.js";
import type { RunOptions } from "../../src/execution/run.js";
import { formatSchedule } from "../../src/faults/notation.js";
import type { Schedule } from "../../src/faults/schedule.js";
import type { Derivation, RuleDerivation, Support } from "../../src/lineage/derivations.js";
import { runWithProvenance } from "../../src/lineage/provenance.js";
import type { Program } from "../../src/program/program.js";
import type { Instant, ReferenceMessage, Setting } from "../reference/evaluate.js";
import { evaluateProgram, tuplesAt } from "../reference/evaluate.js";
import type { ReferenceProgram } from "../reference/program.js";
import { keyOf } from "../reference/values.js";
import type { Finding, Property } from "./subject.js";
import { failed, passed, randomSchedule, skipped } from "./subject.js";

export const derivations: Property = {
  name: "derivations",
  claim: "a tuple has derivations iff it holds: by exactly the firings that derive it, from supports that are there",
  check: ({ budget, program, reference }, random) => {
    const anything = { ...budget, eff: budget.eot + 1, crashes: budget.nodes.length };
    const schedule = random.chance(0.2) ? [] : randomSchedule(anything, random);
    return derivationsAreReal(program, reference, { ...budget, schedule }, { schedule });
  },
};

/** Whether the derivations of every tuple of a run are the firings that, by the reference evaluator, it comes from. */
export function derivationsAreReal(
  program: Program,
  reference: ReferenceProgram,
  setting: Setting,
  options: Pick<RunOptions, "inputs" | "memory"> & { readonly schedule: Schedule },
): Finding {
  const derivers = new Map<string, Set<string>>();
  const naive = evaluateProgram(reference, setting, (rule, t, tuple, held) => {
    for (const at of held) {
      const key = `${rule.head.relation.text}${keyOf(tuple)}@${at}`;
      derivers.set(key, (derivers.get(key) ?? new Set()).add(`${reference.rules.indexOf(rule)} at ${t}`));
    }
  });
  if (naive.kind !== "model") return skipped(naive.kind);
  const { nodes, eot } = setting;
  const under = `under ${formatSchedule(options.schedule)}`;
  const result = runWithProvenance(program, { nodes, eot, ...options });
  if (result.kind !== "run") return failed(`an error where there is a model; ${under}`);
  const run: Run = { program, reference, ...naive };
  let heldBack = 0;
  for (const relation of program.relations) {
    for (let instant = 1; instant <= eot; instant++) {
      for (const args of tuplesAt(naive.instants, relation.name, instant).values()) {
        const tuple: TupleAt = { relation: relation.id, instant, args };
        const shown = `${relation.name}${keyOf(args)}@${instant}`;
        const found = result.provenance.derivationsOf(tuple);
        const firings = [...new Set(found.flatMap((d) => (d.kind === "rule" ? [`${d.rule} at ${d.instant}`] : [])))];
        const expected = [...(derivers.get(shown) ?? [])];
        const problem =
          firings.sort().join() !== expected.sort().join()
            ? `is derived by rules ${firings.join()}; expected ${expected.join()}`
            : found.map((d) => derivationProblem(run, d, tuple)).find((p) => p !== undefined);
        if (problem !== undefined) return failed(`a derivation of ${shown}: ${problem}; ${under}`);
        if (found.length === 0) return failed(`no derivation of ${shown}; ${under}`);
        if (found.some((d) => d.kind === "rule" && d.due.some((due) => due < instant))) heldBack++;
      }
    }
  }
  return passed(...(heldBack === 0 ? [] : ["something was held back"]));
}

interface Run {
  readonly program: Program;
  readonly reference: ReferenceProgram;
  readonly instants: readonly Instant[];
  readonly messages: readonly ReferenceMessage[];
}

function derivationProblem(run: Run, d: Derivation, head: TupleAt): string | undefined {
  if (d.kind !== "rule") return undefined;
  const rule = run.program.rules[d.rule];
  if (rule === undefined) return "of no rule";
  if (rule.timing === "async" && d.message === undefined) return "by no message";
  if (d.due.length === 0 || d.due.some((due) => due < d.instant || due > head.instant)) return `due at ${d.due.join()}`;
  const atoms = rule.body.filter((l) => l.kind !== "comparison").length;
  if (!d.aggregate && d.supports.length !== atoms) return `${d.supports.length} supports for ${atoms} atoms`;
  return messageProblem(run, d, head) ?? d.supports.map((s) => supportProblem(run, s)).find((p) => p !== undefined);
}

function messageProblem(run: Run, { rule, instant, due, message }: RuleDerivation, head: TupleAt): string | undefined {
  if (message === undefined) return undefined;
  const sent = run.messages.find(
    (m) =>
      m.rule === run.reference.rules[rule] &&
      m.sent === instant &&
      m.from === message.from &&
      keyOf(m.tuple) === keyOf(head.args),
  );
  if (sent === undefined) return "by a message that was not sent";
  if (sent.arrivals.join() !== message.arrivals.join()) return `arrives at ${message.arrivals.join()}`;
  return due.every((at) => sent.arrivals.includes(at)) ? undefined : `due at ${due.join()}, where no message arrives`;
}

function supportProblem({ program, instants }: Run, support: Support): string | undefined {
  const { relation, instant } = support.kind === "tuple" ? support.tuple : support;
  const name = program.relations[relation]?.name ?? "?";
  const tuples = tuplesAt(instants, name, instant);
  if (support.kind === "tuple") {
    const key = keyOf(support.tuple.args);
    return tuples.has(key) ? undefined : `rests on ${name}${key}@${instant}, which does not hold`;
  }
  const match = [...tuples.values()].find((t) =>
    support.pattern.every((value, i) => value === undefined || value === t[i]),
  );
  return match === undefined || repeatsLocal(program, support)
    ? undefined
    : `rests on the absence of ${name}${keyOf(match)}@${instant}, which holds`;
}

/** `notin r(X, X)` with an existential X: a pattern cannot say that the columns agree. */
function repeatsLocal(program: Program, support: Support): boolean {
  return (
    support.kind === "absence" &&
    program.rules.some((rule) => {
      const literal = rule.body[support.literal];
      if (literal?.kind !== "negated" || literal.relation !== support.relation) return false;
      const names = literal.args.flatMap((arg) => (arg.kind === "variable" ? [arg.variable] : []));
      return new Set(names).size < names.length;
    })
  );
}
