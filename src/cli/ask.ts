import { createInterface } from "node:readline/promises";
import type { PatternName } from "./patterns.js";
import { patternSummaries } from "./patterns.js";

/** Asks at the terminal which pattern a first program has: by number or name, the first if nothing is said. */
export async function askPattern(): Promise<PatternName> {
  const names = Object.keys(patternSummaries) as PatternName[];
  const width = Math.max(...names.map(({ length }) => length));
  process.stderr.write("What shall the program be about?\n");
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
