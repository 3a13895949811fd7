import type { DraftAtom, DraftRule, DraftTerm } from "../draft.js";
import { variable } from "../draft.js";
import type { Schema, World } from "./world.js";
import { addPersistence } from "./world.js";

/** Edges that nodes tell each other of, so that faults cut them. */
function addRumour(world: World, index: number): string {
  const rumour: Schema = { name: `rumour${index}`, columns: ["node", "node"], level: 0 };
  const [from, to] = [variable("N"), variable("M")];
  world.statements.push({
    kind: "rule",
    timing: "async",
    head: { relation: rumour.name, args: [to, from] },
    body: [{ kind: "positive", atom: { relation: "link", args: [from, to] } }],
  });
  world.schemas.push(rumour);
  if (world.random.chance(0.5)) addPersistence(world, rumour);
  return rumour.name;
}

/** A relation that feeds itself at the same instant: a closure, a count up to a bound, or two that feed each other. */
export function recursive(world: World, index: number): void {
  const { random } = world;
  const name = `closure${index}`;
  const shape = random.pick(["closure", "bounded", "mutual"] as const);
  const level = 1;
  const v = (text: string) => ({ kind: "variable", name: text }) as const;
  const rule = (head: string, headArgs: readonly string[], body: readonly (readonly string[])[]): void => {
    world.statements.push({
      kind: "rule",
      timing: "now",
      head: { relation: head, args: headArgs.map(v) },
      body: body.map(([relation = "", ...args]) => ({ kind: "positive", atom: { relation, args: args.map(v) } })),
    });
  };
  const edges = world.schemas.filter(
    (s) => s.level === 0 && s.columns[0] === "node" && s.columns[1] === "node" && s.columns.length === 2,
  );
  const edge = random.chance(0.5) ? addRumour(world, index) : random.pick(edges).name;
  if (shape === "closure") {
    rule(name, ["A", "B"], [[edge, "A", "B"]]);
    rule(
      name,
      ["A", "C"],
      random.pick([
        [
          [name, "A", "B"],
          [edge, "B", "C"],
        ],
        [
          [edge, "A", "B"],
          [name, "B", "C"],
        ],
        [
          [name, "A", "B"],
          [name, "B", "C"],
        ],
      ]),
    );
    world.schemas.push({ name, columns: ["node", "node"], level });
  } else if (shape === "mutual") {
    rule(name, ["A", "B"], [[edge, "A", "B"]]);
    rule(
      `${name}b`,
      ["A", "C"],
      [
        [name, "A", "B"],
        [edge, "B", "C"],
      ],
    );
    rule(
      name,
      ["A", "C"],
      [
        [`${name}b`, "A", "B"],
        [edge, "B", "C"],
      ],
    );
    world.schemas.push(
      { name, columns: ["node", "node"], level },
      { name: `${name}b`, columns: ["node", "node"], level },
    );
  } else {
    const up = {
      kind: "arithmetic",
      operator: "+",
      left: v("K"),
      right: { kind: "constant", value: random.integer(1, 2) },
    } as const;
    world.statements.push(
      {
        kind: "rule",
        timing: "now",
        head: { relation: name, args: [v("A"), { kind: "constant", value: 0 }] },
        body: [{ kind: "positive", atom: { relation: edge, args: [v("A"), { kind: "wildcard" }] } }],
      },
      {
        kind: "rule",
        timing: "now",
        head: { relation: name, args: [v("A"), up] },
        body: [
          { kind: "positive", atom: { relation: name, args: [v("A"), v("K")] } },
          { kind: "comparison", operator: "<", left: v("K"), right: { kind: "constant", value: random.integer(1, 4) } },
        ],
      },
    );
    world.schemas.push({ name, columns: ["node", "number"], level });
  }
}

/**
 * A map in pieces: the roads between four places, each told by some node at some instant, and the routes along them at
 * each node. A lost message opens a cycle of roads here or there.
 */
export function roads(world: World, index: number): void {
  const { random, nodes } = world;
  const places = ["u", "v", "w", "x"];
  places.forEach((place, i) => {
    const others = [places[(i + 1) % places.length], ...(random.chance(0.5) ? [random.pick(places)] : [])];
    for (const other of others) {
      world.statements.push({
        kind: "fact",
        relation: `road${index}`,
        args: [random.pick(nodes), place, other ?? place],
        at: random.pick([1, 1, 2]),
      });
    }
  });
  const [n, m, p, q, r] = ["N", "M", "P", "Q", "R"].map(variable) as [
    DraftTerm,
    DraftTerm,
    DraftTerm,
    DraftTerm,
    DraftTerm,
  ];
  const rule = (timing: DraftRule["timing"], head: DraftAtom, ...body: readonly DraftAtom[]): void => {
    world.statements.push({ kind: "rule", timing, head, body: body.map((atom) => ({ kind: "positive", atom })) });
  };
  const atom = (relation: string, ...args: readonly DraftTerm[]): DraftAtom => ({
    relation: `${relation}${index}`,
    args,
  });
  const link: DraftAtom = { relation: "link", args: [n, m] };
  rule("async", atom("map", m, p, q), atom("road", n, p, q), link);
  rule("now", atom("route", n, p, q), atom("map", n, p, q));
  rule(
    "now",
    atom("route", n, p, r),
    ...random.pick([
      [atom("route", n, p, q), atom("map", n, q, r)],
      [atom("route", n, p, q), atom("route", n, q, r)],
    ]),
  );
  const map: Schema = { name: `map${index}`, columns: ["node", "text", "text"], level: 0 };
  if (random.chance(0.7)) addPersistence(world, map);
  world.schemas.push(map, { name: `route${index}`, columns: ["node", "text", "text"], level: 1 });
}
