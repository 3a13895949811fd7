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

What is expected to hold has to be earned: the line is not met where pre is empty under every schedule, never is out of \
reach, or no fault of the budget touches the program, unless it says vacuous=yes.

Every .ded file under a path is read, and has to be right; a file that others include may lack what they supply.`,
  notes: `\
With --baseline the exit status is 1 only for a regression: what held and does not, fewer faults to a violation, an \
expectation, a budget or a kind of fault that is gone, a warning of adequacy that was not there. The results of several \
parts (--shard) are one baseline: name each of their reports.`,
  examples: [
    { line: "ldfi test programs/" },
    { line: "ldfi test programs/ --filter broadcast --bail" },
    { line: "ldfi test programs/ --baseline base.json", remark: "fail on what became worse" },
    { line: "ldfi test programs/ --shard 1/4 --report results.xml" },
  ],
  statuses: {
    0: "every expectation is met",
    1: "one is not met; or, with --strict, one is met with a warning that counts",
    2: "a file or the command line is wrong, or a path holds no expectation",
    3: "a limit or Ctrl-C came first; what was run is met",
  },
  job: ({ words, options, common, defaultFormat }) => {
    const { filter, shard, jobs } = options;
    if (options.bail === true && options.baseline !== undefined)
      return {
        kind: "misuse",
        message: "--bail stops at what is not met, which --baseline may not count: leave one of them out",
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
