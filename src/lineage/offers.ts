import type { Binding, Pattern, Row } from "../execution/matching.js";
import { matchesPattern } from "../execution/matching.js";
import type { Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { TupleSource } from "../faults/environment.js";
import type { RelationId, Rule } from "../program/program.js";
import type { FaultGraph } from "./fault-graph.js";
import type { RunFaults, Standing } from "./run-faults.js";
import type { RunView } from "./run-view.js";

/** A claim: the run under every schedule at hand has no tuple of the relation that matches and that this run has not. */
export interface Claim {
  readonly relation: RelationId;
  readonly instant: number;
  readonly pattern: Pattern;
  /** Whether it is about tuples that hold, as most claims are, or about those that are held back. */
  readonly standing?: Standing;
}

export function nameOf({ relation, instant, pattern, standing = "holds" }: Claim): string {
  return `${standing} ${relation} ${instant} ${pattern.map((v) => v ?? "_").join()}`;
}

/**
 * What becomes of a tuple that a fact, a firing or an absence offers to an instant: faults decide whether it holds there, is held back, or
 * is gone. What the run has not although it was offered is missing because of faults, and stays missing as long as they stay:
 *
 *     log(c) @ 2 was offered by a → c at 1, which is lost:   stays out = lost(a, c, 1)
 */
export class Offers {
  constructor(
    private readonly view: RunView,
    private readonly graph: FaultGraph,
    private readonly faults: RunFaults,
  ) {}

  /** Implies that a fact states the tuple, and that its node is not away. */
  stated(relation: RelationId, instant: number, row: Row): Annotation {
    return this.faults.facts(relation, instant).reduce((some, fact) => {
      if (fact.row.some((value, i) => value !== row[i])) return some;
      const holds = this.stands("holds", relation, row, instant, "derived");
      return this.graph.or(some, this.graph.and(fact.when, holds));
    }, FALSE);
  }

  /** The instants at which a rule can fire for its head to be at an instant: messages may be late. */
  firedFor({ timing }: Rule, instant: number): readonly number[] {
    if (timing === "deductive") return [instant];
    const earliest = timing === "async" ? instant - 1 - this.faults.lateness : instant - 1;
    const instants: number[] = [];
    for (let fired = instant - 1; fired >= Math.max(1, earliest); fired--) instants.push(fired);
    return instants;
  }

  stands(standing: Standing, relation: RelationId, row: Row, instant: number, arising: TupleSource): Annotation {
    return this.faults.stands(standing, relation, row[0] ?? 0, instant, arising);
  }

  /** No fact that matches is there besides those of the run. */
  noNewFact(claim: Claim): Annotation {
    const { relation, instant, pattern } = claim;
    return this.faults.facts(relation, instant).reduce((all, { row, when }) => {
      return matchesPattern(row, pattern) ? this.graph.and(all, this.staysOut(claim, row, "derived", when)) : all;
    }, TRUE);
  }

  /** What a firing of the run gives, and what is not there in the run, stays out: the message is lost, the node away. */
  noNewResult(claim: Claim, rule: Rule, fired: number, binding: Binding, head: Pattern): Annotation {
    const arising = rule.timing === "deductive" ? "derived" : rule.timing === "async" ? "arriving" : "carried";
    // The destination may be the result of an aggregate: then it is any.
    const places = head[0] === undefined ? this.faults.places : [head[0]];
    return places.reduce((all, place) => {
      const row = [place, ...head.slice(1)];
      const when = this.faults.arrives(rule, fired, binding, row, claim.instant);
      return this.graph.and(all, this.staysOut(claim, row, arising, when));
    }, TRUE);
  }

  /** A tuple that is offered under `when`, and that the run has not, stays out. */
  staysOut(
    { relation, instant, standing = "holds" }: Claim,
    row: Pattern,
    arising: TupleSource,
    when: Annotation,
  ): Annotation {
    const stands = this.graph.and(when, this.faults.stands(standing, relation, row[0] ?? 0, instant, arising));
    if (stands === FALSE || this.faults.holdsHere(stands)) return TRUE;
    const there = standing === "holds" ? this.view.tuples(relation, instant) : this.view.heldBack(relation, instant);
    const isThere = row.every((v) => v !== undefined) && there.some((other) => matchesPattern(other, row));
    return isThere ? TRUE : stands ^ 1;
  }
}
