import { strictCodes } from "../../source/codes.js";
import type { Command } from "../command.js";
import type { CheckJob } from "../commands/check.js";
import { defined } from "../defined.js";
import { parametersOf } from "../options/table.js";

export const check: Command<"check", CheckJob> = {
  name: "check",
  summary: "look for faults that make a program break its specification",
  words: { name: "file", help: "the program; - is standard input" },
  about: `\
A program promises that every tuple of pre at the end of time is also in post. Without pre, whatever post (or, \
without post, any persistent relation) holds in the run without faults has to survive every schedule of faults.`,
  notes: `\
The counterexample that is reported has the fewest faults that violate; each fault counts one. One is minimal (--all) if \
no schedule that does less violates: that lacks a fault of it, or has a lesser one in its place, such as a later crash \
of the same node. So of two crashes of a node that both violate, the later is listed.

With --baseline the exit status is 1 only for a regression: what held and does not, fewer faults to a violation, a minimal \
schedule that was not there (both with --all), a budget, specification or kind of fault that shrank, a warning of adequacy \
that was not there. What held and is undecided exits with 3.

--strict counts the warnings ${strictCodes.slice(0, -1).join(", ")} and ${strictCodes.at(-1)}; docs/ci.md says what \
each means.`,
  examples: [
    { line: "ldfi check broadcast.ded --eot 6 --crashes 1" },
    { line: "ldfi check broadcast.ded --eot 8 --eff 4 --all", remark: "every minimal way" },
    { line: "ldfi check broadcast.ded --strict --report result.xml", remark: "for a CI job" },
    { line: "ldfi check broadcast.ded --baseline base.json", remark: "for a change" },
    { line: "ldfi check broadcast.ded --watch", remark: "again on every save" },
    { line: "ldfi check broadcast.ded --eot 40 --estimate", remark: "how long that will take" },
    { line: "cat broadcast.ded | ldfi check -" },
    { line: "ldfi check broadcast.ded --solver cadical --proof p.drat" },
  ],
  statuses: {
    0: "holds",
    1: "violated; or holds, with a warning that --strict counts",
    2: "the program or the command line is wrong",
    3: "inconclusive: a limit or Ctrl-C came first",
  },
  job: ({ words, options, common, defaultFormat }) => {
    const watch = options.watch === true;
    if (watch && (words.includes("-") || options.pin === true))
      return { kind: "misuse", message: "--watch reads files again and writes none: name files, and leave --pin out" };
    if (options.estimate === true && options.baseline !== undefined)
      return {
        kind: "misuse",
        message: "--estimate decides nothing that --baseline could compare: leave one of them out",
      };
    return {
      kind: "check",
      ...common,
      watch,
      estimate: options.estimate === true,
      files: words,
      format: options.format ?? defaultFormat,
      parameters: parametersOf("check", options),
      all: options.all === true,
      strict: options.strict === true,
      pin: options.pin === true,
      ...defined({
        solver: options.solver,
        rates: options.rate,
        ratesFile: options.rates,
        baseline: options.baseline,
        cache: options.cache,
      }),
      margin: options.margin === true,
      verbose: options.verbose === true,
    };
  },
  load: async () => (await import("../commands/check.js")).checkCommand,
};
