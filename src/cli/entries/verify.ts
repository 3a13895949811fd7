import type { Command } from "../command.js";
import type { VerifyJob } from "../commands/verify.js";

export const verify: Command<"verify", VerifyJob> = {
  name: "verify",
  summary: "check the proof of a verdict again",
  words: { name: "manifest", help: "the .json file that `ldfi check --proof` wrote", count: "one" },
  about: `\
Builds the formula from the program again, compares it with that of the proof, and checks each step of the proof. The \
checker shares no code with any solver. What is not checked is that the formula means what the program means.`,
  examples: [{ line: "ldfi verify p.drat.json", remark: "after: ldfi check … --solver cadical --proof p.drat" }],
  statuses: {
    0: "the proof is right, and is that of this program and these options",
    1: "refused: a file was changed, or a step does not follow",
    2: "a file is missing or malformed",
    3: "a limit or Ctrl-C came first",
  },
  job: ({ words, common }) => {
    const [manifest = ""] = words;
    return { kind: "verify", ...common, manifest };
  },
  load: async () => (await import("../commands/verify.js")).verifyCommand,
};
