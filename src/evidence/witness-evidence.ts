import type { TupleAt } from "../execution/execution.js";
import type { Fault } from "../faults/kinds.js";
import { persists } from "../lineage/derivations.js";
import { antecedentOf } from "../program/demands.js";
import type { RuleId } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import type { Witness } from "../search/verdict.js";
import type { Difference } from "./difference.js";
import { explainDifference } from "./explain-difference.js";
import type { Why, WhyNot } from "./explanation.js";
import { lazy } from "./lazy.js";
import type { Neighbour } from "./neighbours.js";
import type { PairedDerivations } from "./paired-derivations.js";
import { pairBehindAbsence, pairedDerivations } from "./paired-derivations.js";
import type { Traced } from "./traced-run.js";
import { why } from "./why.js";
import { whyNot } from "./why-not.js";

/** The runs with which the witnesses of a violation are explained. */
export interface Compared {
  readonly specification: Specification;
  readonly failing: Traced;
  neighbourWithout(fault: Fault): Neighbour | undefined;
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
  /** If the failure-free run does not promise it: how the faults made the promise possible. */
  readonly gained?: Difference;
  readonly rules: readonly RuleId[];
}

/** One witness of a violation: a missing tuple, how it was lost, and what promised it; or a forbidden tuple, and how it was derived. */
export class WitnessEvidence {
  readonly kind: Witness["kind"];
  /** Missing, or present. */
  readonly tuple: TupleAt;
  /** The name of the promise that it breaks, where promises have names. */
  readonly promiseName: string | undefined;
  private readonly compared: Compared;

  constructor(witness: Witness, compared: Compared) {
    const { kind, relation, instant, args } = witness;
    this.kind = kind;
    this.tuple = { relation, instant, args };
    this.promiseName = witness.promise;
    this.compared = compared;
  }

  /** If the failure-free run is correct here: how the faults removed the missing tuple, or made the forbidden one possible. */
  get difference(): Difference | undefined {
    return this.compared.differenceOf(this.tuple);
  }

  /** The same, or else the difference from the first neighbour that ends with it. */
  get cut(): Cut | undefined {
    return this.ownCut();
  }

  /** For a missing tuple, why no rule derived it in the failing run. */
  get obstacles(): WhyNot | undefined {
    return this.ownObstacles();
  }

  /** For a forbidden tuple, how it was derived in the failing run. */
  get derivation(): Why | undefined {
    return this.ownDerivation();
  }

  /** For a forbidden tuple, the rules that derived it. */
  get derivingRules(): readonly RuleId[] {
    return this.kind === "present" ? rulesOf(this.tuple, this.compared.failing) : [];
  }

  /** For a missing tuple, what promised it. */
  get promise(): Promised | undefined {
    return this.ownPromise();
  }

  /** For a violation without faults, two derivations that exclude each other, if it comes down to that. */
  get pairedDerivations(): PairedDerivations | undefined {
    return this.ownPair();
  }

  /** Every difference that explains this witness. */
  get differences(): readonly Difference[] {
    const { cut, promise } = this;
    return [...(cut === undefined ? [] : [cut.difference]), ...(promise?.gained === undefined ? [] : [promise.gained])];
  }

  private readonly ownCut = lazy((): Cut | undefined => {
    const { difference: own } = this;
    if (own !== undefined) return { difference: own };
    const { failing } = this.compared;
    for (const fault of failing.execution.schedule) {
      const neighbour = this.compared.neighbourWithout(fault);
      if (neighbour === undefined) continue;
      const difference = explainDifference(this.tuple, neighbour.run, failing);
      if (difference !== undefined) return { difference, neighbour };
    }
    return undefined;
  });

  private readonly ownPair = lazy((): PairedDerivations | undefined => {
    const { failing } = this.compared;
    if (failing.execution.schedule.length > 0) return undefined;
    if (this.kind === "present") return pairedDerivations(this.tuple, failing);
    const { obstacles } = this;
    return obstacles === undefined ? undefined : pairBehindAbsence(obstacles, failing);
  });

  private readonly ownObstacles = lazy(() =>
    this.kind === "missing" ? whyNot(this.tuple, this.compared.failing.execution, this.compared.failing) : undefined,
  );

  private readonly ownDerivation = lazy(() =>
    this.kind === "present" ? why(this.tuple, this.compared.failing) : undefined,
  );

  private readonly ownPromise = lazy((): Promised | undefined => {
    const { specification, failing } = this.compared;
    const antecedent =
      this.kind === "missing"
        ? antecedentOf(specification, { relation: this.tuple.relation, promise: this.promiseName })
        : undefined;
    if (antecedent === undefined) return undefined;
    const tuple: TupleAt = { ...this.tuple, relation: antecedent };
    const derivation = why(tuple, failing);
    if (derivation === undefined) return undefined;
    const gained = this.compared.differenceOf(tuple);
    const rules = rulesOf(tuple, failing);
    return { tuple, why: derivation, rules, ...(gained === undefined ? {} : { gained }) };
  });
}

/** The rules that derived a tuple, those that only carry it not among them. */
function rulesOf(tuple: TupleAt, { provenance }: Traced): readonly RuleId[] {
  return provenance.derivationsOf(tuple).flatMap((d) => (d.kind === "rule" && !persists(d, tuple) ? [d.rule] : []));
}
