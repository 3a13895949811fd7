import type { Command } from "../command.js";
import type { RepairJob } from "../commands/repair.js";
import { defined } from "../defined.js";
import { parametersOf } from "../options/table.js";

export const repair: Command<"repair", RepairJob> = {
  name: "repair",
  summary: "look for changes that make a violated program hold",
  words: { name: "file", help: "the program; - is standard input" },
  about: `\
Edits are tried where the lineage of the loss points: a message is sent again, something is remembered, a promise waits \
for acknowledgements, a quorum grows. Every repair that is offered holds under the whole budget, and promises without faults what \
the program promised. Facts, pre, post, never, and rules that only feed these are never changed.`,
  notes: "docs/repair.md defines repairs, lists the edits, and explains the price.",
  examples: [
    { line: "ldfi repair broadcast.ded --eot 8 --eff 6 --crashes 1" },
    { line: "ldfi repair broadcast.ded --eot 6 --write 1", remark: "apply the first repair" },
    { line: "ldfi repair broadcast.ded --report repairs.md" },
  ],
  statuses: {
    0: "a repair holds, or there is nothing to repair",
    1: "no repair was found",
    2: "the program or the command line is wrong, or a file could not be written",
    3: "a limit or Ctrl-C came before a repair was found",
  },
  job: ({ words, options, common, defaultFormat }) => {
    const { maxRepairs, maxEdits, write } = options;
    return {
      kind: "repair",
      ...common,
      files: words,
      format: options.format ?? defaultFormat,
      parameters: parametersOf("repair", options),
      ...defined({ maxRepairs, maxEdits, write }),
    };
  },
  load: async () => (await import("../commands/repair.js")).repairCommand,
};
