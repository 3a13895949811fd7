import { draftOf, printValue } from "../draft.js";
import { parse } from "../loading.js";
import type { Random } from "../random.js";
import type { ColumnType, Schema, World } from "./world.js";

/**
 * Small protocols that send messages worth losing. Each is the stem on which arbitrary rules are grafted, so that
 * most generated programs have outcomes that faults can touch.
 */
export interface Skeleton {
  readonly text: string;
  /** `log: node text @0`: name, columns, level. */
  readonly schemas: readonly string[];
}

export type Writer = (random: Random, world: World) => Skeleton;

/** Writers of skeletons, with their weights. */
export type Writers = readonly (readonly [number, Writer])[];

const writers: Writers = [
  [5, broadcast],
  [3, request],
  [3, election],
  [2, highest],
  [2, token],
  [2, heartbeat],
  [2, counting],
  [1, soup],
];

export function addSkeleton(world: World, choice: Writers = writers): void {
  const write = world.random.weighted(choice);
  const skeleton = write(world.random, world);
  const { statements, directives = [] } = draftOf(parse(topology(world) + skeleton.text));
  world.statements.push(...statements);
  world.directives.push(...directives);
  world.schemas.push(...["link: node node @0", ...skeleton.schemas].map(schemaOf));
}

function schemaOf(declaration: string): Schema {
  const [name = "", ...words] = declaration.replace(":", "").split(" ");
  const columns = words.filter((word): word is ColumnType => word === "node" || word === "text" || word === "number");
  return { name, columns, level: Number(words.at(-1)?.slice(1)) };
}

/** The name of a node, as it is written. */
export function at(world: World, index: number): string {
  return printValue(world.nodes[index % world.nodes.length] ?? "a");
}

/** Who knows whom: a mesh, a ring, a line or a star; now and then a node knows itself. */
function topology(world: World): string {
  const { random, nodes } = world;
  const shape = random.pick(["mesh", "mesh", "ring", "line", "star"] as const);
  const selves = random.chance(0.3);
  const lines: string[] = [];
  nodes.forEach((from, i) => {
    nodes.forEach((to, j) => {
      const linked =
        i === j
          ? selves
          : shape === "mesh" ||
            (shape === "star" ? i === 0 || j === 0 : j === i + 1 || (shape === "ring" && j === (i + 1) % nodes.length));
      if (linked) lines.push(`link(${printValue(from)}, ${printValue(to)})@1;`);
    });
  });
  return `${lines.join("\n")}\nlink(N, M)@next :- link(N, M);\n`;
}

function broadcast(random: Random, world: World): Skeleton {
  const second = random.chance(0.4) ? `log(${at(world, 1)}, "q")@${random.integer(1, 2)};` : "";
  const sending = random.pick([
    `log(M, P)@async :- once(N, P), link(N, M);`,
    `once(N, P)@next :- once(N, P); log(M, P)@async :- once(N, P), link(N, M);`,
    `log(M, P)@async :- log(N, P), link(N, M);`,
    `log(M, P)@async :- log(N, P), link(N, M), notin acked(N, M, P);
     acked(N, M, P)@next :- acked(N, M, P); acked(N, M, P)@async :- log(M, P), link(M, N);`,
    `fresh(N, P) :- log(N, P), notin old(N, P); old(N, P)@next :- log(N, P); log(M, P)@async :- fresh(N, P), link(N, M);`,
    `log(M, P)@async :- log(N, P)@1, link(N, M), log(N, P);`,
  ]);
  const schemas = [
    "log: node text @0",
    "once: node text @0",
    "acked: node node text @0",
    "old: node text @0",
    "fresh: node text @1",
  ];
  return {
    text: `once(${at(world, 0)}, "p")@1; log(${at(world, 0)}, "p")@1; ${second} log(N, P)@next :- log(N, P); ${sending}`,
    schemas: schemas.filter((s) => `once ${sending} log`.includes(s.slice(0, s.indexOf(":")))),
  };
}

function request(random: Random, world: World): Skeleton {
  const patience = random.integer(1, 3);
  const persistent = random.chance(0.6) ? "ask(C, X)@next :- ask(C, X), notin done(C, X);" : "";
  return {
    text: `
      ask(${at(world, 0)}, "p")@1; ${random.chance(0.3) ? `ask(${at(world, 1)}, "q")@2;` : ""} ${persistent}
      wanted(C, X) :- ask(C, X)@1; serve(S, C, X)@async :- ask(C, X), link(C, S); reply(C, S, X)@async :- serve(S, C, X);
      done(C, X) :- reply(C, S, X); done(C, X)@next :- done(C, X);
      clock_of(C, X, 0) :- ask(C, X), notin late(C, X); late(C, X)@next :- ask(C, X); late(C, X)@next :- late(C, X);
      clock_of(C, X, T + 1)@next :- clock_of(C, X, T), notin done(C, X);
      abort(C, X) :- clock_of(C, X, T), T >= ${patience}, notin done(C, X); abort(C, X)@next :- abort(C, X);`,
    schemas: [
      "ask: node text @0",
      "serve: node node text @0",
      "reply: node node text @0",
      "done: node text @1",
      "late: node text @0",
      "clock_of: node text number @1",
      "abort: node text @2",
    ],
  };
}

function election(random: Random, world: World): Skeleton {
  const own = world.nodes.map((n) => `mine(${printValue(n)}, ${random.integer(0, 3)})@1;`).join(" ");
  const again = random.chance(0.5) ? "mine(N, V)@next :- mine(N, V);" : "";
  return {
    text: `
      ${own} ${again} vote(M, N, V)@async :- mine(N, V), link(N, M); vote(M, N, V)@next :- vote(M, N, V);
      tally(N, count<M>) :- vote(N, M, _); best(N, ${random.pick(["min", "max", "sum", "avg"])}<V>) :- vote(N, _, V);
      elected(N, V) :- tally(N, K), best(N, V), K >= ${random.integer(1, world.nodes.length)};
      elected(N, V)@next :- elected(N, V);`,
    schemas: [
      "mine: node number @0",
      "vote: node node number @0",
      "tally: node number @1",
      "best: node number @1",
      "elected: node number @2",
    ],
  };
}

function highest(random: Random, world: World): Skeleton {
  const own = world.nodes.map((n) => `seen(${printValue(n)}, ${random.integer(0, 4)})@1;`).join(" ");
  return {
    text: `
      ${own} seen(N, V)@next :- top(N, V); seen(M, V)@async :- top(N, V), link(N, M);
      top(N, ${random.pick(["max", "min"])}<V>) :- seen(N, V); told(M, N, count<V>)@async :- seen(N, V), link(N, M);`,
    schemas: ["seen: node number @0", "told: node node number @0", "top: node number @1"],
  };
}

function token(random: Random, world: World): Skeleton {
  return {
    text: `
      token(${at(world, 0)}, 0)@1; token(M, K + 1)@async :- token(N, K), link(N, M)${random.chance(0.5) ? ", N != M" : ""};
      held(N, K)@next :- token(N, K); held(N, K)@next :- held(N, K)${random.chance(0.3) ? ", notin token(N, _)" : ""};
      most(N, max<K>) :- held(N, K);`,
    schemas: ["token: node number @0", "held: node number @0", "most: node number @1"],
  };
}

function heartbeat(random: Random, world: World): Skeleton {
  const forgiving = random.chance(0.5) ? ", notin beat(N, M)" : "";
  return {
    text: `
      beat(M, N)@async :- link(N, M); suspect(N, M) :- link(N, M), link(N, M)@${random.integer(1, 2)}, notin beat(N, M), notin first(N);
      first(N) :- start(N); start(${at(world, 0)})@1; start(${at(world, 1)})@1;
      gone(N, M)@next :- suspect(N, M); gone(N, M)@next :- gone(N, M)${forgiving}; trusted(N, M) :- beat(N, M), notin gone(N, M);
      trusted(N, M)@next :- trusted(N, M), notin suspect(N, M);`,
    schemas: [
      "beat: node node @0",
      "start: node @0",
      "first: node @0",
      "suspect: node node @1",
      "gone: node node @0",
      "trusted: node node @2",
    ],
  };
}

function counting(random: Random, world: World): Skeleton {
  return {
    text: `
      tick(${at(world, 0)}, 1)@1; tick(N, K + 1)@next :- tick(N, K), K < ${random.integer(2, 5)};
      note(M, N, K * 2)@async :- tick(N, K), link(N, M); note(N, M, K)@next :- note(N, M, K);
      total(N, sum<K>, count<M>) :- note(N, M, K); low(N) :- total(N, S, _), S < ${random.integer(2, 6)};
      ready(N, S)@next :- total(N, S, C), C >= 1, notin low(N); ready(N, S)@next :- ready(N, S);`,
    schemas: [
      "tick: node number @0",
      "note: node node number @0",
      "total: node number number @1",
      "low: node @2",
      "ready: node number @0",
    ],
  };
}

/** Nothing but facts: all rules are arbitrary ones. */
function soup(random: Random, world: World): Skeleton {
  const facts = world.nodes.map(
    (n) => `have(${printValue(n)}, "${random.pick(["p", "q"])}", ${random.integer(0, 3)})@${random.integer(1, 2)};`,
  );
  return {
    text: `${facts.join(" ")} have(N, P, K)@next :- have(N, P, K); have(M, P, K)@async :- have(N, P, K), link(N, M);`,
    schemas: ["have: node text number @0"],
  };
}
