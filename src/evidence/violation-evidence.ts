import type { TupleAt } from "../execution/execution.js";
import type { Fault } from "../faults/kinds.js";
import type { Schedule } from "../faults/schedule.js";
import type { Specification } from "../program/specification.js";
import type { Violated } from "../search/verdict.js";
import type { Difference } from "./difference.js";
import type { Blame, Effect } from "./effects.js";
import { blameOf, effectOf, struckMessages } from "./effects.js";
import { explainDifference } from "./explain-difference.js";
import { lazy, lazyBy } from "./lazy.js";
import type { Neighbour } from "./neighbours.js";
import { neighbourOf } from "./neighbours.js";
import type { Traced, TracedRuns } from "./traced-run.js";
import { WitnessEvidence } from "./witness-evidence.js";

/** The evidence of a violation: the runs around it, how each witness came about, and what each fault is needed for. */
export class ViolationEvidence {
  readonly specification: Specification;

  constructor(
    private readonly verdict: Violated,
    private readonly runs: TracedRuns,
    readonly failing: Traced,
    readonly failureFree: Traced,
  ) {
    this.specification = verdict.specification;
  }

  /** The runs that lack one of the faults, in the order of the schedule. */
  get neighbours(): readonly Neighbour[] {
    return this.schedule.flatMap((fault) => this.neighbourWithout(fault) ?? []);
  }

  /** One for each witness, in their order. */
  get witnesses(): readonly WitnessEvidence[] {
    return this.ownWitnesses();
  }

  /** What each fault did, in the order of the schedule. */
  get effects(): readonly Effect[] {
    return this.schedule.map(this.effectOf);
  }

  /** The run that lacks this fault of the schedule; `undefined` if the program fails in evaluation there. */
  readonly neighbourWithout = lazyBy((fault: Fault) =>
    neighbourOf(fault, this.failing.execution, this.specification, this.failureFree.execution, this.runs),
  );

  /** What this fault of the schedule did. */
  readonly effectOf = lazyBy(
    (fault: Fault): Effect => effectOf(fault, this.failing.execution, this.ownCauses(), this.neededFor(fault)),
  );

  /** Where to look in the source. */
  get blame(): readonly Blame[] {
    return this.ownBlame();
  }

  /** Why a tuple is in the failing run and not in the failure-free one, or the other way round. */
  differenceOf(tuple: TupleAt): Difference | undefined {
    const key = JSON.stringify([tuple.relation, tuple.instant, tuple.args]);
    const known = this.differences.get(key) ?? {
      difference: explainDifference(tuple, this.failureFree, this.failing),
    };
    this.differences.set(key, known);
    return known.difference;
  }

  private readonly differences = new Map<string, { readonly difference: Difference | undefined }>();

  private readonly ownWitnesses = lazy(() =>
    this.verdict.counterexample.witnesses.map((witness) => new WitnessEvidence(witness, this)),
  );

  private readonly ownCauses = lazy(() => this.witnessDifferences().flatMap(struckMessages));

  private readonly ownBlame = lazy(() =>
    blameOf(
      this.effects,
      [...this.witnessDifferences(), ...this.effects.flatMap(({ needed }) => needed ?? [])],
      this.witnesses.flatMap((witness) => witness.promise?.rules ?? []),
      this.witnesses.flatMap((witness) => witness.derivingRules),
    ),
  );

  private get schedule(): Schedule {
    return this.failing.execution.schedule;
  }

  private witnessDifferences(): readonly Difference[] {
    return this.witnesses.flatMap((witness) => witness.differences);
  }

  /** The first witness that is none without this fault, with its difference. */
  private neededFor(fault: Fault): Difference | undefined {
    const neighbour = this.neighbourWithout(fault);
    if (neighbour === undefined) return undefined;
    for (const { tuple, promise } of this.witnesses) {
      const difference = explainDifference(tuple, neighbour.run, this.failing);
      if (difference !== undefined) return difference;
      const promised =
        promise === undefined ? undefined : explainDifference(promise.tuple, neighbour.run, this.failing);
      if (promised !== undefined) return promised;
    }
    return undefined;
  }
}
