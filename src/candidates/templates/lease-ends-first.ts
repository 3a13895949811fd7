import { mutualComponents } from "../../program/lint/protocol.js";
import type { RelationId } from "../../program/program.js";
import { printExpression } from "../../syntax/printer-statements.js";
import type { BodyLiteral, Expression } from "../../syntax/tree.js";
import { integer, literalText } from "../construction.js";
import type { Change, Edit } from "../edit.js";
import type { RuleAt, Situation } from "../situation.js";
import { isProtocol, ruleAt } from "../situation.js";

/** A constant of a timer is moved by at most this many instants. */
const MOST = 4;

/**
 * A constant of a timer, up or down: how long a lease lasts, how many heartbeats may be missed. A timer is a relation with a column that
 * its own rules count up or down, as in `leased(L, Left - 1)@next :- leased(L, Left), Left > 1;`.
 */
export function leaseEndsFirst(situation: Situation): readonly Edit[] {
  const { program } = situation.subject;
  const timers = timerColumns(situation);
  if (timers.size === 0) return [];
  const isTimer = (name: string, column: number): boolean => {
    const id = program.relationByName.get(name);
    return id !== undefined && timers.has(`${id} ${column}`);
  };
  return program.rules.flatMap(({ id }) => {
    const at = ruleAt(situation, id);
    if (at === undefined || !isProtocol(situation, at.rule.head.relation)) return [];
    return [...inHead(at, isTimer), ...at.statement.body.flatMap((literal, i) => inLiteral(at, literal, i, isTimer))];
  });
}

/** "relation column" for each column that rules count, and those from which it is counted. */
function timerColumns({ subject: { program, rules } }: Situation): ReadonlySet<string> {
  const componentOf = mutualComponents(program);
  const found = new Set<string>();
  for (const { id, head } of program.rules) {
    const statement = rules[id]?.statement;
    for (const [column, arg] of (statement?.head.args ?? []).entries()) {
      if (arg.kind !== "arithmetic" || arg.left.kind !== "variable" || arg.right.kind !== "integer") continue;
      const counted = arg.left.name;
      for (const literal of statement?.body ?? []) {
        if (literal.kind !== "positive") continue;
        const other: RelationId | undefined = program.relationByName.get(literal.atom.relation.text);
        if (other === undefined || componentOf[other] !== componentOf[head.relation]) continue;
        const from = literal.atom.args.findIndex((term) => term.kind === "variable" && term.name === counted);
        if (from === -1) continue;
        found.add(`${head.relation} ${column}`);
        found.add(`${other} ${from}`);
      }
    }
  }
  return found;
}

type IsTimer = (relation: string, column: number) => boolean;

/** `leased(L, 3)@next :- grants(L, _, _);` */
function inHead(at: RuleAt, isTimer: IsTimer): readonly Edit[] {
  const { head } = at.statement;
  return head.args.flatMap((arg, column) => {
    if (arg.kind !== "integer" || !isTimer(head.relation.text, column)) return [];
    return moves(arg.value).map((value) =>
      edit(at, head.relation.text, arg.value, value, {
        kind: "replace-argument",
        rule: at.text,
        argument: column,
        text: printExpression(integer(value)),
      }),
    );
  });
}

/** `elapsed(A, 3)` or `Left > 1`, where `Left` is the column of a timer. */
function inLiteral(at: RuleAt, literal: BodyLiteral, index: number, isTimer: IsTimer): readonly Edit[] {
  const replacing = (from: number, to: number, changed: BodyLiteral): Edit =>
    edit(at, nameIn(literal) ?? at.head.name, from, to, {
      kind: "replace-literal",
      rule: at.text,
      literal: index,
      text: literalText(changed),
    });
  if (literal.kind !== "comparison") {
    return literal.atom.args.flatMap((arg, column) => {
      if (arg.kind !== "integer" || !isTimer(literal.atom.relation.text, column)) return [];
      return moves(arg.value).map((value) => {
        const args = literal.atom.args.map((other, i): Expression => (i === column ? integer(value) : other));
        return replacing(arg.value, value, { ...literal, atom: { ...literal.atom, args } });
      });
    });
  }
  const counted = timerVariables(at, isTimer);
  const isCounted = (side: Expression): boolean => side.kind === "variable" && counted.has(side.name);
  const side = isCounted(literal.left) ? "right" : isCounted(literal.right) ? "left" : undefined;
  const limit = side === undefined ? undefined : literal[side];
  if (side === undefined || limit?.kind !== "integer") return [];
  return moves(limit.value).map((value) => replacing(limit.value, value, { ...literal, [side]: integer(value) }));
}

function nameIn(literal: BodyLiteral): string | undefined {
  return literal.kind === "comparison" ? undefined : literal.atom.relation.text;
}

function timerVariables({ statement }: RuleAt, isTimer: IsTimer): ReadonlySet<string> {
  const found = new Set<string>();
  for (const literal of statement.body) {
    if (literal.kind !== "positive") continue;
    literal.atom.args.forEach((arg, column) => {
      if (arg.kind === "variable" && isTimer(literal.atom.relation.text, column)) found.add(arg.name);
    });
  }
  return found;
}

/** The nearest first. */
function moves(value: number): readonly number[] {
  return Array.from({ length: MOST }, (_, i) => [value - i - 1, value + i + 1])
    .flat()
    .filter((moved) => moved >= 0);
}

function edit(at: RuleAt, timer: string, from: number, to: number, change: Change): Edit {
  return {
    template: "lease-ends-first",
    title: `${at.head.name} goes by ${to} for ${timer} instead of ${from}`,
    changes: [change],
    delay: Math.abs(to - from),
  };
}
