import { formatFaultValue, wordOf } from "../faults/notation.js";
import type { Schedule } from "../faults/schedule.js";
import { formatNames } from "../source/names.js";
import { fileWord, shellCommand } from "../source/shell.js";

/** The arguments with which a command line runs one schedule again. Absent parts are defaults. */
export interface Replay {
  readonly files: readonly string[];
  readonly eot: number;
  readonly nodes?: readonly string[];
  readonly pre?: string;
  readonly post?: string;
  readonly never?: string;
  readonly promise?: readonly string[];
  readonly includeDirs: readonly string[];
  readonly maxTuples?: number;
  readonly schedule: Schedule;
  /** The inputs that differ from the defaults, as facts. */
  readonly inputs?: readonly string[];
  /** A tuple to ask about. */
  readonly ask?: { readonly question: "why" | "why-not"; readonly tuple: string };
}

/** The arguments of `ldfi`, not yet quoted for a shell. */
export function replayArguments(replay: Replay): readonly string[] {
  const words = ["run", ...replay.files.map(fileWord), "--eot", String(replay.eot)];
  if (replay.nodes !== undefined) words.push("--nodes", formatNames(replay.nodes));
  if (replay.pre !== undefined) words.push("--pre", replay.pre);
  if (replay.post !== undefined) words.push("--post", replay.post);
  if (replay.never !== undefined) words.push("--never", replay.never);
  for (const name of replay.promise ?? []) words.push("--promise", name);
  for (const folder of replay.includeDirs) words.push("--include-dir", folder);
  if (replay.maxTuples !== undefined) words.push("--max-tuples", String(replay.maxTuples));
  for (const input of replay.inputs ?? []) words.push("--input", input);
  for (const fault of replay.schedule) words.push(`--${wordOf(fault)}`, formatFaultValue(fault));
  if (replay.ask !== undefined) words.push(`--${replay.ask.question}`, replay.ask.tuple);
  return words;
}

/** The command as it can be pasted into a POSIX shell. */
export function replayCommand(replay: Replay): string {
  return shellCommand(["ldfi", ...replayArguments(replay)]);
}

export type Pinned =
  | { readonly kind: "line"; readonly line: string }
  /** Why there is no such line. */
  | { readonly kind: "impossible"; readonly reason: string };

/** The same as an expectation, to be kept in the first of the files: `//! run omit=a,b,1 eot=4 expect=violated`. */
export function pinLine(replay: Replay, withFiles: readonly string[]): Pinned {
  const { eot, nodes = [], pre, post, never, promise = [], schedule } = replay;
  if (withFiles.some((file) => /[\n\r]/.test(file)))
    return { kind: "impossible", reason: "a `//!` line cannot name a file with a line break in its name" };
  const fields = [
    ...(replay.inputs ?? []).map((input) => field("input", input)),
    ...schedule.map((fault) => field(wordOf(fault), formatFaultValue(fault))),
  ];
  fields.push(field("eot", String(eot)));
  if (nodes.length > 0) fields.push(field("nodes", formatNames([...new Set(nodes)])));
  if (pre !== undefined) fields.push(field("pre", pre));
  if (post !== undefined) fields.push(field("post", post));
  if (never !== undefined) fields.push(field("never", never));
  if (promise.length > 0) fields.push(field("promise", promise.join(",")));
  for (const file of withFiles) fields.push(`with=${quoted(file)}`);
  return { kind: "line", line: `//! run ${fields.join(" ")} expect=violated` };
}

function field(key: string, value: string): string {
  return `${key}=${/[\s"]/.test(value) ? quoted(value) : value}`;
}

/** The value of a field: only the quote and the backslash are escaped. */
function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}
