import { InvalidArgumentError } from "commander";
import type { Fault } from "../faults/schedule.js";
import { parseNames } from "../source/names.js";
import { given } from "./given.js";
import type { OpenRange } from "./job.js";

/*
 * The words of a command line as values. Every function here throws commander's InvalidArgumentError, which the
 * command line turns into one message and exit status 2.
 */

/** Molly's spellings of options that have only one long name here. */
const aliases: ReadonlyMap<string, string> = new Map([
  ["--EOT", "--eot"],
  ["--EFF", "--eff"],
  ["--no-colour", "--no-color"],
]);

/** The command line with every alias replaced, up to a `--`. */
export function withoutAliases(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  return argv.map((word, i) => {
    if (end !== -1 && i >= end) return word;
    const [name = word, ...value] = word.split("=");
    const plain = aliases.get(name);
    return plain === undefined ? word : [plain, ...value].join("=");
  });
}

export function integer(text: string): number {
  const value = Number(text);
  if (!/^[+-]?[0-9]+$/.test(text.trim()) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError("A whole number is wanted.");
  return value;
}

export function positive(text: string): number {
  const value = integer(text);
  if (value < 1) throw new InvalidArgumentError("A whole number of at least 1 is wanted.");
  return value;
}

export function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError("A number of seconds above 0 is wanted.");
  return value;
}

/** `a,b,c`; an odd name stands in double quotes, as strings do in programs: `"a,b",c`. */
export function names(text: string): readonly string[] {
  const parsed = parseNames(text);
  switch (parsed.kind) {
    case "names":
      return parsed.names;
    case "empty":
      throw new InvalidArgumentError(
        'A name is empty; if it is meant to be, write "" for it, within the quotes of the shell.',
      );
    case "malformed":
      throw new InvalidArgumentError(
        "Names separated by commas are wanted; one that holds a comma or a quote stands in double quotes.",
      );
    default: {
      const never: never = parsed;
      return never;
    }
  }
}

/** `F,T,t`: every message from F to T sent at t is lost. */
export function omission(text: string): Fault {
  const [from, to, instant, ...rest] = names(text);
  if (from === undefined || to === undefined || instant === undefined || rest.length > 0) {
    throw new InvalidArgumentError("Sender, receiver and instant are wanted: a,b,1.");
  }
  if (from === to) throw new InvalidArgumentError("A node's message to itself cannot be lost.");
  return { kind: "omission", from, to, at: positive(instant) };
}

/** `N,t`: N sends nothing from t on. */
export function crash(text: string): Fault {
  const [node, instant, ...rest] = names(text);
  if (node === undefined || instant === undefined || rest.length > 0)
    throw new InvalidArgumentError("Node and instant are wanted: c,2.");
  return { kind: "crash", node, at: positive(instant) };
}

/** `4..12`, `4..`, `..12`, `..`, or one number. */
export function range(text: string): OpenRange {
  const match = /^([0-9]+)?\.\.\.?([0-9]+)?$/.exec(text.trim());
  if (match === null) {
    const value = integer(text);
    return { from: value, to: value };
  }
  const [, first, last] = match;
  const [from, to] = [first, last].map((bound) => (bound === undefined ? undefined : integer(bound)));
  if (from !== undefined && to !== undefined && from > to)
    throw new InvalidArgumentError("The range is empty: its end comes before its beginning.");
  return given({ from, to });
}

/** `I/N`: the I-th of N parts. */
export function shard(text: string): { readonly index: number; readonly count: number } {
  const match = /^([0-9]+)\/([0-9]+)$/.exec(text);
  const index = Number(match?.[1]);
  const count = Number(match?.[2]);
  if (match === null || index < 1 || index > count)
    throw new InvalidArgumentError("A part of a whole is wanted: 1/4 … 4/4.");
  return { index, count };
}

/** Collects the values of an option that may be given several times. */
export function several<T>(
  parse: (text: string) => T,
): (text: string, before: readonly T[] | undefined) => readonly T[] {
  return (text, before) => [...(before ?? []), parse(text)];
}

const testReports = [".json", ".xml", ".md"];
const checkReports = [...testReports, ".html", ".sarif", ".dot"];

/** The name of a file that the results of tests can be written to. */
export function report(path: string): string {
  return endingIn(testReports, path);
}

/** The name of a file that a verdict can be written to. */
export function checkReport(path: string): string {
  return endingIn(checkReports, path);
}

function endingIn(endings: readonly string[], path: string): string {
  if (endings.some((end) => path.toLowerCase().endsWith(end))) return path;
  throw new InvalidArgumentError(`The name must end in one of ${endings.join(", ")}.`);
}
