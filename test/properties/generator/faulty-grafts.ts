import { readDirectives } from "../../reference/directives.js";
import { showFact } from "../../reference/facts.js";
import { possibleFacts } from "../../reference/inputs.js";
import type { DraftFact, DraftStatement } from "../draft.js";
import { constant, printStatement, variable } from "../draft.js";
import { writeRule } from "./rules.js";
import type { ColumnType, Schema, World } from "./world.js";
import { addFacts, addPersistence, constantOf, isBuiltIn } from "./world.js";

/** Adds rules and lines that only restarts, pauses, delays and duplicates bring to light. */
export function addFaultyGrafts(world: World): void {
  const { random } = world;
  if (random.chance(0.5)) world.schemas.push(restart);
  for (let i = random.integer(0, 3); i > 0; i--) {
    random.weighted<(world: World, index: number) => void>([
      [3, wakeUp],
      [2, timer],
      [3, sequence],
      [1, remoteWrite],
    ])(world, i);
  }
  // A program that defines `restart` keeps its own.
  if (random.chance(0.03)) addFacts(world, restart, 1, [1, 2, 3]);
}

const restart: Schema = { name: "restart", columns: ["node"], level: 0 };

/** What a node does on coming back: it notes it, or tells others. */
function wakeUp(world: World, index: number): void {
  const { random } = world;
  if (!world.schemas.includes(restart)) world.schemas.push(restart);
  const columns: readonly ColumnType[] = ["node", ...random.some<ColumnType>(["node", "number"], 0.5)];
  const head: Schema = { name: `back${index}`, columns, level: 0 };
  const timing = random.pick(["next", "async", "async"] as const);
  const rule = writeRule(world, { head, timing, aggregate: false, reading: restart });
  if (rule === undefined) return;
  world.statements.push(rule);
  world.schemas.push(head);
  if (random.chance(0.7)) addPersistence(world, head);
}

/** Time as a node counts it: it stands still when the node does, and starts again or is lost when the node restarts. */
function timer(world: World, index: number): void {
  const { random } = world;
  const clock: Schema = { name: `clock${index}`, columns: ["node", "number"], level: 0 };
  const [n, t] = [variable("N"), variable("T")];
  for (const node of random.some(world.nodes, 0.7))
    world.statements.push({ kind: "fact", relation: clock.name, args: [node, 0], at: 1 });
  world.statements.push({
    kind: "rule",
    timing: "next",
    head: { relation: clock.name, args: [n, { kind: "arithmetic", operator: "+", left: t, right: constant(1) }] },
    body: [{ kind: "positive", atom: { relation: clock.name, args: [n, t] } }],
  });
  world.schemas.push(clock);
  const alarm: Schema = { name: `alarm${index}`, columns: ["node"], level: random.integer(0, 1) };
  world.statements.push({
    kind: "rule",
    timing: alarm.level === 0 ? "next" : "now",
    head: { relation: alarm.name, args: [n] },
    body: [
      { kind: "positive", atom: { relation: clock.name, args: [n, t] } },
      {
        kind: "comparison",
        operator: random.pick(["==", ">="] as const),
        left: t,
        right: constant(random.integer(1, 3)),
      },
    ],
  });
  world.schemas.push(alarm);
}

/** Numbers that grow by what arrives: a copy, or another order, comes to another sum. */
function sequence(world: World, index: number): void {
  const { random } = world;
  const messages = new Set(
    world.statements.flatMap((s) => (s.kind === "rule" && s.timing === "async" ? [s.head.relation] : [])),
  );
  const source = random.pickOrNone(world.schemas.filter((s) => messages.has(s.name) && s.columns[0] === "node"));
  if (source === undefined) return;
  const count: Schema = { name: `count${index}`, columns: ["node", "number"], level: 0 };
  const args = source.columns.map((_, i) => (i === 0 ? variable("N") : ({ kind: "wildcard" } as const)));
  const [n, k] = [variable("N"), variable("K")];
  const arrives = { kind: "positive", atom: { relation: source.name, args } } as const;
  const absent = { kind: "negated", atom: { relation: source.name, args } } as const;
  const counted = { kind: "positive", atom: { relation: count.name, args: [n, k] } } as const;
  const more = { kind: "arithmetic", operator: "+", left: k, right: constant(1) } as const;
  for (const node of world.nodes) world.statements.push({ kind: "fact", relation: count.name, args: [node, 0], at: 1 });
  world.statements.push(
    { kind: "rule", timing: "next", head: { relation: count.name, args: [n, more] }, body: [counted, arrives] },
    { kind: "rule", timing: "next", head: { relation: count.name, args: [n, k] }, body: [counted, absent] },
  );
  world.schemas.push(count);
}

/** Something that one node writes into another without a message: also while that one is away. */
function remoteWrite(world: World, index: number): void {
  const { random } = world;
  const head: Schema = { name: `mark${index}`, columns: ["node", "number"], level: 0 };
  const source = random.pickOrNone(
    world.schemas.filter((s) => s.columns.length > 1 && s.columns[0] === "node" && !isBuiltIn(s)),
  );
  if (source === undefined) return;
  const args = source.columns.map((_, i) => variable(`X${i}`));
  const number = source.columns.indexOf("number");
  world.statements.push({
    kind: "rule",
    timing: random.pick(["next", "next", "now"] as const),
    head: { relation: head.name, args: [variable("M"), number < 0 ? constant(1) : variable(`X${number}`)] },
    body: [
      { kind: "positive", atom: { relation: source.name, args } },
      { kind: "positive", atom: { relation: "link", args: [variable("X0"), variable("M")] } },
    ],
  });
  world.schemas.push({ ...head, level: source.level + 1 });
  if (random.chance(0.5)) addPersistence(world, head);
}

/** Says of some relations that they survive a restart, and of some configuration that it does not. */
export function addMemory(world: World): void {
  const { random, statements } = world;
  const named = (kind: string): readonly string[] =>
    world.directives.flatMap((line) => (line.startsWith(`//! ${kind} `) ? [line.slice(`//! ${kind} `.length)] : []));
  const carried = new Set(
    statements.flatMap((s) => (s.kind === "rule" && s.timing === "next" ? [s.head.relation] : [])),
  );
  const durable = random.some(
    [...carried].filter((name) => !named("durable").includes(name)),
    0.25,
  );
  if (durable.length > 0) world.directives.push(`//! durable ${durable.join(", ")}`);
  const all = [...named("durable"), ...durable];
  if (random.chance(0.2) && !all.includes("link")) world.directives.push("//! forgets link");
}

/** Leaves some facts open: takes them out of the program, or adds others. */
export function addInputs(world: World): void {
  const { random } = world;
  const lines = random.weighted([
    [4, 0],
    [3, 1],
    [2, 2],
  ]);
  for (let i = 0; i < lines; i++) {
    const schema = random.pickOrNone(world.schemas.filter((s) => s.level === 0 && !isBuiltIn(s)));
    if (schema === undefined) return;
    const first = random.chance(0.6) ? takeFact(world, schema) : newFact(world, schema);
    if (random.chance(0.5)) {
      addLine(world, "maybe", [first]);
    } else {
      const others = Array.from({ length: random.integer(1, 2) }, () =>
        newFact(
          world,
          random.chance(0.8) ? schema : random.pick(world.schemas.filter((s) => s.level === 0 && !isBuiltIn(s))),
        ),
      );
      addLine(world, "one-of", [first, ...others]);
    }
  }
}

function newFact(world: World, schema: Schema): DraftFact {
  const args = schema.columns.map((type) => constantOf(world, type));
  return { kind: "fact", relation: schema.name, args, at: world.random.pick([1, 1, 2, 3]) };
}

/** A fact of the program, which loses it; a new one where it has none. */
function takeFact(world: World, schema: Schema): DraftFact {
  const facts = world.statements.flatMap((s) => (s.kind === "fact" && s.relation === schema.name ? [s] : []));
  const chosen = world.random.pickOrNone(facts);
  if (chosen === undefined) return newFact(world, schema);
  const same = (s: DraftStatement): boolean => printStatement(s) === printStatement(chosen);
  const left = world.statements.filter((s) => !same(s));
  world.statements.splice(0, world.statements.length, ...left);
  return chosen;
}

/** "A fact both plain and in such a line, in two of them or twice in one … is an error": such facts are left out. */
function addLine(world: World, kind: "maybe" | "one-of", facts: readonly DraftFact[]): void {
  const nameOf = (fact: DraftFact): string => showFact({ relation: fact.relation, tuple: fact.args, instant: fact.at });
  const open = possibleFacts(readDirectives(world.directives.join("\n")).inputs).map(showFact);
  const known = [...open, ...world.statements.flatMap((s) => (s.kind === "fact" ? [nameOf(s)] : []))];
  const fresh = [...new Set(facts.map(nameOf))].filter((fact) => !known.includes(fact));
  if (fresh.length > 0) world.directives.push(`//! ${kind} ${fresh.join(" | ")}`);
}
