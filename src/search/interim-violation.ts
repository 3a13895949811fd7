import type { Execution } from "../execution/execution.js";
import { runRecorded } from "../execution/run.js";
import type { Annotation } from "../faults/annotation.js";
import { formatSchedule } from "../faults/notation.js";
import type { Scenario } from "../faults/scenario.js";
import { noFaults } from "../faults/schedule.js";
import type { FaultGraph } from "../lineage/fault-graph.js";
import type { Hypotheses } from "../solving/hypotheses.js";
import type { FoundViolation, InterimViolation } from "./found-violation.js";
import type { Search } from "./search.js";

/** With more nodes to evaluate, a schedule stays as it is. */
const TOO_MANY = 50_000_000;

/**
 * What violates, while the fewest faults are looked for: the first schedule of the solver, without the faults that it does not need. It is
 * run when it is asked for, whatever the limit on time, and not counted among the executions of a search that goes on.
 */
export class SolversFirst implements InterimViolation {
  private found: FoundViolation | undefined;

  /** `bad`: the annotations of the violations. */
  constructor(
    private readonly search: Search,
    private readonly hypotheses: Hypotheses,
    private readonly graph: FaultGraph,
    private readonly bad: readonly Annotation[],
  ) {}

  get isKnown(): boolean {
    return this.hypotheses.some !== undefined;
  }

  get violation(): FoundViolation | undefined {
    const { some } = this.hypotheses;
    const { maxRuns = Infinity } = this.search.options;
    if (some === undefined || this.search.known.executions + 2 > maxRuns) return undefined;
    // A solver outside of this process may be wrong.
    if (this.search.options.solver !== undefined && !this.violates(some)) return undefined;
    this.found ??= this.run(this.reduced(some));
    return this.found;
  }

  /** Without each fault that is not needed once the later ones that are not have gone. */
  private reduced({ schedule, inputs }: Scenario): Scenario {
    if (schedule.length * this.graph.size > TOO_MANY) return { schedule, inputs };
    const needed = schedule.reduceRight((left, fault) => {
      const without = left.filter((other) => other !== fault);
      return this.violates({ schedule: without, inputs }) ? without : left;
    }, schedule);
    return { schedule: needed, inputs };
  }

  /** Whether it does according to the lineage. */
  private violates({ schedule, inputs }: Scenario): boolean {
    const { graph, bad } = this;
    return graph.evaluate(bad, graph.variables.assignment(schedule, inputs)).includes(true);
  }

  private run(scenario: Scenario): FoundViolation | undefined {
    const { schedule, inputs } = scenario;
    const execution = this.executionIn(scenario);
    const failureFree = this.executionIn({ schedule: noFaults, inputs });
    if (execution === undefined || failureFree === undefined) return undefined;
    const [first, ...others] = this.search.judge(execution, () => failureFree);
    if (first === undefined)
      throw new Error(`the lineage over all schedules and the run under ${formatSchedule(schedule)} disagree`);
    return { counterexample: { schedule, execution, witnesses: [first, ...others] }, failureFree };
  }

  private executionIn({ schedule, inputs }: Scenario): Execution | undefined {
    const { program, budget, maxTuples, memory } = this.search.setting;
    const run = runRecorded(program, { ...budget, schedule, inputs, memory, maxTuples }, undefined);
    return run.kind === "run" ? run.execution : undefined;
  }
}
