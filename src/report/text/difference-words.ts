import type { Difference } from "../../evidence/difference.js";
import type { Tuple } from "../../execution/execution.js";
import type { Schedule } from "../../faults/schedule.js";
import type { Program, RuleId } from "../../program/program.js";
import { rulePlace } from "./source-text.js";
import type { LostCause, Told, ToldCause, ToldReason } from "./told-difference.js";
import { told } from "./told-difference.js";
import { count, formatNode, formatTuple, formatValue } from "./values.js";
import { instantsInWords, unicodeMarks } from "./words.js";

/** A sentence, and the sentences that give its reasons. */
export interface Sentence {
  readonly text: string;
  readonly children: readonly Sentence[];
  /** The rule that it speaks of. */
  readonly rule?: RuleId;
  /** Set where a fault strikes: the end of a line of reasons. */
  readonly fault?: true;
}

/** What the sentences are about. */
export interface Subject {
  readonly program: Program;
  /** Of the failing run. */
  readonly schedule: Schedule;
  /** How the run is called that the failing one is compared with. */
  readonly otherwise: string;
}

/** A tuple has this many ways to come about before the rest are only counted. */
const mostCauses = 5;
/** Branchings that are told below each other. */
const deepest = 4;

/**
 * Why a tuple is missing, or there only because of the faults, down to the faults. As long as there is one reason
 * for each thing they stand in one line, `←` read as "because"; where there are several, each has a line of its own.
 *
 *     no post("b", "hi") at 4 ← no log("b", "hi") from 2 on ← the message a → b with it, sent at 1, is lost
 */
export function differenceInWords(difference: Difference, subject: Subject): Sentence {
  return toldInWords(told(difference), subject, 0);
}

const because = " ← ";

function toldInWords(start: Told, subject: Subject, depth: number): Sentence {
  const links = [statement(start, subject)];
  let last = start;
  for (let next = onlyReason(last, subject); next !== undefined; next = onlyReason(last, subject)) {
    links.push(statement(next, subject));
    last = next;
  }
  const { kind, causes } = last;
  if (depth >= deepest) return { text: `${links.join(because)}, and so on down to the faults`, children: [] };
  const fresh = kind === "lost" ? causes.filter((cause) => !isKnown(cause)) : causes;
  const worthTelling = fresh.length === 0 ? causes.slice(0, 1) : fresh;
  const sentences = worthTelling.slice(0, mostCauses).flatMap((cause) => causeInWords(cause, last, subject, depth + 1));
  const [only, ...others] = sentences;
  if (
    only !== undefined &&
    others.length === 0 &&
    only.children.length === 0 &&
    worthTelling.length === causes.length
  ) {
    return { ...only, text: [...links, only.text].join(because) };
  }
  const rest = worthTelling.length - mostCauses;
  const known = causes.length - worthTelling.length;
  const more: readonly Sentence[] = [
    ...(rest > 0 ? [{ text: `and ${count(rest, "more way")}, each of them cut`, children: [] }] : []),
    ...(known > 0
      ? [
          {
            text: `and ${count(known, "way")} that ${known === 1 ? "needs" : "need"} what is missing already`,
            children: [],
          },
        ]
      : []),
  ];
  const ways =
    kind === "lost" && causes.length > 1
      ? `: ${subject.otherwise} it comes about in ${causes.length} ways, and each is cut`
      : "";
  return { text: `${links.join(because)}${ways}`, children: [...sentences, ...more] };
}

/** Whether a derivation is cut by nothing but what was told already. */
function isKnown(cause: ToldCause): boolean {
  return (
    cause.kind === "firing" && cause.because.length > 0 && cause.because.every((reason) => reason.kind === "above")
  );
}

/** The difference that alone explains another one, if there is just one and it is not a crash. */
function onlyReason({ causes }: Told, { program }: Subject): Told | undefined {
  const [cause, ...others] = causes;
  if (cause?.kind !== "firing" || others.length > 0) return undefined;
  const [reason, ...further] = cause.because;
  if (reason?.kind !== "told" || further.length > 0 || reason.told.relation === program.crash) return undefined;
  return reason.told;
}

/** `no log("b", "hi") from 2 on`, or without the `no` where it is the failing run that has the tuple. */
function statement({ kind, relation, args, instants, since }: Told, { program }: Subject): string {
  const when = since === undefined ? `at ${instantsInWords(instants)}` : `from ${since} on`;
  return `${kind === "lost" ? "no " : ""}${formatTuple(program, relation, args)} ${when}`;
}

/** How one derivation of a lost tuple was cut, or what let a derivation happen that the other run did not have. */
function causeInWords(cause: ToldCause, effect: Told, subject: Subject, depth: number): readonly Sentence[] {
  switch (cause.kind) {
    case "crash":
      return [crashInWords(effect.args)];
    case "message-lost":
      return [lostMessageInWords(cause.cause, subject)];
    case "firing": {
      const { rule } = cause;
      if (cause.because.length === 0)
        return [{ text: `the group has another value (${rulePlace(subject.program, rule)})`, children: [], rule }];
      return cause.because.map((reason) => reasonInWords(reason, rule, subject, depth));
    }
    default: {
      const never: never = cause;
      return never;
    }
  }
}

function reasonInWords(reason: ToldReason, rule: RuleId, subject: Subject, depth: number): Sentence {
  const { program } = subject;
  const { relation, args } = reason.kind === "above" ? reason : reason.told;
  if (relation === program.crash) return crashInWords(args);
  if (reason.kind === "told") return { rule, ...toldInWords(reason.told, subject, depth) };
  return {
    text: `${reason.change === "lost" ? "no " : ""}${formatTuple(program, relation, args)}, as told above`,
    children: [],
    rule,
  };
}

function crashInWords(args: Tuple): Sentence {
  return { text: `${formatNode(args[1] ?? "?")} crashes at ${formatValue(args[2] ?? "?")}`, children: [], fault: true };
}

function lostMessageInWords(cause: LostCause, { schedule }: Subject): Sentence {
  const many = cause.instants.length > 1;
  const [from, to, when] = [formatNode(cause.from), formatNode(cause.to), instantsInWords(cause.instants)];
  const what = `${many ? "the messages" : "the message"} ${from} ${unicodeMarks.arrow} ${to} with it`;
  const sentence = (text: string): Sentence => ({ text, children: [], rule: cause.rule, fault: true });
  switch (cause.fate) {
    case "omitted":
      return sentence(`${what}, sent at ${when}, ${many ? "are" : "is"} lost`);
    case "sender-crashed": {
      const crash = schedule.find((f) => f.kind === "crash" && f.node === cause.from);
      return sentence(
        `${what}, due at ${when}, ${many ? "are" : "is"} never sent: ${from} ${crash === undefined ? "has crashed" : `crashed at ${crash.at}`}`,
      );
    }
    case "sender-away":
      return sentence(`${what}, due at ${when}, ${many ? "are" : "is"} never sent: ${from} is away`);
    case "cut-off":
      return sentence(`${what}, sent at ${when}, ${many ? "are" : "is"} lost: ${from} is cut off from ${to}`);
    case "not-a-node":
      return sentence(`${what}, sent at ${when}, ${many ? "go" : "goes"} to a place that is not a node`);
    default: {
      const never: never = cause.fate;
      return never;
    }
  }
}
