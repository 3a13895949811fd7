import type { Atom, Expression } from "../../syntax/tree.js";
import { atom, literalText, positive, wildcard } from "../construction.js";
import type { Edit } from "../edit.js";
import type { RuleAt, Situation } from "../situation.js";
import { isCarried, isProtocol, rulesOfLoss, rulesOfPromise } from "../situation.js";

/**
 * A receiver acknowledges what it holds, and not what it has merely received. For
 *
 *     handed(C, R, Row)@async :- handoff(R, C, _, Row);
 *     row(R, Table, Row) :- handoff(R, _, Table, Row), schema(R, Table);
 *
 * the first rule also needs `row(R, _, Row)`.
 */
export function waitUntilHeld(situation: Situation): readonly Edit[] {
  const seen = new Set<string>();
  return [...rulesOfLoss(situation), ...rulesOfPromise(situation)].flatMap((at) => {
    if (seen.has(at.text) || at.rule.timing !== "async" || !isProtocol(situation, at.rule.head.relation)) return [];
    seen.add(at.text);
    return at.statement.body.flatMap((literal) =>
      literal.kind === "positive" && isSent(literal.atom, situation) ? heldBy(at, literal.atom, situation) : [],
    );
  });
}

function isSent({ relation }: Atom, { subject }: Situation): boolean {
  const id = subject.program.relationByName.get(relation.text);
  return subject.program.rules.some(({ timing, head }) => timing === "async" && head.relation === id);
}

/** The carried relations that a rule derives from the message, under a condition, as literals of the acknowledging rule. */
function heldBy(at: RuleAt, message: Atom, { subject }: Situation): readonly Edit[] {
  const read = at.statement.body.flatMap((literal) =>
    literal.kind === "positive" ? [literal.atom.relation.text] : [],
  );
  return subject.rules.flatMap(({ statement: { head, body } }): readonly Edit[] => {
    const own = body.find(
      (literal) => literal.kind === "positive" && literal.atom.relation.text === message.relation.text,
    );
    const id = subject.program.relationByName.get(head.relation.text);
    if (own?.kind !== "positive" || body.length < 2 || head.time !== undefined || id === undefined) return [];
    if (!isCarried(subject.program, id) || read.includes(head.relation.text)) return [];
    const args = head.args.map((arg): Expression => {
      const column = own.atom.args.findIndex(
        (other) => other.kind === "variable" && arg.kind === "variable" && other.name === arg.name,
      );
      const here = message.args[column];
      return here?.kind === "variable" ? here : wildcard;
    });
    if (args[0]?.kind !== "variable") return [];
    return [
      {
        template: "wait",
        title: `${at.head.name} waits until ${head.relation.text} holds`,
        changes: [
          { kind: "add-literals", rule: at.text, literals: [literalText(positive(atom(head.relation.text, args)))] },
        ],
        delay: 0,
      },
    ];
  });
}
