import { createInterface } from "node:readline/promises";
import type { PatternName } from "./patterns.js";
import { patternSummaries } from "./patterns.js";

/** Asks at the terminal for the pattern of a first program, by number or name; an empty answer means the first. */
export async function askPattern(): Promise<PatternName> {
  const names = Object.keys(patternSummaries) as PatternName[];
  const width = Math.max(...names.map(({ length }) => length));
  process.stderr.write("Which kind of protocol should the program be?\n");
  for (const [i, name] of names.entries())
    process.stderr.write(`  ${i + 1}  ${name.padEnd(width)}  ${patternSummaries[name]}\n`);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const answer = (await lines.question("[1] ")).trim();
      const chosen = answer === "" ? names[0] : (names[Number(answer) - 1] ?? names.find((name) => name === answer));
      if (chosen !== undefined) return chosen;
    }
  } finally {
    lines.close();
  }
}
