import type { Cause, Difference } from "../../evidence/difference.js";
import type { Execution, Tuple } from "../../execution/execution.js";
import type { BuiltInRelation } from "../../faults/kind.js";
import { crashInstant } from "../../faults/node-faults.js";
import type { Schedule } from "../../faults/schedule.js";
import type { RelationId, RuleId, Value } from "../../program/program.js";
import { formatValue } from "../../source/strings.js";
import { instantsInWords } from "../../wording/instants.js";
import type { Marks } from "../../wording/marks.js";
import { unicodeMarks } from "../../wording/marks.js";
import { count } from "../../wording/numbers.js";
import { awayInWords, forgottenInWords, keptInWords } from "./absence-words.js";
import { lateInWords } from "./arrival-words.js";
import type { Change, Outline, OutlineCause, OutlineReason } from "./difference-outline.js";
import { isBuiltIn, onlyReason, outlineOf } from "./difference-outline.js";
import type { Sentence } from "./sentence.js";
import { leaf } from "./sentence.js";
import { rulePlace } from "./source-text.js";
import { formatNode, formatTuple } from "./tuples.js";

/*
 * A difference between two runs in words, in two forms. In running text it is a chain, `←` read as "because"; where
 * there are several reasons each has a line of its own:
 *
 *     no post("b", "hi") at 4 ← no log("b", "hi") from 2 on ← the message a → b with it, sent at 1, is lost
 *
 * On a terminal it is a tree, a step a line. What is reported and what is left out is the same.
 *
 *     post("b", "hi") at 4 is missing
 *     └ because log("b", "hi") is missing during 2–4  simple.ded:8
 *       └ ✗ a's message to b, sent at 1, is lost  simple.ded:5
 */

/** What the words are about: the failing run. */
export type Subject = Pick<Execution, "program" | "schedule" | "eot">;

/** What surrounds the words on a terminal. */
export interface TreeStyle {
  readonly marks: Marks;
  readonly lostMark: string;
  readonly lost: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** The difference as a chain. `otherwise` names the run that the failing one is compared with. */
export function differenceInWords(difference: Difference, subject: Subject, otherwise: string): Sentence {
  return new Chain(subject, otherwise).sentence(outlineOf(difference, subject.program));
}

/** The difference as a tree. */
export function differenceTree(difference: Difference, subject: Subject, style: TreeStyle): Sentence {
  return new Steps(subject, style).step(outlineOf(difference, subject.program));
}

const downToTheFaults = "and so on down to the faults";

/** What is omitted, one sentence each. */
function leftOut({ more, known }: Outline): readonly Sentence[] {
  return [
    ...(more > 0 ? [leaf(`and ${count(more, "more way")}, each cut as well`)] : []),
    ...(known > 0
      ? [leaf(`and ${count(known, "way")} that ${verb(known, "needs", "need")} what is missing already`)]
      : []),
  ];
}

function verb(n: number, one: string, many: string): string {
  return n === 1 ? one : many;
}

/** The node at which a built-in relation is read. */
const readersOf: Readonly<Record<BuiltInRelation, string>> = { crash: "the specification", restart: "the program" };

/** "a crashed at 3", of the sender of messages that were never sent. */
function crashInWords(node: Value, schedule: Schedule): string {
  const at = crashInstant(schedule, node);
  return `${formatNode(node)} ${at === undefined ? "has crashed" : `crashed at ${at}`}`;
}

type LostMessages = Extract<Cause, { readonly kind: "message-lost" }>;
type LateMessages = Extract<Cause, { readonly kind: "message-late" }>;

/** After "a's messages to b, sent at 1, 2,": when they arrive in the failing run. */
function lateArrivals({ instants, arrivals }: LateMessages, eot: number, marks: Marks): string {
  const [sent = 0, ...more] = instants;
  if (more.length === 0) return lateInWords(sent, arrivals, eot, marks);
  const coming = arrivals.filter((at) => at <= eot);
  return coming.length === 0
    ? "arrive after the end of time"
    : `arrive at ${instantsInWords(coming, marks)}${coming.length < arrivals.length ? " and after the end of time" : ""}`;
}

const because = " ← ";

class Chain {
  constructor(
    private readonly subject: Subject,
    private readonly otherwise: string,
  ) {}

  sentence(start: Outline): Sentence {
    const { program } = this.subject;
    const links = [this.link(start)];
    let last = start;
    for (let next = onlyReason(last, program); next !== undefined; next = onlyReason(next, program)) {
      links.push(this.link(next));
      last = next;
    }
    if (last.cutShort) return leaf(`${links.join(because)}, ${downToTheFaults}`);
    const sentences = last.causes.flatMap((cause) => this.cause(cause, last));
    const rest = leftOut(last);
    const [only, ...others] = sentences;
    if (only !== undefined && others.length === 0 && only.children.length === 0 && last.known === 0)
      return { ...only, text: [...links, only.text].join(because) };
    const ways =
      last.kind === "lost" && last.ways > 1
        ? `: ${this.otherwise} it is derived in ${last.ways} ways, and each is cut`
        : "";
    return { text: `${links.join(because)}${ways}`, children: [...sentences, ...rest] };
  }

  /** `no log("b", "hi") from 2 on`, or without the `no` if the failing run has the tuple. */
  private link({ kind, relation, args, instants, since, kept, causes }: Outline): string {
    const whileAway = causes.some((cause) => cause.kind === "away");
    const when =
      since === undefined
        ? `at ${instantsInWords(instants)}`
        : whileAway
          ? `during ${since}${unicodeMarks.range}${instants.at(-1) ?? since}`
          : `from ${since} on`;
    const over = kept.length === 0 ? "" : `, ${keptInWords(kept)}`;
    return `${this.name(kind, formatTuple(this.subject.program, relation, args))} ${when}${over}`;
  }

  private name(change: Change, tuple: string): string {
    return change === "lost" ? `no ${tuple}` : tuple;
  }

  /** How one derivation of a lost tuple was cut, or what made a derivation possible that the other run lacks. */
  private cause(cause: OutlineCause, effect: Outline): readonly Sentence[] {
    switch (cause.kind) {
      case "built-in":
        return [this.builtIn(effect.relation, effect.args, effect.instants)];
      case "message-lost":
        return [this.messages(cause, this.loss(cause))];
      case "message-late": {
        const sent = `sent at ${instantsInWords(cause.instants)}`;
        return [this.messages(cause, `${sent}, ${lateArrivals(cause, this.subject.eot, unicodeMarks)}`)];
      }
      case "away":
        return [{ ...leaf(awayInWords(cause.absence)), fault: true }];
      case "forgotten":
        return [{ ...leaf(forgottenInWords(cause.absence)), rule: cause.rule, fault: true }];
      case "kept":
        return [{ ...leaf(keptInWords([cause.absence])), rule: cause.rule, fault: true }];
      case "firing": {
        const { rule } = cause;
        if (cause.because.length > 0) return cause.because.map((reason) => this.reason(reason, rule));
        return [{ ...leaf(`the group has another value (${rulePlace(this.subject.program, rule)})`), rule }];
      }
      default: {
        const never: never = cause;
        return never;
      }
    }
  }

  private reason(reason: OutlineReason, rule: RuleId): Sentence {
    const { program } = this.subject;
    const { relation, args } = reason.kind === "above" ? reason : reason.outline;
    if (isBuiltIn(relation, program))
      return this.builtIn(relation, args, reason.kind === "above" ? [] : reason.outline.instants);
    if (reason.kind === "difference") return { rule, ...this.sentence(reason.outline) };
    return { ...leaf(`${this.name(reason.change, formatTuple(program, relation, args))}, as explained above`), rule };
  }

  /** The fault that a tuple of `crash` or of `restart` stands for. */
  private builtIn(relation: RelationId, args: Tuple, instants: readonly number[]): Sentence {
    const text =
      relation === this.subject.program.crash
        ? `${formatNode(args[1] ?? "?")} crashes at ${formatValue(args[2] ?? "?")}`
        : `${formatNode(args[0] ?? "?")} is back from a restart${instants.length === 0 ? "" : ` at ${instantsInWords(instants)}`}`;
    return { ...leaf(text), fault: true };
  }

  private messages({ rule, from, to, instants }: LostMessages | LateMessages, end: string): Sentence {
    const what = verb(instants.length, "the message", "the messages");
    const text = `${what} ${formatNode(from)} ${unicodeMarks.arrow} ${formatNode(to)} with it, ${end}`;
    return { ...leaf(text), rule, fault: true };
  }

  private loss({ from, to, fate, instants }: LostMessages): string {
    const n = instants.length;
    const when = instantsInWords(instants);
    const ends: Readonly<Record<LostMessages["fate"], () => string>> = {
      omitted: () => `sent at ${when}, ${verb(n, "is", "are")} lost`,
      "sender-crashed": () =>
        `due at ${when}, ${verb(n, "is", "are")} never sent: ${crashInWords(from, this.subject.schedule)}`,
      "sender-away": () => `due at ${when}, ${verb(n, "is", "are")} never sent: ${formatNode(from)} is away`,
      "cut-off": () =>
        `sent at ${when}, ${verb(n, "is", "are")} lost: ${formatNode(from)} is cut off from ${formatNode(to)}`,
      "receiver-away": () =>
        `sent at ${when}, ${verb(n, "arrives", "arrive")} while ${formatNode(to)} is down, and ${verb(n, "is", "are")} lost`,
      "not-a-node": () => `sent at ${when}, ${verb(n, "goes", "go")} to a place that is not a node`,
    };
    return ends[fate]();
  }
}

class Steps {
  constructor(
    private readonly subject: Subject,
    private readonly style: TreeStyle,
  ) {}

  step(outline: Outline): Sentence {
    const reasons = outline.cutShort
      ? [leaf(downToTheFaults)]
      : [...outline.causes.flatMap((cause) => this.cause(cause)), ...leftOut(outline)];
    return { text: this.statement(outline), children: reasons };
  }

  /** `log("b", "hi") is missing during 2–4`, or `appears` if the failing run has the tuple. */
  private statement({ kind, relation, args, instants, since, kept }: Outline): string {
    const { marks } = this.style;
    const over = kept.length === 0 ? "" : `, ${keptInWords(kept, marks)}`;
    const name = formatTuple(this.subject.program, relation, args);
    const last = instants.at(-1) ?? 0;
    if (since === undefined) return `${name} at ${instantsInWords(instants, marks)} ${this.change(kind)}`;
    return kind === "lost"
      ? `${name} ${this.change(kind)} during ${since}${marks.range}${last}`
      : `${name} ${this.change(kind)} at ${since} and stays${over}`;
  }

  private change(change: Change): string {
    return this.style.lost(change === "lost" ? "is missing" : "appears");
  }

  private cause(cause: OutlineCause): readonly Sentence[] {
    const { marks } = this.style;
    switch (cause.kind) {
      case "built-in":
        return [
          leaf(`${this.style.lostMark} the ${cause.relation} itself, which ${readersOf[cause.relation]} may see`),
        ];
      case "message-lost":
        return [this.direct(this.messages(cause, this.loss(cause)), cause.rule)];
      case "message-late":
        return [this.direct(this.messages(cause, lateArrivals(cause, this.subject.eot, marks)), cause.rule)];
      case "away":
        return [this.direct(awayInWords(cause.absence, marks))];
      case "forgotten":
        return [this.direct(forgottenInWords(cause.absence), cause.rule)];
      case "kept":
        return [this.direct(keptInWords([cause.absence], marks), cause.rule)];
      case "firing": {
        const { rule } = cause;
        if (cause.because.length > 0) return cause.because.map((reason) => this.reason(reason, rule));
        return [leaf(`by another value of the group${this.place(rule)}`)];
      }
      default: {
        const never: never = cause;
        return never;
      }
    }
  }

  private reason(reason: OutlineReason, rule: RuleId): Sentence {
    if (reason.kind === "difference") {
      const { text, children } = this.step(reason.outline);
      return { text: `because ${text}${this.place(rule)}`, children };
    }
    const name = formatTuple(this.subject.program, reason.relation, reason.args);
    return leaf(`because ${name} ${this.change(reason.change)}, as explained above${this.place(rule)}`);
  }

  /** The direct effect of a fault, and the rule whose message it affected. */
  private direct(text: string, rule?: RuleId): Sentence {
    const struck = this.style.lost(`${this.style.lostMark} ${text}`);
    return leaf(rule === undefined ? struck : `${struck}${this.place(rule)}`);
  }

  private messages({ from, to, instants }: LostMessages | LateMessages, end: string): string {
    const what = verb(instants.length, "message", "messages");
    return `${possessive(from)} ${what} to ${formatNode(to)}, sent at ${instantsInWords(instants, this.style.marks)}, ${end}`;
  }

  private loss({ from, to, fate, instants }: LostMessages): string {
    const n = instants.length;
    const ends: Readonly<Record<LostMessages["fate"], () => string>> = {
      omitted: () => `${verb(n, "is", "are")} lost`,
      "sender-crashed": () => `never ${verb(n, "leaves", "leave")}: ${crashInWords(from, this.subject.schedule)}`,
      "sender-away": () => `never ${verb(n, "leaves", "leave")}: ${formatNode(from)} is away`,
      "cut-off": () => `${verb(n, "is", "are")} lost: ${formatNode(from)} is cut off from ${formatNode(to)}`,
      "receiver-away": () =>
        `${verb(n, "arrives", "arrive")} while ${formatNode(to)} is down, and ${verb(n, "is", "are")} lost`,
      "not-a-node": () => `${verb(n, "goes", "go")} to a place that is not a node`,
    };
    return ends[fate]();
  }

  private place(rule: RuleId): string {
    return `  ${this.style.faint(rulePlace(this.subject.program, rule, true))}`;
  }
}

function possessive(node: Value): string {
  const name = formatNode(node);
  return name.endsWith("s") ? `${name}'` : `${name}'s`;
}
