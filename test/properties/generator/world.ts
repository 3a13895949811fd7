import type { DraftStatement } from "../draft.js";
import type { Random } from "../random.js";

/** `node` and `text` are both strings; variables of the two are seldom joined. */
export type ColumnType = "node" | "text" | "number";

/** A relation that rules may be written about. */
export interface Schema {
  readonly name: string;
  readonly columns: readonly ColumnType[];
  /**
   * Which deductive rules may read it: a head of level k reads levels ≤ k, and only levels < k under `notin` or an
   * aggregate. So every program is stratified by construction.
   */
  readonly level: number;
}

/** Whether no rule or fact may be written for it. */
export function isBuiltIn({ name }: Schema): boolean {
  return name === "crash" || name === "restart";
}

/** What the parts of the generator add to, in turn. */
export interface World {
  readonly random: Random;
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly texts: readonly string[];
  readonly schemas: Schema[];
  readonly statements: DraftStatement[];
  /** `//!` lines. */
  readonly directives: string[];
  /** Statements in forms that drafts do not have, as text. */
  readonly raw?: string[];
}

/** Which names the nodes of a program have. Most programs use short ones; some are made to be escaped or mis-sorted. */
export function chooseNodes(random: Random): readonly string[] {
  const count = random.weighted([
    [4, 2],
    [5, 3],
    [1, 4],
  ]);
  const pool = random.weighted([
    [12, ["a", "b", "c", "d"]],
    [1, ["n10", "n9", "N", "n1"]],
    [1, ["x y", '"q"', "é", "Z"]],
  ]);
  return random.shuffled(pool).slice(0, count);
}

/** A constant of a column. */
export function constantOf(world: World, type: ColumnType): number | string {
  switch (type) {
    case "node":
      return world.random.pick(world.nodes);
    case "text":
      return world.random.pick(world.texts);
    case "number":
      return world.random.weighted([
        [8, world.random.integer(0, 3)],
        [1, world.random.integer(-3, 7)],
      ]);
  }
}

/** Facts of a relation at the given instants, with arbitrary constants. */
export function addFacts(world: World, schema: Schema, count: number, instants: readonly number[]): void {
  for (let i = 0; i < count; i++) {
    world.statements.push({
      kind: "fact",
      relation: schema.name,
      args: schema.columns.map((type) => constantOf(world, type)),
      at: world.random.pick(instants),
    });
  }
}

/** `r(X, Y)@next :- r(X, Y);` */
export function addPersistence(world: World, schema: Schema): void {
  const args = schema.columns.map((_, i) => ({ kind: "variable", name: `V${i}` }) as const);
  world.statements.push({
    kind: "rule",
    timing: "next",
    head: { relation: schema.name, args },
    body: [{ kind: "positive", atom: { relation: schema.name, args } }],
  });
}
