import { every, ofPrograms, searches } from "./groups.js";
import { any, choice, flag, one, option } from "./option.js";
import { anyText, integer, positive, seconds, shard } from "./values.js";

/** How the work is done, on what files, and when it gives up. */
export const workOptions = [
  option({
    name: "filter",
    flags: "--filter <text>",
    commands: ["test"],
    part: "selection",
    arity: one(anyText),
    help: "only expectations whose file or name holds the text",
  }),
  option({
    name: "shard",
    flags: "--shard <I/N>",
    commands: ["test"],
    part: "selection",
    arity: one(shard),
    help: "only the I-th of N parts, for a CI matrix",
  }),
  option({
    name: "bail",
    flags: "--bail",
    commands: ["test"],
    part: "selection",
    arity: flag,
    help: "stop at the first failure",
  }),
  option({
    name: "strategy",
    flags: "--strategy <name>",
    commands: ["check", "sweep"],
    part: "search",
    arity: choice("lineage", "exhaustive", "random", "alternate"),
    help: "how to search; lineage, unless you say otherwise",
  }),
  option({
    name: "seed",
    flags: "--seed <n>",
    commands: ["check", "sweep"],
    part: "search",
    arity: one(integer),
    help: "seed of the random strategy",
  }),
  option({
    name: "includeDir",
    flags: "--include-dir <folder>",
    commands: every,
    part: "sources",
    arity: any(anyText),
    help: "where else to look for included files (repeatable)",
  }),
  option({
    name: "maxRuns",
    flags: "--max-runs <n>",
    commands: searches,
    part: "limits",
    arity: one(positive),
    help: "stop after that many executions",
  }),
  option({
    name: "maxTuples",
    flags: "--max-tuples <n>",
    commands: ofPrograms,
    part: "limits",
    arity: one(positive),
    help: "give up on an instant that holds more (default: 1000000)",
  }),
  option({
    name: "jobs",
    flags: "--jobs <n>",
    commands: ["test"],
    part: "limits",
    arity: one(positive),
    help: "worker threads (default: as many as there are processors)",
  }),
  option({
    name: "timeout",
    flags: "--timeout <seconds>",
    commands: every,
    part: "time",
    arity: one(seconds),
    help: "stop after that time",
  }),
] as const;
