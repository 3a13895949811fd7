// The curves of scripts/scaling.mjs: how a family of programs grows along one axis.
import { join } from "node:path";
import { broadcast, commit, gossip, paxos } from "./templates.mjs";

const depths = [10, 20, 50, 100, 200];
const widths = [3, 5, 9, 15, 25];
const broadcasts = ["retry", "redundant", "ack"];

/** Panels of curves; a curve has points, each a check. EFF is EOT − 1 unless said otherwise. */
export function panels(programs, temporary) {
  const library = (name) => join(programs, `${name}.ded`);
  const into = (name) => join(temporary, name);
  const point = (x, path, eot, crashes, eff = eot - 1) => ({ x, path, eot, eff, crashes });
  const along = (name, axis, xs, at) => ({ name, axis, points: xs.map(at) });
  return [
    {
      title: "Broadcast, deeper: 3 nodes, 1 crash",
      curves: broadcasts.map((name) =>
        along(name, "EOT", depths, (eot) => point(eot, library(`delivery/${name}`), eot, 1)),
      ),
    },
    {
      title: "Broadcast, wider: EOT 20, 1 crash",
      curves: broadcasts.map((name) =>
        along(name, "nodes", widths, (n) => point(n, broadcast(name, n, into(`${name}-${n}`)), 20, 1)),
      ),
    },
    {
      title: "Paxos, deeper: 1 crash",
      curves: [3, 5, 7].map((n) =>
        along(`${n} acceptors`, "EOT", [8, 12, 16, 22, 30], (eot) => point(eot, paxos(n, into(`paxos-${n}`)), eot, 1)),
      ),
    },
    {
      title: "Commit, wider: EOT 9, EFF 7, 1 crash",
      curves: ["2pc", "3pc"].map((name) =>
        along(name, "agents", [3, 5, 7, 9, 11, 13, 15], (n) =>
          point(n, commit(name, n, into(`${name}-${n}`)), 9, 1, 7),
        ),
      ),
    },
    {
      title: "Kafka and Flux, deeper: 1 crash",
      curves: [
        along("kafka-isr-clean", "EOT", [10, 20, 30, 40, 50], (eot) =>
          point(eot, library("replication/kafka-isr-clean"), eot, 1, eot - 2),
        ),
        along("flux", "EOT", [10, 22, 35, 48, 60], (eot) => point(eot, library("streaming/flux"), eot, 1)),
      ],
    },
    {
      title: "Gossip on a ring, wider: EOT = nodes, no crash",
      curves: [
        along("counter", "nodes", [8, 11, 14, 17, 20], (n) =>
          point(n, gossip(n, into(`counter-${n}`)), n, 0, Math.floor(n / 2) - 2),
        ),
      ],
    },
  ];
}
