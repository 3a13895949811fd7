import type { AtomLiteral, ComparisonLiteral, RelationId, Rule } from "../program/program.js";
import { firstInstant } from "../program/rule-shape.js";
import { literalTerms } from "../program/terms.js";
import { settleFailing } from "./failing-binding.js";
import type { Binding, Pattern, Row } from "./matching.js";
import { applyComparison, matchesAtom, matchesPattern, patternOf, termValue, unifyAtom } from "./matching.js";
import type { ValueTable } from "./values.js";
import { isFailure } from "./values.js";

/** The tuples of one run, or of what was evaluated before its error, by the ids of one table of values. */
export interface Tuples {
  readonly values: ValueTable;
  tuples(relation: RelationId, instant: number): readonly Row[];
}

/** A binding, and the literals of the body that hold under it so far. */
export interface PartialMatch {
  readonly binding: Binding;
  /** Indexes into the body, in the order in which they were decided. */
  readonly satisfied: readonly number[];
  /** The same without comparisons: what the atoms hold by. */
  readonly held: readonly Held[];
}

/** An atom that holds: the row that a positive one matched, or the pattern that nothing matches. */
export type Held =
  | {
      readonly kind: "tuple";
      readonly literal: number;
      readonly relation: RelationId;
      readonly instant: number;
      readonly row: Row;
    }
  | {
      readonly kind: "absence";
      readonly literal: number;
      readonly relation: RelationId;
      readonly instant: number;
      readonly pattern: Pattern;
    };

/** What an enumeration meets. */
export interface Visitor {
  /** The tuples that match this pattern are tried one by one. */
  tried?(atom: AtomLiteral, instant: number, pattern: Pattern): void;
  /** No tuple makes a positive atom hold. */
  unmatched?(match: PartialMatch, atom: AtomLiteral, instant: number, pattern: Pattern): void;
  /** A comparison is false. */
  rejected?(match: PartialMatch, comparison: ComparisonLiteral): void;
  /** A negated atom is false: these tuples match it. */
  blocked?(match: PartialMatch, atom: AtomLiteral, instant: number, rows: readonly Row[]): void;
  /** Every literal holds. */
  firing?(match: PartialMatch): void;
  /** Arithmetic of the body fails, and every literal that does not depend on it holds: `held` are the atoms among these. */
  failing?(match: PartialMatch): void;
  /**
   * How soon a positive atom is tried, by the number of its columns that are known and of all its columns: the greatest weight
   * first, and of equal ones the first in the text. Without it, the share that is known.
   */
  weigh?(known: number, columns: number): number;
  /** Asked whenever a literal holds: whether the enumeration is to end. */
  enough?(): boolean;
}

/**
 * Enumerates the ways in which the body of a rule can be satisfied at an instant, as far as each of them goes: comparisons as
 * soon as they can be decided, positive atoms as the visitor weighs them and tuple by tuple, negated atoms last. Slow next to
 * the engine, but it sees the bindings that fail.
 *
 * `start` is what is known beforehand, as `unifyHead` gives it; whether the head agrees in the end is for the caller to ask.
 */
export function enumerateMatches(rule: Rule, instant: number, start: Binding, tuples: Tuples, visitor: Visitor): void {
  if (firstInstant(rule) > instant) return;
  const nothing: PartialMatch = { binding: start, satisfied: [], held: [] };
  new Enumeration(rule, instant, tuples, visitor).extend(
    nothing,
    rule.body.map((_, i) => i),
  );
}

class Enumeration {
  private readonly values: ValueTable;

  constructor(
    private readonly rule: Rule,
    private readonly instant: number,
    private readonly tuples: Tuples,
    private readonly visitor: Visitor,
  ) {
    this.values = tuples.values;
  }

  /** `rest`: the literals that are not decided yet, in the order of the text. */
  extend(start: PartialMatch, remaining: readonly number[]): void {
    let match = start;
    let rest = remaining;
    if (this.visitor.enough?.() === true) return;
    for (
      let next = this.decidable(match.binding, rest);
      next !== undefined;
      next = this.decidable(match.binding, rest)
    ) {
      const { literal, comparison, outcome } = next;
      if (outcome === false) {
        this.visitor.rejected?.(match, comparison);
        return;
      }
      match = { ...match, binding: outcome, satisfied: [...match.satisfied, literal] };
      rest = rest.filter((i) => i !== literal);
      if (this.visitor.enough?.() === true) return;
    }
    const literal = this.mostBound(rest, match.binding);
    const atom = literal === undefined ? undefined : this.rule.body[literal];
    if (literal === undefined || atom?.kind !== "positive") this.complete(match, rest);
    else
      this.tryTuples(
        match,
        literal,
        atom,
        rest.filter((i) => i !== literal),
      );
  }

  /** The first comparison that can be decided, and what it makes of the binding. */
  private decidable(
    binding: Binding,
    rest: readonly number[],
  ): { literal: number; comparison: ComparisonLiteral; outcome: Binding | false } | undefined {
    for (const literal of rest) {
      const comparison = this.rule.body[literal];
      if (comparison?.kind !== "comparison") continue;
      const outcome = applyComparison(this.rule, comparison, binding, this.values);
      if (outcome !== undefined) return { literal, comparison, outcome };
    }
    return undefined;
  }

  private mostBound(rest: readonly number[], binding: Binding): number | undefined {
    let best: number | undefined;
    let most = -1;
    for (const i of rest) {
      const literal = this.rule.body[i];
      if (literal?.kind !== "positive") continue;
      const pattern = patternOf(literal.args, binding, this.values);
      const known = pattern.filter((v) => v !== undefined).length;
      const weight = this.visitor.weigh?.(known, pattern.length) ?? known / pattern.length;
      if (weight > most) {
        most = weight;
        best = i;
      }
    }
    return best;
  }

  private tryTuples(match: PartialMatch, literal: number, atom: AtomLiteral, rest: readonly number[]): void {
    const { relation } = atom;
    const instant = atom.instant ?? this.instant;
    const pattern = patternOf(atom.args, match.binding, this.values);
    this.visitor.tried?.(atom, instant, pattern);
    let matched = false;
    for (const row of this.tuples.tuples(relation, instant)) {
      const binding = matchesPattern(row, pattern) ? unifyAtom(atom, row, match.binding, this.values) : undefined;
      if (binding === undefined) continue;
      matched = true;
      const held: Held = { kind: "tuple", literal, relation, instant, row };
      this.extend({ binding, satisfied: [...match.satisfied, literal], held: [...match.held, held] }, rest);
      if (this.visitor.enough?.() === true) return;
    }
    if (!matched) this.visitor.unmatched?.(match, atom, instant, pattern);
  }

  /** Every positive atom has a tuple and every comparison is decided: arithmetic columns and negated atoms are left. */
  private complete(match: PartialMatch, rest: readonly number[]): void {
    const { rule, values } = this;
    const { binding } = match;
    for (const { literal, instant, row } of match.held.filter((h) => h.kind === "tuple")) {
      const atom = rule.body[literal];
      // What the columns compute may have got its variables from an atom that was matched later.
      if (atom?.kind !== "positive" || unifyAtom(atom, row, binding, values) !== undefined) continue;
      this.visitor.unmatched?.(without(match, literal), atom, instant, patternOf(atom.args, binding, values));
      return;
    }
    if (this.fails(binding)) {
      this.completeFailing(match);
      return;
    }
    const complete = this.excluded(match, rest, binding);
    if (complete !== undefined) this.visitor.firing?.(complete);
  }

  /** The match extended by the negated atoms among the literals; `undefined` if one of them is false. */
  private excluded(start: PartialMatch, literals: readonly number[], binding: Binding): PartialMatch | undefined {
    let match = start;
    for (const literal of literals) {
      const atom = this.rule.body[literal];
      if (atom?.kind !== "negated") continue;
      const { relation } = atom;
      const instant = atom.instant ?? this.instant;
      const pattern = patternOf(atom.args, binding, this.values);
      const rows = this.tuples.tuples(relation, instant).filter((row) => matchesAtom(atom, pattern, row));
      if (rows.length > 0) {
        this.visitor.blocked?.(match, atom, instant, rows);
        return undefined;
      }
      const held: Held = { kind: "absence", literal, relation, instant, pattern };
      match = { ...match, satisfied: [...match.satisfied, literal], held: [...match.held, held] };
      if (this.visitor.enough?.() === true) return undefined;
    }
    return match;
  }

  /** Whether arithmetic of the body fails in a binding of all its variables. */
  private fails(binding: Binding): boolean {
    return this.rule.body.some((literal) => {
      return literalTerms(literal).some((term) => {
        const value = termValue(term, binding, this.values);
        return value !== undefined && isFailure(value);
      });
    });
  }

  /** A binding in which arithmetic fails: a literal that has values rejects it, or evaluation ends here. */
  private completeFailing(match: PartialMatch): void {
    const { rule, values } = this;
    const matched = new Map(match.held.flatMap((h) => (h.kind === "tuple" ? [[h.literal, h.row] as const] : [])));
    const settled = settleFailing(rule, match.binding, (literal) => matched.get(literal), values);
    if (settled.kind === "rejected") {
      const literal = rule.body[settled.literal];
      const rest = without(match, settled.literal);
      if (literal?.kind === "comparison") this.visitor.rejected?.(rest, literal);
      if (literal?.kind === "positive")
        this.visitor.unmatched?.(
          rest,
          literal,
          literal.instant ?? this.instant,
          patternOf(literal.args, settled.binding, values),
        );
      return;
    }
    const complete = this.excluded(match, settled.negations, settled.binding);
    if (complete !== undefined) this.visitor.failing?.(complete);
  }
}

function without({ binding, satisfied, held }: PartialMatch, literal: number): PartialMatch {
  return {
    binding,
    satisfied: satisfied.filter((other) => other !== literal),
    held: held.filter((h) => h.literal !== literal),
  };
}
