import type { Command } from "../command.js";
import type { InitJob } from "../commands/init.js";

export const init: Command<"init", InitJob> = {
  name: "init",
  summary: "write a first program, which can be checked at once",
  words: {
    name: "name",
    help: "the name of the program, with or without .ded (default: that of the pattern)",
    count: "at-most-one",
  },
  about: `\
The program has a specification and a check that is met. At a terminal, init asks for the pattern if --pattern is not \
given. Existing files are never overwritten. If the program exists, --ci writes the workflow alone.`,
  examples: [
    { line: "ldfi init" },
    { line: "ldfi init election --pattern consensus" },
    { line: "ldfi init broadcast --ci github", remark: "with a workflow" },
  ],
  statuses: { 0: "the files are written", 2: "a file exists already, or cannot be written" },
  job: ({ words, options, common }) => ({
    kind: "init",
    ...common,
    name: words[0] ?? "",
    ci: options.ci === "github",
    ...(options.pattern === undefined ? {} : { pattern: options.pattern }),
  }),
  load: async () => (await import("../commands/init.js")).initCommand,
};
