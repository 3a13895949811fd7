import type { Reader } from "./values.js";

/** The part of a job that an option's value goes to, with its heading in `--help`. In the order of `--help`. */
export const headings = {
  question: "The question:",
  faults: "The faults of the run:",
  inputs: "The inputs of the run:",
  ranges: "Time and nodes:",
  budget: "Time and nodes:",
  bounds: "Faults of a schedule, at most:",
  specification: "What is checked:",
  selection: "Which expectations:",
  offered: "Which repairs:",
  search: "How to search:",
  shown: "What to show:",
  answer: "What to do with the answer:",
  sources: "Files and limits:",
  limits: "Files and limits:",
  time: "Files and limits:",
  output: "Output:",
} as const;

export type Part = keyof typeof headings;

/** How often an option is given, with or without a value, and how the value is read. */
export type Arity =
  /** `--all`: true if it is given. */
  | { readonly kind: "flag" }
  /** `--no-color`: false if it is given, true if not. */
  | { readonly kind: "negation" }
  | { readonly kind: "value"; readonly read: Reader<unknown> }
  /** `--tables 3`, or `--tables` for true. */
  | { readonly kind: "optional-value"; readonly read: Reader<unknown> }
  /** Given any number of times: the list of the values. */
  | { readonly kind: "list"; readonly read: Reader<unknown> }
  | { readonly kind: "choice"; readonly choices: readonly string[] };

/** A row of the table of options. */
export interface OptionRow {
  /** The property that holds the value: the long spelling in camel case. */
  readonly name: string;
  /** As `--help` shows it: `-t, --eot <n>`. */
  readonly flags: string;
  /** The names of the commands that have it. */
  readonly commands: readonly string[];
  readonly part: Part;
  /** Where `--help` lists it, if not with its part. */
  readonly heading?: Part;
  readonly arity: Arity;
  /** Begins in lower case. "(repeatable)" is appended where the option may be given several times. */
  readonly help: string;
  /** Not listed. */
  readonly hidden?: true;
}

/** Keeps the literal types of a row: the types of the jobs are derived from them. */
export function option<const R extends OptionRow>(row: R): R {
  return row;
}

export const flag = { kind: "flag" } as const;
export const negation = { kind: "negation" } as const;

export function one<T>(read: Reader<T>): { readonly kind: "value"; readonly read: Reader<T> } {
  return { kind: "value", read };
}

export function oneOrNone<T>(read: Reader<T>): { readonly kind: "optional-value"; readonly read: Reader<T> } {
  return { kind: "optional-value", read };
}

export function any<T>(read: Reader<T>): { readonly kind: "list"; readonly read: Reader<T> } {
  return { kind: "list", read };
}

export function choice<const T extends string>(
  ...choices: readonly T[]
): { readonly kind: "choice"; readonly choices: readonly T[] } {
  return { kind: "choice", choices };
}

/** What a job sees of an option. */
export type ValueOf<A extends Arity> = A extends { readonly kind: "flag" }
  ? true
  : A extends { readonly kind: "negation" }
    ? boolean
    : A extends { readonly kind: "value"; readonly read: Reader<infer T> }
      ? T
      : A extends { readonly kind: "optional-value"; readonly read: Reader<infer T> }
        ? T | true
        : A extends { readonly kind: "list"; readonly read: Reader<infer T> }
          ? readonly T[]
          : A extends { readonly kind: "choice"; readonly choices: readonly (infer T)[] }
            ? T
            : never;
