import type { Row } from "../execution/matching.js";
import { headPattern, noBinding } from "../execution/matching.js";
import type { SatisfiedAtom } from "../execution/partial-matches.js";
import { enumerateMatches } from "../execution/partial-matches.js";
import type { RelationId, Rule } from "../program/program.js";
import { isAggregate } from "../program/rule-shape.js";
import type { RunView } from "./run-view.js";

/**
 * The rounds in which the tuples of a recursive component are first derived within an instant. Only a derivation from tuples of
 * earlier rounds explains a tuple; others would let tuples explain each other:
 *
 *     reach(b) from reach(c), reach(c) from reach(b), reach(b) from link(a, b):      only the last explains reach(b)
 */
export class Ranks {
  private readonly known = new Map<string, ReadonlyMap<string, number>>();

  /** `stratumOf`: the recursive stratum of a relation. `comesFromOutside`: whether a tuple holds without the component's rules. */
  constructor(
    private readonly view: RunView,
    private readonly stratumOf: (relation: RelationId) => number | undefined,
    private readonly comesFromOutside: (relation: RelationId, instant: number, row: Row) => boolean,
  ) {}

  /** Whether the tuples of a firing, as far as they are of the same recursive component, were derived in earlier rounds than its head. */
  descends(rule: Rule, instant: number, row: Row, literals: readonly SatisfiedAtom[]): boolean {
    const stratum = this.stratumOf(rule.head.relation);
    if (rule.timing !== "deductive" || stratum === undefined) return true;
    const ranks = this.ranksOf(stratum, instant);
    const rank = (relation: RelationId, tuple: Row): number => ranks.get(`${relation} ${tuple.join()}`) ?? Infinity;
    const own = rank(rule.head.relation, row);
    return literals.every(
      (l) =>
        l.kind === "absence" ||
        l.instant !== instant ||
        this.stratumOf(l.relation) !== stratum ||
        rank(l.relation, l.row) < own,
    );
  }

  /** The round in which each tuple of a recursive component is first derived; 0 for tuples from outside. */
  private ranksOf(stratum: number, instant: number): ReadonlyMap<string, number> {
    const key = `${stratum} ${instant}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const ranks = new Map<string, number>();
    const component = this.view.program.strata[stratum];
    const relations = component?.relations ?? [];
    const firings: { readonly head: string; readonly body: readonly string[] }[] = [];
    for (const id of component?.rules ?? []) {
      const rule = this.view.program.rules[id];
      if (rule === undefined || isAggregate(rule)) continue;
      enumerateMatches(rule, instant, noBinding(rule), this.view, {
        firing: ({ binding, atoms }) => {
          const head = headPattern(rule, binding, this.view.values);
          const body = atoms.flatMap((l) =>
            l.kind === "tuple" && l.instant === instant && relations.includes(l.relation)
              ? [`${l.relation} ${l.row.join()}`]
              : [],
          );
          firings.push({ head: `${rule.head.relation} ${head.join()}`, body });
        },
      });
    }
    const derived = new Set(firings.filter((f) => f.body.length > 0).map((f) => f.head));
    const grounded = new Set(firings.filter((f) => f.body.length === 0).map((f) => f.head));
    for (const relation of relations) {
      for (const row of this.view.tuples(relation, instant)) {
        const name = `${relation} ${row.join()}`;
        if (!derived.has(name) || grounded.has(name) || this.comesFromOutside(relation, instant, row))
          ranks.set(name, 0);
      }
    }
    for (let round = 1, grew = true; grew; round++) {
      const found = firings.filter((f) => !ranks.has(f.head) && f.body.every((b) => ranks.has(b)));
      for (const f of found) ranks.set(f.head, round);
      grew = found.length > 0;
    }
    this.known.set(key, ranks);
    return ranks;
  }
}
