import { tuplesAt } from "../../reference/evaluate.js";
import { printValue } from "../draft.js";
import { Random } from "../random.js";
import type { Case } from "./generate.js";
import { addGrafts } from "./grafts.js";
import { addSkeleton } from "./skeletons.js";
import { addSpecification, failureFreeRun } from "./specifications.js";
import type { Schema, World } from "./world.js";
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
  const world: World = { random, nodes, eot, texts: ["p", "q"], schemas: [], statements: [], directives: [] };
  addSkeleton(world);
  if (random.chance(0.5)) addGrafts(world);
  const names = random.chance(0.5) ? addSpecification(world) : {};
  addPromises(world);
  addReach(world);
  const { statements, directives } = world;
  return {
    seed,
    draft: { statements, directives },
    nodes,
    eot,
    eff: random.integer(1, nodes.length === 2 ? 3 : 2),
    crashes: random.integer(0, 1),
    ...names,
  };
}

/** One to three promises about relations that are there: kept, implied, or excluded. */
function addPromises(world: World): void {
  const { random, directives } = world;
  const failureFree = failureFreeRun(world, []) ?? [];
  const isHeld = (s: Schema, instant: number): boolean => tuplesAt(failureFree, s.name, instant).size > 0;
  const isEver = (s: Schema): boolean => failureFree.some((_, i) => isHeld(s, i + 1));
  const heads = new Set(world.statements.map((s) => (s.kind === "fact" ? s.relation : s.head.relation)));
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
  const heads = new Set(world.statements.map((s) => (s.kind === "fact" ? s.relation : s.head.relation)));
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
