import type { HeadTerm, Program, RelationId, Rule, Term } from "./program.js";
import { isStatic, possibleFacts } from "./program.js";
import { defaultRoles, specificationsOwn } from "./roles.js";
import { firstInstant } from "./rule-shape.js";
import { equations } from "./terms.js";
import type { ValueSet } from "./value-sets.js";
import { anyInteger, GrowingSet, intersection, isNothing, mayBe, nothing, only } from "./value-sets.js";

/**
 * The nodes of a program, sorted by code unit: every string in the first column of a fact with time ≤ `eot`, and every
 * string that can reach the first argument of an `@async` head.
 *
 * Computed by a column-wise data-flow analysis that ignores time, negation and comparisons, and so over-approximates. A
 * variable can have a value only if every positive atom in which it occurs can supply it; a rule contributes only if every
 * positive atom can hold. An equality that binds a variable supplies the value of its other side. The concatenation of two
 * constants is computed; other computed strings are not distinguished and are not nodes.
 *
 * Static relations make no nodes. Heads of rules that read static relations alone do, where they stand, unless they are the
 * specification's; `roles`: its relations, by default `pre`, `post`, `never` and those of promises. Precondition: the setup was evaluated.
 *
 *     peer("a", "b")@1;
 *     log(M, X)@async :- peer(N, M), put(N, X);      `M` can be "b": the nodes are a and b
 */
export function inferNodes(program: Program, eot: number, roles?: readonly RelationId[]): readonly string[] {
  return [...new Flow(program, eot, [], roles).nodes.strings].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** For each relation, by id, whether a tuple of it can be located at an inferred or `given` node, at any instant. */
export function mayBeAtNode(program: Program, given: readonly string[] = []): readonly boolean[] {
  const { nodes, columns } = new Flow(program, Number.MAX_SAFE_INTEGER, given);
  return columns.map(([place = nothing]) => !isNothing(intersection(place, nodes)));
}

class Flow {
  readonly nodes = new GrowingSet();
  private readonly crashInstants = new GrowingSet();
  readonly columns: readonly (readonly GrowingSet[])[];
  /** The rules that read each relation. */
  private readonly readers: readonly (readonly Rule[])[];
  private readonly queue = new Set<Rule>();

  constructor(
    private readonly program: Program,
    private readonly eot: number,
    given: readonly string[] = [],
    roles: readonly RelationId[] = defaultRoles(program),
  ) {
    // Observers, and nodes that crash or restart, are nodes: these columns are the set that is being computed.
    this.columns = program.relations.map(({ id, arity }) =>
      id === program.crash
        ? [this.nodes, this.nodes, this.crashInstants]
        : id === program.restart
          ? [this.nodes]
          : Array.from({ length: arity }, () => new GrowingSet()),
    );
    this.readers = this.readersOfRelations();
    for (const node of given) this.addNodes(only(node));
    for (const { relation, args, instant } of possibleFacts(program)) {
      const [location] = args;
      if (instant > eot || location === undefined) continue;
      this.supply(relation, args.map(only));
      if (typeof location === "string" && !isStatic(program, relation)) this.addNodes(only(location));
    }
    const specification = specificationsOwn(program, roles);
    for (const { rule, place } of program.places ?? []) {
      const head = program.rules[rule]?.head.relation;
      if (typeof place === "string" && head !== undefined && !specification.has(head)) this.addNodes(only(place));
    }
    for (const rule of program.rules) this.queue.add(rule);
    this.run();
  }

  private readersOfRelations(): readonly (readonly Rule[])[] {
    const readers: Set<Rule>[] = this.program.relations.map(() => new Set());
    for (const rule of this.program.rules) {
      for (const literal of rule.body) if (literal.kind === "positive") readers[literal.relation]?.add(rule);
    }
    return readers.map((rules) => [...rules]);
  }

  private run(): void {
    for (const rule of this.queue) {
      // A set is iterated in insertion order: a rule that is added again during its visit is visited again.
      this.queue.delete(rule);
      this.fire(rule);
    }
  }

  private fire(rule: Rule): void {
    if (firstInstant(rule) > this.eot) return;
    const variables = this.variablesOf(rule);
    if (variables === undefined) return;
    const values = rule.head.args.map((arg) => this.headValue(arg, variables));
    if (values.some(isNothing)) return;
    this.supply(rule.head.relation, values);
    const [destination] = values;
    if (rule.timing === "async" && destination !== undefined) this.addNodes(destination);
  }

  private supply(relation: RelationId, values: readonly ValueSet[]): void {
    let grown = false;
    values.forEach((value, i) => {
      if (this.columns[relation]?.[i]?.add(value) === true) grown = true;
    });
    if (grown) this.enqueueReaders(relation);
  }

  private enqueueReaders(relation: RelationId): void {
    for (const rule of this.readers[relation] ?? []) this.queue.add(rule);
  }

  private addNodes(values: ValueSet): void {
    if (!this.nodes.add({ ...nothing, strings: values.strings })) return;
    this.crashInstants.add(anyInteger);
    this.enqueueReaders(this.program.crash);
    if (this.program.restart !== undefined) this.enqueueReaders(this.program.restart);
  }

  /** The possible values of each variable, by index; `undefined` if some positive atom cannot hold. */
  private variablesOf(rule: Rule): readonly (ValueSet | undefined)[] | undefined {
    const variables: (ValueSet | undefined)[] = rule.variables.map(() => undefined);
    for (const literal of rule.body) {
      if (literal.kind !== "positive") continue;
      for (const [i, arg] of literal.args.entries()) {
        const column = this.columns[literal.relation]?.[i] ?? nothing;
        if (isNothing(column) || (arg.kind === "constant" && !mayBe(column, arg.value))) return undefined;
        if (arg.kind !== "variable") continue;
        const known = variables[arg.variable];
        const values = known === undefined ? column : intersection(known, column);
        if (isNothing(values)) return undefined;
        variables[arg.variable] = values;
      }
    }
    bindEqualities(rule, variables);
    return variables;
  }

  private headValue(arg: HeadTerm, variables: readonly (ValueSet | undefined)[]): ValueSet {
    if (arg.kind !== "aggregate") return valuesOf(arg, variables) ?? nothing;
    return arg.function === "min" || arg.function === "max" ? (variables[arg.variable] ?? nothing) : anyInteger;
  }
}

/** Adds the values of variables that only equalities bind, whatever the order of the equalities. */
function bindEqualities(rule: Rule, variables: (ValueSet | undefined)[]): void {
  const equalities = equations(rule);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { side, other } of equalities) {
      if (side.kind !== "variable" || variables[side.variable] !== undefined) continue;
      const values = valuesOf(other, variables);
      if (values === undefined) continue;
      variables[side.variable] = values;
      changed = true;
    }
  }
}

/** The possible values of a term; `undefined` while one of its variables has none. */
function valuesOf(term: Term, variables: readonly (ValueSet | undefined)[]): ValueSet | undefined {
  switch (term.kind) {
    case "constant":
      return only(term.value);
    case "variable":
      return variables[term.variable];
    case "arithmetic": {
      const left = valuesOf(term.left, variables);
      const right = valuesOf(term.right, variables);
      if (left === undefined || right === undefined) return undefined;
      return term.operator === "+" ? sum(term.left, term.right, left, right) : anyInteger;
    }
  }
}

function sum(leftTerm: Term, rightTerm: Term, left: ValueSet, right: ValueSet): ValueSet {
  const [a] = left.strings;
  const [b] = right.strings;
  if (a !== undefined && b !== undefined && isConstant(leftTerm) && isConstant(rightTerm)) return only(a + b);
  const strings = (set: ValueSet): boolean => set.computed || set.strings.size > 0;
  return { ...nothing, integers: left.integers && right.integers, computed: strings(left) && strings(right) };
}

/** Whether a term contains no variable. */
function isConstant(term: Term): boolean {
  return term.kind === "constant" || (term.kind === "arithmetic" && isConstant(term.left) && isConstant(term.right));
}
