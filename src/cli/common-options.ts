import { defined } from "./defined.js";
import type { Common, Format } from "./job.js";
import type { Options } from "./options/table.js";
import type { CommandName } from "./registry.js";
import type { Surroundings } from "./terminal.js";
import { terminalOf } from "./terminal.js";

/** The options that have the same meaning for every command that has them. */
export type CommonOptions = Options<CommandName, "sources" | "time"> & {
  readonly quiet?: boolean;
  readonly color?: boolean;
  readonly ascii?: boolean;
  readonly report?: readonly string[];
  readonly dimacs?: string;
  readonly proof?: string;
};

export function commonOf(options: CommonOptions, surroundings: Surroundings): Common {
  const { includeDir, quiet, color, ascii, timeout, report, dimacs, proof } = options;
  return {
    includeDirs: includeDir ?? [],
    quiet: quiet === true,
    terminal: terminalOf(surroundings, { noColour: color === false, ascii: ascii === true }),
    reports: report ?? [],
    ...defined({ timeout, dimacs, proof }),
  };
}

export function defaultFormat({ env }: Surroundings): Format {
  return env.GITHUB_ACTIONS === "true" ? "github" : "pretty";
}
