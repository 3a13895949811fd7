import { isPrintable } from "./strings.js";

/* Commands that can be pasted into a POSIX shell. They are printable and take one line, whatever characters the words contain. */

/** The command with these words. */
export function shellCommand(words: readonly string[]): string {
  // `$(…)` strips trailing line breaks, so a word that ends in one is safe only inside an `eval` of the whole command.
  if (words.some((word) => word.endsWith("\n"))) return `eval ${printed(words.map(inQuotes).join(" "))}`;
  return words.map(shellWord).join(" ");
}

/** A path as a word of a command that cannot be mistaken for an option. `-` alone is standard input and stays. */
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

/** The word produced by the shell's `printf` from octal bytes; for names of files, which have no escapes of their own. */
function printed(word: string): string {
  const octal = (text: string): string =>
    [...new TextEncoder().encode(text)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  return `"$(printf '${word.replace(/[^A-Za-z0-9_,./:=@+ ]+/g, octal)}')"`;
}
