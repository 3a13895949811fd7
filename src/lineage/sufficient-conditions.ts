import { memberOf, shownBy } from "../execution/aggregate-members.js";
import { aggregate } from "../execution/aggregates.js";
import type { Binding, Pattern, Row } from "../execution/matching.js";
import { headAgrees, headPattern, matchesPattern, unifyHead } from "../execution/matching.js";
import type { SatisfiedAtom } from "../execution/partial-matches.js";
import { enumerateMatches } from "../execution/partial-matches.js";
import type { Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import { isPersistence } from "../program/persistence.js";
import type { Program, RelationId, Rule } from "../program/program.js";
import { groupOf, isAggregate } from "../program/rule-shape.js";
import type { Claim } from "./candidates.js";
import { Candidates, nameOf } from "./candidates.js";
import type { FaultGraph } from "./fault-graph.js";
import { Ranks } from "./ranks.js";
import type { RunFaults, Standing } from "./run-faults.js";
import type { RunView } from "./run-view.js";

/** A member of an aggregate's group: the values of the aggregated variables, by column, and a condition that implies it. */
interface Member {
  readonly values: Pattern;
  readonly stands: Annotation;
}

/**
 * Sufficient conditions for the tuples of a run to be present, and for missing ones to stay missing: formulas over the fault variables
 * that the run's own scenario satisfies.
 *
 * `present(tuple)` implies that the tuple is present: some derivation of the run still holds, that is, its tuples are present, its
 * negated literals match nothing, its message is delivered. `complete(pattern)` implies that no tuple matches besides those of the run:
 * for each rule that could derive one, and each partial match of its body, the reason why it failed persists; a lost message stays
 * lost, a tuple that blocks a negation stays present.
 *
 *     log(c) at 3 is missing, because a → c was lost at 1 and no other node sent it:   complete(log(c) at 3) = lost(a, c, 1)
 */
export class SufficientConditions {
  private readonly presences = new Map<string, Annotation>();
  private readonly completions = new Map<string, Annotation>();
  private readonly ranks: Ranks;
  private readonly candidates: Candidates;
  private readonly stratumOf = new Map<RelationId, number>();
  private readonly program: Program;

  constructor(
    private readonly view: RunView,
    private readonly graph: FaultGraph,
    private readonly faults: RunFaults,
  ) {
    this.program = view.program;
    this.candidates = new Candidates(view, graph, faults);
    this.ranks = new Ranks(
      view,
      (relation) => this.stratumOf.get(relation),
      (relation, instant, row) => this.comesFromOutside(relation, instant, row),
    );
    this.program.strata.forEach((stratum, i) => {
      if (stratum.recursive) for (const relation of stratum.relations) this.stratumOf.set(relation, i);
    });
  }

  /** Implies that a tuple of the run is present. */
  present(relation: RelationId, instant: number, row: Row): Annotation {
    const key = nameOf({ relation, instant, pattern: row });
    const known = this.presences.get(key);
    if (known !== undefined) return known;
    let some: Annotation = this.candidates.factHolds(relation, instant, row);
    if (relation === this.program.crash) some = this.faults.crashed(row);
    if (relation === this.program.restart) some = this.faults.restarted(row, instant);
    for (const rule of some === TRUE ? [] : this.program.rules) {
      if (rule.head.relation !== relation || rule.timing !== "deductive") continue;
      const holds = this.candidates.stands("holds", relation, row, instant, "derived");
      some = this.graph.or(some, this.graph.and(holds, this.derived(rule, instant, row, instant)));
    }
    if (some !== TRUE) some = this.graph.or(some, this.fromBefore("holds", relation, instant, row));
    this.presences.set(key, some);
    return some;
  }

  /** Implies that a tuple that the run holds back at the instant is held back. */
  private heldBack(relation: RelationId, instant: number, row: Row): Annotation {
    const key = nameOf({ relation, instant, pattern: row, standing: "held" });
    const known = this.presences.get(key);
    if (known !== undefined) return known;
    const some = this.fromBefore("held", relation, instant, row);
    this.presences.set(key, some);
    return some;
  }

  /** Implies that the tuple comes from an earlier instant: by an `@next` rule, by a message, or because it was held back. */
  private fromBefore(standing: Standing, relation: RelationId, instant: number, row: Row): Annotation {
    const { graph } = this;
    let some: Annotation = FALSE;
    const either = (source: "carried" | "arriving", derivation: () => Annotation): void => {
      const stands = some === TRUE ? FALSE : this.candidates.stands(standing, relation, row, instant, source);
      if (stands !== FALSE) some = graph.or(some, graph.and(stands, derivation()));
    };
    for (const rule of this.program.rules) {
      if (rule.head.relation !== relation || rule.timing === "deductive") continue;
      for (const fired of this.candidates.firingInstants(rule, instant))
        either(rule.timing === "async" ? "arriving" : "carried", () => this.derived(rule, fired, row, instant));
    }
    if (this.view.heldBack(relation, instant - 1).some((held) => held.every((value, i) => value === row[i])))
      either("carried", () => this.heldBack(relation, instant - 1, row));
    return some;
  }

  /** Implies that the rule derives the tuple at instant `fired`, and that the message, if it is one, arrives at `at`. */
  private derived(rule: Rule, fired: number, row: Row, at: number): Annotation {
    const instant = fired;
    if (isAggregate(rule)) return this.derivedByAggregate(rule, instant, row, at);
    const start = unifyHead(rule, row, this.view.values);
    if (start === undefined) return FALSE;
    let some: Annotation = FALSE;
    enumerateMatches(rule, instant, start, this.view, {
      firing: ({ binding, atoms }) => {
        if (!headAgrees(rule, binding, row, this.view.values) || !this.ranks.descends(rule, instant, row, atoms))
          return;
        const arrives = this.faults.arrives(rule, instant, binding, row, at);
        if (arrives === FALSE) return;
        some = this.graph.or(some, this.graph.and(arrives, this.standing(atoms)));
      },
    });
    return some;
  }

  /** The result of a group is the same if the group keeps its members and gains none. */
  private derivedByAggregate(rule: Rule, instant: number, row: Row, at: number): Annotation {
    const group = groupOf(rule, row);
    const start = unifyHead(rule, group, this.view.values);
    if (start === undefined) return FALSE;
    const members = new Map<string, Member>();
    let last: { readonly binding: Binding } | undefined;
    enumerateMatches(rule, instant, start, this.view, {
      firing: ({ binding, atoms }) => {
        if (!headAgrees(rule, binding, group, this.view.values)) return;
        last = { binding };
        const values = rule.head.args.map((term) =>
          term.kind === "aggregate" ? memberOf(term, binding, this.view.values) : undefined,
        );
        const key = values.join();
        const stands = this.graph.or(members.get(key)?.stands ?? FALSE, this.standing(atoms));
        members.set(key, { values, stands });
      },
    });
    if (last === undefined || !this.results(rule, members, row)) return FALSE;
    const arrives = this.faults.arrives(rule, instant, last.binding, row, at);
    if (arrives === FALSE) return FALSE;
    const closed = this.noNewBinding(rule, instant, start);
    return [...members.values()].reduce(
      (all, { stands }) => this.graph.and(all, stands),
      this.graph.and(arrives, closed),
    );
  }

  /** Whether a row has the results of a group; a group can have other results at other instants. */
  private results(rule: Rule, members: ReadonlyMap<string, Member>, row: Row): boolean {
    const { values } = this.view;
    return rule.head.args.every((term, i) => {
      if (term.kind !== "aggregate") return true;
      const distinct = new Set([...members.values()].flatMap((member) => member.values[i] ?? []));
      const list = [...distinct].map((value) => ({ value, annotation: TRUE }));
      return aggregate(term.function, list, values, this.graph, Infinity).some(
        (outcome) => shownBy(term, outcome.value, values) === row[i],
      );
    });
  }

  /** Implies that the literals of a firing are satisfied. */
  standing(atoms: readonly SatisfiedAtom[]): Annotation {
    return atoms.reduce<Annotation>((all, literal) => {
      if (all === FALSE) return FALSE;
      const { relation, instant } = literal;
      const holds =
        literal.kind === "tuple"
          ? this.present(relation, instant, literal.row)
          : this.complete({ relation, instant, pattern: literal.pattern });
      return this.graph.and(all, holds);
    }, TRUE);
  }

  /** Implies the claim. */
  complete(claim: Claim): Annotation {
    const key = nameOf(claim);
    const known = this.completions.get(key);
    if (known !== undefined) return known;
    const annotation = this.close((claims) => this.noNewTuple(claim, claims), claim);
    this.completions.set(key, annotation);
    return annotation;
  }

  /** Implies that no binding that extends `start` fires at an instant besides those of the run. */
  noNewBinding(rule: Rule, instant: number, start: Binding): Annotation {
    return this.close((claims) => this.noNewFiring(rule, instant, start, claims, () => TRUE));
  }

  /**
   * The conjunction of the condition of `start` and of the claims that it passes on. Claims of one recursive stratum at one instant
   * depend on each other; they are collected until there is no new one, and proved together: the first tuple that breaks one of them
   * would have to be derived from tuples that break none.
   */
  private close(start: (claims: (claim: Claim) => void) => Annotation, root?: Claim): Annotation {
    const seen = new Set<string>(root === undefined ? [] : [nameOf(root)]);
    const pending: Claim[] = [];
    let all: Annotation = TRUE;
    const collect = (claim: Claim): void => {
      const mutual = root !== undefined && this.sameComponent(claim, root);
      if (!mutual) all = this.graph.and(all, this.complete(claim));
      else if (!seen.has(nameOf(claim))) {
        seen.add(nameOf(claim));
        pending.push(claim);
      }
    };
    const first = start(collect); // changes `all`
    all = this.graph.and(all, first);
    for (let claim = pending.pop(); claim !== undefined; claim = pending.pop()) {
      const condition = this.noNewTuple(claim, collect);
      all = this.graph.and(all, condition);
    }
    return all;
  }

  private sameComponent(a: Claim, b: Claim): boolean {
    const stratum = this.stratumOf.get(a.relation);
    return a.instant === b.instant && stratum !== undefined && stratum === this.stratumOf.get(b.relation);
  }

  private noNewTuple(claim: Claim, claims: (claim: Claim) => void): Annotation {
    const { relation, instant, pattern, standing = "holds" } = claim;
    if (relation === this.program.crash) return this.faults.noNewCrash(pattern);
    if (relation === this.program.restart) return this.faults.noNewRestart(pattern, instant);
    let all: Annotation = TRUE;
    const also = (more: Annotation): void => {
      all = this.graph.and(all, more);
    };
    if (standing === "holds") also(this.candidates.noNewFact(claim));
    for (const rule of this.program.rules) {
      if (rule.head.relation !== relation || all === FALSE) continue;
      if (rule.timing === "deductive" && standing === "held") continue;
      for (const fired of this.candidates.firingInstants(rule, instant)) {
        if (isPersistence(rule)) {
          claims({ relation, instant: fired, pattern });
          for (const row of this.view.matching(relation, fired, pattern))
            also(this.candidates.staysMissing(claim, row, "carried", TRUE));
          continue;
        }
        const start = unifyHead(rule, groupOf(rule, pattern), this.view.values);
        if (start === undefined) continue;
        also(
          this.noNewFiring(rule, fired, start, claims, (binding, head) =>
            this.candidates.noNewResult(claim, rule, fired, binding, head),
          ),
        );
        if (isAggregate(rule)) also(this.sameMembers(rule, fired, start));
      }
    }
    if (!this.faults.hasAbsences || instant <= 1) return all;
    claims({ relation, instant: instant - 1, pattern, standing: "held" });
    for (const row of this.view.heldBack(relation, instant - 1))
      if (matchesPattern(row, pattern)) also(this.candidates.staysMissing(claim, row, "carried", TRUE));
    return all;
  }

  /** Implies that no matching group of an aggregate loses a member; that none gains one is a separate condition. */
  sameMembers(rule: Rule, instant: number, start: Binding): Annotation {
    let all: Annotation = TRUE;
    enumerateMatches(rule, instant, start, this.view, {
      firing: ({ atoms }) => {
        all = this.graph.and(all, this.standing(atoms));
      },
    });
    return all;
  }

  /** No binding that extends `start` fires at `instant` besides those of the run, each under the condition `ofFiring`. */
  private noNewFiring(
    rule: Rule,
    instant: number,
    start: Binding,
    claims: (claim: Claim) => void,
    ofFiring: (binding: Binding, head: Pattern) => Annotation,
  ): Annotation {
    let all: Annotation = TRUE;
    const tried = new Set<string>();
    enumerateMatches(rule, instant, start, this.view, {
      tried: ({ relation }, at, pattern) => {
        const claim = { relation, instant: at, pattern };
        if (tried.has(nameOf(claim))) return;
        tried.add(nameOf(claim));
        claims(claim);
      },
      blocked: (_match, { relation }, at, rows) => {
        const some = rows.reduce<Annotation>((any, row) => this.graph.or(any, this.present(relation, at, row)), FALSE);
        all = this.graph.and(all, some);
      },
      firing: ({ binding }) => {
        all = this.graph.and(all, ofFiring(binding, headPattern(rule, binding, this.view.values)));
      },
    });
    return all;
  }

  /** Whether a tuple of a recursive component is a fact, comes from an earlier instant, or is the result of an aggregate. */
  private comesFromOutside(relation: RelationId, instant: number, row: Row): boolean {
    if (this.faults.holdsHere(this.candidates.factHolds(relation, instant, row))) return true;
    if (this.faults.holdsHere(this.fromBefore("holds", relation, instant, row))) return true;
    return this.program.rules.some(
      (rule) =>
        rule.head.relation === relation &&
        rule.timing === "deductive" &&
        isAggregate(rule) &&
        this.faults.holdsHere(this.derived(rule, instant, row, instant)),
    );
  }
}
