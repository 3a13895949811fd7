import type { RelationId } from "../../program/program.js";
import type { BodyLiteral, Expression } from "../../syntax/tree.js";
import { integer, literalText } from "../construction.js";
import type { Edit } from "../edit.js";
import type { RuleAt, Situation } from "../situation.js";
import { isProtocol, rulesOfLoss, rulesOfPromise } from "../situation.js";

type Comparison = Extract<BodyLiteral, { readonly kind: "comparison" }>;

/**
 * A number compared with a count, one up or down: `N >= 2` becomes `N >= 3`, and `N >= W` becomes `N >= W + 1`. A quorum that is a fact
 * stays as it is, since facts are the configuration of the owner.
 */
export function quorum(situation: Situation): readonly Edit[] {
  const seen = new Set<string>();
  return [...rulesOfPromise(situation), ...rulesOfLoss(situation)].flatMap((at) => {
    if (seen.has(at.text) || !isProtocol(situation, at.rule.head.relation)) return [];
    seen.add(at.text);
    const counts = countVariables(at, situation);
    return at.statement.body.flatMap((literal, i) =>
      literal.kind === "comparison" ? changed(literal, i, at, counts) : [],
    );
  });
}

/** The variables of a rule that hold a count. */
function countVariables({ statement }: RuleAt, { subject }: Situation): ReadonlySet<string> {
  const { program } = subject;
  const isCount = (relation: RelationId, column: number): boolean =>
    program.rules.some(({ head }) => {
      const arg = head.args[column];
      return head.relation === relation && arg?.kind === "aggregate" && arg.function === "count";
    });
  const found = new Set<string>();
  for (const literal of statement.body) {
    if (literal.kind !== "positive") continue;
    const id = program.relationByName.get(literal.atom.relation.text);
    if (id === undefined) continue;
    literal.atom.args.forEach((arg, column) => {
      if (arg.kind === "variable" && isCount(id, column)) found.add(arg.name);
    });
  }
  return found;
}

function changed(literal: Comparison, index: number, at: RuleAt, counts: ReadonlySet<string>): readonly Edit[] {
  const isCount = (side: Expression): boolean => side.kind === "variable" && counts.has(side.name);
  const side = isCount(literal.left) ? "right" : isCount(literal.right) ? "left" : undefined;
  if (side === undefined || literal.operator === "==" || literal.operator === "!=") return [];
  return [1, -1].flatMap((by): readonly Edit[] => {
    const value = moved(literal[side], by);
    if (value === undefined) return [];
    const text = literalText({ ...literal, [side]: value });
    return [
      {
        template: "quorum",
        title: `${at.head.name} needs ${text} instead of ${literalText(literal)}`,
        changes: [{ kind: "replace-literal", rule: at.text, literal: index, text }],
        delay: 0,
      },
    ];
  });
}

/** An expression plus 1 or minus 1. */
function moved(expression: Expression, by: number): Expression | undefined {
  if (expression.kind === "integer") return expression.value + by < 0 ? undefined : integer(expression.value + by);
  if (expression.kind !== "variable" && expression.kind !== "arithmetic") return undefined;
  const { span } = expression;
  return { kind: "arithmetic", operator: by > 0 ? "+" : "-", left: expression, right: integer(Math.abs(by)), span };
}
