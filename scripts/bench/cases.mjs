// What `npm run bench` measures: programs at fixed parameters. A case is only ever added, so that files compare.
import { join } from "node:path";
import { broadcast, commit, gossip, paxos, payments } from "./templates.mjs";

/** The rows of the tables published for the research prototype (SIGMOD 2015), with its numbers of executions. */
export const published = [
  { program: "delivery/simple", eot: 4, eff: 2, crashes: 0, expect: "violated", executions: 2 },
  { program: "delivery/retry", eot: 4, eff: 2, crashes: 1, expect: "violated", executions: 3 },
  { program: "delivery/classic", eot: 5, eff: 3, crashes: 0, expect: "violated", executions: 5 },
  { program: "commit/2pc", eot: 5, eff: 0, crashes: 1, expect: "violated", executions: 2 },
  { program: "commit/2pc-ctp", eot: 8, eff: 0, crashes: 1, expect: "violated", executions: 3 },
  { program: "commit/3pc", eot: 9, eff: 7, crashes: 1, expect: "violated", executions: 55 },
  { program: "replication/kafka-isr", eot: 6, eff: 4, crashes: 1, expect: "violated", executions: 38 },
  { program: "delivery/redundant", eot: 11, eff: 10, crashes: 1, expect: "holds", executions: 11 },
  { program: "delivery/ack", eot: 8, eff: 7, crashes: 1, expect: "holds", executions: 673 },
  { program: "commit/3pc", eot: 8, eff: 0, crashes: 1, expect: "holds" },
  { program: "replication/kafka-isr", eot: 7, eff: 4, crashes: 0, expect: "holds" },
];

/** Every case: a name, the program's path, its parameters, and whether the other strategies are tried. */
export function cases(programs, temporary) {
  const library = (name) => join(programs, `${name}.ded`);
  const into = (name) => join(temporary, name);
  const small = published.map(({ program, eot, eff, crashes }) => ({
    name: program,
    path: library(program),
    eot,
    eff,
    crashes,
    others: true,
  }));
  const deep = (name, path, eot, crashes = 1) => ({ name, path, eot, eff: eot - 1, crashes, others: false });
  const faulty = (name, path, eot, bounds) => ({ ...deep(name, path, eot, 0), bounds });
  return [
    ...small,
    deep("delivery/ack", library("delivery/ack"), 200),
    deep("delivery/ack, 25 nodes", broadcast("ack", 25, into("ack-25")), 20, 2),
    deep("delivery/redundant", library("delivery/redundant"), 400),
    deep("consensus/paxos-synod", library("consensus/paxos-synod"), 20),
    deep("paxos, 5 acceptors", paxos(5, into("paxos-5")), 14),
    deep("paxos, 7 acceptors", paxos(7, into("paxos-7")), 10),
    deep("commit/3pc, 15 agents", commit("3pc", 15, into("3pc-15")), 9),
    { ...deep("gossip/counter, 20 nodes", gossip(20, into("counter-20")), 20), eff: 8 },
    deep("streaming/flux", library("streaming/flux"), 44),
    deep("consensus/bully", library("consensus/bully"), 20),
    faulty("paxos, 7 acceptors, losses alone", paxos(7, into("paxos-7")), 14, {}),
    faulty("paxos, 7 acceptors, any delays", paxos(7, into("paxos-7")), 14, { delays: "any", lateness: 14 }),
    faulty("paxos, 7 acceptors, 2 pauses", paxos(7, into("paxos-7")), 14, { pauses: 2 }),
    faulty("ack, 9 nodes, losses alone", broadcast("ack", 9, into("ack-9")), 10, {}),
    faulty("ack, 9 nodes, 2 partial partitions", broadcast("ack", 9, into("ack-9")), 10, { partialPartitions: 2 }),
    deep("large/raft", library("large/raft"), 20),
    deep("large/multi-paxos", library("large/multi-paxos"), 30),
    deep("large/vsr", library("large/vsr"), 16),
    deep("large/percolator", library("large/percolator"), 20),
    deep("large/shards", library("large/shards"), 25),
    deep("large/chain", library("large/chain"), 25),
    deep("a sum over 24 payments", payments(24, into("payments-24")), 4, 0),
  ];
}
