import { statSync } from "node:fs";

/*
 * Which checks the main thread does itself, since starting a thread takes about as long as the smallest checks. The worker thread makes work
 * interruptible and limits its time; brief work needs neither. A check that turns out not to be brief is abandoned and started again
 * in the worker. Of the library's 139 checks that look brief, 19 have too many channels, which is known before anything is run, and
 * three have a graph that grows too large.
 */

/** The most bytes of a file. */
const largestFile = 4000;
/** The most instants. */
const lastInstant = 10;
/** The most channels, over all instants. */
export const mostChannels = 200;
/** The most nodes of the graph: with so few the solver need not be interrupted. */
export const largestGraph = 1000;
/** The most milliseconds. */
export const longest = 150;

/** Options that change neither the work nor its duration. */
const plain = new Set(["-t", "--eot", "-f", "--eff", "-c", "--crashes", "--format"]);

/** Whether the command line checks one small file over a few instants, writes no files and has no time limit. */
export function looksBrief(argv: readonly string[]): boolean {
  const [command, ...words] = argv;
  if (command !== "check") return false;
  const files: string[] = [];
  // The default is within the bound.
  let eot = "0";
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (!word.startsWith("-")) files.push(word);
    else if (!plain.has(word)) return false;
    else {
      const value = words[++i] ?? "";
      if (word === "-t" || word === "--eot") eot = value;
    }
  }
  const [file] = files;
  if (file === undefined || files.length > 1 || !(Number(eot) <= lastInstant)) return false;
  return (sizeOf(file) ?? Infinity) <= largestFile;
}

/** The bytes of a regular file; undefined for a pipe, whose reading may take long, and for what is missing or cannot be reached. */
export function sizeOf(path: string): number | undefined {
  try {
    const stats = statSync(path);
    return stats.isFile() ? stats.size : undefined;
  } catch {
    return undefined;
  }
}
