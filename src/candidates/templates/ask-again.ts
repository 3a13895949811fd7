import { builtIns } from "../../faults/kind.js";
import { kindOf } from "../../faults/kinds.js";
import { atom, literalText, positive, ruleText, variable, variablesOf } from "../construction.js";
import type { Edit } from "../edit.js";
import type { Situation } from "../situation.js";
import { isTransient } from "../situation.js";
import type { MessageRule } from "./retry.js";
import { messageRules } from "./retry.js";

/**
 * A node that is back from a restart sends its question again, from what it still knows. For
 *
 *     fetch(R, D)@async :- joins(D), source(D, R);
 *
 * this is `fetch(R, D)@async :- restart(D), source(D, R);`.
 */
export function askAgain(situation: Situation): readonly Edit[] {
  const { failing, subject } = situation;
  const own = subject.program.relationByName.get(builtIns.restart);
  // A relation `restart` of the program's own hides the built-in one.
  if (own !== undefined && own !== subject.program.restart) return [];
  const isBack = failing.schedule.some(({ kind }) => kindOf(kind).relation === builtIns.restart);
  return isBack ? messageRules(situation).flatMap((at) => asking(at, situation) ?? []) : [];
}

function asking(at: MessageRule, situation: Situation): Edit | undefined {
  const { program } = situation.subject;
  const { statement, sender, head } = at;
  const known = statement.body.filter((literal) => {
    if (literal.kind === "comparison") return false;
    const id = program.relationByName.get(literal.atom.relation.text);
    return literal.kind === "positive" && id !== undefined && !isTransient(situation, id);
  });
  if (known.length === statement.body.length) return undefined;
  const bound = new Set([
    sender,
    ...known.flatMap((l) => (l.kind === "comparison" ? [] : l.atom.args.flatMap(variablesOf))),
  ]);
  if (!statement.head.args.flatMap(variablesOf).every((name) => bound.has(name))) return undefined;
  const back = positive(atom(builtIns.restart, [variable(sender)]));
  if (statement.body.some((literal) => literalText(literal) === literalText(back))) return undefined;
  return {
    template: "ask-again",
    title: `${sender} sends ${head.name} again when it is back from a restart`,
    changes: [{ kind: "add-rules", near: at.text, rules: [ruleText(statement.head, back, ...known)] }],
    delay: 0,
  };
}
