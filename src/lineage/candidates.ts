import type { Binding, Pattern, Row } from "../execution/matching.js";
import { matchesPattern } from "../execution/matching.js";
import type { Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { TupleSource } from "../faults/environment.js";
import type { RelationId, Rule } from "../program/program.js";
import type { FaultGraph } from "./fault-graph.js";
import type { RunFaults, Standing } from "./run-faults.js";
import type { RunView } from "./run-view.js";

/** The claim that no tuple of a relation matches a pattern at an instant besides those of the run. */
export interface Claim {
  readonly relation: RelationId;
  readonly instant: number;
  readonly pattern: Pattern;
  /** Whether the claim is about tuples that hold (the default) or about those that are held back. */
  readonly standing?: Standing;
}

/** A key that is equal for equal claims. */
export function nameOf({ relation, instant, pattern, standing = "holds" }: Claim): string {
  return `${standing} ${relation} ${instant} ${pattern.map((v) => v ?? "_").join()}`;
}

/**
 * Candidates: tuples that a fact, a firing or the end of an absence would make hold at an instant, if faults did not prevent it. Faults
 * decide whether a candidate holds there, is held back, or is lost. A candidate that is missing in the run is missing because of faults,
 * and stays missing as long as these persist:
 *
 *     log(c) at 2 is a candidate because of a → c sent at 1, which is lost:   staysMissing = lost(a, c, 1)
 */
export class Candidates {
  constructor(
    private readonly view: RunView,
    private readonly graph: FaultGraph,
    private readonly faults: RunFaults,
  ) {}

  /** Implies that the tuple is a fact and that its node is not away. */
  factHolds(relation: RelationId, instant: number, row: Row): Annotation {
    return this.faults.facts(relation, instant).reduce((some, fact) => {
      if (fact.row.some((value, i) => value !== row[i])) return some;
      const holds = this.stands("holds", relation, row, instant, "derived");
      return this.graph.or(some, this.graph.and(fact.when, holds));
    }, FALSE);
  }

  /** The instants at which a rule can fire such that its head is due at an instant; messages can be late. */
  firingInstants({ timing }: Rule, instant: number): readonly number[] {
    if (timing === "deductive") return [instant];
    const earliest = timing === "async" ? instant - 1 - this.faults.lateness : instant - 1;
    const instants: number[] = [];
    for (let fired = instant - 1; fired >= Math.max(1, earliest); fired--) instants.push(fired);
    return instants;
  }

  stands(standing: Standing, relation: RelationId, row: Row, instant: number, source: TupleSource): Annotation {
    return this.faults.stands(standing, relation, row[0] ?? 0, instant, source);
  }

  /** Implies that no matching fact holds besides those of the run. */
  noNewFact(claim: Claim): Annotation {
    const { relation, instant, pattern } = claim;
    return this.faults.facts(relation, instant).reduce((all, { row, when }) => {
      return matchesPattern(row, pattern) ? this.graph.and(all, this.staysMissing(claim, row, "derived", when)) : all;
    }, TRUE);
  }

  /** Implies that the head of a firing, if it is missing in the run, stays missing: the message is lost, or the node away. */
  noNewResult(claim: Claim, rule: Rule, fired: number, binding: Binding, head: Pattern): Annotation {
    const source = rule.timing === "deductive" ? "derived" : rule.timing === "async" ? "arriving" : "carried";
    // A destination that is the result of an aggregate can be any node.
    const places = head[0] === undefined ? this.faults.places : [head[0]];
    return places.reduce((all, place) => {
      const row = [place, ...head.slice(1)];
      const when = this.faults.arrives(rule, fired, binding, row, claim.instant);
      return this.graph.and(all, this.staysMissing(claim, row, source, when));
    }, TRUE);
  }

  /** Implies that a candidate under the condition `when` stays missing, if it is missing in the run. */
  staysMissing(
    { relation, instant, standing = "holds" }: Claim,
    row: Pattern,
    source: TupleSource,
    when: Annotation,
  ): Annotation {
    const stands = this.graph.and(when, this.faults.stands(standing, relation, row[0] ?? 0, instant, source));
    if (stands === FALSE || this.faults.holdsHere(stands)) return TRUE;
    const there = standing === "holds" ? this.view.tuples(relation, instant) : this.view.heldBack(relation, instant);
    const isThere = row.every((v) => v !== undefined) && there.some((other) => matchesPattern(other, row));
    return isThere ? TRUE : stands ^ 1;
  }
}
