import { diskFiles } from "../disk/disk-files.js";
import { largestGraph, longest, mostChannels, sizeOf } from "./brief.js";
import type { CheckJob } from "./commands/check.js";
import { checkCommand } from "./commands/check.js";
import { commonOf, defaultFormat } from "./common-options.js";
import { check } from "./entries/check.js";
import type { Host } from "./host.js";
import type { Ending } from "./messages.js";
import type { Options } from "./options/table.js";
import { optionsOf } from "./options/table.js";
import { repositoryPaths } from "./repository.js";
import type { Surroundings } from "./terminal.js";

/*
 * Brief work, in the main thread: a bundle with a check that writes nothing, and without the parser of all command lines. What it does not
 * take over is done in the usual way, from the beginning.
 */

/** The ending of a check that looks brief; undefined if it is not, or if its command line is not as simple as it looked. */
export async function attempt(
  argv: readonly string[],
  surroundings: Surroundings,
  milliseconds = longest,
): Promise<Ending | undefined> {
  const job = briefJob(argv, surroundings);
  if (job === undefined) return undefined;
  const began = performance.now();
  let beyond = false;
  const files = diskFiles(undefined);
  const host: Host = {
    // An included file may be a pipe, which would be read twice.
    reader: { ...files, read: (path) => (sizeOf(path) === undefined ? notBrief() : files.read(path)) },
    pathName: repositoryPaths(process.cwd(), process.env.GITHUB_WORKSPACE),
    progress() {},
    reads() {},
    asked(nodes, eot) {
      beyond ||= nodes * nodes * eot > mostChannels;
    },
    built(nodes) {
      beyond ||= nodes > largestGraph;
    },
    interrupted() {
      beyond ||= performance.now() - began > milliseconds;
      return beyond;
    },
    print: notBrief,
    runProcess: notBrief,
    onPath: notBrief,
    write: notBrief,
    replace: notBrief,
    create: notBrief,
    append: notBrief,
    appendable: notBrief,
    workerUrl: new URL("file:///"),
    workerData: notBrief,
  };
  const ending = await checkCommand(job, host);
  return beyond || ending.files.length > 0 ? undefined : ending;
}

function notBrief(): never {
  throw new Error("no brief check does this");
}

/** The job of a command line of words and of options with values, each spelt out; undefined if it is another, or wrong. */
export function briefJob(argv: readonly string[], surroundings: Surroundings): CheckJob | undefined {
  const rows = optionsOf(check.name);
  const words: string[] = [];
  const values = new Map<string, unknown>();
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (!word.startsWith("-")) {
      words.push(word);
      continue;
    }
    const row = rows.find(({ flags }) => flags.split(/,? /).includes(word));
    const text = argv[++i];
    if (row === undefined || text === undefined) return undefined;
    const { name, arity } = row;
    if (arity.kind === "value") {
      const read = arity.read(text);
      if (read.kind === "problem") return undefined;
      values.set(name, read.value);
    } else if (arity.kind === "choice" && arity.choices.includes(text)) values.set(name, text);
    else return undefined;
  }
  const options = Object.fromEntries(values) as Options<"check">;
  const job = check.job({
    words,
    options,
    common: commonOf(options, surroundings),
    commands: [],
    defaultFormat: defaultFormat(surroundings),
  });
  return job.kind === "misuse" ? undefined : job;
}
