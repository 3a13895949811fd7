import type { Blame } from "../../evidence/effects.js";
import { leavesSender } from "../../evidence/space-time.js";
import type { ViolationEvidence } from "../../evidence/violation-evidence.js";
import type { Message } from "../../execution/execution.js";
import type { Program } from "../../program/program.js";
import type { Span } from "../../source/source.js";
import { formatNode } from "./tuples.js";

/** A line that the counterexample depends on, and why. */
export interface BlamedPlace {
  readonly span: Span;
  readonly text: string;
}

interface BlameWords {
  /** In the source. */
  readonly here: string;
  /** In a list of lines to look at. */
  readonly sentence: string;
  /** Beside the rule. */
  readonly note: string;
}

/** The words for a rule that sent no message. */
export const blameWords: Readonly<Record<Exclude<Blame["kind"], "message">, BlameWords>> = {
  forgotten: {
    here: "what this derived was forgotten in a restart",
    sentence: "what this derived was forgotten in a restart",
    note: "what it derived was forgotten",
  },
  promise: { here: "promised here", sentence: "this promised it", note: "promised it" },
  present: { here: "derived here", sentence: "this derived it", note: "derived it" },
};

/** The rules whose messages were cut, then those that promised a missing tuple or derived a forbidden one. */
export function blamedPlaces(violation: ViolationEvidence | undefined, program: Program): readonly BlamedPlace[] {
  return (violation?.blame ?? []).flatMap(({ rule, kind, messages }) => {
    const span = program.rules[rule]?.span;
    return span === undefined
      ? []
      : [{ span, text: kind === "message" ? cutInWords(messages) : blameWords[kind].here }];
  });
}

/** "sent here and lost: a → b at 1, 2; never sent, the node being down: a → b at 3" */
function cutInWords(messages: readonly Message[]): string {
  const never = messages.filter((m) => !leavesSender[m.fate]);
  const late = messages.filter((m) => m.fate === "delivered");
  const lost = messages.filter((m) => leavesSender[m.fate] && m.fate !== "delivered");
  const parts = [
    ...(lost.length === 0 ? [] : [`sent here and lost: ${channels(lost)}`]),
    ...(never.length === 0
      ? []
      : [`${lost.length === 0 ? "to be sent here, but " : ""}never sent, the node being down: ${channels(never)}`]),
    ...(late.length === 0 ? [] : [`sent here and late, or twice: ${channels(late)}`]),
  ];
  return parts.join("; ");
}

function channels(messages: readonly Message[]): string {
  const words = [...messages]
    .sort((a, b) => a.sent - b.sent)
    .map((m) => `${formatNode(m.from)} → ${formatNode(m.to)} at ${m.sent}`);
  return [...new Set(words)].join(", ");
}
