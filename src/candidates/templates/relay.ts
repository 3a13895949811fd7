import type { Relation } from "../../program/program.js";
import { possibleFacts } from "../../program/program.js";
import type { Atom, Expression } from "../../syntax/tree.js";
import { atom, columnVariables, newName, positive, ruleText, variable, variablesOf } from "../construction.js";
import type { Edit } from "../edit.js";
import type { Situation } from "../situation.js";
import { isCarried, isProtocol } from "../situation.js";
import type { MessageRule } from "./retry.js";
import { messageRules } from "./retry.js";

/**
 * Those who have a message pass it on to the nodes that they know: on receipt, or from where they keep it. Answers the crash of a sender
 * half-way.
 *
 *     copy(Other, M)@async :- copy(Y, M), member(Y, Other);
 *     copy(Other, M)@async :- log(Y, M), member(Y, Other);        where log(Y, M) :- copy(Y, M);
 */
export function relay(situation: Situation): readonly Edit[] {
  const acquaintances = nodeRelations(situation);
  return messageRules(situation).flatMap((at) =>
    sourcesOf(at, situation).flatMap((source) => acquaintances.map(({ name }) => relaying(at, source, name))),
  );
}

/** Where a receiver has a message: an atom, and the message made from its variables, without the receiver. */
interface Source {
  readonly held: Atom;
  readonly rest: readonly Expression[];
}

function relaying(at: MessageRule, { held, rest }: Source, acquaintance: string): Edit {
  const [own] = held.args;
  const other = variable(newName("Other", new Set([...held.args, ...rest].flatMap(variablesOf))));
  const place = own ?? other;
  const { name } = at.head;
  const from = held.relation.text === name ? "" : `, as long as it is in ${held.relation.text}`;
  return {
    template: "relay",
    title: `who receives ${name} passes it on to each ${acquaintance}${from}`,
    changes: [
      {
        kind: "add-rules",
        near: at.text,
        rules: [
          ruleText(atom(name, [other, ...rest], "async"), positive(held), positive(atom(acquaintance, [place, other]))),
        ],
      },
    ],
    delay: 0,
  };
}

/** The message itself, and the carried relations that a rule derives from the message alone. */
function sourcesOf(at: MessageRule, situation: Situation): readonly Source[] {
  const { subject } = situation;
  const { name } = at.head;
  const columns = columnVariables(subject, at.head);
  const kept = subject.rules.flatMap(({ statement }): readonly Source[] => {
    const { head, body } = statement;
    const [literal] = body;
    if (head.time?.kind === "async" || body.length !== 1 || literal?.kind !== "positive") return [];
    if (literal.atom.relation.text !== name || head.relation.text === name) return [];
    const id = subject.program.relationByName.get(head.relation.text);
    const [own] = head.args;
    if (id === undefined || own === undefined || !isCarried(subject.program, id)) return [];
    const known = new Set(head.args.flatMap(variablesOf));
    const rest = literal.atom.args.slice(1).map((arg, i): Expression | undefined => {
      const sent = at.statement.head.args[i + 1];
      // Who passes it on is its sender.
      if (sent?.kind === "variable" && sent.name === at.sender) return own;
      return arg.kind === "variable" && known.has(arg.name) ? arg : undefined;
    });
    const complete = rest.flatMap((arg) => arg ?? []);
    if (complete.length < rest.length || head.args.some((arg) => arg.kind !== "variable")) return [];
    return [{ held: { relation: head.relation, args: head.args, span: head.span }, rest: complete }];
  });
  return [{ held: atom(name, columns), rest: columns.slice(1) }, ...kept];
}

/** The relations of the protocol by which a node knows others: two columns, both nodes in every fact. */
function nodeRelations(situation: Situation): readonly Relation[] {
  const { program } = situation.subject;
  const isNode = (value: unknown): boolean => typeof value === "string" && situation.failureFree.nodes.includes(value);
  return program.relations.filter(({ id, arity }) => {
    const facts = possibleFacts(program).filter(({ relation }) => relation === id);
    return (
      arity === 2 && isProtocol(situation, id) && facts.length > 0 && facts.every(({ args }) => args.every(isNode))
    );
  });
}
