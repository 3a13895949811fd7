import type { Command } from "../command.js";
import type { RunJob } from "../commands/run.js";
import { given } from "../given.js";
import { partOf } from "../options/table.js";

export const run: Command<"run", RunJob> = {
  name: "run",
  summary: "show one execution, under the faults you name",
  words: { name: "file", help: "the program; - is standard input" },
  about: `\
A tuple without an instant is asked for at the end of time. An odd name is quoted like a string: --omit 'a,"b, c",1'.`,
  examples: [
    { line: "ldfi run broadcast.ded --eot 4", remark: "without faults" },
    { line: "ldfi run broadcast.ded --omit a,b,1 --crash c,2 --tables" },
    { line: `ldfi run broadcast.ded --why 'log("c","hello")@4'` },
    { line: `ldfi run broadcast.ded --omit a,c,1 --why-not 'log("c","hello")@4'` },
  ],
  statuses: {
    0: "the run keeps the specification",
    1: "it does not, or --why asks for a tuple that is not there",
  },
  job: ({ words, options, common, defaultFormat }) => {
    const { tables, why, whyNot } = options;
    return {
      kind: "run",
      ...common,
      files: words,
      format: options.format ?? defaultFormat,
      parameters: partOf("run", options, "budget", "specification", "limits"),
      faults: Object.values(partOf("run", options, "faults")).flat(),
      ...given({ tables: tables === true ? ("eot" as const) : tables, why, whyNot }),
    };
  },
  load: async () => (await import("../commands/run.js")).runCommand,
};
