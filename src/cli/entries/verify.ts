import type { Command } from "../command.js";
import type { VerifyJob } from "../commands/verify.js";

export const verify: Command<"verify", VerifyJob> = {
  name: "verify",
  summary: "check the proof of a verdict again",
  words: { name: "manifest", help: "the file that ends in .json, which `ldfi check --proof` wrote" },
  about: `\
Makes the formula from the program again and compares it with that of the proof; checks the proof step by step with a checker that \
shares no code with any solver. Nothing is believed but that the formula says what the program means.`,
  examples: [
    { line: "ldfi check broadcast.ded --solver cadical --proof holds.drat" },
    { line: "ldfi verify holds.drat.json" },
  ],
  statuses: {
    0: "the proof is right, and is that of this program and these options",
    1: "refused: a file was changed, the program is another one, or a step does not follow",
    2: "a file is missing or malformed, or the command line is wrong",
    3: "a limit or Ctrl-C came first",
  },
  job: ({ words, common }) => {
    const [manifest, ...others] = words;
    if (manifest === undefined || others.length > 0) return { kind: "misuse", message: "verify takes one manifest." };
    return { kind: "verify", ...common, manifest };
  },
  load: async () => (await import("../commands/verify.js")).verifyCommand,
};
