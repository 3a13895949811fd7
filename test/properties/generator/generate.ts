import type { Draft } from "../draft.js";
import { print } from "../draft.js";
import { Random } from "../random.js";
import { addGrafts } from "./grafts.js";
import { addSkeleton } from "./skeletons.js";
import { addSpecification } from "./specifications.js";
import type { World } from "./world.js";
import { chooseNodes } from "./world.js";

/** A program and the parameters of a check of it. */
export interface Case {
  readonly seed: number;
  readonly draft: Draft;
  /** Now and then one too few, so that some place is no node, or one too many. */
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly eff: number;
  readonly crashes: number;
  /** Where they are not called `pre` and `post`. */
  readonly pre?: string;
  readonly post?: string;
}

/** The case of a seed. The same for ever, as long as the generator is not changed. */
export function generate(seed: number): Case {
  const random = new Random(seed);
  const nodes = chooseNodes(random);
  const eot = random.weighted([
    [3, 3],
    [4, 4],
    [3, 5],
    [2, 6],
  ]);
  const world: World = {
    random,
    nodes,
    eot,
    texts: ["p", "q", random.pick(["r", "a", 'p"\\', "1"])],
    schemas: [],
    statements: [],
    directives: [],
  };
  addSkeleton(world);
  addGrafts(world);
  const names = addSpecification(world);
  const named = random.weighted([
    [92, nodes],
    [5, nodes.slice(1)],
    [3, [...nodes, "zz"]],
  ] as const);
  const crashes = Math.min(
    named.length,
    random.weighted([
      [4, 0],
      [5, 1],
      [1, 2],
    ]),
  );
  return {
    seed,
    draft: { statements: world.statements },
    nodes: named,
    eot,
    eff: chooseEff(random, nodes.length, eot),
    crashes,
    ...names,
  };
}

/**
 * The end of failures. Mostly so early that all schedules can be listed (2^(n(n−1)(EFF−1)) sets of omissions), and
 * that the protocol has time to recover.
 */
function chooseEff(random: Random, nodes: number, eot: number): number {
  if (random.chance(0.15)) return random.integer(0, eot + (random.chance(0.1) ? 2 : 0));
  if (nodes === 2) return random.chance(0.5) ? eot : random.integer(2, eot);
  return nodes === 3
    ? random.weighted([
        [1, 1],
        [6, 2],
        [1, 3],
      ])
    : random.integer(1, 2);
}

export function textOf(c: Case): string {
  return print(c.draft);
}
