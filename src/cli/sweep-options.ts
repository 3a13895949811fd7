import type { Command } from "commander";
import type { RawSearch } from "./command-options.js";
import { addSpecification, searchParameters } from "./command-options.js";
import { given } from "./given.js";
import type { OpenRange, SweepJob } from "./job.js";
import { names, positive, range } from "./options.js";

/** Options of `ldfi sweep` as commander hands them over. */
export interface RawSweep extends Omit<RawSearch, "eot" | "eff" | "crashes"> {
  readonly eot?: OpenRange;
  readonly eff?: OpenRange;
  readonly crashes?: OpenRange;
  readonly maxEot?: number;
  readonly patience?: number;
}

/** How long a sweep takes if nothing ends it earlier and nobody says otherwise, in seconds. */
const defaultTimeout = 120;

/** What may happen, as ranges, and what is checked. */
export function addSweep(command: Command): Command {
  const parameters = command
    .optionsGroup("What may happen:")
    .option("-c, --crashes <n>", "how many nodes may crash; or a range, such as 0..2 (default: 0)", range)
    .option("-t, --eot <range>", "decide every end of time in the range, such as 4..12", range)
    .option("-f, --eff <range>", "decide every end of finite failures in the range (default: .., up to EOT − 1)", range)
    .option("-N, --nodes <a,b,…>", "the nodes (default: inferred from the program)", names)
    .option("--max-eot <n>", "go no further than this end of time", positive)
    .option("--patience <n>", "believe a violation that n more instants do not mend", positive);
  return addSpecification(parameters);
}

/** Whether every budget of some ranges is asked for, instead of growing ones. */
export function asksForFrontier({ eot, eff, crashes }: Pick<SweepJob, "eot" | "eff" | "crashes">): boolean {
  return (
    eot !== undefined ||
    eff !== undefined ||
    (crashes !== undefined && (crashes.from === undefined || crashes.from !== crashes.to))
  );
}

export function sweepOptions(
  raw: RawSweep,
): Pick<SweepJob, "parameters" | "eot" | "eff" | "crashes" | "maxEot" | "patience" | "timeout"> {
  const { eot, eff, crashes, maxEot, patience, ...search } = raw;
  const { timeout, ...parameters } = searchParameters(search);
  const limit = timeout ?? (asksForFrontier(given({ eot, eff, crashes })) ? undefined : defaultTimeout);
  return { parameters, ...given({ eot, eff, crashes, maxEot, patience, timeout: limit }) };
}
