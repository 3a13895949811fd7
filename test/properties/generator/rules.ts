import type { AggregateFunction } from "../../../src/syntax/tree.js";
import type { DraftAtom, DraftLiteral, DraftRule, DraftTerm } from "../draft.js";
import { bindingArgs, bindingEquality, boundTerm, comparison, negatedArgs, Scope } from "./terms.js";
import type { ColumnType, Schema, World } from "./world.js";

export interface RuleWish {
  readonly head: Schema;
  readonly timing: DraftRule["timing"];
  readonly aggregate: boolean;
  /** A relation that must be among those read. */
  readonly reading?: Schema;
}

/** An arbitrary rule for a head: safe, typed and stratified by construction. Undefined where there is nothing to read. */
export function writeRule(world: World, wish: RuleWish): DraftRule | undefined {
  const { random } = world;
  const { head, timing } = wish;
  const strict = wish.aggregate && timing === "now";
  const readable = world.schemas.filter(
    (s) => timing !== "now" || (strict ? s.level < head.level : s.level <= head.level),
  );
  const negatable = world.schemas.filter((s) => timing !== "now" || s.level < head.level);
  if (readable.length === 0) return undefined;

  const scope = new Scope(world);
  const read: Schema[] = [];
  const body: DraftLiteral[] = [];
  const size = random.weighted([
    [4, 1],
    [5, 2],
    [1, 3],
  ]);
  for (let i = 0; i < size; i++) {
    const schema =
      i === 0 && wish.reading !== undefined && readable.includes(wish.reading) ? wish.reading : random.pick(readable);
    read.push(schema);
    body.push({ kind: "positive", atom: atom(world, schema, bindingArgs(scope, schema, i === 0)) });
  }
  // Arithmetic in a rule that feeds itself within one instant might never end.
  const arithmetic = timing !== "now" || read.every((s) => s.level < head.level);
  if (arithmetic && random.chance(0.15)) body.push(...bindingEquality(scope));
  if (random.chance(0.3)) body.push(...comparison(scope));
  for (
    let negations = random.weighted([
      [5, 0],
      [4, 1],
      [1, 2],
    ]);
    negations > 0;
    negations--
  ) {
    const schema = random.pickOrNone(negatable);
    if (schema !== undefined)
      body.push({ kind: "negated", atom: atom(world, schema, negatedArgs(scope, schema), 0.1) });
  }

  const location = body[0]?.kind === "positive" ? body[0].atom.args[0] : undefined;
  const args = wish.aggregate
    ? aggregatedHead(scope, head, timing, location)
    : head.columns.map((type) => boundTerm(scope, type, arithmetic));
  if (timing === "async") sendSomewhere(scope, head, args, body, location);
  return { kind: "rule", timing, head: { relation: head.name, args }, body: ordered(world, body, timing) };
}

/** An atom, now and then one at an absolute time. */
function atom(world: World, schema: Schema, args: readonly DraftTerm[], often = 0.05): DraftAtom {
  const at = world.random.chance(often) ? { at: world.random.integer(1, Math.min(3, world.eot)) } : {};
  return { relation: schema.name, args, ...at };
}

/** A message is for another node, as a rule: one that the sender knows of. */
function sendSomewhere(
  scope: Scope,
  head: Schema,
  args: DraftTerm[],
  body: DraftLiteral[],
  location: DraftTerm | undefined,
): void {
  const { random } = scope.world;
  if (head.columns[0] !== "node" || location === undefined || args[0]?.kind === "aggregate" || random.chance(0.3))
    return;
  const to = scope.bind("node");
  body.push({ kind: "positive", atom: { relation: "link", args: [location, to] } });
  args[0] = to;
}

/** One aggregate at least, if some column can hold one. In a message, the sender is a column of the group. */
function aggregatedHead(
  scope: Scope,
  head: Schema,
  timing: DraftRule["timing"],
  location: DraftTerm | undefined,
): DraftTerm[] {
  const { random } = scope.world;
  const args: DraftTerm[] = head.columns.map((type) => boundTerm(scope, type, false));
  const needsSender = timing === "async" && location?.kind === "variable";
  const senderColumn = needsSender ? head.columns.findIndex((type, i) => type === "node" && i > 0) : -1;
  if (needsSender && senderColumn < 0) return args;
  head.columns.forEach((type, column) => {
    if (column === 0 || column === senderColumn || !random.chance(0.8)) return;
    const term = aggregateOf(scope, type);
    if (term !== undefined) args[column] = term;
  });
  if (senderColumn > 0 && location !== undefined) args[senderColumn] = location;
  return args;
}

function aggregateOf(scope: Scope, type: ColumnType): DraftTerm | undefined {
  const { random, variables } = { random: scope.world.random, variables: scope.variables };
  const name =
    type === "number"
      ? random.pick<AggregateFunction>(["count", "count", "min", "max", "sum", "avg"])
      : random.pick<AggregateFunction>(["min", "max"]);
  const chosen = random.pickOrNone(variables.filter((v) => name === "count" || v.type === type));
  return chosen && { kind: "aggregate", function: name, variable: chosen.name };
}

/**
 * "The order of body literals has no meaning, but for the rule's location": the first atom of a message rule stays
 * first, or gives way to a negated one at the same place.
 */
function ordered(world: World, body: readonly DraftLiteral[], timing: DraftRule["timing"]): readonly DraftLiteral[] {
  const [first, ...others] = body;
  if (first === undefined || timing !== "async") return world.random.shuffled(body);
  const place = first.kind === "positive" && first.atom.args[0];
  const shuffled = world.random.shuffled(others);
  const negated = shuffled.find(
    (l) => l.kind === "negated" && place && JSON.stringify(l.atom.args[0]) === JSON.stringify(place),
  );
  if (negated !== undefined && world.random.chance(0.15)) {
    return [negated, first, ...shuffled.filter((l) => l !== negated)];
  }
  return [first, ...shuffled];
}
