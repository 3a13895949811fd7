import type { Command } from "../command.js";
import type { SweepJob } from "../commands/sweep.js";
import { defined } from "../defined.js";
import { parametersOf, partOf } from "../options/table.js";
import { asksForFrontier } from "../sweep-ranges.js";

/** The time limit of a sweep without ranges or --timeout, in seconds. */
const defaultTimeout = 120;

export const sweep: Command<"sweep", SweepJob> = {
  name: "sweep",
  summary: "find the smallest bounds that break a program, or how deep it is certified",
  words: { name: "file", help: "the program; - is standard input" },
  about: `\
Without --eot and --eff the bounds grow: EOT until the run without faults completes its work, then EFF, then both. \
After a violation the protocol gets more time to recover before the violation is reported.

With --eot, --eff or a range of crashes, every budget in the ranges is decided, and the results are shown as a table, the \
resilience frontier.`,
  examples: [
    { line: "ldfi sweep broadcast.ded --crashes 1 --timeout 60" },
    { line: "ldfi sweep broadcast.ded --eot 4..12 --eff .. --crashes 0..2" },
  ],
  statuses: {
    0: "holds as deep as the limits allowed",
    1: "violated",
    2: "the program or the command line is wrong",
    3: "inconclusive: nothing is certain yet",
  },
  job: ({ words, options, common, defaultFormat }) => {
    const ranges = partOf("sweep", options, "ranges");
    const timeout = common.timeout ?? (asksForFrontier(ranges) ? undefined : defaultTimeout);
    return {
      kind: "sweep",
      ...common,
      ...defined({ timeout }),
      files: words,
      format: options.format ?? defaultFormat,
      parameters: parametersOf("sweep", options),
      ranges,
    };
  },
  load: async () => (await import("../commands/sweep.js")).sweepCommand,
};
