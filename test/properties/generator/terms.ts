import type { ComparisonOperator } from "../../../src/syntax/tree.js";
import type { DraftLiteral, DraftTerm } from "../draft.js";
import { constant, variable, wildcard } from "../draft.js";
import type { ColumnType, Schema, World } from "./world.js";
import { constantOf } from "./world.js";

export interface TypedVariable {
  readonly name: string;
  readonly type: ColumnType;
}

/** The variables of a rule that is being written. */
export class Scope {
  private readonly bound: TypedVariable[] = [];
  private count = 0;

  constructor(readonly world: World) {}

  get variables(): readonly TypedVariable[] {
    return this.bound;
  }

  bind(type: ColumnType): DraftTerm {
    const name = `${{ node: "N", text: "P", number: "K" }[type]}${this.count++}`;
    this.bound.push({ name, type });
    return variable(name);
  }

  /** A name used nowhere else. */
  local(): DraftTerm {
    return variable(this.world.random.chance(0.5) ? `_e${this.count++}` : `E${this.count++}`);
  }

  /** A bound variable of the type; now and then a text where a node is meant. */
  known(type: ColumnType): DraftTerm | undefined {
    const { random } = this.world;
    const wanted: readonly ColumnType[] = type !== "number" && random.chance(0.04) ? ["node", "text"] : [type];
    const found = random.pickOrNone(this.bound.filter((v) => wanted.includes(v.type)));
    return found && variable(found.name);
  }
}

/** Arguments of a positive atom: they bind what is not bound yet. */
export function bindingArgs(scope: Scope, schema: Schema, first: boolean): readonly DraftTerm[] {
  const { world } = scope;
  return schema.columns.map((type, column) => {
    const known = scope.known(type);
    if (first && column === 0) return world.random.chance(0.06) ? constant(constantOf(world, type)) : scope.bind(type);
    const kind = world.random.weighted([
      [known === undefined ? 0 : column === 0 ? 7 : 4, "known"],
      [5, "new"],
      [1, "wildcard"],
      [0.8, "constant"],
      [known !== undefined && type === "number" ? 0.5 : 0, "arithmetic"],
    ] as const);
    if (kind === "known" && known !== undefined) return known;
    if (kind === "arithmetic" && known !== undefined) return sum(scope, known);
    if (kind === "wildcard") return wildcard;
    return kind === "constant" ? constant(constantOf(world, type)) : scope.bind(type);
  });
}

/** Arguments of a negated atom, of every shape: bound, constant, wildcard, existential (once or twice), arithmetic. */
export function negatedArgs(scope: Scope, schema: Schema): readonly DraftTerm[] {
  const { world } = scope;
  let twice: { readonly term: DraftTerm; readonly type: ColumnType } | undefined;
  return schema.columns.map((type, column) => {
    const known = scope.known(type);
    if (twice !== undefined && (twice.type === "number") === (type === "number") && world.random.chance(0.3))
      return twice.term;
    const kind = world.random.weighted([
      [known === undefined ? 0 : column === 0 ? 9 : 4, "known"],
      [2, "wildcard"],
      [1.5, "local"],
      [1, "constant"],
      [known !== undefined && type === "number" ? 1.5 : 0, "arithmetic"],
    ] as const);
    if (kind === "known" && known !== undefined) return known;
    if (kind === "arithmetic" && known !== undefined) return sum(scope, known);
    if (kind === "constant") return constant(constantOf(world, type));
    if (kind === "wildcard") return wildcard;
    const term = scope.local();
    twice = { term, type };
    return term;
  });
}

/** Something with a value: no variable but bound ones. */
export function boundTerm(scope: Scope, type: ColumnType, arithmetic: boolean): DraftTerm {
  const known = scope.known(type);
  const { world } = scope;
  if (known === undefined || world.random.chance(0.08)) return constant(constantOf(world, type));
  if (!arithmetic || world.random.chance(0.75)) return known;
  if (type === "number") return sum(scope, known);
  return type === "text"
    ? { kind: "arithmetic", operator: "+", left: known, right: constant(world.random.pick(["", "x"])) }
    : known;
}

/** An operation that seldom fails: no division but by constants, and rarely an overflow. */
function sum(scope: Scope, left: DraftTerm): DraftTerm {
  const { random } = scope.world;
  const operator = random.weighted([
    [4, "+"],
    [3, "-"],
    [1, "*"],
    [2, "/"],
    [2, "%"],
  ] as const);
  const divides = operator === "/" || operator === "%";
  const number = scope.known("number");
  const right =
    !divides && number !== undefined && random.chance(0.3)
      ? number
      : constant(random.chance(0.01) ? Number.MAX_SAFE_INTEGER : random.pick(divides ? [2, 3, -2] : [1, 1, 2, -1]));
  return { kind: "arithmetic", operator, left, right };
}

const comparisons: readonly ComparisonOperator[] = ["==", "!=", "<", "<=", ">", ">="];

/** A comparison of bound variables; rarely a division that may fail, usually with the literal that guards it. */
export function comparison(scope: Scope): readonly DraftLiteral[] {
  const { world } = scope;
  const { random } = world;
  const chosen = random.pickOrNone(scope.variables);
  if (chosen === undefined) return [];
  const left = variable(chosen.name);
  if (chosen.type === "number" && random.chance(0.1)) {
    const quotient: DraftTerm = {
      kind: "arithmetic",
      operator: random.pick(["/", "%"] as const),
      left: constant(6),
      right: left,
    };
    const test: DraftLiteral = {
      kind: "comparison",
      operator: random.pick([">", "!=", "<="] as const),
      left: quotient,
      right: constant(1),
    };
    return random.chance(0.6) ? [test, { kind: "comparison", operator: "!=", left, right: constant(0) }] : [test];
  }
  const operator =
    chosen.type === "number" ? random.pick(comparisons) : random.pick(["!=", "!=", "<", ">=", "=="] as const);
  const right = boundTerm(scope, chosen.type, true);
  const same = right.kind === "variable" && right.name === chosen.name && random.chance(0.95);
  return [{ kind: "comparison", operator, left, right: same ? constant(constantOf(world, chosen.type)) : right }];
}

/** `Z == X + 1`, which binds Z; now and then a second equality says what Z is, and one of them may have no value. */
export function bindingEquality(scope: Scope): readonly DraftLiteral[] {
  const { random } = scope.world;
  const type = random.pick(["number", "number", "text"] as const);
  const value = boundTerm(scope, type, true);
  const again = boundTerm(scope, type, true);
  const number = scope.known("number");
  const target = scope.bind(type);
  const equality = (term: DraftTerm): DraftLiteral =>
    random.chance(0.7)
      ? { kind: "comparison", operator: "==", left: target, right: term }
      : { kind: "comparison", operator: "==", left: term, right: target };
  if (random.chance(0.8)) return [equality(value)];
  const fails = type === "number" && number !== undefined && random.chance(0.3);
  return [
    equality(value),
    equality(fails ? { kind: "arithmetic", operator: "/", left: constant(6), right: number } : again),
  ];
}
