// A program of so many lines, for what edits long texts: Raft, over and over, each time with other names.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export function editedProgram(folder, lines) {
  const own = readFileSync(join(folder, "raft.ded"), "utf8");
  const core = readFileSync(join(folder, "raft-core.ded"), "utf8");
  const rules = own.slice(own.indexOf("eligible("));
  const one = `${core}\n${rules}`;
  let text = `//! check eot=60 eff=59 crashes=2 expect=holds\n\n${one}`;
  for (let copy = 2; text.split("\n").length <= lines; copy++) text += `\n${renamed(one, copy)}`;
  return `${text
    .split("\n")
    .slice(0, lines)
    .join("\n")
    .replace(/[^;]*$/, "")}\n`;
}

/** With a number after the name of each relation. What only a whole program can have is left out. */
function renamed(text, number) {
  return text
    .replace(/^\/\/! reach .*\n/gm, "")
    .replace(/\b([a-z]\w*)(?=\()/g, `$1${number}`)
    .replace(/^(\/\/! [a-z]+ )(\w+)$/gm, `$1$2${number}`);
}
