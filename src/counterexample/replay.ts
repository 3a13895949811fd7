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
