import type { Command } from "../command.js";
import type { TestJob } from "../commands/test.js";
import { defined } from "../defined.js";

export const test: Command<"test", TestJob> = {
  name: "test",
  summary: "run the expectations written in programs",
  words: { name: "path", help: "programs, or folders to search for them" },
  about: `\
Expectations are comments in the program:

  //! check eot=4 eff=2 expect=violated faults=1
  //! check eot=6 crashes=1 expect=holds name="survives one crash"
  //! run omit=a,b,1 eot=4 expect=violated

A line with expect=holds fails if its result is vacuous, unless it says vacuous=yes: pre is empty under every schedule, \
never is out of reach, or no fault of the budget affects the program.

Every .ded file under a path is read and must be free of errors, except that a file which others include may lack what \
they supply.`,
  notes: `\
With --baseline the exit status is 1 only for a regression: a verdict that no longer holds, a violation with fewer faults, \
a missing expectation, a smaller budget, a kind of fault no longer admitted, or a new warning of adequacy. If the baseline \
was run in parts (--shard), name the report of each part.`,
  examples: [
    { line: "ldfi test programs/" },
    { line: "ldfi test programs/ --filter broadcast --bail" },
    { line: "ldfi test programs/ --baseline base.json", remark: "fail only on regressions" },
    { line: "ldfi test programs/ --shard 1/4 --report results.xml" },
  ],
  statuses: {
    0: "every expectation is met",
    1: "one is not met, or with --strict is met with a warning that counts",
    2: "a file or the command line is wrong, or a path has no expectation",
    3: "a limit or Ctrl-C came first; those that were run are met",
  },
  job: ({ words, options, common, defaultFormat }) => {
    const { filter, shard, jobs } = options;
    if (options.bail === true && options.baseline !== undefined)
      return {
        kind: "misuse",
        message: "--bail stops at an expectation that --baseline may not count as a failure: use only one of them",
      };
    return {
      kind: "test",
      ...common,
      paths: words,
      reporter: options.reporter === undefined || options.reporter === "github" ? "default" : options.reporter,
      bail: options.bail === true,
      annotate: options.reporter === "github" || defaultFormat === "github",
      strict: options.strict === true,
      baselines: options.baseline ?? [],
      ...defined({ filter, shard, jobs, cache: options.cache }),
    };
  },
  load: async () => (await import("../commands/test.js")).testCommand,
};
