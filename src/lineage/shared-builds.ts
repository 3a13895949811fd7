import type { Budget } from "../faults/budget.js";
import type { Memory } from "../program/memory.js";
import type { Program } from "../program/program.js";
import type { Build, BuildTick } from "./all-schedules.js";
import { LineageBuild } from "./all-schedules.js";
import { commonInstants } from "./common-instants.js";

/** A larger graph is not reused, since many of its nodes may be garbage. */
const FULL = 2_000_000;

/**
 * Builds the lineage of one budget after another, reusing the instants that each shares with the one before. A result is valid until
 * the next build. Exact except for `canFire`, which can miss a rule that reads `crash`.
 */
export class SharedBuilds {
  private last: { readonly budget: Budget; readonly lineage: LineageBuild } | undefined;

  constructor(
    readonly program: Program,
    private readonly maxTuples: number,
    private readonly memory?: Memory,
    private readonly mostResults?: number,
  ) {}

  build(budget: Budget, tick?: BuildTick): Build {
    const { last, program, maxTuples, memory, mostResults } = this;
    // An unfinished build must not be reused.
    this.last = undefined;
    const common =
      last === undefined || last.lineage.graphSize > FULL ? 0 : commonInstants(program, last.budget, budget);
    const lineage =
      last === undefined || common === 0
        ? new LineageBuild(program, budget, { maxTuples, keepAll: true, showCrash: false, memory, mostResults })
        : last.lineage;
    const all = lineage.extend(budget, common, tick);
    if (all.kind === "built") this.last = { budget, lineage };
    // The graph can be too large because of earlier builds: try again with a new one.
    return all.kind === "too-large" && common > 0 ? this.build(budget, tick) : all;
  }
}
