import { noFaults } from "../faults/schedule.js";
import type { Fact, Program, RelationId, RuleId } from "../program/program.js";
import { isStatic } from "../program/program.js";
import type { EvaluationError } from "./execution.js";
import type { Recorder } from "./recorder.js";
import { runRecorded } from "./run.js";
import type { ValueId } from "./values.js";

/*
 * What holds at every instant, and what rules state: evaluated once for an EOT, by the evaluator itself, as a program of one instant. The
 * result is a program of tuples and facts, in which nothing is left of `eot` and of these rules but their text.
 */

export type SetUp =
  | { readonly kind: "set-up"; readonly program: Program }
  /** Evaluating the rules ends in an error; its rule is one of the given program. */
  | { readonly kind: "error"; readonly error: EvaluationError; readonly program: Program };

/** Caches the programs of a program by EOT: all are the same unless the program reads `eot`. */
const known = new WeakMap<Program, Map<number, SetUp>>();

/** The program from which one was set up, which can be set up for another EOT. */
const texts = new WeakMap<Program, Program>();

/** The program for an EOT, with its static relations and facts evaluated. A program that needs none is returned as it is. */
export function setUp(given: Program, eot: number, maxTuples?: number): SetUp {
  const program = texts.get(given) ?? given;
  if (program.setup === undefined) return { kind: "set-up", program };
  const key = program.eot === undefined ? 0 : eot;
  const results = known.get(program) ?? new Map<number, SetUp>();
  known.set(program, results);
  const before = results.get(key);
  if (before?.kind === "set-up" || (before !== undefined && maxTuples === undefined)) return before;
  const result = evaluate(program, eot, maxTuples);
  results.set(key, result);
  if (result.kind === "set-up") texts.set(result.program, program);
  return result;
}

function evaluate(program: Program, eot: number, maxTuples: number | undefined): SetUp {
  const { setup } = program;
  if (setup === undefined) return { kind: "set-up", program };
  const end = endOfTime(program, eot);
  const once: Program = { ...setup.program, facts: [...setup.program.facts, ...end] };
  const firstRule = new Map<string, number>();
  const note = (rule: RuleId, row: ArrayLike<ValueId>): void => {
    const key = `${once.rules[rule]?.head.relation} ${Array.from(row).join()}`;
    if (!firstRule.has(key)) firstRule.set(key, rule);
  };
  const recorder: Recorder = {
    firing: (rule, _instant, _binding, _matched, row) => note(rule, row),
    contribution: () => undefined,
    result: (rule, _instant, _group, row) => note(rule, row),
  };
  const result = runRecorded(once, { nodes: [], eot: 1, schedule: noFaults, maxTuples }, recorder);
  if (result.kind === "error") return { kind: "error", error: result.error, program: once };
  if (result.kind === "stopped") throw new Error("a run without a limit on time was stopped");
  const { execution, values } = result;
  const stated = new Map(once.facts.map((fact) => [JSON.stringify([fact.relation, fact.args]), fact.span]));
  const staticTuples = (relation: RelationId): readonly Fact[] =>
    execution.tuples(relation, 1).map((args) => {
      const rule = once.rules[firstRule.get(`${relation} ${args.map((value) => values.intern(value)).join()}`) ?? -1];
      const span = stated.get(JSON.stringify([relation, args])) ?? rule?.span ?? end[0]?.span;
      if (span === undefined) throw new Error("a static tuple without a fact or a rule");
      return { relation, args, instant: 1, span };
    });
  const statics = program.relations.flatMap(({ id }) => (isStatic(program, id) ? staticTuples(id) : []));
  const facts = setup.facts.flatMap(({ from, relation, instant, span }) =>
    execution.tuples(from, 1).map((args): Fact => ({ relation, args, instant, span })),
  );
  const places = setup.places.flatMap(({ from, rule }) =>
    execution.tuples(from, 1).flatMap(([place]) => (place === undefined ? [] : [{ rule, place }])),
  );
  return { kind: "set-up", program: { ...program, facts: [...program.facts, ...facts], statics, places } };
}

/** The tuple of `eot`; its place is where the program first reads it. */
function endOfTime({ eot, relations }: Program, end: number): readonly Fact[] {
  const span = eot === undefined ? undefined : relations[eot]?.firstUse;
  return eot === undefined || span === undefined ? [] : [{ relation: eot, args: [end], instant: 1, span }];
}
