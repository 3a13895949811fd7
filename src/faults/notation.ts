import { formatName, formatNames, parseNames } from "../source/names.js";
import { quoteString } from "../source/strings.js";
import { cutOf } from "./cut-faults.js";
import type { Fault, FaultKind } from "./kinds.js";

/*
 * The notation of faults: `omit(a,b,1)` in output, `--omit a,b,1` on the command line, `omit=a,b,1` in a `//! run` line. The text
 * between the parentheses is the same in all three, and only this file formats and parses it.
 */

/** The words of the notation, which are options of `run` and keys of `//! run` lines. In the order of the kinds. */
export type FaultWord = "crash" | "restart" | "pause" | "cut" | "omit" | "delay" | "duplicate";

export interface Notation {
  readonly word: FaultWord;
  /** The noun with its article: "an omission". */
  readonly noun: string;
  /** The parts between the parentheses, in order: "sender, receiver and instant". */
  readonly parts: string;
  /** The same in the letters of the documentation: `F,T,t`. */
  readonly letters: string;
  /** `a,b,1` */
  readonly example: string;
  /** What the fault does, in these letters: for `--help`. */
  readonly effect: string;
  /** Parses the text between the parentheses. */
  parse(text: string): ParsedFault;
}

export type ParsedFault =
  | { readonly kind: "fault"; readonly fault: Fault }
  /** Parts are missing, superfluous or of the wrong form. */
  | { readonly kind: "malformed" }
  /** The list of names does not parse: one is empty, or quotes do not match. */
  | { readonly kind: "no-names"; readonly problem: "empty" | "malformed" }
  /** The parts parse, but there is no such fault: why, and what to do. */
  | { readonly kind: "impossible"; readonly problem: string; readonly help: string };

const malformed: ParsedFault = { kind: "malformed" };

function fault(read: Fault): ParsedFault {
  return { kind: "fault", fault: read };
}

function impossible(problem: string, help: string): ParsedFault {
  return { kind: "impossible", problem, help };
}

/** The parts of the text: names, then instants. */
interface Parts {
  readonly names: readonly string[];
  readonly instants: readonly number[];
}

/** Splits at commas; the last `count` parts must be instants. */
function partsOf(text: string, count: number): Parts | ParsedFault {
  const parsed = parseNames(text);
  if (parsed.kind !== "names") return { kind: "no-names", problem: parsed.kind };
  const names = parsed.names.slice(0, -count);
  const instants = parsed.names.slice(-count).map(readInstant);
  const known = instants.flatMap((instant) => (instant === undefined ? [] : [instant]));
  return known.length < count ? malformed : { names, instants: known };
}

/** An instant ≥ 1 in decimal digits; `undefined` for any other text. */
function readInstant(text: string): number | undefined {
  if (!/^[0-9]+$/.test(text)) return undefined;
  const instant = Number(text);
  return Number.isSafeInteger(instant) && instant >= 1 ? instant : undefined;
}

function absence(kind: "restart" | "pause", noun: string, effect: string): Notation {
  return {
    word: kind,
    noun,
    parts: "node, first instant and instant of return",
    letters: "N,t,u",
    example: "b,3,5",
    effect,
    parse(text) {
      const parts = partsOf(text, 2);
      if ("kind" in parts) return parts;
      const [[node, ...others], [at, until]] = [parts.names, parts.instants];
      if (node === undefined || others.length > 0 || at === undefined || until === undefined) return malformed;
      if (until > at) return fault({ kind, node, at, until });
      return impossible(
        `a node that is away from ${at} on cannot be back at ${until}`,
        `give a later instant of return`,
      );
    },
  };
}

function lateness(kind: "delay" | "duplicate", noun: string, effect: string): Notation {
  return {
    word: kind,
    noun,
    parts: "sender, receiver, instant of sending and instant of the late arrival",
    letters: "F,T,t,u",
    example: "a,b,1,4",
    effect,
    parse(text) {
      const parts = partsOf(text, 2);
      if ("kind" in parts) return parts;
      const [[from, to, ...others], [at, arrives]] = [parts.names, parts.instants];
      if (from === undefined || to === undefined || others.length > 0 || at === undefined || arrives === undefined)
        return malformed;
      if (from === to) return impossible("a node's message to itself cannot be late", "name two nodes");
      if (arrives >= at + 2) return fault({ kind, from, to, at, arrives });
      return impossible(
        `a message sent at ${at} that arrives at ${arrives} is not late`,
        `messages arrive one instant after they are sent: give an arrival at ${at + 2} or later`,
      );
    },
  };
}

const table: { readonly [W in FaultWord]: Notation } = {
  crash: {
    word: "crash",
    noun: "a crash",
    parts: "node and instant",
    letters: "N,t",
    example: "c,2",
    effect: "N sends nothing from instant t on",
    parse(text) {
      const parts = partsOf(text, 1);
      if ("kind" in parts) return parts;
      const [[node, ...others], [at]] = [parts.names, parts.instants];
      if (node === undefined || others.length > 0 || at === undefined) return malformed;
      return fault({ kind: "crash", node, at });
    },
  },
  restart: absence("restart", "a restart", "N is down from t on, and back at u with only what is durable"),
  pause: absence("pause", "a pause", "N stops at t and continues at u, unaware of the pause"),
  cut: {
    word: "cut",
    noun: "a cut",
    parts: "the two sides, first instant and last instant",
    letters: "A|B,t,u",
    example: "a|b,c,2,3",
    effect: "nothing sent at instants t to u passes between A and B: 'a|b,c,2,3'; or only from A to B: 'a>b,c,2,3'",
    parse(text) {
      const split = separatorIn(text);
      if (split === undefined) return malformed;
      const left = parseNames(text.slice(0, split));
      if (left.kind !== "names") return { kind: "no-names", problem: left.kind };
      const right = partsOf(text.slice(split + 1), 2);
      if ("kind" in right) return right;
      const [at, until] = right.instants;
      if (right.names.length === 0 || at === undefined || until === undefined) return malformed;
      const sides = [...left.names, ...right.names];
      const twice = sides.find((name, i) => sides.indexOf(name) < i);
      if (twice !== undefined)
        return impossible(`${formatName(twice)} is named twice`, "name each node once: it is on one side of the cut");
      if (until < at)
        return impossible(`the cut ends at ${until}, before it begins`, "give the first instant, then the last");
      return fault(cutOf(text[split] === ">" ? "one-way-partition" : "partition", left.names, right.names, at, until));
    },
  },
  omit: {
    word: "omit",
    noun: "an omission",
    parts: "sender, receiver and instant",
    letters: "F,T,t",
    example: "a,b,1",
    effect: "what F sends to T at instant t is lost",
    parse(text) {
      const parts = partsOf(text, 1);
      if ("kind" in parts) return parts;
      const [[from, to, ...others], [at]] = [parts.names, parts.instants];
      if (from === undefined || to === undefined || others.length > 0 || at === undefined) return malformed;
      if (from === to) return impossible("a node's message to itself cannot be lost", "name two nodes");
      return fault({ kind: "omission", from, to, at });
    },
  },
  delay: lateness("delay", "a delay", "what F sends to T at t arrives at u, not at t + 1"),
  duplicate: lateness("duplicate", "a duplicate", "what F sends to T at t arrives at t + 1, and again at u"),
};

export function notationOf(word: FaultWord): Notation {
  return table[word];
}

/** Every notation, in the order of the kinds. */
export const notations: readonly Notation[] = Object.values(table);

/** The words in the order in which the documentation introduces them. */
export const wordsAsTaught: readonly FaultWord[] = ["crash", "omit", "delay", "duplicate", "cut", "restart", "pause"];

const words: { readonly [K in FaultKind]: FaultWord } = {
  crash: "crash",
  restart: "restart",
  pause: "pause",
  partition: "cut",
  "partial-partition": "cut",
  "one-way-partition": "cut",
  omission: "omit",
  delay: "delay",
  duplicate: "duplicate",
};

/** The word of a fault's notation. */
export function wordOf(fault: Fault): FaultWord {
  return words[fault.kind];
}

/** The value of an option or a field: `b,4`, `a,b,1`, `a|b,c,2,3`. */
export function formatFaultValue(f: Fault): string {
  switch (f.kind) {
    case "crash":
      return `${formatName(f.node)},${f.at}`;
    case "restart":
    case "pause":
      return `${formatName(f.node)},${f.at},${f.until}`;
    case "partition":
    case "partial-partition":
      return `${formatSide(f.a)}|${formatSide(f.b)},${f.at},${f.until}`;
    case "one-way-partition":
      return `${formatSide(f.a)}>${formatSide(f.b)},${f.at},${f.until}`;
    case "omission":
      return `${formatNames([f.from, f.to])},${f.at}`;
    case "delay":
    case "duplicate":
      return `${formatNames([f.from, f.to])},${f.at},${f.arrives}`;
  }
}

/** `crash(b,4)`, `omit(a,b,1)`. */
export function formatFault(f: Fault): string {
  return `${wordOf(f)}(${formatFaultValue(f)})`;
}

/** The notation of a schedule; `{}` if it is empty. */
export function formatSchedule(s: readonly Fault[]): string {
  return s.length === 0 ? "{}" : s.map(formatFault).join(" ");
}

/** The names of one side of a cut; a name that contains a separator is quoted. */
function formatSide(names: readonly string[]): string {
  return names.map((name) => (/[|>]/.test(name) ? quoteString(name) : formatName(name))).join(",");
}

/** The offset of the first `|` or `>` outside quotes, which separates the sides of a cut. */
function separatorIn(text: string): number | undefined {
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === "\\") i++;
    else if (c === '"') quoted = !quoted;
    else if (!quoted && (c === "|" || c === ">")) return i;
  }
  return undefined;
}
