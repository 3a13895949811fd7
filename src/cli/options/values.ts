import type { Fault } from "../../faults/kinds.js";
import type { Notation } from "../../faults/notation.js";
import type { Rate } from "../../faults/rates.js";
import { parseRate } from "../../faults/rates.js";
import { parseNodes } from "../../source/names.js";
import { wordsOf } from "../command-words.js";
import { defined } from "../defined.js";

/* The words of a command line as values. */

/** A value; or what the user should give instead, in one or two sentences. */
export type Read<T> =
  | { readonly kind: "value"; readonly value: T }
  | { readonly kind: "problem"; readonly message: string };

export type Reader<T> = (text: string) => Read<T>;

function value<T>(read: T): Read<T> {
  return { kind: "value", value: read };
}

function problem(message: string): { readonly kind: "problem"; readonly message: string } {
  return { kind: "problem", message };
}

export const anyText: Reader<string> = value;

export function integer(text: string): Read<number> {
  const number = Number(text);
  return /^[+-]?[0-9]+$/.test(text.trim()) && Number.isSafeInteger(number)
    ? value(number)
    : problem("Give a whole number.");
}

export function numberFrom(least: number): Reader<number> {
  return (text) => {
    const read = integer(text);
    return read.kind === "value" && read.value >= least ? read : problem(`Give a whole number of at least ${least}.`);
  };
}

export const positive = numberFrom(1);

/** A number, or `any`: no bound. */
export function numberOrAny(least: number): Reader<number> {
  const number = numberFrom(least);
  return (text) => {
    if (text.trim() === "any") return value(Number.POSITIVE_INFINITY);
    const read = number(text);
    return read.kind === "value" ? read : problem(`Give a whole number of at least ${least}, or "any".`);
  };
}

export function seconds(text: string): Read<number> {
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) && number > 0
    ? value(number)
    : problem("Give a number of seconds above 0.");
}

const namesProblem = {
  empty: 'A name is empty. If that is intended, write it as "", inside quotes of the shell.',
  malformed:
    "Separate names by commas, and put a name that contains a comma, a quote or .. in double quotes; a range is written n1..n5.",
};

/** `a,b,c`, `n1..n5`; an odd name stands in double quotes, as strings do in programs: `"a,b",c`. */
export function names(text: string): Read<readonly string[]> {
  const parsed = parseNodes(text);
  switch (parsed.kind) {
    case "names":
      return value(parsed.names);
    case "empty":
    case "malformed":
      return problem(namesProblem[parsed.kind]);
    default: {
      const never: never = parsed;
      return never;
    }
  }
}

/** Reads a fault, as its notation has it between the parentheses: `a,b,1`. */
export function fault({ parse, parts, example }: Notation): Reader<Fault> {
  return (text) => {
    const parsed = parse(text);
    switch (parsed.kind) {
      case "fault":
        return value(parsed.fault);
      case "malformed":
        return problem(`Give ${parts}: ${example}. An instant is at least 1.`);
      case "no-names":
        return problem(namesProblem[parsed.problem]);
      case "impossible":
        return problem(`${capitalized(parsed.problem)}.`);
      default: {
        const never: never = parsed;
        return never;
      }
    }
  };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A rate of faults. */
export const rate: Reader<Rate> = (text) => {
  const parsed = parseRate(text);
  return parsed.kind === "rate" ? value(parsed.rate) : problem(parsed.problem);
};

/** The words of a command. */
export const command: Reader<string> = (text) =>
  wordsOf(text) === undefined ? problem("Give a command in which every quote is closed.") : value(text);

/** A range: `4..12`, `4..`, `..12`, `..`, or one number. */
export interface OpenRange {
  readonly from?: number;
  readonly to?: number;
}

export function range(text: string): Read<OpenRange> {
  const match = /^([0-9]+)?\.\.\.?([0-9]+)?$/.exec(text.trim());
  if (match === null) {
    const read = integer(text);
    return read.kind === "problem" ? read : value({ from: read.value, to: read.value });
  }
  const bounds = [match[1], match[2]].map((bound) => (bound === undefined ? undefined : integer(bound)));
  const wrong = bounds.find((bound) => bound?.kind === "problem");
  if (wrong?.kind === "problem") return wrong;
  const [from, to] = bounds.map((bound) => (bound?.kind === "value" ? bound.value : undefined));
  if (from !== undefined && to !== undefined && from > to)
    return problem("The range is empty: its end is before its start.");
  return value(defined({ from, to }));
}

/** `I/N`: the I-th of N parts. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

export function shard(text: string): Read<Shard> {
  const match = /^([0-9]+)\/([0-9]+)$/.exec(text);
  const index = Number(match?.[1]);
  const count = Number(match?.[2]);
  return match === null || index < 1 || index > count
    ? problem("Give a part and the number of parts: 1/4 to 4/4.")
    : value({ index, count });
}

/** The name of a file whose ending is one of these. */
export function fileEndingIn(endings: readonly string[]): Reader<string> {
  return (path) =>
    endings.some((end) => path.toLowerCase().endsWith(end))
      ? value(path)
      : problem(`The name must end in one of ${endings.join(", ")}.`);
}
