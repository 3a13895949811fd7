import { positiveAtoms } from "./program.js";
import type { ReferenceProgram, ReferenceRule } from "./program.js";
import { byCodeUnit } from "./schedules.js";
import type { Value } from "./values.js";

/** For each column of each relation, the constants that can stand in it. */
type Columns = Map<string, Set<Value>>;

/**
 * "Nodes are … inferred: every constant in the first column of a fact with time ≤ EOT, and every constant that can
 * reach the destination (first head argument) of an `@async` rule through the program's variables. … Strings only."
 */
export function inferNodes(program: ReferenceProgram, eot: number): readonly string[] {
  const nodes = new Set<Value>();
  const columns: Columns = new Map();
  for (const fact of program.facts) {
    if (fact.instant > eot) continue; // "facts later than EOT supply nothing"
    fact.tuple.forEach((value, i) => put(columns, fact.relation, i, [value]));
    nodes.add(fact.tuple[0] ?? 0);
  }
  for (let changed = true; changed; ) {
    changed = false;
    // "Observers are the nodes", and so are those that crash: `crash` supplies the nodes known so far.
    for (const column of [0, 1]) changed = put(columns, "crash", column, nodes) || changed;
    for (const rule of program.rules) {
      rule.head.args.forEach((arg, i) => {
        // `min<X>` and `max<X>` give one of the values of X; the others give integers, which are never nodes.
        const values = suppliedBy(rule, columns, arg.kind === "aggregate" ? arg.variable : arg);
        changed = put(columns, rule.head.relation.text, i, values) || changed;
        if (rule.timing === "async" && i === 0) {
          for (const value of values) {
            changed ||= !nodes.has(value);
            nodes.add(value);
          }
        }
      });
    }
  }
  return [...nodes].filter((node) => typeof node === "string").sort(byCodeUnit);
}

type Term = ReferenceRule["head"]["args"][number];

/**
 * "A variable can carry a constant only if every positive atom it occurs in can supply it." One that only equalities
 * bind carries what they give it. Results of arithmetic are not constants of the program.
 */
function suppliedBy(rule: ReferenceRule, columns: Columns, term: Term, pending: readonly string[] = []): readonly Value[] {
  if (term.kind === "string" || term.kind === "integer") return [term.value];
  if (term.kind !== "variable" || pending.includes(term.name)) return [];
  const { name } = term;
  const places = positiveAtoms(rule).flatMap((atom) =>
    atom.args.flatMap((arg, i) => (arg.kind === "variable" && arg.name === name ? [columns.get(`${atom.relation.text} ${i}`)] : [])),
  );
  const [first, ...others] = places;
  if (places.length > 0) return [...(first ?? [])].filter((value) => others.every((other) => other?.has(value)));
  return rule.body.flatMap((literal) => {
    if (literal.kind !== "comparison" || literal.operator !== "==") return [];
    return [
      [literal.left, literal.right] as const,
      [literal.right, literal.left] as const,
    ].flatMap(([target, source]) =>
      target.kind === "variable" && target.name === name ? suppliedBy(rule, columns, source, [...pending, name]) : [],
    );
  });
}

/** Whether something is new. */
function put(columns: Columns, relation: string, column: number, values: Iterable<Value>): boolean {
  const key = `${relation} ${column}`;
  const known = columns.get(key) ?? new Set<Value>();
  columns.set(key, known);
  const before = known.size;
  for (const value of values) known.add(value);
  return known.size > before;
}
