import type { Cause, Difference, Reason } from "../counterexample/lost-derivation.js";
import type { TupleAt } from "../execution/execution.js";
import type { Schedule } from "../faults/schedule.js";
import type { Program, RuleId } from "../program/program.js";
import { rulePlace } from "./source-text.js";
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

/**
 * Why a tuple is missing, or there only because of the faults, down to the faults. As long as there is one reason
 * for each thing they stand in one line, `←` read as "because"; where there are several, each has a line of its own.
 *
 *     no post("b", "hi") at 4 ← no log("b", "hi") from 2 on ← the message a → b with it, sent at 1, is lost
 */
export function differenceInWords(difference: Difference, subject: Subject): Sentence {
  const links = [statement(difference, subject)];
  let last = difference;
  for (let next = onlyReason(last, subject); next !== undefined; next = onlyReason(last, subject)) {
    links.push(statement(next, subject));
    last = next;
  }
  const { kind, causes } = last;
  const told = causes.slice(0, mostCauses).flatMap((cause) => (kind === "lost" ? cutInWords(cause, subject) : openedInWords(cause, last, subject)));
  const [only, ...others] = told;
  if (only !== undefined && others.length === 0 && only.children.length === 0) {
    return { ...only, text: [...links, only.text].join(because) };
  }
  const rest = causes.length - mostCauses;
  const more: readonly Sentence[] = rest > 0 ? [{ text: `and ${count(rest, "more way")}, each of them cut`, children: [] }] : [];
  const ways = kind === "lost" && causes.length > 1 ? `: ${subject.otherwise} it comes about in ${causes.length} ways, and each is cut` : "";
  return { text: `${links.join(because)}${ways}`, children: [...told, ...more] };
}

const because = " ← ";

/** The difference that alone explains another one, if there is just one and it is not a crash. */
function onlyReason({ causes }: Difference, { program }: Subject): Difference | undefined {
  const [cause, ...others] = causes;
  if (cause?.kind !== "firing" || others.length > 0) return undefined;
  const [reason, ...further] = cause.because;
  if (reason?.kind !== "difference" || further.length > 0 || reason.difference.tuple.relation === program.crash) return undefined;
  return reason.difference;
}

/** `no log("b", "hi") from 2 on`, or without the `no` where it is the failing run that has the tuple. */
function statement({ kind, tuple, since }: Difference, { program }: Subject): string {
  const period = since < tuple.instant ? `from ${since} on` : `at ${tuple.instant}`;
  return `${kind === "lost" ? "no " : ""}${formatTuple(program, tuple.relation, tuple.args)} ${period}`;
}

/** How one derivation of a lost tuple was cut. */
function cutInWords(cause: Cause, subject: Subject): readonly Sentence[] {
  switch (cause.kind) {
    case "crash":
      return [{ text: "a crash of the schedule", children: [], fault: true }];
    case "message-lost":
      return [lostMessageInWords(cause, subject)];
    case "firing":
      if (cause.because.length === 0) return [{ text: `another value of the group in its place${at(cause.rule, subject)}`, children: [], rule: cause.rule }];
      return cause.because.map((reason) => reasonInWords(reason, cause.rule, subject));
    default: {
      const never: never = cause;
      return never;
    }
  }
}

/** What let a derivation happen that the other run did not have. */
function openedInWords(cause: Cause, { tuple }: Difference, subject: Subject): readonly Sentence[] {
  switch (cause.kind) {
    case "crash":
      return [crashInWords(tuple)];
    case "message-lost":
      return [lostMessageInWords(cause, subject)];
    case "firing":
      if (cause.because.length === 0) return [{ text: `the group has another value${at(cause.rule, subject)}`, children: [], rule: cause.rule }];
      return cause.because.map((reason) => reasonInWords(reason, cause.rule, subject));
    default: {
      const never: never = cause;
      return never;
    }
  }
}

function reasonInWords(reason: Reason, rule: RuleId, subject: Subject): Sentence {
  const { program } = subject;
  const [change, tuple] = reason.kind === "above" ? [reason.change, reason.tuple] : [reason.difference.kind, reason.difference.tuple];
  if (tuple.relation === program.crash) return crashInWords(tuple);
  if (reason.kind === "difference") return { ...differenceInWords(reason.difference, subject), rule };
  const name = formatTuple(program, tuple.relation, tuple.args);
  return { text: `${change === "lost" ? "no " : ""}${name}, as told above`, children: [], rule };
}

function crashInWords({ args }: TupleAt): Sentence {
  return { text: `${formatNode(args[1] ?? "?")} crashes at ${formatValue(args[2] ?? "?")}`, children: [], fault: true };
}

function lostMessageInWords(cause: Extract<Cause, { kind: "message-lost" }>, subject: Subject): Sentence {
  const many = cause.instants.length > 1;
  const [from, to] = [formatNode(cause.from), formatNode(cause.to)];
  const what = `${many ? "the messages" : "the message"} ${from} ${unicodeMarks.arrow} ${to} with it`;
  return { text: fate(cause, what, instantsInWords(cause.instants, unicodeMarks), many, subject), children: [], rule: cause.rule, fault: true };
}

function fate(cause: Extract<Cause, { kind: "message-lost" }>, what: string, when: string, many: boolean, { schedule }: Subject): string {
  switch (cause.fate) {
    case "omitted":
      return `${what}, sent at ${when}, ${many ? "are" : "is"} lost`;
    case "sender-crashed": {
      const crash = schedule.find((f) => f.kind === "crash" && f.node === cause.from);
      const since = crash === undefined ? "has crashed" : `crashed at ${crash.at}`;
      return `${what}, due at ${when}, ${many ? "are" : "is"} never sent: ${formatNode(cause.from)} ${since}`;
    }
    case "not-a-node":
      return `${what}, sent at ${when}, ${many ? "go" : "goes"} to a place that is not a node`;
    default: {
      const never: never = cause.fate;
      return never;
    }
  }
}

/** ` (file:line)`. */
function at(rule: RuleId, { program }: Subject): string {
  return ` (${rulePlace(program, rule)})`;
}
