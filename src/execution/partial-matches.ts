import type { AtomLiteral, ComparisonLiteral, RelationId, Rule } from "../program/program.js";
import { firstInstant } from "../program/rule-shape.js";
import { literalTerms } from "../program/terms.js";
import { settleFailing } from "./failing-binding.js";
import type { Binding, Pattern, Row } from "./matching.js";
import { applyComparison, matchesAtom, matchesPattern, patternOf, termValue, unifyAtom } from "./matching.js";
import type { ValueTable } from "./values.js";
import { isFailure } from "./values.js";

/** The tuples of one run (up to its error, if it ends in one), as ids of one table of values. */
export interface Tuples {
  readonly values: ValueTable;
  tuples(relation: RelationId, instant: number): readonly Row[];
}

/** A binding, and the literals of the body that are satisfied under it so far. */
export interface PartialMatch {
  readonly binding: Binding;
  /** Indexes into the body, in the order in which they were decided. */
  readonly satisfied: readonly number[];
  /** The satisfied atoms, with the tuples that satisfy them. */
  readonly atoms: readonly SatisfiedAtom[];
}

/** A satisfied atom: the row that a positive atom matched, or the pattern that no tuple matches. */
export type SatisfiedAtom =
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

/** Callbacks of an enumeration. */
export interface Visitor {
  /** The tuples that match this pattern are tried one by one. */
  tried?(atom: AtomLiteral, instant: number, pattern: Pattern): void;
  /** No tuple matches a positive atom. */
  unmatched?(match: PartialMatch, atom: AtomLiteral, instant: number, pattern: Pattern): void;
  /** A comparison is false. */
  rejected?(match: PartialMatch, comparison: ComparisonLiteral): void;
  /** A negated atom is false: these tuples match it. */
  blocked?(match: PartialMatch, atom: AtomLiteral, instant: number, rows: readonly Row[]): void;
  /** Every literal is satisfied. */
  firing?(match: PartialMatch): void;
  /** Arithmetic of the body fails, and every literal that does not depend on it holds: `atoms` are the atoms among these. */
  failing?(match: PartialMatch): void;
  /**
   * The priority of a positive atom, given the number of its known columns and of all its columns: the greatest weight is tried
   * first, and of equal weights the first in the text. Default: the share of known columns.
   */
  weigh?(known: number, columns: number): number;
  /** Called whenever a literal is satisfied; `true` ends the enumeration. */
  enough?(): boolean;
}

/**
 * Enumerates the ways to satisfy the body of a rule at an instant by backtracking: comparisons as soon as they can be decided,
 * positive atoms by the visitor's weights and tuple by tuple, negated atoms last. Slower than the engine, but it also visits the
 * bindings that fail, with the literal at which each fails:
 *
 *     post(X) :- log(X), notin spoilt(X);      log(a), log(b), spoilt(b):    firing with X = a, `blocked` with X = b
 *
 * `start`: the initial binding, such as that of `unifyHead`. Whether the head matches in the end is left to the caller.
 */
export function enumerateMatches(rule: Rule, instant: number, start: Binding, tuples: Tuples, visitor: Visitor): void {
  if (firstInstant(rule) > instant) return;
  const nothing: PartialMatch = { binding: start, satisfied: [], atoms: [] };
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

  /** `remaining`: the literals that are not decided yet, in the order of the text. */
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

  /** The first comparison that can be decided, and the resulting binding. */
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
      const satisfiedAtom: SatisfiedAtom = { kind: "tuple", literal, relation, instant, row };
      this.extend({ binding, satisfied: [...match.satisfied, literal], atoms: [...match.atoms, satisfiedAtom] }, rest);
      if (this.visitor.enough?.() === true) return;
    }
    if (!matched) this.visitor.unmatched?.(match, atom, instant, pattern);
  }

  /** Every positive atom has a tuple and every comparison is decided; arithmetic columns and negated atoms remain. */
  private complete(match: PartialMatch, rest: readonly number[]): void {
    const { rule, values } = this;
    const { binding } = match;
    for (const { literal, instant, row } of match.atoms.filter((h) => h.kind === "tuple")) {
      const atom = rule.body[literal];
      // The variables of an arithmetic column can have been bound by an atom that was matched later.
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
      const satisfiedAtom: SatisfiedAtom = { kind: "absence", literal, relation, instant, pattern };
      match = { ...match, satisfied: [...match.satisfied, literal], atoms: [...match.atoms, satisfiedAtom] };
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

  /** A binding in which arithmetic fails: another literal rejects it, or evaluation of the program ends here. */
  private completeFailing(match: PartialMatch): void {
    const { rule, values } = this;
    const matched = new Map(match.atoms.flatMap((h) => (h.kind === "tuple" ? [[h.literal, h.row] as const] : [])));
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

function without({ binding, satisfied, atoms }: PartialMatch, literal: number): PartialMatch {
  return {
    binding,
    satisfied: satisfied.filter((other) => other !== literal),
    atoms: atoms.filter((h) => h.literal !== literal),
  };
}
