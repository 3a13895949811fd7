import { tuplesAt } from "../../reference/evaluate.js";
import { printValue } from "../draft.js";
import { Random } from "../random.js";
import type { Case } from "./generate.js";
import { addGrafts } from "./grafts.js";
import { addSkeleton } from "./skeletons.js";
import { addSpecification, failureFreeRun } from "./specifications.js";
import type { ColumnType, Schema, World } from "./world.js";
import { chooseNodes, constantOf, isBuiltIn } from "./world.js";

/** A program that uses what programs of real size need, and the parameters of a check of it. The same for ever for one seed. */
export function generateSized(seed: number): Case {
  const random = new Random(seed).fork(2);
  const nodes = chooseNodes(random).slice(0, 3);
  const eot = random.weighted([
    [3, 3],
    [4, 4],
    [2, 5],
  ]);
  const world: World = { random, nodes, eot, texts: ["p", "q"], schemas: [], statements: [], directives: [], raw: [] };
  addSkeleton(world);
  if (random.chance(0.8)) addStatics(world);
  if (random.chance(0.6)) addRecords(world);
  if (random.chance(0.5)) addGrafts(world);
  const names = random.chance(0.5) ? addSpecification(world) : {};
  addPromises(world);
  addReach(world);
  const { statements, directives, raw = [] } = world;
  return {
    seed,
    draft: { statements, directives, raw },
    nodes,
    eot,
    eff: random.integer(1, nodes.length === 2 ? 3 : 2),
    crashes: random.integer(0, 1),
    ...names,
  };
}

/**
 * Static relations, by ranges and rules; facts by rule; rules that read them, `eot` among them. They are text, in forms that drafts do not
 * have; the names of what they define are known to the world.
 */
function addStatics(world: World): void {
  const { random, nodes, directives, raw = [] } = world;
  const node = (i: number): string => printValue(nodes[i % nodes.length] ?? "a");
  const named = ["who"];
  raw.push(...nodes.map((n) => `who(${printValue(n)})@${random.pick([1, 1, 9])};`));
  raw.push(`slot(${random.integer(0, 1)}..${random.integer(1, 3)})@1;`);
  if (random.chance(0.8)) named.push("slot");
  if (random.chance(0.6)) {
    named.push("pair");
    raw.push(`pair(X, Y) :- who(X), who(Y), X ${random.pick(["!=", "<", ">="])} Y;`);
  }
  if (random.chance(0.4)) {
    named.push("many");
    raw.push("many(count<X>) :- who(X);");
  }
  if (random.chance(0.3)) {
    named.push("path");
    raw.push(`path(X, Y) :- who(X), Y == ${node(0)};`, "path(X, Z) :- path(X, Y), who(Z), Y != Z;");
  }
  directives.push(`//! everywhere ${named.join(", ")}`);
  const has = (name: string): boolean => named.includes(name);
  if (random.chance(0.6)) {
    raw.push(
      `given(X, ${random.integer(0, 2)})@${random.integer(1, 2)} :- who(X)${random.chance(0.5) ? `, X != ${node(1)}` : ""};`,
    );
    raw.push("given(X, K)@next :- given(X, K);");
  } else raw.push(`given(${node(0)}, 0..1)@1; given(X, K)@next :- given(X, K);`);
  world.schemas.push({ name: "given", columns: ["node", "number"], level: 0 });
  raw.push(`told(Y, X, K)@async :- given(X, K), ${has("pair") && random.chance(0.6) ? "pair(X, Y)" : "who(Y)"};`);
  if (random.chance(0.7)) raw.push("told(Y, X, K)@next :- told(Y, X, K);");
  world.schemas.push({ name: "told", columns: ["node", "node", "number"], level: 0 });
  raw.push(
    random.pick([
      `missing(X, Y) :- who(X), who(Y), notin told(X, Y, _);`,
      `missing(X, Y) :- given(X, _), who(Y), notin told(X, Y, _);`,
      `missing(X, Y) :- who(X), who(Y), X != Y;`,
    ]),
  );
  world.schemas.push({ name: "missing", columns: ["node", "node"], level: 2 });
  if (random.chance(0.5)) {
    raw.push(`ending(X, T - ${random.integer(0, 2)}) :- given(X, _), eot(T);`);
    world.schemas.push({ name: "ending", columns: ["node", "number"], level: 1 });
  }
  if (random.chance(0.4)) {
    raw.push(
      `odd(Y)@next :- told(Y, _, K), ${has("slot") ? "slot(K)" : "K > 0"}, notin ${has("many") ? "many(K)" : "who(Y)"};`,
    );
    world.schemas.push({ name: "odd", columns: ["node"], level: 0 });
  }
}

/** Records, counts of tuples and sums by keys, over what is sent, kept or derived. */
function addRecords(world: World): void {
  const { random, schemas, raw = [] } = world;
  for (let i = random.integer(1, 2); i > 0; i--) {
    const of = random.pickOrNone(
      schemas.filter((s) => s.columns.length > 2 && !isBuiltIn(s) && s.columns[0] === "node"),
    );
    if (of === undefined) return;
    const [, ...others] = of.columns.map((type, c) => ({ type, name: `X${c}` }));
    const [a, b] = random.shuffled(others);
    if (a === undefined || b === undefined) return;
    const body = `${of.name}(X0, ${others.map(({ name }) => name).join(", ")})`;
    const extreme = random.pick(["min", "max"] as const);
    const timing = of.level === 0 && random.chance(0.3) ? "@next" : "";
    const level = timing === "" ? of.level + 1 : 0;
    const shape = random.pick(["record", "record", "count", "sum", "both"] as const);
    const add = (name: string, columns: readonly ColumnType[], head: string): void => {
      raw.push(`${name}(X0, ${head})${timing} :- ${body};`);
      schemas.push({ name, columns: ["node", ...columns], level });
    };
    const number = others.find(({ type }) => type === "number");
    const key = others.find((other) => other !== number);
    if (shape === "record") add(`best${i}`, [a.type, b.type], `${extreme}<${a.name}, ${b.name}>`);
    else if (shape === "count") add(`many${i}`, ["number"], `count<${a.name}, ${b.name}>`);
    else if (shape === "both")
      add(`both${i}`, [a.type, b.type, "number"], `${extreme}<${a.name}, ${b.name}>, count<${b.name}, ${a.name}>`);
    else if (number !== undefined && key !== undefined)
      add(`sum${i}`, ["number"], `${random.pick(["sum", "sum", "avg"])}<${number.name} by ${key.name}>`);
  }
}

function headsOf({ statements, raw = [] }: World): ReadonlySet<string> {
  const written = raw.flatMap((line) => [...line.matchAll(/(?:^|; )(\w+)\(/g)].map(([, name = ""]) => name));
  return new Set([...statements.map((s) => (s.kind === "fact" ? s.relation : s.head.relation)), ...written]);
}

/** One to three promises about relations that are there: kept, implied, or excluded. */
function addPromises(world: World): void {
  const { random, directives } = world;
  const failureFree = failureFreeRun(world, []) ?? [];
  const isHeld = (s: Schema, instant: number): boolean => tuplesAt(failureFree, s.name, instant).size > 0;
  const isEver = (s: Schema): boolean => failureFree.some((_, i) => isHeld(s, i + 1));
  const heads = headsOf(world);
  const all = world.schemas.filter((s) => !isBuiltIn(s) && heads.has(s.name));
  const count = random.integer(1, 3);
  for (let i = 1; i <= count; i++) {
    const post = random.pick(all);
    const pre = random.pickOrNone(all.filter((s) => s !== post && s.columns.length === post.columns.length));
    const unheld = all.filter((s) => !isEver(s));
    const never = random.pickOrNone(unheld.length > 0 && random.chance(0.8) ? unheld : all);
    const parts = random.weighted<readonly string[]>([
      [3, [`post=${post.name}`]],
      [pre !== undefined && sameTypes(pre, post) ? 4 : 0, [`pre=${pre?.name}`, `post=${post.name}`]],
      [3, [`never=${never?.name ?? post.name}`]],
      [1, [`never=${never?.name ?? post.name}`, `post=${post.name}`]],
    ]);
    directives.push(`//! promise p${i} ${parts.join(" ")}`);
  }
}

/** What may be reached: mostly what no run without faults comes to. */
function addReach(world: World): void {
  const { random, directives } = world;
  const failureFree = failureFreeRun(world, []) ?? [];
  const heads = headsOf(world);
  const all = world.schemas.filter((s) => !isBuiltIn(s) && heads.has(s.name));
  for (let i = random.integer(1, 3); i > 0; i--) {
    const rare = all.filter((s) => failureFree.every((_, t) => tuplesAt(failureFree, s.name, t + 1).size === 0));
    const schema = random.pick(rare.length > 0 && random.chance(0.7) ? rare : all);
    const columns = schema.columns.map((type) => (random.chance(0.5) ? "_" : printValue(constantOf(world, type))));
    const pattern = random.chance(0.3) ? schema.name : `${schema.name}(${columns.join(", ")})`;
    const bounds = [...random.some([`eot=${random.integer(2, 5)}`], 0.2), ...random.some(["crashes=1"], 0.2)];
    directives.push(`//! reach ${[pattern, ...bounds].join(" ")}`);
  }
}

function sameTypes(a: Schema, b: Schema): boolean {
  return a.columns.every((type, i) => type === b.columns[i]);
}
