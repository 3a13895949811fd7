import type { Command } from "../command.js";
import type { VerifyJob } from "../commands/verify.js";

export const verify: Command<"verify", VerifyJob> = {
  name: "verify",
  summary: "check the proof of a verdict again",
  words: { name: "manifest", help: "the file that ends in .json, which `ldfi check --proof` wrote" },
  about: `\
Makes the formula from the program again and compares it with that of the proof; checks the proof step by step with a checker that \
shares no code with any solver. Nothing is believed but that the formula says what the program means.`,
  examples: [{ line: "ldfi verify p.drat.json", remark: "after: ldfi check … --solver cadical --proof p.drat" }],
  statuses: {
    0: "the proof is right, and is that of this program and these options",
    1: "refused: a file was changed, or a step does not follow",
    2: "a file is missing or malformed",
    3: "a limit or Ctrl-C came first",
  },
  job: ({ words, common }) => {
    const [manifest, ...others] = words;
    if (manifest === undefined || others.length > 0) return { kind: "misuse", message: "verify takes one manifest." };
    return { kind: "verify", ...common, manifest };
  },
  load: async () => (await import("../commands/verify.js")).verifyCommand,
};
