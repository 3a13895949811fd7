import { tuplesAt } from "../../reference/evaluate.js";
import type { DraftLiteral, DraftTerm } from "../draft.js";
import { constant, variable, wildcard } from "../draft.js";
import { recursive, roads } from "./recursion.js";
import { writeRule } from "./rules.js";
import { failureFreeRun } from "./specifications.js";
import type { ColumnType, Schema, World } from "./world.js";
import { addFacts, addPersistence, isBuiltIn } from "./world.js";

/** Adds some arbitrary relations and rules to what is there, each reading anything that came before. */
export function addGrafts(world: World): void {
  const { random } = world;
  if (random.chance(0.1)) world.schemas.push({ name: "crash", columns: ["node", "node", "number"], level: 0 });
  const count = random.weighted([
    [1, 0],
    [3, 1],
    [4, 2],
    [3, 3],
    [2, 4],
    [1, 6],
  ]);
  for (let i = 0; i < count; i++) {
    const graft = random.weighted<(world: World, index: number) => void>([
      [5, derived],
      [2.5, recursive],
      [1.5, roads],
      [3, state],
      [3, message],
      [3, anotherRule],
      [1, moreFacts],
      [1.6, fragile],
    ]);
    graft(world, i);
  }
  if (random.chance(0.35)) addRetries(world);
}

/** Whatever messages are made of is remembered, so that they are sent again and again: it takes more faults to stop them. */
function addRetries(world: World): void {
  for (const rule of [...world.statements]) {
    const [first] = rule.kind === "rule" && rule.timing === "async" ? rule.body : [];
    const source = world.schemas.find(
      (s) => first?.kind === "positive" && s.name === first.atom.relation && !isBuiltIn(s),
    );
    if (source !== undefined) addPersistence(world, source);
  }
}

/** How many of something there are at each place. */
function addCount(world: World, index: number): Schema | undefined {
  const of = world.random.pickOrNone(
    world.schemas.filter((s) => s.columns.length > 1 && s.columns[0] === "node" && !isBuiltIn(s) && s.name !== "link"),
  );
  if (of === undefined) return undefined;
  const head: Schema = { name: `size${index}`, columns: ["node", "number"], level: of.level + 1 };
  world.statements.push({
    kind: "rule",
    timing: "now",
    head: { relation: head.name, args: [variable("X0"), { kind: "aggregate", function: "count", variable: "X1" }] },
    body: [{ kind: "positive", atom: { relation: of.name, args: of.columns.map((_, i) => variable(`X${i}`)) } }],
  });
  world.schemas.push(head);
  return head;
}

/** A division that fails for one number; mostly one that turns up only when something is lost. */
function fragile(world: World, index: number): void {
  const { random } = world;
  const counted = random.chance(0.6) ? addCount(world, index) : undefined;
  const source =
    counted ?? random.pickOrNone(world.schemas.filter((s) => s.columns.includes("number") && !isBuiltIn(s)));
  if (source === undefined) return;
  const number = source.columns.indexOf("number");
  const instants = random.chance(0.9) ? (failureFreeRun(world, []) ?? []) : [];
  const usual = new Set(
    instants.flatMap((_, i) => [...tuplesAt(instants, source.name, i + 1).values()].map((tuple) => tuple[number])),
  );
  const unusual = [0, 1, 2, 3, 4, 5].filter((n) => !usual.has(n) && (usual.has(n + 1) || usual.has(n - 1)));
  const args = source.columns.map((_, i) => variable(`X${i}`));
  const divisor: DraftTerm = {
    kind: "arithmetic",
    operator: "-",
    left: variable(`X${number}`),
    right: constant(random.pickOrNone(unusual) ?? random.integer(0, 5)),
  };
  const quotient: DraftTerm = {
    kind: "arithmetic",
    operator: random.pick(["/", "%"] as const),
    left: constant(12),
    right: divisor,
  };
  const timing = random.pick(["now", "next"] as const);
  const head: Schema = { name: `share${index}`, columns: ["node", "number"], level: source.level + 1 };
  const body: DraftLiteral[] = [{ kind: "positive", atom: { relation: source.name, args } }];
  const negated = random.pickOrNone(
    world.schemas.filter((s) => s.level <= source.level && s.columns[0] === "node" && !isBuiltIn(s)),
  );
  if (negated !== undefined && random.chance(0.5)) {
    const others = negated.columns.slice(1).map(() => wildcard);
    body.push({ kind: "negated", atom: { relation: negated.name, args: [variable("X0"), ...others] } });
  }
  world.statements.push({
    kind: "rule",
    timing,
    head: { relation: head.name, args: [variable("X0"), quotient] },
    body,
  });
  world.schemas.push(timing === "now" ? head : { ...head, level: 0 });
}

function columns(world: World): readonly ColumnType[] {
  const { random } = world;
  const others = random.weighted([
    [2, 0],
    [5, 1],
    [3, 2],
  ]);
  return [
    "node",
    ...Array.from({ length: others }, () => random.pick<ColumnType>(["node", "text", "number", "number"])),
  ];
}

function addRule(world: World, wish: Parameters<typeof writeRule>[1]): void {
  const rule = writeRule(world, wish);
  if (rule !== undefined) world.statements.push(rule);
}

/** Something computed at each instant, often by aggregation. */
function derived(world: World, index: number): void {
  const { random } = world;
  const highest = Math.max(...world.schemas.map((s) => s.level));
  const head: Schema = {
    name: `view${index}`,
    columns: columns(world),
    level: random.integer(1, Math.min(5, highest + 1)),
  };
  for (
    let rules = random.weighted([
      [4, 1],
      [1, 2],
    ]);
    rules > 0;
    rules--
  ) {
    addRule(world, { head, timing: "now", aggregate: random.chance(0.45) });
  }
  world.schemas.push(head);
}

/** Something remembered. */
function state(world: World, index: number): void {
  const { random } = world;
  const head: Schema = { name: `state${index}`, columns: columns(world), level: 0 };
  addRule(world, { head, timing: "next", aggregate: random.chance(0.3) });
  world.schemas.push(head);
  if (random.chance(0.8)) addPersistence(world, head);
  else addRule(world, { head, timing: "next", aggregate: random.chance(0.3), reading: head });
  if (random.chance(0.3)) addFacts(world, head, 1, [1, 2]);
}

/** Something sent. */
function message(world: World, index: number): void {
  const { random } = world;
  const head: Schema = { name: `sent${index}`, columns: columns(world), level: 0 };
  addRule(world, { head, timing: "async", aggregate: random.chance(0.2) });
  world.schemas.push(head);
  if (random.chance(0.6)) addPersistence(world, head);
}

/** One more way to come by a relation that is there already. */
function anotherRule(world: World): void {
  const { random } = world;
  const head = random.pick(world.schemas.filter((s) => !isBuiltIn(s)));
  const timing = random.pick(
    head.level > 0 ? (["now", "now", "next"] as const) : (["now", "next", "async", "async"] as const),
  );
  addRule(world, { head, timing, aggregate: random.chance(0.2) && (timing !== "now" || head.level > 0) });
}

function moreFacts(world: World): void {
  const { random } = world;
  const head = random.pick(world.schemas.filter((s) => !isBuiltIn(s)));
  addFacts(world, head, random.integer(1, 3), [1, 1, 2, 3, random.chance(0.2) ? world.eot + 2 : 2]);
}
