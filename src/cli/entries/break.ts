import type { Command } from "../command.js";
import type { BreakJob } from "../commands/break.js";
import { parametersOf } from "../options/table.js";

export const breaking: Command<"break", BreakJob> = {
  name: "break",
  summary: "look for the fewest faults that remove a tuple, or make it appear",
  words: { name: "file", help: "the program, then the tuple" },
  examples: [
    { line: `ldfi break election.ded 'leader("a",1)@5' --crashes 1` },
    { line: `ldfi break commit.ded 'abort("b")@6' --appear` },
  ],
  statuses: {
    0: "no faults within the bounds do this",
    1: "some faults do",
    2: "the program, the tuple or the command line is wrong",
    3: "inconclusive: a limit or Ctrl-C came first",
  },
  job: ({ words, options, common, defaultFormat }) => {
    const tuple = words.at(-1);
    if (words.length < 2 || tuple === undefined)
      return { kind: "misuse", message: "name a program and a tuple: ldfi break FILE 'leader(\"a\",1)@5'" };
    return {
      kind: "break",
      ...common,
      files: words.slice(0, -1),
      format: options.format ?? defaultFormat,
      parameters: parametersOf("break", options),
      tuple,
      appear: options.appear === true,
      strict: false,
      margin: false,
      verbose: false,
    };
  },
  load: async () => (await import("../commands/break.js")).breakCommand,
};
