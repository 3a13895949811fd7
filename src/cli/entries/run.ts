import type { Command } from "../command.js";
import type { RunJob } from "../commands/run.js";
import { defined } from "../defined.js";
import { parametersOf, partOf } from "../options/table.js";

export const run: Command<"run", RunJob> = {
  name: "run",
  summary: "show one execution, under the faults you name",
  words: { name: "file", help: "the program; - is standard input" },
  notes: `\
A tuple without an instant means the end of time, and \`_\` in it matches any value. With --why the exit status is 0 if \
there is such a tuple, with --why-not if there is none, and otherwise 1.

A name with special characters is quoted like a string: --omit 'a,"b, c",1'.`,
  examples: [
    { line: "ldfi run broadcast.ded --eot 4", remark: "without faults" },
    { line: "ldfi run broadcast.ded --omit a,b,1 --crash c,2 --tables" },
    { line: `ldfi run broadcast.ded --why 'log("c","hello")@4'` },
    { line: `ldfi run broadcast.ded --omit a,c,1 --why-not 'log("c","hello")@4'` },
  ],
  statuses: {
    0: "the run keeps the specification",
    1: "the run breaks it",
    2: "the program or the command line is wrong",
    3: "a limit or Ctrl-C came first",
  },
  job: ({ words, options, common, defaultFormat }) => {
    const { tables, why, whyNot } = options;
    return {
      kind: "run",
      ...common,
      files: words,
      format: options.format ?? defaultFormat,
      parameters: parametersOf("run", options),
      faults: Object.values(partOf("run", options, "faults")).flat(),
      inputs: options.input ?? [],
      ...defined({ tables: tables === true ? ("eot" as const) : tables, why, whyNot }),
    };
  },
  load: async () => (await import("../commands/run.js")).runCommand,
};
