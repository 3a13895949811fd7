import type { Command } from "commander";
import { Option } from "commander";
import type { StrategyName } from "../search/verdict.js";
import { given } from "./given.js";
import type { Format, Parameters, SearchParameters } from "./job.js";
import { integer, names, positive, seconds, several } from "./options.js";

/** Options as commander hands them over, by the name it derives from the long spelling. */
export interface RawParameters {
  readonly eot?: number;
  readonly eff?: number;
  readonly crashes?: number;
  readonly nodes?: readonly string[];
  readonly pre?: string;
  readonly post?: string;
  readonly maxTuples?: number;
  readonly includeDir?: readonly string[];
}

export interface RawSearch extends RawParameters {
  readonly strategy?: StrategyName;
  readonly seed?: number;
  readonly maxRuns?: number;
  readonly timeout?: number;
}

export interface RawOutput {
  readonly format?: Format;
  readonly quiet?: boolean;
  readonly color: boolean;
  readonly ascii?: boolean;
}

/** What goes wrong, where, and what is checked. */
export function addParameters(command: Command): Command {
  return addSpecification(addBounds(command));
}

/** What goes wrong, and where. */
export function addBounds(command: Command): Command {
  return command
    .optionsGroup("What may happen:")
    .option("-t, --eot <n>", "end of time: instants are 1 … n (default: 6)", integer)
    .option("-f, --eff <n>", "end of finite failures: messages sent before n may be lost (default: EOT − 1)", integer)
    .option("-c, --crashes <n>", "how many nodes may crash (default: 0)", integer)
    .option("-N, --nodes <a,b,…>", "the nodes (default: inferred from the program)", names);
}

/** What is checked. */
export function addSpecification(command: Command): Command {
  return command
    .optionsGroup("What is checked:")
    .option("--pre <relation>", "what is promised (default: pre)")
    .option("--post <relation>", "what has to hold then (default: post)");
}

export function addFiles(command: Command): Command {
  return command
    .optionsGroup("Files and limits:")
    .option("--include-dir <folder>", "where else to look for included files (repeatable)", several(String))
    .option("--max-tuples <n>", "give up on an instant that holds more (default: 1000000)", positive);
}

export function addSearch(command: Command): Command {
  const strategy = new Option("--strategy <name>", "how to search; lineage, unless you say otherwise").choices([
    "lineage",
    "exhaustive",
    "random",
    "alternate",
  ]);
  return addLimits(
    command
      .optionsGroup("How to search:")
      .addOption(strategy)
      .option("--seed <n>", "seed of the random strategy", integer),
  );
}

/** When to give up. */
export function addLimits(command: Command): Command {
  return command
    .optionsGroup("How to search:")
    .option("--max-runs <n>", "stop after that many executions", positive)
    .option("--timeout <seconds>", "stop after that time", seconds);
}

export function addOutput(command: Command, formats: readonly Format[]): Command {
  return command
    .optionsGroup("Output:")
    .addOption(new Option("--format <format>", "how to print the result").choices(formats))
    .option("-q, --quiet", "print the verdict line, and nothing that was not asked for")
    .option("--no-color", "no colours (NO_COLOR and FORCE_COLOR are honoured too)")
    .option("--ascii", "draw with ASCII characters only");
}

export function parameters(raw: RawParameters): Parameters {
  const { eot, eff, crashes, nodes, pre, post, maxTuples } = raw;
  return given({ eot, eff, crashes, nodes, pre, post, maxTuples });
}

export function searchParameters(raw: RawSearch): SearchParameters {
  const { strategy, seed, maxRuns, timeout } = raw;
  return { ...parameters(raw), ...given({ strategy, seed, maxRuns, timeout }) };
}
