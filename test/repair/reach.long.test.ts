import { expect, test } from "vitest";
import { diskFiles } from "../../src/disk/disk-files.js";
import { loadProgram } from "../../src/program/load.js";
import { withTrees } from "../../src/repair/expectations.js";
import type { RepairOptions } from "../../src/repair/repair.js";
import { check, prepare } from "../../src/search/check.js";
import { parseText } from "../../src/syntax/parser.js";
import { libraryRepair, repairsOf } from "./repairing.js";

/** The verdict of a check on a program of the library, as the files of its first repair make it. */
function verdictOnFirst(name: string, options: RepairOptions): { readonly template: string; readonly verdict: string } {
  const [first] = repairsOf(libraryRepair(name, { ...options, maxRepairs: 1 }));
  if (first === undefined) return { template: "none", verdict: "none" };
  const reader = withTrees(
    diskFiles(),
    first.files.map(({ path, after }) => parseText({ path, text: after }).tree),
  );
  const { program } = loadProgram([`programs/${name}.ded`], reader);
  if (program === undefined) throw new Error("a repair is no program");
  const { setting } = prepare(program, options);
  if (setting === undefined) throw new Error("the options are wrong");
  const result = check(setting, options);
  return {
    template: first.edits.map((edit) => edit.template).join(" + "),
    verdict: result.kind === "verdict" ? result.verdict.kind : "error",
  };
}

const library: readonly (readonly [string, RepairOptions, string])[] = [
  ["delivery/simple", { eot: 4, eff: 2 }, "retry"],
  ["delivery/retry", { eot: 4, eff: 2, crashes: 1 }, "relay"],
  ["delivery/classic", { eot: 5, eff: 3 }, "retry"],
  ["replication/primary-backup-async", { eot: 6, eff: 0, crashes: 1 }, "relay"],
  ["replication/kafka-isr", { eot: 6, eff: 4, crashes: 1 }, "retry"],
  ["replication/quorum-weak", { eot: 6, eff: 5 }, "quorum"],
  ["consensus/paxos-minority", { eot: 7, eff: 6 }, "quorum"],
  ["services/retry-queue-twice", { eot: 8, eff: 7 }, "once"],
  ["consensus/raft-votes-twice", { eot: 8, eff: 7, crashes: 1 }, "retry"],
];

const bugs: readonly (readonly [string, RepairOptions, string])[] = [
  ["bugs/cassandra-2083", { eot: 10, eff: 5 }, "relay"],
  ["bugs/cassandra-2434", { eot: 8, eff: 7, crashes: 1 }, "retry"],
  ["bugs/consul-12879", { eot: 12, eff: 11, omissions: 0, delays: 1, lateness: 6 }, "retry"],
  ["bugs/cornerstone-65", { eot: 9, eff: 8, omissions: 0, restarts: 1 }, "durable"],
  ["bugs/hazelcast-16643", { eot: 14, eff: 11 }, "remember"],
  ["bugs/little-raft-44", { eot: 11, eff: 9, omissions: 0, delays: 2, lateness: 3 }, "quorum"],
  ["bugs/mapreduce-2995", { eot: 12, eff: 0, crashes: 1 }, "lease-ends-first"],
  ["bugs/nats-7564", { eot: 10, eff: 9, omissions: 0, restarts: 2 }, "durable"],
  ["bugs/occurrent-661", { eot: 12, eff: 11, omissions: 0, pauses: 1 }, "remember"],
  ["bugs/primary-backup-async", { eot: 6, eff: 5 }, "relay"],
  ["bugs/zookeeper-1270", { eot: 10, eff: 2, crashes: 2 }, "remember"],
];

test.each([...library, ...bugs])("the first repair of %s is a text that holds", (name, options, template) => {
  expect(verdictOnFirst(name, options)).toEqual({ template, verdict: "holds" });
});

test("two-phase commit without more rounds is not repaired, since it cannot be (Skeen 1981)", () => {
  const result = libraryRepair("commit/2pc", { eot: 5, eff: 0, crashes: 1 });
  expect(["improved", "not-repaired"]).toContain(result.kind);
  expect("stopped" in result).toBe(false);
});
