import type { Expression } from "../../syntax/tree.js";
import {
  atom,
  count,
  literalText,
  negated,
  newName,
  newRelations,
  persistenceRule,
  positive,
  ruleText,
  twice,
  variable,
  variablesOfRule,
  wildcard,
} from "../construction.js";
import type { Change, Edit } from "../edit.js";
import type { RuleAt, Situation } from "../situation.js";
import { isCarried, isProtocol, isTransient, ruleAt, rulesOfPromise } from "../situation.js";
import type { MessageRule } from "./retry.js";
import { messageRule, senderOf } from "./retry.js";

/**
 * The rule that promises waits until those to whom the value was sent have acknowledged it: one of them, a majority, or all. For
 *
 *     ack(Client, W)@async :- request(P, Client, W);
 *     ship(B, P, W)@async :- unshipped(P, W), backup(P, B);
 *
 * all of them is
 *
 *     ack(Client, W)@async :- request(P, Client, W), notin ship_missing(P, W);
 *     request(P, Client, W)@next :- request(P, Client, W);
 *     ship_ack(P, B, W)@async :- ship(B, P, W);
 *     ship_ack(P, B, W)@next :- ship_ack(P, B, W);
 *     ship_missing(P, W) :- request(P, Client, W), backup(P, B), notin ship_ack(P, B, W);
 *
 * The trigger is kept, since the acknowledgements come later. An acknowledgement that the program has is used.
 */
export function wait(situation: Situation): readonly Edit[] {
  const senders = situation.subject.program.rules.flatMap(({ id }) => {
    const at = ruleAt(situation, id);
    return at === undefined ? [] : (messageRule(at, situation) ?? []);
  });
  return rulesOfPromise(situation).flatMap((promise) => {
    if (!isProtocol(situation, promise.rule.head.relation) || promise.rule.timing === "inductive") return [];
    if (promise.statement.head.args.some((arg) => arg.kind === "aggregate")) return [];
    return senders
      .filter((message) => message.carriesSender && message.id !== promise.id)
      .flatMap((message) => waiting(promise, message, situation));
  });
}

type Form = "one" | "majority" | "all";
const formWords: Readonly<Record<Form, string>> = {
  one: "one receiver has",
  majority: "a majority of the receivers have",
  all: "all receivers have",
};

function waiting(promise: RuleAt, message: MessageRule, situation: Situation): readonly Edit[] {
  const place = senderOf(promise);
  const receivers = receiversOf(message);
  const kept = keptTriggers(promise, situation);
  if (place === undefined || receivers === undefined || kept === undefined) return [];
  const own = variablesOfRule(promise.statement);
  // What the promise and the message are about: what both name alike.
  const key = message.columns.slice(2).filter((c) => c.kind === "variable" && own.has(c.name));
  if (key.length === 0) return [];
  const { program } = situation.subject;
  const { ack, missing, acks, size } = newRelations(program, {
    ack: `${message.head.name}_ack`,
    missing: `${message.head.name}_missing`,
    acks: `${message.head.name}_acks`,
    size: `${receivers}_size`,
  });
  const at = variable(place);
  const receiver = variable(newName(message.receiver, own));
  const acknowledged = (to: Expression): ReturnType<typeof positive> => positive(atom(ack, [at, to, ...key]));
  const acknowledging = [
    ruleText(
      atom(ack, [variable(message.sender), variable(message.receiver), ...key], "async"),
      positive({
        relation: message.statement.head.relation,
        args: sentArgs(message, key),
        span: message.statement.span,
      }),
    ),
    persistenceRule(ack, [at, receiver, ...key]),
  ];
  const body = promise.statement.body.filter((literal) => literal.kind === "positive");
  const forms: Readonly<Record<Form, { readonly guard: readonly string[]; readonly rules: readonly string[] }>> = {
    one: { guard: [literalText(acknowledged(wildcard))], rules: [] },
    majority: {
      guard: [
        literalText(positive(atom(acks, [at, ...key, variable(newName("Acks", own))]))),
        literalText(positive(atom(size, [at, variable(newName("Size", own))]))),
        `${twice(newName("Acks", own))} > ${newName("Size", own)}`,
      ],
      rules: [
        ruleText(atom(acks, [at, ...key, count(receiver)]), acknowledged(receiver)),
        ruleText(atom(size, [at, count(receiver)]), positive(atom(receivers, [at, receiver]))),
      ],
    },
    all: {
      guard: [literalText(negated(atom(missing, [at, ...key])))],
      rules: [
        ruleText(
          atom(missing, [at, ...key]),
          ...body,
          positive(atom(receivers, [at, receiver])),
          negated(atom(ack, [at, receiver, ...key])),
        ),
      ],
    },
  };
  return (["one", "majority", "all"] as const).map((form): Edit => {
    const changes: readonly Change[] = [
      { kind: "add-literals", rule: promise.text, literals: forms[form].guard },
      { kind: "add-rules", near: promise.text, rules: [...kept, ...acknowledging, ...forms[form].rules] },
    ];
    return {
      template: "wait",
      title: `${promise.head.name} waits until ${formWords[form]} acknowledged ${message.head.name}`,
      changes,
      delay: 0,
    };
  });
}

/** The relation with two columns from which a message rule takes its receivers. */
function receiversOf({ statement, sender, receiver }: MessageRule): string | undefined {
  for (const literal of statement.body) {
    if (literal.kind !== "positive" || literal.atom.args.length !== 2) continue;
    const [place, to] = literal.atom.args;
    if (place?.kind === "variable" && place.name === sender && to?.kind === "variable" && to.name === receiver)
      return literal.atom.relation.text;
  }
  return undefined;
}

/** The arguments by which a receiver reads a message: the receiver, the sender, the key, and whatever else. */
function sentArgs({ statement, sender, receiver }: MessageRule, key: readonly Expression[]): readonly Expression[] {
  const named = new Set([sender, receiver, ...key.flatMap((k) => (k.kind === "variable" ? [k.name] : []))]);
  return statement.head.args.map((arg) => (arg.kind === "variable" && !named.has(arg.name) ? wildcard : arg));
}

/** The rules that keep what triggers a promise; `undefined` if something cannot be kept by a rule. */
function keptTriggers(promise: RuleAt, situation: Situation): readonly string[] | undefined {
  const { program } = situation.subject;
  const rules: string[] = [];
  for (const literal of promise.statement.body) {
    if (literal.kind !== "positive") continue;
    const id = program.relationByName.get(literal.atom.relation.text);
    if (id === undefined || isCarried(program, id) || !isTransient(situation, id)) continue;
    const names = literal.atom.args.map((arg, i) => (arg.kind === "variable" ? arg.name : `Column${i + 1}`));
    if (!isProtocol(situation, id) || new Set(names).size < names.length) return undefined;
    rules.push(persistenceRule(literal.atom.relation.text, names.map(variable)));
  }
  return [...new Set(rules)];
}
