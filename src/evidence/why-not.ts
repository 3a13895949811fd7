import type { Execution, TupleAt } from "../execution/execution.js";
import { matchesPattern } from "../execution/matching.js";
import { isPersistence } from "../program/persistence.js";
import type { Fact, Rule } from "../program/program.js";
import { possibleFacts } from "../program/program.js";
import { firstInstant, isAggregate } from "../program/rule-shape.js";
import { compareNames } from "../source/names.js";
import type { Attempt, Cut, Group, LostFact, Obstacle, Reason, Wanted, Why, WhyNot } from "./explanation.js";
import { isStruck, leadsToFault, tupleOf } from "./explanation.js";
import { memberCandidates, membersOf } from "./group-members.js";
import { lazy } from "./lazy.js";
import { ExecutionTuples } from "./partial-match.js";
import type { MatchedReason } from "./reasons.js";
import { absenceOf, delayOf, rank, reasonAt, reasonsOf } from "./reasons.js";
import { Senders } from "./sent-by-many.js";
import type { Traced } from "./traced-run.js";
import { why } from "./why.js";

/*
 * Why no tuple of a run matches a pattern. Each rule that could have derived one is tried at each instant at which that would have sufficed.
 * What its body lacks is explained in the same way, down to a fault or to a missing fact:
 *
 *     quorum("c") at 4            rule: size(C, N), N >= 2       fails at N >= 2, with N = 1
 *       size("c", 1) at 4         rule: size(C, count<V>) :- vote(C, V)       its members: "a"
 *         vote("c", "b") at 4     rule: vote(C, V)@async :- asked(V, C)       the message b → c, sent at 2, is lost
 */

export interface WhyNotOptions {
  /** The provenance of the run: with it, a tuple that blocks a negation is explained by its derivation. */
  readonly provenance?: Traced["provenance"] | undefined;
  /** How many absences are explained in all. */
  readonly most?: number;
}

const maxDepth = 12;
const defaultMost = 60;
/** The most reasons of one rule besides the first. */
const mostOthers = 3;
/** Missing members of one group. */
const mostMembers = 3;
/** The most tuples through which the derivation of a tuple that blocks a negation is followed. */
const deepestBlocker = 6;

/** Why a tuple, or every tuple that matches, was not derived; `undefined` if one holds. */
export function whyNot(about: Wanted | TupleAt, execution: Execution, options: WhyNotOptions = {}): WhyNot | undefined {
  const wanted = "pattern" in about ? about : { ...about, pattern: about.args };
  const found = new Absences(execution, options).explain(wanted, wanted.instant, 0);
  return typeof found === "string" ? undefined : found;
}

interface Explained {
  readonly key: string;
  readonly since: number;
  readonly until: number;
}

class Absences {
  private readonly tuples: ExecutionTuples;
  private readonly senders = lazy(() => new Senders(this.execution, this.tuples));
  private readonly explained: Explained[] = [];
  private left: number;

  constructor(
    private readonly execution: Execution,
    private readonly options: WhyNotOptions,
  ) {
    this.tuples = new ExecutionTuples(execution);
    this.left = options.most ?? defaultMost;
  }

  /** Why nothing matches at any of the instants from `from` to that of `wanted`; `undefined` if something does at the last. */
  explain(wanted: Wanted, from: number, depth: number): WhyNot | Cut | undefined {
    const { execution } = this;
    if (wanted.instant > execution.eot || this.holds(wanted)) return undefined;
    const rules = inTextOrder(execution.program.rules.filter((r) => r.head.relation === wanted.relation));
    const held = this.lastHeld(wanted);
    const since = Math.max(held + 1, rules.some(carriesOver) ? 1 : from);
    const key = JSON.stringify([wanted.relation, wanted.pattern.map((value) => value ?? null)]);
    const isKnown = (e: Explained): boolean => e.key === key && e.since <= since && wanted.instant <= e.until;
    if (this.explained.some(isKnown)) return "above";
    if (depth > maxDepth || this.left <= 0) return "deeper";
    this.left--;
    this.explained.push({ key, since, until: wanted.instant });
    const away = absenceOf(wanted, execution);
    if (away !== undefined) return { wanted, since: Math.max(since, away.at), away, facts: [], attempts: [] };
    const attempts = rules.flatMap((rule) => this.attempts(rule, wanted, since, held, depth));
    attempts.sort((a, b) => Number(isStruck(b)) - Number(isStruck(a)));
    const facts = this.lostFacts(wanted, since);
    const early = attempts.length === 0 && rules.some((rule) => this.isEarly(rule, wanted));
    return { wanted, since, facts, attempts, ...(held > 0 ? { held } : {}), ...(early ? { early: true } : {}) };
  }

  private attempts(rule: Rule, wanted: Wanted, since: number, held: number, depth: number): readonly Attempt[] {
    const { execution, tuples } = this;
    // What never held cannot be carried.
    if (held === 0 && carriesOver(rule)) return [];
    if (isPersistence(rule)) {
      // Plain persistence is a reason only if what it carries is forgotten.
      const reason = reasonAt(rule, wanted, held, execution, tuples);
      if (reason?.obstacle.kind !== "forgotten") return [];
      return [{ ...told(reason, reason.obstacle), rule: rule.id, others: [], unlisted: 0 }];
    }
    const all = reasonsOf(rule, wanted, since, execution, tuples);
    // That the carried tuple is missing is not a separate reason.
    const apart = all.filter((reason) => !(carriesOver(rule) && lacksItself(reason, wanted)));
    const reasons = apart.length > 0 ? apart : all;
    const [first, ...rest] = [...reasons].sort((a, b) => rank(b) - rank(a) || a.instant - b.instant);
    if (first === undefined) return [];
    const followed = (reason: MatchedReason): Reason => told(reason, this.follow(reason, rule, wanted, depth));
    const best = followed(first);
    const others = rest
      .slice(0, mostOthers)
      .sort((a, b) => a.instant - b.instant)
      .map(followed);
    const unlisted = rest.slice(mostOthers).reduce((sum, { instant, until }) => sum + until - instant + 1, 0);
    return [{ ...best, rule: rule.id, others, unlisted }];
  }

  /** Whether a rule could derive it, but only after its instant. */
  private isEarly(rule: Rule, wanted: Wanted): boolean {
    const first = firstInstant(rule);
    if (wanted.instant - delayOf(rule) >= first || carriesOver(rule)) return false;
    return reasonAt(rule, wanted, first, this.execution, this.tuples) !== undefined;
  }

  /** Explains what the body lacks. */
  private follow(
    { obstacle, instant, until, matched }: MatchedReason,
    rule: Rule,
    wanted: Wanted,
    depth: number,
  ): Obstacle {
    if (obstacle.kind === "other-value") {
      const group = this.group(rule, wanted.pattern, until, depth);
      return { ...obstacle, ...(group === undefined ? {} : { group }) };
    }
    if (obstacle.kind !== "literal") return obstacle;
    const { failing } = obstacle;
    switch (failing.kind) {
      case "no-match": {
        const { relation } = failing.literal;
        const { pattern } = failing;
        const at = failing.literal.instant ?? until;
        const from = failing.literal.instant ?? instant;
        const present = this.lastPresent({ relation, pattern, instant: at }, from);
        const further = this.explain(present, from, depth + 1);
        if (further === undefined) return obstacle;
        return typeof further === "string" ? { ...obstacle, cut: further } : { ...obstacle, whyNot: further };
      }
      case "blocked": {
        const { relation } = failing.literal;
        const because = this.because({ relation, instant: failing.literal.instant ?? until, args: failing.by }, depth);
        return because === undefined ? obstacle : { ...obstacle, because };
      }
      case "comparison": {
        const groups = matched.flatMap(({ tuple }) => this.groupsOf(tuple, depth));
        return groups.length === 0 ? obstacle : { ...obstacle, groups };
      }
    }
  }

  /** Why a tuple holds. Absences that it depends on are explained if a fault caused them. */
  private because(tuple: TupleAt, depth: number): Why | undefined {
    const { provenance } = this.options;
    if (provenance === undefined) return undefined;
    const absent = (wanted: Wanted): WhyNot | undefined => {
      const found = this.explain(wanted, wanted.instant, depth + 1);
      return typeof found === "object" && leadsToFault(found) ? found : undefined;
    };
    return why(tuple, { provenance, execution: this.execution }, { deepest: deepestBlocker, absent });
  }

  /** The groups of the aggregates that gave a tuple. */
  private groupsOf({ relation, instant, args }: TupleAt, depth: number): readonly Group[] {
    const rules = inTextOrder(
      this.execution.program.rules.filter((r) => r.head.relation === relation && isAggregate(r)),
    );
    return rules.flatMap((rule) => {
      const group = this.group(rule, args, rule.timing === "deductive" ? instant : instant - 1, depth);
      return group === undefined ? [] : [group];
    });
  }

  /** The members of a group at an instant of the body, and why others are missing. */
  private group(rule: Rule, columns: Wanted["pattern"], instant: number, depth: number): Group | undefined {
    const { execution, tuples } = this;
    const members = membersOf(rule, columns, instant, tuples);
    if (members === undefined) return undefined;
    const candidates = members.atoms.flatMap((atom) => memberCandidates(atom, execution, tuples));
    const missing = candidates.slice(0, mostMembers).flatMap((candidate): readonly WhyNot[] => {
      const found = this.explain(candidate, candidate.instant, depth + 1);
      return typeof found === "object" ? [found] : [];
    });
    const { variable, present, counted, atoms } = members;
    const repeated = counted ? atoms.flatMap((atom) => this.senders().many(atom, present.length)) : [];
    const unlisted = candidates.length - missing.length;
    return { rule: rule.id, instant, variable, present, sentByMany: repeated, missing, unlisted };
  }

  /** The facts of the program, and of its lines of inputs, that would have stated it. */
  private lostFacts({ relation, instant, pattern }: Wanted, since: number): readonly LostFact[] {
    const same = (fact: Fact): boolean =>
      fact.relation === relation &&
      since <= fact.instant &&
      fact.instant <= instant &&
      matchesPattern(fact.args, pattern);
    return possibleFacts(this.execution.program)
      .filter(same)
      .map((fact): LostFact => {
        const away = absenceOf({ relation, instant: fact.instant, pattern: fact.args }, this.execution);
        return { instant: fact.instant, ...(away === undefined ? {} : { away }) };
      });
  }

  private holds(wanted: Wanted): boolean {
    const tuple = tupleOf(wanted);
    if (tuple !== undefined) return this.execution.has(tuple.relation, tuple.instant, tuple.args);
    const { relation, instant, pattern } = wanted;
    const ids = pattern.map((value) => (value === undefined ? undefined : this.tuples.values.intern(value)));
    return this.tuples.tuples(relation, instant).some((row) => matchesPattern(row, ids));
  }

  /** The last instant before its own at which it holds; 0 if there is none. */
  private lastHeld(wanted: Wanted): number {
    let t = wanted.instant - 1;
    while (t > 0 && !this.holds({ ...wanted, instant: t })) t--;
    return t;
  }

  /** The last instant, of those from `first` to its own, at which its node is there; its own if there is none. */
  private lastPresent(wanted: Wanted, first: number): Wanted {
    for (let { instant } = wanted; instant >= first; instant--)
      if (absenceOf({ ...wanted, instant }, this.execution) === undefined) return { ...wanted, instant };
    return wanted;
  }
}

function told({ instant, until, binding, satisfied }: MatchedReason, obstacle: Obstacle): Reason {
  return { instant, until, binding, satisfied, obstacle };
}

/** Whether a body fails because it lacks its own head. */
function lacksItself({ obstacle }: Reason, { relation, pattern }: Wanted): boolean {
  if (obstacle.kind !== "literal" || obstacle.failing.kind !== "no-match") return false;
  const { failing } = obstacle;
  return failing.literal.relation === relation && failing.pattern.every((value, i) => value === pattern[i]);
}

/** Whether a rule is persistence, plain or under further conditions: `r(X…)@next :- r(X…), …`. */
function carriesOver(rule: Rule): boolean {
  if (rule.timing !== "inductive") return false;
  return rule.body.some(
    (literal) =>
      literal.kind === "positive" &&
      literal.relation === rule.head.relation &&
      literal.instant === undefined &&
      literal.args.every((term, i) => {
        const head = rule.head.args[i];
        return term.kind === "variable" && head?.kind === "variable" && term.variable === head.variable;
      }),
  );
}

/** Rules by file and place, so that the result does not depend on the order of files. */
function inTextOrder(rules: readonly Rule[]): readonly Rule[] {
  return [...rules].sort((a, b) => compareNames(a.span.file.path, b.span.file.path) || a.span.start - b.span.start);
}
