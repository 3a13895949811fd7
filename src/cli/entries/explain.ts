import type { Command } from "../command.js";
import type { ExplainJob } from "../commands/explain.js";

export const explain: Command<"explain", ExplainJob> = {
  name: "explain",
  summary: "explain the code of an error or a warning",
  words: {
    name: "code",
    help: "the word in brackets, as in warning[vacuous]; without one, all codes are listed",
    count: "at-most-one",
  },
  about: "Shows why the code is reported, a program that has it, and the same program corrected.",
  examples: [{ line: "ldfi explain unbound-variable" }, { line: "ldfi explain", remark: "every code, one line each" }],
  statuses: { 0: "the code is explained, or all are listed", 2: "there is no such code" },
  job: ({ words, common }) => ({ kind: "explain", ...common, code: words[0] ?? "" }),
  load: async () => (await import("../commands/explain.js")).explainCommand,
};
