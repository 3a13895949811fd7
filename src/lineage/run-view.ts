import { survivingNegations } from "../execution/failing-binding.js";
import { compare, evaluate, operandOf, variablesOf } from "../execution/operands.js";
import type { Timeline } from "../execution/timeline.js";
import type { ValueId, ValueTable } from "../execution/values.js";
import { isFailure } from "../execution/values.js";
import type { AtomLiteral, BodyTerm, ComparisonLiteral, Program, RelationId, Rule } from "../program/program.js";

export type Row = readonly ValueId[];
/** `undefined` matches anything. */
export type Pattern = readonly (ValueId | undefined)[];
/** By variable of a rule. */
export type Binding = readonly (ValueId | undefined)[];

/** What a walk over the body of a rule meets. */
export interface Visitor {
  /** The tuples of the run that match this pattern are tried, one by one. */
  tried?(relation: RelationId, instant: number, pattern: Pattern): void;
  /** A negated atom rejects the binding: these tuples match it. */
  blocked?(relation: RelationId, instant: number, rows: readonly Row[]): void;
  /** Every literal holds. */
  firing?(binding: Binding, literals: readonly Held[]): void;
  /** Arithmetic of the body fails, and these literals, which are all that do not depend on it, hold. */
  failing?(literals: readonly Held[]): void;
}

/** A literal of a firing: the row that a positive atom matched, or the pattern that nothing matches. */
export type Held =
  | {
      readonly kind: "tuple";
      readonly literal: number;
      readonly relation: RelationId;
      readonly instant: number;
      readonly row: Row;
    }
  | { readonly kind: "absence"; readonly relation: RelationId; readonly instant: number; readonly pattern: Pattern };

/** The tuples of one run, or of what was evaluated before its error, and walks over rule bodies among them. */
export class RunView {
  private readonly rows = new Map<string, readonly Row[]>();

  constructor(
    readonly program: Program,
    readonly timeline: Timeline,
    readonly values: ValueTable,
  ) {}

  tuples(relation: RelationId, instant: number): readonly Row[] {
    const key = `${relation} ${instant}`;
    let rows = this.rows.get(key);
    if (rows === undefined) {
      const snapshot = this.timeline.snapshot(relation, instant);
      const list: Row[] = [];
      for (let p = 0; snapshot !== undefined && p < snapshot.count; p++) {
        const { rows: data, arity } = snapshot.extent;
        if (snapshot.annotation(p) !== 0) list.push(Array.from(data.subarray(p * arity, (p + 1) * arity)));
      }
      rows = list;
      this.rows.set(key, rows);
    }
    return rows;
  }

  matching(relation: RelationId, instant: number, pattern: Pattern): readonly Row[] {
    return this.tuples(relation, instant).filter((row) =>
      pattern.every((value, i) => value === undefined || value === row[i]),
    );
  }

  /** The value of a term, if its variables are bound; arithmetic may fail. */
  value(term: BodyTerm, binding: Binding): ValueId | undefined {
    if (term.kind === "wildcard") return undefined;
    for (const variable of variablesOf(term, new Set())) if (binding[variable] === undefined) return undefined;
    return evaluate(
      operandOf(term, this.values),
      binding.map((id) => id ?? 0),
      this.values,
    );
  }

  pattern(args: readonly BodyTerm[], binding: Binding): Pattern {
    return args.map((arg) => {
      const value = this.value(arg, binding);
      return value === undefined || isFailure(value) ? undefined : value;
    });
  }

  /** The binding that makes a rule's head agree with a pattern as far as its plain columns go; `undefined` if none can. */
  headBinding(rule: Rule, pattern: Pattern): Binding | undefined {
    const binding: (ValueId | undefined)[] = rule.variables.map(() => undefined);
    for (const [i, term] of rule.head.args.entries()) {
      const wanted = pattern[i];
      if (wanted === undefined) continue;
      if (term.kind === "constant" && this.values.intern(term.value) !== wanted) return undefined;
      if (term.kind !== "variable") continue;
      const known = binding[term.variable];
      if (known !== undefined && known !== wanted) return undefined;
      binding[term.variable] = wanted;
    }
    return binding;
  }

  /** Walks every binding of a rule's body at an instant that extends `start`. */
  walk(rule: Rule, instant: number, start: Binding, visitor: Visitor): void {
    if (rule.body.some((l) => l.kind !== "comparison" && (l.instant ?? 1) > instant)) return;
    this.step(
      rule,
      instant,
      start,
      rule.body.map((_, i) => i),
      [],
      visitor,
    );
  }

  private step(
    rule: Rule,
    instant: number,
    start: Binding,
    remaining: readonly number[],
    held: readonly Held[],
    visitor: Visitor,
  ): void {
    let binding = start;
    let rest = remaining;
    for (let settled = true; settled; ) {
      settled = false;
      for (const i of rest) {
        const literal = rule.body[i];
        if (literal?.kind !== "comparison") continue;
        const outcome = this.compare(rule, literal, binding);
        if (outcome === undefined) continue;
        if (outcome === false) return;
        binding = outcome;
        rest = rest.filter((j) => j !== i);
        settled = true;
      }
    }
    const positive = rest.filter((i) => rule.body[i]?.kind === "positive");
    const next = this.mostBound(rule, positive, binding);
    if (next === undefined) {
      this.negations(rule, instant, binding, rest, held, visitor);
      return;
    }
    const atom = rule.body[next];
    if (atom?.kind !== "positive") return;
    const at = atom.instant ?? instant;
    const pattern = this.pattern(atom.args, binding);
    visitor.tried?.(atom.relation, at, pattern);
    const others = rest.filter((i) => i !== next);
    for (const row of this.matching(atom.relation, at, pattern)) {
      const extended = this.unify(atom, row, binding);
      if (extended === undefined) continue;
      this.step(
        rule,
        instant,
        extended,
        others,
        [...held, { kind: "tuple", literal: next, relation: atom.relation, instant: at, row }],
        visitor,
      );
    }
  }

  /** The end of a walk: every positive atom and comparison holds, negated ones decide. */
  private negations(
    rule: Rule,
    instant: number,
    binding: Binding,
    rest: readonly number[],
    held: readonly Held[],
    visitor: Visitor,
  ): void {
    for (const match of held) {
      const atom = match.kind === "tuple" ? rule.body[match.literal] : undefined;
      if (match.kind === "tuple" && atom?.kind === "positive" && this.unify(atom, match.row, binding) === undefined)
        return;
    }
    if (this.fails(rule, binding)) {
      this.failingNegations(rule, instant, binding, held, visitor);
      return;
    }
    const absences: Held[] = [];
    for (const i of rest) {
      const atom = rule.body[i];
      if (atom?.kind !== "negated") continue;
      const at = atom.instant ?? instant;
      const pattern = this.pattern(atom.args, binding);
      const rows = this.matching(atom.relation, at, pattern).filter(
        (row) => this.unify(atom, row, binding) !== undefined,
      );
      if (rows.length > 0) {
        visitor.blocked?.(atom.relation, at, rows);
        return;
      }
      absences.push({ kind: "absence", relation: atom.relation, instant: at, pattern });
    }
    visitor.firing?.(binding, [...held, ...absences]);
  }

  /** Whether arithmetic of the body fails in a binding of all its variables. */
  private fails(rule: Rule, binding: Binding): boolean {
    return rule.body.some((literal) => {
      const terms: readonly BodyTerm[] = literal.kind === "comparison" ? [literal.left, literal.right] : literal.args;
      return terms.some((term) => {
        const value = this.value(term, binding);
        return value !== undefined && isFailure(value);
      });
    });
  }

  /** A binding in which arithmetic fails: its values reject it, or a negated literal that has them does, or else evaluation ends here. */
  private failingNegations(
    rule: Rule,
    instant: number,
    binding: Binding,
    held: readonly Held[],
    visitor: Visitor,
  ): void {
    const column = (literal: number, at: number): ValueId => {
      const match = held.find((h) => h.kind === "tuple" && h.literal === literal);
      const value = match?.kind === "tuple" ? match.row[at] : undefined;
      if (value === undefined) throw new RangeError(`literal ${literal} has matched no row`);
      return value;
    };
    const failing = { binding: binding.map((id) => id ?? 0), column };
    const undecided = survivingNegations(rule, failing, this.values);
    if (undecided === undefined) return;
    const absences: Held[] = [];
    for (const { literal, pattern, equal } of undecided) {
      const atom = rule.body[literal];
      if (atom?.kind !== "negated") continue;
      const at = atom.instant ?? instant;
      const rows = this.matching(atom.relation, at, pattern).filter((row) =>
        equal.every(([a, b]) => row[a] === row[b]),
      );
      if (rows.length > 0) {
        visitor.blocked?.(atom.relation, at, rows);
        return;
      }
      absences.push({ kind: "absence", relation: atom.relation, instant: at, pattern });
    }
    visitor.failing?.([...held, ...absences]);
  }

  private mostBound(rule: Rule, literals: readonly number[], binding: Binding): number | undefined {
    let best: number | undefined;
    let most = -1;
    for (const i of literals) {
      const literal = rule.body[i];
      if (literal?.kind !== "positive") continue;
      const bound = this.pattern(literal.args, binding).filter((v) => v !== undefined).length / literal.args.length;
      if (bound > most) {
        most = bound;
        best = i;
      }
    }
    return best;
  }

  /** The binding extended so that the atom is the row; arithmetic columns whose variables are unbound are left to others. */
  private unify(atom: AtomLiteral, row: Row, binding: Binding): Binding | undefined {
    const extended = [...binding];
    for (const [i, arg] of atom.args.entries()) {
      if (arg.kind !== "variable") continue;
      const known = extended[arg.variable];
      if (known === undefined) extended[arg.variable] = row[i];
      else if (known !== row[i] && !isFailure(known)) return undefined;
    }
    for (const [i, arg] of atom.args.entries()) {
      if (arg.kind !== "arithmetic") continue;
      const value = this.value(arg, extended);
      if (value !== undefined && !isFailure(value) && value !== row[i]) return undefined;
    }
    return extended;
  }

  /** False, or the binding (extended, where an equality binds), or `undefined` while variables are missing. */
  private compare(rule: Rule, literal: ComparisonLiteral, binding: Binding): Binding | false | undefined {
    const left = this.value(literal.left, binding);
    const right = this.value(literal.right, binding);
    if (left !== undefined && right !== undefined) {
      if (isFailure(left) || isFailure(right)) return binding;
      return compare(literal.operator, left, right, this.values) ? binding : false;
    }
    if (literal.operator !== "==") return undefined;
    const [term, value] = left === undefined ? [literal.left, right] : [literal.right, left];
    if (value === undefined || term.kind !== "variable" || inPositiveAtom(rule, term.variable)) return undefined;
    const extended = [...binding];
    extended[term.variable] = value;
    return extended;
  }
}

/** Whether a positive atom holds a variable bare: an equality on it is a test and does not bind it. */
function inPositiveAtom(rule: Rule, variable: number): boolean {
  return rule.body.some(
    (l) => l.kind === "positive" && l.args.some((arg) => arg.kind === "variable" && arg.variable === variable),
  );
}
