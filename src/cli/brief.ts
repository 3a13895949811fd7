import { statSync } from "node:fs";

/*
 * Which checks the main thread tries by itself, while the thread that works is still starting, which takes Node about as long as the
 * smallest programs take to be checked. That thread is there to interrupt the work and to end it in time: brief work needs neither. What
 * turns out not to be brief is given up, and begun again there. Of the library's 139 checks that look brief, 19 have too many
 * channels, which is seen before anything is run, and three a graph that grows too large.
 */

/** The bytes of a file that looks brief. */
const largestFile = 4000;
/** The instants of a check that looks brief. */
const lastInstant = 10;
/** The channels, at all instants, beyond which a check is not brief. */
export const mostChannels = 200;
/** The nodes of the graph beyond which it is not: the solver cannot be interrupted, and with so few it does not need to be. */
export const largestGraph = 1000;
/** The milliseconds after which it is not. */
export const longest = 150;

/** Options that change neither what is done nor for how long. */
const plain = new Set(["--eot", "--eff", "--crashes", "--format"]);

/** Whether a command line is that of a check of one small file within a few instants, with nothing to be written and no time limit. */
export function looksBrief(argv: readonly string[]): boolean {
  const [command, ...words] = argv;
  if (command !== "check") return false;
  const files: string[] = [];
  let eot: string | undefined;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (!word.startsWith("-")) files.push(word);
    else if (!plain.has(word)) return false;
    else if (word === "--eot") eot = words[++i];
    else i++;
  }
  const [file] = files;
  if (file === undefined || files.length > 1 || eot === undefined || !(Number(eot) <= lastInstant)) return false;
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  return size !== undefined && size <= largestFile;
}
