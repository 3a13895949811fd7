import type { Schedule } from "../faults/schedule.js";

/** What has to be repeated on a command line to run one schedule again. Absent parts were not given and need not be. */
export interface Replay {
  readonly files: readonly string[];
  readonly eot: number;
  readonly nodes?: readonly string[];
  readonly pre?: string;
  readonly post?: string;
  readonly includeDirs: readonly string[];
  readonly schedule: Schedule;
  /** A tuple to ask about besides. */
  readonly ask?: { readonly question: "why" | "why-not"; readonly tuple: string };
}

/** The words of the command after `ldfi`; a shell may want some of them quoted. */
export function replayArguments(replay: Replay): readonly string[] {
  const words = ["run", ...replay.files, "--eot", String(replay.eot)];
  if (replay.nodes !== undefined) words.push("--nodes", list(replay.nodes));
  if (replay.pre !== undefined) words.push("--pre", replay.pre);
  if (replay.post !== undefined) words.push("--post", replay.post);
  for (const folder of replay.includeDirs) words.push("--include-dir", folder);
  for (const fault of replay.schedule) {
    if (fault.kind === "crash") words.push("--crash", list([fault.node, String(fault.at)]));
    else words.push("--omit", list([fault.from, fault.to, String(fault.at)]));
  }
  if (replay.ask !== undefined) words.push(`--${replay.ask.question}`, replay.ask.tuple);
  return words;
}

/** The command as it can be pasted into a POSIX shell. */
export function replayCommand(replay: Replay): string {
  return ["ldfi", ...replayArguments(replay)].map(quoteForShell).join(" ");
}

/** Items joined by commas; one that holds a comma, a quote or a space at its end stands in double quotes. */
function list(items: readonly string[]): string {
  return items.map((item) => (/[",]|^\s|\s$|^$/.test(item) ? JSON.stringify(item) : item)).join(",");
}

function quoteForShell(word: string): string {
  return /^[A-Za-z0-9_,./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * The same as an expectation, to be kept in the first of the files: `//! run omit=a,b,1 eot=4 expect=violated`.
 * `undefined` if such a line has no way to say it: a name with a comma in it.
 */
export function pinLine(replay: Replay, withFiles: readonly string[]): string | undefined {
  const { eot, nodes = [], pre, post, schedule } = replay;
  const names = [...nodes, ...schedule.flatMap((f) => (f.kind === "crash" ? [f.node] : [f.from, f.to]))];
  if (names.some((name) => name.includes(",") || /[\u0000-\u001f]/.test(name))) return undefined;
  const fields = schedule.map((f) => (f.kind === "crash" ? field("crash", `${f.node},${f.at}`) : field("omit", `${f.from},${f.to},${f.at}`)));
  fields.push(field("eot", String(eot)));
  if (nodes.length > 0) fields.push(field("nodes", nodes.join(",")));
  if (pre !== undefined) fields.push(field("pre", pre));
  if (post !== undefined) fields.push(field("post", post));
  for (const file of withFiles) fields.push(`with=${quoted(file)}`);
  return `//! run ${fields.join(" ")} expect=violated`;
}

function field(key: string, value: string): string {
  return `${key}=${/[\s"]/.test(value) ? quoted(value) : value}`;
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}
