import type { Atom, Expression } from "../../syntax/tree.js";
import {
  atom,
  negated,
  newRelations,
  persistenceRule,
  positive,
  ruleText,
  variable,
  variablesOf,
  wildcard,
} from "../construction.js";
import type { Edit } from "../edit.js";
import type { RuleAt, Situation } from "../situation.js";
import { isProtocol, rulesOfLoss } from "../situation.js";

/**
 * What is sent is kept at the sender, and is sent at every instant: forever, or until the receiver has acknowledged it. For
 *
 *     log(Y, M)@async :- bcast(X, M), member(X, Y);
 *
 * the first adds
 *
 *     log_sent(X, Y, M) :- bcast(X, M), member(X, Y);
 *     log_sent(X, Y, M)@next :- log_sent(X, Y, M);
 *     log(Y, M)@async :- log_sent(X, Y, M);
 *
 * A message that does not carry its sender is sent as a copy that does, since an acknowledgement needs an address.
 */
export function retry(situation: Situation): readonly Edit[] {
  return messageRules(situation).flatMap((at) => [keptSending(at, situation), untilAcknowledged(at, situation)]);
}

/** A message rule taken apart: the sender, the receiver, and the variables that the message and its sender need. */
export interface MessageRule extends RuleAt {
  readonly sender: string;
  readonly receiver: string;
  /** The variables of sender, receiver and message, each once, in this order. */
  readonly columns: readonly Expression[];
  /** Whether the message carries its sender. */
  readonly carriesSender: boolean;
}

/** The rules of the loss that send messages of the protocol, without aggregates, those that were cut first. */
export function messageRules(situation: Situation): readonly MessageRule[] {
  return rulesOfLoss(situation).flatMap((at) => messageRule(at, situation) ?? []);
}

export function messageRule(at: RuleAt, situation: Situation): MessageRule | undefined {
  const { rule, statement } = at;
  if (rule.timing !== "async" || !isProtocol(situation, rule.head.relation)) return undefined;
  const sender = senderOf(at);
  const [to] = statement.head.args;
  if (sender === undefined || to?.kind !== "variable") return undefined;
  if (statement.head.args.some((arg) => arg.kind === "aggregate")) return undefined;
  const names = [...new Set([sender, to.name, ...statement.head.args.flatMap(variablesOf)])];
  return {
    ...at,
    sender,
    receiver: to.name,
    columns: names.map(variable),
    carriesSender: statement.head.args.slice(1).some((arg) => arg.kind === "variable" && arg.name === sender),
  };
}

export function senderOf({ statement }: RuleAt): string | undefined {
  const first = statement.body.find((literal) => literal.kind !== "comparison");
  const [place] = first?.atom.args ?? [];
  return place?.kind === "variable" ? place.name : undefined;
}

function asSent({ statement }: MessageRule): Atom {
  return statement.head;
}

function keptSending(at: MessageRule, { subject }: Situation): Edit {
  const { name } = at.head;
  const { sent } = newRelations(subject.program, { sent: `${name}_sent` });
  const kept = atom(sent, at.columns);
  return {
    template: "retry",
    title: `${at.sender} keeps sending ${name}`,
    changes: [
      {
        kind: "add-rules",
        near: at.text,
        rules: [
          ruleText(kept, ...at.statement.body),
          persistenceRule(sent, at.columns),
          ruleText(asSent(at), positive(kept)),
        ],
      },
    ],
    delay: 0,
  };
}

function untilAcknowledged(at: MessageRule, { subject }: Situation): Edit {
  const { name } = at.head;
  const { sent, copy, ack } = newRelations(subject.program, {
    sent: `${name}_sent`,
    copy: `${name}_copy`,
    ack: `${name}_ack`,
  });
  const { columns } = at;
  const acknowledged = negated(atom(ack, columns));
  const [sender = wildcard, receiver = wildcard, ...rest] = columns;
  const addressed = [receiver, sender, ...rest];
  const rules = at.carriesSender
    ? [
        ruleText(asSent(at), positive(atom(sent, columns)), acknowledged),
        ruleText(atom(ack, columns, "async"), positive({ ...asBody(asSent(at)) })),
      ]
    : [
        ruleText(atom(copy, addressed, "async"), positive(atom(sent, columns)), acknowledged),
        ruleText(
          asBody(asSent(at)),
          positive(
            atom(
              copy,
              addressed.map((arg) => (arg === sender ? wildcard : arg)),
            ),
          ),
        ),
        ruleText(atom(ack, columns, "async"), positive(atom(copy, addressed))),
      ];
  return {
    template: "retry-until-acknowledged",
    title: `${at.sender} keeps sending ${name} until each receiver has acknowledged`,
    changes: [
      {
        kind: "add-rules",
        near: at.text,
        rules: [
          ruleText(atom(sent, columns), ...at.statement.body),
          ruleText(atom(sent, columns, "next"), positive(atom(sent, columns)), acknowledged),
          ...rules,
          persistenceRule(ack, columns),
        ],
      },
    ],
    delay: 0,
  };
}

function asBody({ relation, args, span }: Atom): Atom {
  return { relation, args, span };
}
