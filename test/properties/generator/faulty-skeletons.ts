import type { Random } from "../random.js";
import type { Skeleton, Writers } from "./skeletons.js";
import { at } from "./skeletons.js";
import type { World } from "./world.js";

/** A line, or none. */
function sometimes(random: Random, line: string, probability = 0.5): string {
  return random.chance(probability) ? `${line}\n` : "";
}

/** Nodes vote once in a term, and remember it or not; a candidate counts voters or votes. */
function vote(random: Random, world: World): Skeleton {
  const second = random.integer(1, 3);
  const counted = random.pick(["count<M>", "count<K>"]);
  return {
    text: `
      ${sometimes(random, "//! durable voted", 0.6)}${sometimes(random, "//! durable vote", 0.3)}
      stand(${at(world, 0)}, 1)@1; stand(${at(world, 1)}, 1)@${second}; ${sometimes(random, "stand(N, T)@next :- stand(N, T), notin leads(N, T);", 0.4)}
      ask(M, N, T)@async :- stand(N, T), link(N, M);
      chosen(M, T, min<N>) :- ask(M, N, T), notin voted(M, T); voted(M, T)@next :- chosen(M, T, _); voted(M, T)@next :- voted(M, T);
      time(N, 1) :- start(N); time(N, K + 1)@next :- time(N, K); ${world.nodes.map((_, i) => `start(${at(world, i)})@1;`).join(" ")}
      vote(N, M, T, K)@async :- chosen(M, T, N), time(M, K); vote(N, M, T, K)@next :- vote(N, M, T, K);
      votes(N, T, ${counted}) :- vote(N, M, T, K); leads(N, T) :- votes(N, T, C), C >= ${random.integer(1, 2)};
      leads(N, T)@next :- leads(N, T);`,
    schemas: [
      "stand: node number @0",
      "ask: node node number @0",
      "chosen: node number node @1",
      "voted: node number @0",
      "time: node number @1",
      "vote: node node number number @0",
      "votes: node number number @2",
      "leads: node number @3",
    ],
  };
}

/** A lease that is counted down where it is held, and given to the next when its time is over. */
function lease(random: Random, world: World): Skeleton {
  const length = random.integer(1, 3);
  return {
    text: `
      ${sometimes(random, "//! durable lease", 0.3)}${sometimes(random, "//! durable time")}
      lease(${at(world, 0)}, 0)@1; lease(N, T + 1)@next :- lease(N, T), T < ${length}; holds(N) :- lease(N, T), T < ${length};
      time(${at(world, 1)}, 0)@1; time(N, T + 1)@next :- time(N, T); ${sometimes(random, "time(N, 0)@next :- restart(N);", 0.3)}
      holds(N) :- time(N, T), T >= ${length + random.integer(0, 1)}${random.chance(0.4) ? ", notin renewed(N)" : ""};
      renew(M, N)@async :- holds(N), link(N, M); renewed(M) :- renew(M, _);
      write(M, N)@async :- holds(N), link(N, M); written(M, N)@next :- write(M, N); written(M, N)@next :- written(M, N);`,
    schemas: [
      "lease: node number @0",
      "time: node number @0",
      "renew: node node @0",
      "renewed: node @1",
      "holds: node @2",
      "write: node node @0",
      "written: node node @0",
    ],
  };
}

/** Values with versions, kept by several, acknowledged on arrival. */
function register(random: Random, world: World): Skeleton {
  const retries = random.chance(0.5);
  return {
    text: `
      ${sometimes(random, "//! durable stored", 0.6)}${sometimes(random, "//! durable acked", 0.4)}
      want(${at(world, 0)}, 1)@1; want(${at(world, random.integer(0, 1))}, 2)@${random.integer(2, 3)};
      ${retries ? "want(C, V)@next :- want(C, V), notin done(C, V);" : ""}
      put(R, C, V)@async :- want(C, V), link(C, R);
      stored(R, V)@next :- put(R, _, V)${random.chance(0.3) ? ", notin newer(R, V)" : ""}; newer(R, V) :- put(R, _, V), stored(R, W), W > V;
      ${random.pick(["stored(R, V)@next :- stored(R, V);", "stored(R, V)@next :- stored(R, V), notin put(R, _, _);", "stored(R, max<V>)@next :- stored(R, V);"])}
      ack(C, R, V)@async :- ${random.pick(["put(R, C, V)", "put(R, C, V)", "stored(R, V), link(R, C)"])}; acked(C, R, V)@next :- ack(C, R, V); acked(C, R, V)@next :- acked(C, R, V);
      acks(C, V, count<R>) :- acked(C, R, V); done(C, V) :- acks(C, V, K), K >= ${random.integer(1, Math.max(1, world.nodes.length - 1))};
      value(R, max<V>) :- stored(R, V);`,
    schemas: [
      "want: node number @0",
      "put: node node number @0",
      "stored: node number @0",
      "newer: node number @1",
      "ack: node node number @0",
      "acked: node node number @0",
      "acks: node number number @1",
      "done: node number @1",
      "value: node number @1",
    ],
  };
}

/** A node that comes back asks the others for what it has missed. */
function rejoin(random: Random, world: World): Skeleton {
  const asks = random.pick([
    "ask(M, N)@async :- restart(N), link(N, M);",
    "lost(N)@next :- restart(N); lost(N)@next :- lost(N), notin reply(N, _, _); ask(M, N)@async :- lost(N), link(N, M);",
    "ask(M, N)@async :- link(N, M), notin state(N, _);",
  ]);
  return {
    text: `
      ${sometimes(random, "//! durable state", 0.2)}
      state(${at(world, 0)}, "p")@1; ${sometimes(random, `state(${at(world, 1)}, "q")@${random.integer(1, 3)};`)}
      state(N, X)@next :- state(N, X); ${asks}
      reply(N, M, X)@async :- ask(M, N), state(M, X); state(N, X)@next :- reply(N, _, X);
      ${random.pick(["state(M, X)@async :- state(N, X), link(N, M);", "tell(M, X)@async :- state(N, X), state(N, X)@1, link(N, M); state(N, X)@next :- tell(N, X);"])}
      size(N, count<X>) :- state(N, X);`,
    schemas: ["state: node text @0", "ask: node node @0", "reply: node node text @0", "size: node number @1"],
  };
}

/** One collects answers, some of which are open, and decides when all are there or its time is over. */
function commit(random: Random, world: World): Skeleton {
  const [first, ...others] = world.nodes.map((_, i) => at(world, i));
  const open = random.integer(0, others.length);
  const lines = others.map((n, i) =>
    i < open ? `//! one-of voice(${n},"yes")@1 | voice(${n},"no")@1` : `voice(${n}, "yes")@1;`,
  );
  return {
    text: `
      ${lines.join("\n")}
      ${sometimes(random, "//! durable decided", 0.6)}${sometimes(random, "//! durable heard", 0.4)}
      asks(${first}, 0)@1; asks(N, T + 1)@next :- asks(N, T); member(${first}, ${others.join(`)@1; member(${first}, `)})@1; member(N, M)@next :- member(N, M);
      voice(N, X)@next :- voice(N, X); heard(C, N, X)@async :- voice(N, X), link(N, C); heard(C, N, X)@next :- heard(C, N, X);
      waits(C) :- member(C, N), notin heard(C, N, "yes"); refused(C) :- heard(C, _, "no");
      decide(C, "commit") :- asks(C, _), notin waits(C), notin decided(C, _); decide(C, "abort") :- refused(C), asks(C, _), notin decided(C, _);
      ${sometimes(random, `decide(C, "abort") :- asks(C, T), T >= ${random.integer(2, 4)}, waits(C), notin decided(C, _);`, 0.7)}
      decided(N, X)@next :- decide(N, X); decided(N, X)@next :- decided(N, X); decided(M, X)@async :- ${random.pick(["decide", "decided"])}(N, X), link(N, M);`,
    schemas: [
      "asks: node number @0",
      "member: node node @0",
      "voice: node text @0",
      "heard: node node text @0",
      "decided: node text @0",
      "waits: node @1",
      "refused: node @1",
      "decide: node text @2",
    ],
  };
}

/** Orders that are sent until they are acknowledged, and carried out whenever they come, or once. */
function order(random: Random, world: World): Skeleton {
  const once = random.chance(0.6) ? ", notin known(S, X)" : "";
  return {
    text: `
      ${sometimes(random, "//! durable known")}${sometimes(random, "//! durable runs")}
      ${sometimes(random, `//! maybe order(${at(world, 0)},"q")@${random.integer(1, 2)}`, 0.3)}
      order(${at(world, 0)}, "p")@1; ${sometimes(random, "order(C, X)@next :- order(C, X), notin answer(C, X);", 0.6)}
      send(S, C, X)@async :- order(C, X), link(C, S); run(S, X) :- send(S, _, X)${once}; known(S, X)@next :- send(S, _, X); known(S, X)@next :- known(S, X);
      runs(S, X, 1)@next :- run(S, X), notin runs(S, X, _); runs(S, X, K + 1)@next :- run(S, X), runs(S, X, K), K < 3; runs(S, X, K)@next :- runs(S, X, K), notin run(S, X);
      answer(C, X)@async :- send(S, C, X); answer(C, X)@next :- answer(C, X);`,
    schemas: [
      "order: node text @0",
      "send: node node text @0",
      "known: node text @0",
      "run: node text @1",
      "runs: node text number @0",
      "answer: node text @0",
    ],
  };
}

/** Writes that overtake each other, with versions to tell them apart or without. */
function stream(random: Random, world: World): Skeleton {
  const versioned = random.chance(0.5);
  return {
    text: `
      ${sometimes(random, "//! durable value")}
      tick(${at(world, 0)}, 1)@1; tick(N, K + 1)@next :- tick(N, K), K < ${random.integer(2, 3)};
      write(M, K)@async :- tick(N, K), link(N, M); ${sometimes(random, "write(M, K)@async :- value(N, K), link(N, M);", 0.3)}
      best(N, max<K>) :- write(N, K); value(N, K)@next :- best(N, K)${versioned ? ", notin above(N, K)" : ""}; above(N, K) :- best(N, K), value(N, L), L > K;
      value(N, L)@next :- value(N, L), ${versioned ? "notin beaten(N, L)" : "notin write(N, _)"}; beaten(N, L) :- best(N, K), value(N, L), K > L;`,
    schemas: [
      "tick: node number @0",
      "write: node number @0",
      "value: node number @0",
      "best: node number @1",
      "above: node number @2",
      "beaten: node number @2",
    ],
  };
}

/** Who is not heard of for a while is taken for dead, and another takes its place. */
function takeover(random: Random, world: World): Skeleton {
  const patience = random.integer(2, 3);
  return {
    text: `
      ${sometimes(random, "//! durable primary", 0.3)}${sometimes(random, "//! durable silence", 0.3)}
      primary(${at(world, 0)})@1; primary(N)@next :- primary(N)${random.chance(0.4) ? ", notin ousted(N)" : ""}; backup(${at(world, 1)})@1; backup(N)@next :- backup(N);
      beat(M, N)@async :- primary(N), link(N, M); silence(N, 0)@next :- beat(N, _), backup(N); silence(N, 0) :- backup(N), backup(N)@1, notin after(N); after(N)@next :- backup(N);
      silence(N, T + 1)@next :- silence(N, T), notin beat(N, _), T < 4; primary(N) :- silence(N, T), T >= ${patience};
      oust(M, N)@async :- primary(N), silence(N, _), link(N, M); ousted(N) :- oust(N, M), N != M;`,
    schemas: [
      "primary: node @2",
      "backup: node @0",
      "beat: node node @0",
      "silence: node number @1",
      "after: node @0",
      "oust: node node @0",
      "ousted: node @1",
    ],
  };
}

/** Notes to another, one at each instant, kept where they arrive. */
function notes(random: Random, world: World): Skeleton {
  return {
    text: `
      ${sometimes(random, "//! durable note")}${sometimes(random, "//! durable unsent", 0.4)}
      ${sometimes(random, `//! one-of unsent(${at(world, 0)},7)@1 | unsent(${at(world, 1)},8)@2`, 0.3)}
      tick(${at(world, 0)}, 1)@1; tick(N, K + 1)@next :- tick(N, K), K < ${random.integer(1, 3)};
      unsent(N, K)@next :- tick(N, K); ${random.pick(["unsent(N, K)@next :- unsent(N, K), notin receipt(N, K);", "unsent(N, K)@next :- unsent(N, K);", ""])}
      note(M, K)@async :- unsent(N, K), link(N, M); note(N, K)@next :- note(N, K); receipt(M, K)@async :- note(N, K), link(N, M);
      mine(N, K)@async :- tick(N, K); mine(N, K)@next :- mine(N, K); size(N, count<K>) :- note(N, K);`,
    schemas: [
      "tick: node number @0",
      "unsent: node number @0",
      "note: node number @0",
      "receipt: node number @0",
      "mine: node number @0",
      "size: node number @1",
    ],
  };
}

/** Protocols whose outcome depends on what is remembered, how long things take and what comes twice. */
export const faultyWriters: Writers = [
  [3, vote],
  [2, lease],
  [3, register],
  [3, rejoin],
  [2, commit],
  [3, order],
  [2, stream],
  [2, takeover],
  [3, notes],
];
