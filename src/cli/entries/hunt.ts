import type { Command } from "../command.js";
import type { HuntJob } from "../commands/hunt.js";
import { defined } from "../defined.js";

export const hunt: Command<"hunt", HuntJob> = {
  name: "hunt",
  summary: "find the faults that break a request to running services",
  words: { name: "file", help: "a hunt file: services, a request, and its good outcomes", count: "one" },
  about: `\
Starts the services of the file, or uses those already running. Repeats the request with faults injected into the calls \
between services, and learns from each run which set of faults to try next.`,
  notes: `\
Faults are injected only on this machine, unless --allow-host names others, and end with their run. A fault set for --only \
is written as in reports: 'refused at shop › GET store/price#1 + down(cart)'.`,
  examples: [
    { line: "ldfi hunt checkout.hunt.yaml" },
    { line: "ldfi hunt checkout.hunt.yaml --all --report hunt.html" },
    { line: "ldfi hunt checkout.hunt.yaml --only 'timeout at shop › GET store/price#1'" },
    { line: "ldfi hunt checkout.hunt.yaml --resume" },
  ],
  statuses: {
    0: "covered: every fault set was run, or follows from runs",
    1: "violated: a fault set breaks the request, or it fails without faults",
    2: "the file or the command line is wrong",
    3: "a limit, Ctrl-C, a failed start, or sets that fail only sometimes",
  },
  job: ({ words, options, common, defaultFormat }) => {
    const [file = ""] = words;
    const { all, faults, maxRuns, only, exact, classes, allowHost, resume, recordBodies, format } = options;
    return {
      kind: "hunt",
      ...common,
      file,
      format: format ?? (defaultFormat === "json" ? "json" : "pretty"),
      all: all === true,
      reach: exact === true ? "exact" : classes === false ? "by-service" : "by-class",
      allowedHosts: allowHost ?? [],
      resume: resume === true,
      recordBodies: recordBodies === true,
      ...defined({ faults, maxRuns, only }),
    };
  },
  load: async () => (await import("../commands/hunt.js")).huntCommand,
};
