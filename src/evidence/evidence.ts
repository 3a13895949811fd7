import { noFaults } from "../faults/schedule.js";
import { memoryOf } from "../program/memory.js";
import { rolesOf } from "../program/specification.js";
import type { Verdict, Violated } from "../search/verdict.js";
import { lazy } from "./lazy.js";
import type { OutcomeGraph } from "./outcome-graphs.js";
import { keptOutcomes, lostOutcomes } from "./outcome-graphs.js";
import type { SpaceTime } from "./space-time.js";
import { spaceTime } from "./space-time.js";
import type { Traced } from "./traced-run.js";
import { TracedRuns } from "./traced-run.js";
import { ViolationEvidence } from "./violation-evidence.js";

/*
 * Everything that a report can ask about a verdict. Reports run nothing themselves: an answer is computed when the first
 * renderer asks for it, and shared by the others. So each schedule is run with provenance at most once, whatever the
 * renderers: the counterexample, the failure-free schedule, and the counterexample without each of the faults that they ask about.
 */
export class Evidence {
  private readonly runs?: TracedRuns;

  /** Invariant: `maxTuples` is the limit of the search, so that its runs can be repeated. */
  constructor(
    private readonly verdict: Verdict,
    maxTuples?: number,
  ) {
    const ran = executionOf(verdict);
    if (ran !== undefined)
      this.runs = new TracedRuns(ran, memoryOf(ran.program, rolesOf(verdict.specification)), maxTuples);
  }

  /** The counterexample's messages, as a drawing needs them. */
  get diagram(): SpaceTime | undefined {
    return this.ownDiagram();
  }

  /** For a violation; `undefined` if its runs cannot be repeated within the limit of tuples. */
  get violation(): ViolationEvidence | undefined {
    return this.ownViolation();
  }

  /** For a `holds`: its failure-free run. */
  get failureFree(): Traced | undefined {
    return this.verdict.kind === "holds" ? this.runs?.of(noFaults) : undefined;
  }

  /** The lineages of the outcomes: those that a violation lacks, or those that a correct run ends with. */
  get outcomes(): readonly OutcomeGraph[] {
    return this.ownOutcomes();
  }

  private readonly ownDiagram = lazy(() =>
    this.verdict.kind === "violated" ? spaceTime(this.verdict.counterexample.execution) : undefined,
  );

  private readonly ownViolation = lazy(() =>
    this.verdict.kind === "violated" && this.runs !== undefined ? violationOf(this.verdict, this.runs) : undefined,
  );

  private readonly ownOutcomes = lazy((): readonly OutcomeGraph[] => {
    const { violation, failureFree } = this;
    if (violation !== undefined) return lostOutcomes(violation);
    return failureFree === undefined ? [] : keptOutcomes(failureFree, this.verdict.specification);
  });
}

function executionOf(verdict: Verdict): Traced["execution"] | undefined {
  switch (verdict.kind) {
    case "violated":
      return verdict.counterexample.execution;
    case "holds":
      return verdict.failureFree;
    case "inconclusive":
      return undefined;
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

function violationOf(verdict: Violated, runs: TracedRuns): ViolationEvidence | undefined {
  const failing = runs.of(verdict.counterexample.schedule);
  const failureFree = runs.of(noFaults);
  return failing === undefined || failureFree === undefined
    ? undefined
    : new ViolationEvidence(verdict, runs, failing, failureFree);
}
