import type { Atom, Expression } from "../../src/syntax/tree.js";
import { isRestartBuiltIn } from "./memory.js";
import type { ReferenceProgram, ReferenceRule } from "./program.js";
import { absoluteTime, columnsOfHead, staticFacts } from "./program.js";
import { byCodeUnit } from "./schedules.js";
import { ground, specificationsOwn } from "./statics.js";
import type { Value } from "./values.js";

/** A string that can stand somewhere; or some integer; or a string that is joined from others and not known. */
type Possible = { readonly text: string } | "integer" | "joined";

/** What can stand in each column of each relation. */
type Columns = Map<string, readonly Possible[]>;

/**
 * "Nodes are … inferred: every constant in the first column of a fact with time ≤ EOT, and every constant that can
 * reach the destination (first head argument) of an `@async` rule through the program's variables. … Strings only."
 * What time, negation and comparisons exclude is not looked at.
 */
export function inferNodes(
  program: ReferenceProgram,
  eot: number,
  roles: readonly string[] = ["pre", "post", "never", ...promised(program)],
): readonly string[] {
  const grounded = ground(program, eot);
  if ("problem" in grounded) throw new Error("static rules err");
  let nodes: readonly Possible[] = [];
  const columns: Columns = new Map();
  // "Facts of static relations make none by themselves"; "to which a static column supplies constants as any other does".
  for (const [relation, tuples] of grounded.tuples)
    for (const tuple of tuples.values())
      for (const [i, value] of tuple.entries()) put(columns, `${relation} ${i}`, [possible(value)]);
  const own = specificationsOwn(program, roles);
  nodes = union(
    nodes,
    grounded.places.flatMap(({ relation, place }) =>
      typeof place === "string" && !own.has(relation) ? [possible(place)] : [],
    ),
  );
  for (const fact of [...staticFacts(program), ...grounded.facts]) {
    if (fact.instant > eot) continue; // "facts later than EOT supply nothing"
    for (const [i, value] of fact.tuple.entries()) put(columns, `${fact.relation} ${i}`, [possible(value)]);
    nodes = union(
      nodes,
      fact.tuple
        .slice(0, 1)
        .map(possible)
        .filter((p) => p !== "integer"),
    );
  }
  for (let size = -1; size !== sizeOf(columns) + nodes.length; ) {
    size = sizeOf(columns) + nodes.length;
    // "Observers are the nodes", and so are those that crash.
    put(columns, "crash 0", nodes);
    put(columns, "crash 1", nodes);
    if (nodes.length > 0) put(columns, "crash 2", ["integer"]);
    // "The columns of built-ins supply the nodes."
    if (isRestartBuiltIn(program)) put(columns, "restart 0", nodes);
    for (const rule of program.rules) {
      if (!canFire(rule, columns, eot)) continue;
      for (const [i, arg] of columnsOfHead(rule).entries()) {
        put(columns, `${rule.head.relation.text} ${i}`, headValues(rule, columns, arg));
      }
      const destinations =
        rule.timing === "async" && rule.head.args[0]
          ? headValues(rule, columns, columnsOfHead(rule)[0] ?? rule.head.args[0])
          : [];
      nodes = union(
        nodes,
        destinations.filter((p) => typeof p === "object"),
      );
    }
  }
  return nodes.flatMap((p) => (typeof p === "object" ? [p.text] : [])).sort(byCodeUnit);
}

function promised(program: ReferenceProgram): readonly string[] {
  return program.promises.flatMap((p) => [p.pre, p.post, p.never]).filter((r) => r !== undefined);
}

/** A rule with an atom that nothing can match supplies nothing. */
function canFire(rule: ReferenceRule, columns: Columns, eot: number): boolean {
  if (rule.atoms.some((atom) => (absoluteTime(atom) ?? 1) > eot)) return false;
  return rule.positives.every((atom) => atom.args.every((arg, i) => canMatch(rule, columns, atom, arg, i)));
}

function canMatch(rule: ReferenceRule, columns: Columns, atom: Atom, arg: Expression, i: number): boolean {
  const here = columns.get(`${atom.relation.text} ${i}`) ?? [];
  if (arg.kind === "variable") return carried(rule, columns, arg).length > 0;
  return arg.kind === "string" || arg.kind === "integer"
    ? both(here, [possible(arg.value)]).length > 0
    : here.length > 0;
}

function headValues(rule: ReferenceRule, columns: Columns, arg: Expression): readonly Possible[] {
  if (arg.kind !== "aggregate") return carried(rule, columns, arg);
  // `min<X>` and `max<X>` are one of the values of X; the others are integers, which are never nodes.
  return arg.function.text === "min" || arg.function.text === "max"
    ? carried(rule, columns, arg.variable)
    : ["integer"];
}

/**
 * "A variable can carry a constant only if every positive atom it occurs in can supply it." One that only equalities
 * bind carries what they give it. Joined constants are one; a string joined from variables is no constant of the program.
 */
function carried(
  rule: ReferenceRule,
  columns: Columns,
  term: Expression,
  pending: readonly string[] = [],
): readonly Possible[] {
  if (term.kind === "string" || term.kind === "integer") return [possible(term.value)];
  if (term.kind === "arithmetic") {
    const left = carried(rule, columns, term.left, pending);
    const right = carried(rule, columns, term.right, pending);
    if (term.operator !== "+" || left.includes("integer")) return ["integer"];
    const known = isConstant(term.left) && isConstant(term.right) ? [left[0], right[0]] : [];
    return known.length === 2
      ? [{ text: known.map((p) => (typeof p === "object" ? p.text : "")).join("") }]
      : left.length * right.length > 0
        ? ["joined"]
        : [];
  }
  if (term.kind !== "variable" || pending.includes(term.name)) return [];
  const { name } = term;
  const supplies = rule.positives.flatMap((atom) =>
    atom.args.flatMap((arg, i) =>
      arg.kind === "variable" && arg.name === name ? [columns.get(`${atom.relation.text} ${i}`) ?? []] : [],
    ),
  );
  const [first, ...others] = supplies;
  if (first !== undefined) return others.reduce(both, first);
  return rule.body.flatMap((literal) => {
    if (literal.kind !== "comparison" || literal.operator !== "==") return [];
    const sides = [
      [literal.left, literal.right],
      [literal.right, literal.left],
    ] as const;
    return sides.flatMap(([target, source]) =>
      target.kind === "variable" && target.name === name ? carried(rule, columns, source, [...pending, name]) : [],
    );
  });
}

function isConstant(e: Expression): boolean {
  return e.kind === "string" || (e.kind === "arithmetic" && isConstant(e.left) && isConstant(e.right));
}

function possible(value: Value): Possible {
  return typeof value === "number" ? "integer" : { text: value };
}

function same(a: Possible, b: Possible): boolean {
  return typeof a === "object" && typeof b === "object" ? a.text === b.text : a === b;
}

/** What can stand in both places; a joined string may be any. */
function both(a: readonly Possible[], b: readonly Possible[]): readonly Possible[] {
  const within = (p: Possible, others: readonly Possible[]): boolean =>
    others.some((q) => same(p, q)) || (typeof p === "object" && others.includes("joined"));
  return union(
    a.filter((p) => within(p, b)),
    b.filter((p) => within(p, a)),
  );
}

function union(a: readonly Possible[], b: readonly Possible[]): readonly Possible[] {
  return [...a, ...b].filter((p, i, all) => all.findIndex((q) => same(p, q)) === i);
}

function put(columns: Columns, column: string, values: readonly Possible[]): void {
  columns.set(column, union(columns.get(column) ?? [], values));
}

function sizeOf(columns: Columns): number {
  return [...columns.values()].reduce((sum, values) => sum + values.length, 0);
}
