import type { BodyLiteral, Expression } from "../../syntax/tree.js";
import {
  atom,
  literalText,
  negated,
  newRelations,
  persistenceRule,
  positive,
  ruleText,
  wildcard,
} from "../construction.js";
import type { Edit } from "../edit.js";
import type { RuleAt, Situation } from "../situation.js";
import { isOwn, rulesOfLoss, rulesOfPromise } from "../situation.js";

type Positive = Extract<BodyLiteral, { readonly kind: "positive" }>;

/**
 * An effect is done once for each key. For `performs(W, Job, N) :- deliver(W, _, Job, N);` and the key W, Job:
 *
 *     performs(W, Job, N) :- deliver(W, _, Job, N), notin performs_done(W, Job);
 *     performs_done(W, Job)@next :- performs(W, Job, _);
 *     performs_done(W, Job)@next :- performs_done(W, Job);
 *
 * Where what is derived has no such key, because it is counted or calculated, a message is taken once. For
 * `results(S, count<V>) :- result(S, V);`
 *
 *     results(S, count<V>) :- result(S, V), notin result_taken(S, V);
 *     result_taken(S, V)@next :- result(S, V);
 *     result_taken(S, V)@next :- result_taken(S, V);
 */
export function once(situation: Situation): readonly Edit[] {
  const seen = new Set<string>();
  return [...rulesOfPromise(situation), ...rulesOfLoss(situation)].flatMap((at) => {
    if (seen.has(at.text) || !isOwn(situation, at.rule.head.relation) || at.rule.timing === "async") return [];
    seen.add(at.text);
    const messages = messagesIn(at, situation);
    if (messages.length === 0) return [];
    const { args } = at.statement.head;
    const isCarrying = at.rule.body.some(
      (literal) => literal.kind !== "comparison" && literal.relation === at.rule.head.relation,
    );
    if (args.some((arg) => arg.kind !== "variable")) return messages.map((message) => taken(at, message, situation));
    // What only carries its own relation does nothing.
    return isCarrying ? [] : keysOf(args).map((key) => guarded(at, key, situation));
  });
}

/** All columns but one that is not the location, for each such one, and all columns. */
function keysOf(columns: readonly Expression[]): readonly (readonly Expression[])[] {
  return [...columns.slice(1).map((left) => columns.filter((column) => column !== left)), columns].filter(
    (key) => key.length > 1 || columns.length === 1,
  );
}

/** The literals of a rule that read a relation that messages carry. */
function messagesIn({ statement }: RuleAt, { subject }: Situation): readonly Positive[] {
  const { relationByName, rules } = subject.program;
  return statement.body.filter((literal): literal is Positive => {
    const id = literal.kind === "positive" ? relationByName.get(literal.atom.relation.text) : undefined;
    return rules.some(({ timing, head }) => timing === "async" && head.relation === id);
  });
}

/** The variables among the columns of a literal, each once. */
function variablesIn({ atom: { args } }: Positive): readonly Expression[] {
  return args.filter(
    (arg, i) =>
      arg.kind === "variable" && args.findIndex((other) => other.kind === "variable" && other.name === arg.name) === i,
  );
}

function guarded(at: RuleAt, key: readonly Expression[], { subject }: Situation): Edit {
  const { name } = at.head;
  const { done } = newRelations(subject.program, { done: `${name}_done` });
  const pattern = at.statement.head.args.map((arg) => (key.includes(arg) ? arg : wildcard));
  return {
    template: "once",
    title: `${name} is done once for each ${namesOf(key)}`,
    changes: [
      { kind: "add-literals", rule: at.text, literals: [literalText(negated(atom(done, key)))] },
      {
        kind: "add-rules",
        near: at.text,
        rules: [ruleText(atom(done, key, "next"), positive(atom(name, pattern))), persistenceRule(done, key)],
      },
    ],
    delay: 0,
  };
}

function taken(at: RuleAt, literal: Positive, { subject }: Situation): Edit {
  const name = literal.atom.relation.text;
  const key = variablesIn(literal);
  const { taken: before } = newRelations(subject.program, { taken: `${name}_taken` });
  return {
    template: "once",
    title: `${at.head.name} takes ${name} once for each ${namesOf(key)}`,
    changes: [
      { kind: "add-literals", rule: at.text, literals: [literalText(negated(atom(before, key)))] },
      {
        kind: "add-rules",
        near: at.text,
        rules: [ruleText(atom(before, key, "next"), positive(literal.atom)), persistenceRule(before, key)],
      },
    ],
    delay: 0,
  };
}

function namesOf(key: readonly Expression[]): string {
  return key.map((column) => (column.kind === "variable" ? column.name : "_")).join(", ");
}
