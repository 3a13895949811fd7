import { defined } from "../defined.js";
import { faultOptions } from "./fault-options.js";
import { huntOptions } from "./hunt.js";
import type { OptionRow, Part, ValueOf } from "./option.js";
import { outputOptions } from "./output.js";
import { questionOptions } from "./question.js";
import { workOptions } from "./work.js";

/**
 * Every option of every command: its commands, how it is read, its help. `--help` lists the options of a heading in this
 * order. An option with different meanings has a row for each.
 */
export const optionTable = [
  ...faultOptions,
  ...questionOptions,
  ...workOptions,
  ...outputOptions,
  ...huntOptions,
] as const;

type Row = (typeof optionTable)[number];

/** A command that the table names. */
export type CommandInTable = Row["commands"][number];

type RowOf<C, P extends Part, R = Row> = R extends { readonly commands: readonly (infer In)[]; readonly part: P }
  ? C extends In
    ? R
    : never
  : never;

/** The values of a command's options, or of those in some of its parts; an option that is not given is absent. */
export type Options<C extends string, P extends Part = Part> = {
  readonly [R in RowOf<C, P> as R["name"]]?: ValueOf<R["arity"]>;
};

/** The rows for a command. */
export function optionsOf(command: string): readonly OptionRow[] {
  const rows: readonly OptionRow[] = optionTable;
  return rows.filter(({ commands }) => commands.includes(command));
}

/** The options of a command that are in some parts, in the order of the table. */
export function partOf<C extends CommandInTable, P extends Part>(
  command: C,
  options: Options<C>,
  ...parts: readonly P[]
): Options<C, P> {
  const values = new Map<string, unknown>(Object.entries(options));
  const names = optionsOf(command).flatMap(({ name, part }) => (parts.some((p) => p === part) ? [name] : []));
  return defined(Object.fromEntries(names.map((name) => [name, values.get(name)]))) as Options<C, P>;
}

/** The parts whose options are passed to the library unchanged. */
const libraryParts = ["budget", "bounds", "specification", "search", "limits"] as const;

export function parametersOf<C extends CommandInTable>(
  command: C,
  options: Options<C>,
): Options<C, (typeof libraryParts)[number]> {
  return partOf(command, options, ...libraryParts);
}
