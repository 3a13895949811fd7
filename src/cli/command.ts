import type { ExitStatus } from "./exit-status.js";
import type { Host } from "./host.js";
import type { Common, Format } from "./job.js";
import type { Ending } from "./messages.js";
import type { Options } from "./options/table.js";

/** A command, as the command line, `--help`, the worker and completion know it. Its options are rows of the table. */
export interface Command<Name extends string, J extends { readonly kind: string }> {
  readonly name: Name;
  /** What it does, for the list of commands: begins in lower case, without a full stop. */
  readonly summary: string;
  /** The arguments besides options; absent if it takes none. */
  readonly words?: Words;
  /** More about that, for its own `--help`; a paragraph is a line. */
  readonly about?: string;
  /** The text of its `--help` after the options; a paragraph is a line. */
  readonly notes?: string;
  readonly examples: readonly Example[];
  /** The meanings of its exit statuses; 70, a bug, is the same everywhere. */
  readonly statuses: Readonly<Partial<Record<ExitStatus, string>>>;
  /** Makes the job; refuses combinations of arguments and options that are each valid. */
  readonly job: (given: Arguments<Name>) => J | Misuse;
  /** The code that does the job and shows the result; runs in the worker. */
  readonly load: () => Promise<Run<J>>;
}

export interface Words {
  readonly name: string;
  readonly help: string;
  /** How many there may be; if absent, one or more. */
  readonly count?: "one" | "at-most-one" | "any-number";
}

export interface Example {
  /** A whole line of a shell. */
  readonly line: string;
  readonly remark?: string;
}

/** A parsed command line. */
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
