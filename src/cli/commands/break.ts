import { DEFAULT_MAX_TUPLES } from "../../execution/run.js";
import { formatTupleAt } from "../../report/text/tuples.js";
import { boundsOf } from "../../search/bounds.js";
import { breakTuple } from "../../search/break.js";
import { Diagnostics, diagnostic } from "../../source/diagnostic.js";
import type { Host } from "../host.js";
import type { SearchJob } from "../job.js";
import type { Ending } from "../messages.js";
import { loadFor, refuse } from "./program.js";
import { runSearch } from "./search.js";
import { parseTuple } from "./tuple.js";

export interface BreakJob extends SearchJob {
  readonly kind: "break";
  readonly tuple: string;
  readonly appear: boolean;
}

/** `ldfi break FILE… TUPLE`: the search's question of any tuple. */
export function breakCommand(job: BreakJob, host: Host): Ending {
  const loaded = loadFor(job, host);
  if (loaded.kind === "refused") return loaded.ending;
  const { program } = loaded;
  const diagnostics = new Diagnostics();
  diagnostics.add(loaded.warnings);
  const budget = boundsOf(program, job.parameters, diagnostics);
  if (budget === undefined) return refuse(job, host, diagnostics.all);
  const parsed = parseTuple(job.tuple, program, budget.eot);
  if (parsed.kind === "refused") return refuse(job, host, [...diagnostics.all, ...parsed.diagnostics]);
  const { relation, instant, pattern } = parsed.question;
  const args = pattern.filter((value) => value !== undefined);
  if (args.length < pattern.length) {
    const message = `${job.tuple}: name a single tuple; \`_\` matches many`;
    return refuse(job, host, [...diagnostics.all, diagnostic("bad-option", { message })]);
  }
  const tuple = { relation, instant, args };
  const maxTuples = job.parameters.maxTuples ?? DEFAULT_MAX_TUPLES;
  const specification = { kind: "post-only", post: relation, never: undefined } as const;
  const question = { tuple: formatTupleAt(program, tuple), appear: job.appear };
  return runSearch(
    { job, host, setting: { program, budget, specification, maxTuples }, diagnostics: diagnostics.all, question },
    (options) => breakTuple({ program, budget, specification, maxTuples }, tuple, job.appear, options),
  );
}
