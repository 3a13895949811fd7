import type { TupleAt } from "../execution/execution.js";
import type { Fault } from "../faults/kinds.js";
import type { Specification } from "../program/specification.js";
import type { Violated } from "../search/verdict.js";
import type { Difference } from "./difference.js";
import type { Blame, Effect } from "./effects.js";
import { blameOf, effectsOf } from "./effects.js";
import { explainDifference } from "./explain-difference.js";
import { lazy } from "./lazy.js";
import type { Neighbour } from "./neighbours.js";
import { neighboursOf } from "./neighbours.js";
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
    return this.ownNeighbours();
  }

  /** One for each witness, in their order. */
  get witnesses(): readonly WitnessEvidence[] {
    return this.ownWitnesses();
  }

  /** What each fault did, in the order of the schedule. */
  get effects(): readonly Effect[] {
    return this.ownEffects();
  }

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

  private readonly ownNeighbours = lazy(() =>
    neighboursOf(this.failing.execution, this.specification, this.failureFree.execution, this.runs),
  );

  private readonly ownWitnesses = lazy(() =>
    this.verdict.counterexample.witnesses.map((witness) => new WitnessEvidence(witness, this)),
  );

  private readonly ownEffects = lazy(() =>
    effectsOf(this.failing.execution, this.witnessDifferences(), (fault) => this.neededFor(fault)),
  );

  private readonly ownBlame = lazy(() =>
    blameOf(
      this.effects,
      [...this.witnessDifferences(), ...this.effects.flatMap(({ needed }) => needed ?? [])],
      this.witnesses.flatMap((witness) => witness.promise?.rules ?? []),
      this.witnesses.flatMap((witness) => witness.derivingRules),
    ),
  );

  private witnessDifferences(): readonly Difference[] {
    return this.witnesses.flatMap((witness) => witness.differences);
  }

  /** The first witness that is none without this fault, with its difference. */
  private neededFor(fault: Fault): Difference | undefined {
    const neighbour = this.neighbours.find((n) => n.without === fault);
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
