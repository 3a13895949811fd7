import { isPrintable } from "./strings.js";

/* Commands as they can be pasted into a POSIX shell, fit for one line of a terminal whatever the words are. */

/** The command whose words these are. */
export function shellCommand(words: readonly string[]): string {
  // `$(…)` drops line ends at its end, so a word that ends in one is only safe inside a command that is printed whole.
  if (words.some((word) => word.endsWith("\n"))) return `eval ${printed(words.map(inQuotes).join(" "))}`;
  return words.map(shellWord).join(" ");
}

/** A file as a word of a command: no path begins like an option. `-` alone stays, it is standard input. */
export function fileWord(path: string): string {
  return path.startsWith("-") && path !== "-" ? `./${path}` : path;
}

function shellWord(word: string): string {
  if (/^[A-Za-z0-9_,./:=@%+-]+$/.test(word)) return word;
  return isPrintable(word) ? inQuotes(word) : printed(word);
}

function inQuotes(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The word as the shell's `printf` makes it from bytes. Names of nodes and tuples have escapes of their own; names of files have none. */
function printed(word: string): string {
  const octal = (text: string): string =>
    [...new TextEncoder().encode(text)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  return `"$(printf '${word.replace(/[^A-Za-z0-9_,./:=@+ ]+/g, octal)}')"`;
}
