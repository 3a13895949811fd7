import type { ReferenceRule } from "./program.js";
import { hasAggregate } from "./program.js";

/** Rules of one list are evaluated together, list after list. */
export type Strata = readonly (readonly ReferenceRule[])[] | "unstratifiable";

/**
 * The deductive rules in the order in which they may be evaluated.
 *
 * Each relation gets the smallest level such that a deductive head is at least as high as what its body reads, and
 * higher than what it reads under `notin` or aggregates. "`@next` and `@async` results, and atoms `@N` with N < t, come
 * from instants already complete, so only same-instant dependencies must be stratified. (A literal `r@N` counts as a
 * same-instant dependency, since t may equal N.)"
 */
export function stratify(all: readonly ReferenceRule[]): Strata {
  const rules = all.filter((rule) => rule.timing === "now");
  const level = new Map<string, number>();
  const levelOf = (relation: string): number => level.get(relation) ?? 0;
  const relations = new Set(rules.flatMap((rule) => [rule.head.relation.text]));

  for (let changed = true; changed; ) {
    changed = false;
    for (const rule of rules) {
      const head = rule.head.relation.text;
      for (const literal of rule.body) {
        if (literal.kind === "comparison") continue;
        const above = literal.kind === "negated" || hasAggregate(rule) ? 1 : 0;
        const needed = levelOf(literal.atom.relation.text) + above;
        if (needed > relations.size) return "unstratifiable";
        if (levelOf(head) < needed) {
          level.set(head, needed);
          changed = true;
        }
      }
    }
  }
  const levels = [...new Set(rules.map((rule) => levelOf(rule.head.relation.text)))].sort((a, b) => a - b);
  return levels.map((l) => rules.filter((rule) => levelOf(rule.head.relation.text) === l));
}
