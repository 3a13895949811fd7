import type { Command } from "../command.js";
import type { ExplainJob } from "../commands/explain.js";

export const explain: Command<"explain", ExplainJob> = {
  name: "explain",
  summary: "say what the code of an error or a warning means",
  words: {
    name: "code",
    help: "as it stands in brackets: error[vacuous]; without one, all are listed",
    optional: true,
  },
  about: "Shows why it is reported, a program that has it, and the same program mended.",
  examples: [
    { line: "ldfi explain unbound-variable" },
    { line: "ldfi explain", remark: "every code, in one line each" },
  ],
  statuses: { 0: "the code is explained, or all are listed", 2: "there is no such code" },
  job: ({ words, common }) => ({ kind: "explain", ...common, code: words[0] ?? "" }),
  load: async () => (await import("../commands/explain.js")).explainCommand,
};
