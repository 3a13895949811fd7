import type { ExitStatus } from "./exit-status.js";
import type { Host } from "./host.js";
import type { Common, Format } from "./job.js";
import type { Ending } from "./messages.js";
import type { Options } from "./options/table.js";

/** A command, as the command line, `--help`, the worker and completion know it. Its options are rows of the table. */
export interface Command<Name extends string, J extends { readonly kind: string }> {
  readonly name: Name;
  /** What it does, as the list of commands says it: begins in lower case, without a full stop. */
  readonly summary: string;
  /** What stands on the command line besides options; absent: nothing. One word or more, or if it is optional at most one, or any number. */
  readonly words?: { readonly name: string; readonly help: string; readonly optional?: true | "any-number" };
  /** More of that, for its own `--help`; a paragraph is a line. */
  readonly about?: string;
  /** What its `--help` says after the options; a paragraph is a line. */
  readonly notes?: string;
  readonly examples: readonly Example[];
  /** What its exit statuses mean; 70, a bug, is the same everywhere. */
  readonly statuses: Readonly<Partial<Record<ExitStatus, string>>>;
  /** Puts a job together; refuses what no option can be blamed for by itself. */
  readonly job: (given: Arguments<Name>) => J | Misuse;
  /** The code that does the job and shows the result; runs in the worker. */
  readonly load: () => Promise<Run<J>>;
}

export interface Example {
  /** A whole line of a shell. */
  readonly line: string;
  readonly remark?: string;
}

/** A command line, read. */
export interface Arguments<Name extends string> {
  readonly words: readonly string[];
  readonly options: Options<Name>;
  readonly common: Common;
  /** Every command, with what it does in a line. */
  readonly commands: readonly { readonly name: string; readonly summary: string }[];
  /** Used where no format is given. */
  readonly defaultFormat: Format;
}

/** Why there is no job. */
export interface Misuse {
  readonly kind: "misuse";
  readonly message: string;
}

export type Run<J> = (job: J, host: Host) => Ending | Promise<Ending>;
