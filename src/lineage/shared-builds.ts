import type { Budget } from "../faults/budget.js";
import type { Memory } from "../program/memory.js";
import type { Program } from "../program/program.js";
import type { Build, BuildTick } from "./all-schedules.js";
import { LineageBuild } from "./all-schedules.js";
import { commonInstants } from "./common-instants.js";

/** A graph with more nodes, of which many may be of no use any more, is not built upon. */
const FULL = 2_000_000;

/**
 * The lineage over all schedules of one budget after another, each built upon what it has in common with the one before. What a
 * build gave may be read until the next. Exact but for `canFire`, which may miss a rule that reads `crash`.
 */
export class SharedBuilds {
  private last: { readonly budget: Budget; readonly lineage: LineageBuild } | undefined;

  constructor(
    private readonly program: Program,
    private readonly maxTuples: number,
    private readonly memory?: Memory,
  ) {}

  build(budget: Budget, tick?: BuildTick): Build {
    const { last, program, maxTuples, memory } = this;
    // Until this build has ended, there is nothing to build upon.
    this.last = undefined;
    const common =
      last === undefined || last.lineage.graphSize > FULL ? 0 : commonInstants(program, last.budget, budget);
    const lineage =
      last === undefined || common === 0
        ? new LineageBuild(program, budget, { maxTuples, keepAll: true, showCrash: false, memory })
        : last.lineage;
    const all = lineage.extend(budget, common, tick);
    if (all.kind === "built") this.last = { budget, lineage };
    // What earlier builds left in the graph is no reason to call this one too large.
    return all.kind === "too-large" && common > 0 ? this.build(budget, tick) : all;
  }
}
