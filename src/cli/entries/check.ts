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
A program promises that every tuple of pre at the end of time is also in post. Without pre, whatever post contains in the \
run without faults must survive every schedule of faults; without post, whatever the persistent relations contain.`,
  notes: `\
The reported counterexample has the fewest faults that violate; each fault counts as one. A counterexample is minimal \
(--all) if no lesser schedule violates. A schedule is lesser if it lacks some of the faults, or has weaker ones in their \
place, such as a later crash of the same node. So if two crash instants of a node both violate, the later one is listed.

With --baseline the exit status is 1 only for a regression: a verdict that no longer holds, a violation with fewer faults, \
a new minimal schedule (if both sides used --all), a smaller budget or specification, a kind of fault no longer admitted, \
or a new warning of adequacy. If a verdict held before and is now undecided, the exit status is 3.

--strict counts the warnings ${strictCodes.slice(0, -1).join(", ")} and ${strictCodes.at(-1)}; docs/ci.md explains \
them.`,
  examples: [
    { line: "ldfi check broadcast.ded --eot 6 --crashes 1" },
    { line: "ldfi check broadcast.ded --eot 8 --eff 4 --all", remark: "every minimal one" },
    { line: "ldfi check broadcast.ded --strict --report result.xml", remark: "for a CI job" },
    { line: "ldfi check broadcast.ded --baseline base.json", remark: "for a pull request" },
    { line: "ldfi check broadcast.ded --watch", remark: "again on every save" },
    { line: "ldfi check broadcast.ded --eot 40 --estimate", remark: "how long would it take?" },
    { line: "cat broadcast.ded | ldfi check -" },
    { line: "ldfi check broadcast.ded --solver cadical --proof p.drat" },
  ],
  statuses: {
    0: "holds",
    1: "violated, or holds with a warning that --strict counts",
    2: "the program or the command line is wrong",
    3: "inconclusive: a limit or Ctrl-C came first",
  },
  job: ({ words, options, common, defaultFormat }) => {
    const watch = options.watch === true;
    if (watch && (words.includes("-") || options.pin === true))
      return { kind: "misuse", message: "--watch needs files, and does not change them: it takes neither - nor --pin" };
    const idle = options.estimate === true ? idleBesideEstimate(options) : undefined;
    if (idle !== undefined) return { kind: "misuse", message: idle };
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

/** Why an option has nothing to do beside --estimate, if one has not. */
function idleBesideEstimate(
  options: {
    readonly [name in "all" | "margin" | "pin"]?: boolean | undefined;
  } & { readonly baseline?: string | undefined },
): string | undefined {
  const reasons = [
    ...(options.baseline === undefined ? [] : ["has no verdict that --baseline could compare"]),
    ...(options.pin === true ? ["has no counterexample that --pin could keep"] : []),
    ...(options.all === true ? ["is of a check for one counterexample, not for --all"] : []),
    ...(options.margin === true ? ["does not count what --margin asks besides"] : []),
  ];
  const [first] = reasons;
  return first === undefined ? undefined : `--estimate ${first}: use only one of them`;
}
