import type { Command } from "./command.js";
import { breaking } from "./entries/break.js";
import { check } from "./entries/check.js";
import { completion } from "./entries/completion.js";
import { explain } from "./entries/explain.js";
import { fmt } from "./entries/fmt.js";
import { hunt } from "./entries/hunt.js";
import { init } from "./entries/init.js";
import { lint } from "./entries/lint.js";
import { lsp } from "./entries/lsp.js";
import { playground } from "./entries/playground.js";
import { repair } from "./entries/repair.js";
import { run } from "./entries/run.js";
import { sweep } from "./entries/sweep.js";
import { test } from "./entries/test.js";
import { trace } from "./entries/trace.js";
import { verify } from "./entries/verify.js";
import type { CommandInTable } from "./options/table.js";

/** The table of options names only these. */
const entries = {
  check,
  run,
  break: breaking,
  sweep,
  repair,
  hunt,
  trace,
  test,
  verify,
  lint,
  fmt,
  init,
  explain,
  completion,
  playground,
  lsp,
};

entries satisfies Readonly<Record<CommandInTable, unknown>>;

export type CommandName = keyof typeof entries;

type JobFor<C> = C extends Command<string, infer J> ? J : never;

export type Jobs = { readonly [N in CommandName]: JobFor<(typeof entries)[N]> };

export type Job = Jobs[CommandName];

/** Every command, in the order of `--help`. */
export const commands: { readonly [N in CommandName]: Command<N, Jobs[N]> } = entries;

export function isCommand(word: string): word is CommandName {
  return Object.hasOwn(commands, word);
}
