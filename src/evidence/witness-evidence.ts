import type { TupleAt } from "../execution/execution.js";
import { persists } from "../lineage/derivations.js";
import { antecedentOf } from "../program/demands.js";
import type { RuleId } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import type { Witness } from "../search/verdict.js";
import type { Difference } from "./difference.js";
import { explainDifference } from "./explain-difference.js";
import { lazy } from "./lazy.js";
import type { Neighbour } from "./neighbours.js";
import type { Traced } from "./traced-run.js";
import type { Why } from "./why.js";
import { why } from "./why.js";
import type { WhyNot } from "./why-not.js";
import { whyNot } from "./why-not.js";

/** The runs of a violation that its witnesses are explained from. */
export interface Compared {
  readonly specification: Specification;
  readonly failing: Traced;
  readonly neighbours: readonly Neighbour[];
  /** Between the failure-free run and the failing one. */
  differenceOf(tuple: TupleAt): Difference | undefined;
}

/** A difference to the failing run, and the run that has it: `undefined` for the failure-free one. */
export interface Cut {
  readonly difference: Difference;
  readonly neighbour?: Neighbour;
}

/** The tuple of `pre` in the failing run. */
export interface Promised {
  readonly tuple: TupleAt;
  readonly why: Why;
  /** When the failure-free run does not promise it: what the faults opened. */
  readonly gained?: Difference;
  readonly rules: readonly RuleId[];
}

/** One witness of a violation: what is missing, how it was lost, and what promised it. */
export class WitnessEvidence {
  readonly missing: TupleAt;
  private readonly compared: Compared;

  constructor(witness: Witness, compared: Compared) {
    const { relation, args } = witness;
    this.missing = { relation, instant: compared.failing.execution.eot, args };
    this.compared = compared;
  }

  /** Where the failure-free run ends with it: how the faults cut it. */
  get difference(): Difference | undefined {
    return this.compared.differenceOf(this.missing);
  }

  /** The same, or else how they cut it off from the first neighbour that ends with it. */
  get cut(): Cut | undefined {
    return this.ownCut();
  }

  /** What stood in the way of every rule that could have derived it in the failing run. */
  get obstacles(): WhyNot | undefined {
    return this.ownObstacles();
  }

  get promise(): Promised | undefined {
    return this.ownPromise();
  }

  /** Every difference that explains this witness. */
  get differences(): readonly Difference[] {
    const { cut, promise } = this;
    return [...(cut === undefined ? [] : [cut.difference]), ...(promise?.gained === undefined ? [] : [promise.gained])];
  }

  private readonly ownCut = lazy((): Cut | undefined => {
    const { difference: own } = this;
    if (own !== undefined) return { difference: own };
    for (const neighbour of this.compared.neighbours) {
      const difference = explainDifference(this.missing, neighbour.run, this.compared.failing);
      if (difference !== undefined) return { difference, neighbour };
    }
    return undefined;
  });

  private readonly ownObstacles = lazy(() => whyNot(this.missing, this.compared.failing.execution));

  private readonly ownPromise = lazy((): Promised | undefined => {
    const { specification, failing } = this.compared;
    const antecedent = antecedentOf(specification, this.missing.relation);
    if (antecedent === undefined) return undefined;
    const tuple: TupleAt = { ...this.missing, relation: antecedent };
    const derivation = why(tuple, failing.provenance);
    if (derivation === undefined) return undefined;
    const gained = this.compared.differenceOf(tuple);
    const rules = failing.provenance
      .derivationsOf(tuple)
      .flatMap((d) => (d.kind === "rule" && !persists(d, tuple) ? [d.rule] : []));
    return { tuple, why: derivation, rules, ...(gained === undefined ? {} : { gained }) };
  });
}
