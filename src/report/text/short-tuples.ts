import type { Tuple } from "../../execution/execution.js";
import type { Program, RelationId, RuleId, Value } from "../../program/program.js";
import { formatNode, relationName } from "./tuples.js";

/*
 * Tuples as labels of a drawing. What the drawing shows is omitted: the node of the line, and the two ends of a message.
 * Integers are preceded by the name of the variable in the head of their rule.
 *
 *     vote(Cand, S, Term)@async :- …    vote("b", "c", 2) from c to b   →   vote(term 2)
 *     leader(S, Term) :- …              leader("b", 2) at b's line      →   leader(term 2)
 */

/** A tuple that was sent as a message. */
export function shortMessage(program: Program, relation: RelationId, args: Tuple, rule: RuleId, from: Value): string {
  const sender = program.rules[rule]?.head.args.findIndex(
    (_, i) => i > 0 && isSender(program, rule, i) && args[i] === from,
  );
  return written(program, relation, args, rule, (i) => i === 0 || i === sender);
}

/** A tuple at the line of a node. */
export function shortAtNode(
  program: Program,
  relation: RelationId,
  args: Tuple,
  rule: RuleId | undefined,
  node: string,
): string {
  return written(program, relation, args, rule, (i) => i === 0 && args[0] === node);
}

/** Whether a column of the head is the location of the rule, whatever it is bound to. */
function isSender(program: Program, rule: RuleId, column: number): boolean {
  const { head, location } = program.rules[rule] ?? {};
  const term = head?.args[column];
  return term?.kind === "variable" && location?.kind === "variable" && term.variable === location.variable;
}

function written(
  program: Program,
  relation: RelationId,
  args: Tuple,
  rule: RuleId | undefined,
  isKnown: (column: number) => boolean,
): string {
  const name = relationName(program, relation);
  const values = args.flatMap((value, i) => (isKnown(i) ? [] : [shortValue(program, rule, i, value, name)]));
  return values.length === 0 ? name : `${name}(${values.join(", ")})`;
}

function shortValue(
  program: Program,
  rule: RuleId | undefined,
  column: number,
  value: Value,
  relation: string,
): string {
  if (typeof value === "string") return formatNode(value);
  const { head, variables } = rule === undefined ? {} : (program.rules[rule] ?? {});
  const term = head?.args[column];
  const variable = term?.kind === "variable" ? (variables?.[term.variable] ?? "") : "";
  const word = variable.toLowerCase();
  return word.length < 3 || word === relation ? String(value) : `${word} ${value}`;
}
