import type { Execution } from "../execution/execution.js";
import { matchesPattern, patternOf, unifyHead } from "../execution/matching.js";
import { enumerateMatches } from "../execution/partial-matches.js";
import { compareValues } from "../execution/value-order.js";
import { isFailure } from "../execution/values.js";
import type { Rule, Value } from "../program/program.js";
import { groupOf } from "../program/rule-shape.js";
import { literalTerms, termVariables } from "../program/terms.js";
import type { Pattern, Wanted } from "./explanation.js";
import { tupleOf } from "./explanation.js";
import type { ExecutionTuples } from "./partial-match.js";
import { nearHeads } from "./partial-match.js";
import { delayOf } from "./reasons.js";

/* What an aggregate ranges over in one run: the members of a group, and the missing tuples that came closest to being members. */

export interface Members {
  /** The name of the aggregate's variable. */
  readonly variable: string;
  /** Its distinct values, sorted. */
  readonly present: readonly Value[];
  /** Whether they are counted. */
  readonly counted: boolean;
  /** The literals that give the variable its values, as the group has them. */
  readonly atoms: readonly Wanted[];
}

/** The most bindings that are tried. */
const mostSteps = 20_000;

/** The members of the group to which `columns` belong, at an instant of the body; `undefined` if the head has no aggregate for them. */
export function membersOf(rule: Rule, columns: Pattern, instant: number, tuples: ExecutionTuples): Members | undefined {
  const { values } = tuples;
  const group = groupOf(
    rule,
    columns.map((value) => (value === undefined ? undefined : values.intern(value))),
  );
  const start = unifyHead(rule, group, values);
  const aggregate = rule.head.args.find((term) => term.kind === "aggregate");
  if (start === undefined || aggregate === undefined) return undefined;
  const { variable } = aggregate;
  const present = new Set<Value>();
  let steps = 0;
  enumerateMatches(rule, instant, start, tuples, {
    firing: ({ binding }) => {
      const id = binding[variable];
      if (id !== undefined && !isFailure(id)) present.add(values.value(id));
    },
    enough: () => ++steps > mostSteps,
  });
  const atoms = rule.body.flatMap((literal): readonly Wanted[] => {
    if (literal.kind !== "positive" || !literalTerms(literal).flatMap(termVariables).includes(variable)) return [];
    const pattern = patternOf(literal.args, start, values).map((id) =>
      id === undefined ? undefined : values.value(id),
    );
    return [{ relation: literal.relation, instant: literal.instant ?? instant, pattern }];
  });
  const counted = aggregate.function === "count";
  return { variable: rule.variables[variable] ?? "_", present: [...present].sort(compareValues), counted, atoms };
}

/**
 * Tuples that match a pattern but do not hold at its instant, closest first: messages that did not arrive, tuples that held before, and heads
 * of rules whose bodies almost held.
 */
export function memberCandidates(wanted: Wanted, execution: Execution, tuples: ExecutionTuples): readonly Wanted[] {
  const { relation, instant, pattern } = wanted;
  const found = new Map<string, Wanted>();
  const add = (args: Pattern): void => {
    const candidate: Wanted = { relation, instant, pattern: args };
    const tuple = tupleOf(candidate);
    if (tuple === undefined || !matchesPattern(args, pattern)) return;
    if (!execution.has(relation, instant, tuple.args)) found.set(JSON.stringify(args), candidate);
  };
  for (const message of execution.messages())
    if (message.relation === relation && message.sent < instant) add(message.args);
  for (let before = instant - 1; before >= 1; before--)
    for (const args of execution.tuples(relation, before)) add(args);
  for (const rule of execution.program.rules.filter((r) => r.head.relation === relation))
    for (let at = 1; at <= instant - delayOf(rule); at++)
      for (const head of nearHeads(rule, pattern, at, tuples)) add(head);
  return [...found.values()];
}
