import { readDirectives } from "../../reference/directives.js";
import { allInputs } from "../../reference/inputs.js";
import type { ReferenceBudget } from "../../reference/space.js";
import type { Draft } from "../draft.js";
import { Random } from "../random.js";
import { drawBudget } from "./faulty-budgets.js";
import { addFaultyGrafts, addInputs, addMemory } from "./faulty-grafts.js";
import { faultyWriters } from "./faulty-skeletons.js";
import { addGrafts } from "./grafts.js";
import { addSafety } from "./safety.js";
import { addSkeleton } from "./skeletons.js";
import { addSpecification } from "./specifications.js";
import type { World } from "./world.js";
import { chooseNodes } from "./world.js";

/** A program that every kind of fault and every input can matter to, and the budget of a check of it. */
export interface FaultyCase {
  readonly seed: number;
  readonly draft: Draft;
  readonly budget: ReferenceBudget;
  /** Where they are not called `pre`, `post` and `never`. */
  readonly pre?: string;
  readonly post?: string;
  readonly never?: string;
}

/** The case of a seed. The same for ever, as long as the generator is not changed. */
export function generateFaulty(seed: number): FaultyCase {
  const random = new Random(seed).fork(1);
  const nodes = chooseNodes(random);
  const eot = random.weighted([
    [2, 4],
    [4, 5],
    [3, 6],
    [1, 7],
  ]);
  const texts = ["p", "q", random.pick(["r", 'p|"', "1"])];
  const world: World = { random, nodes, eot, texts, schemas: [], statements: [], directives: [] };
  if (random.chance(0.8)) addSkeleton(world, faultyWriters);
  else addSkeleton(world);
  addFaultyGrafts(world);
  if (random.chance(0.35)) addGrafts(world);
  addMemory(world);
  addInputs(world);
  const inputs = allInputs(readDirectives(world.directives.join("\n")).inputs).length;
  const budget = drawBudget(random, { nodes, eot, inputs });
  const never = random.chance(0.1) ? "wrong" : "never";
  const isSafe = random.chance(0.65) && addSafety(world, never, budget);
  const names = isSafe && random.chance(0.6) ? {} : addSpecification(world);
  const { statements, directives } = world;
  const draft = directives.length === 0 ? { statements } : { statements, directives };
  return { seed, draft, budget, ...names, ...(isSafe && never !== "never" ? { never } : {}) };
}
