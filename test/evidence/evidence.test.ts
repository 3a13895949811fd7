import { describe, expect, it } from "vitest";
import { lineageGraph } from "../../src/evidence/lineage-graph.js";
import type { ViolationEvidence } from "../../src/evidence/violation-evidence.js";
import { formatFault } from "../../src/faults/notation.js";
import type { Subject } from "../report/subject.js";
import { checked, checkedText } from "../report/subject.js";

function violationOf({ evidence }: Subject): ViolationEvidence {
  if (evidence.violation === undefined) throw new Error("no violation");
  return evidence.violation;
}

const kafka = violationOf(checked(["programs/replication/kafka-isr.ded"], { eot: 6, eff: 4, crashes: 1 }));
const threePhase = violationOf(checked(["programs/commit/3pc.ded"], { eot: 9, eff: 7, crashes: 1 }));

describe("the evidence of a violation", () => {
  it("has a correct neighbour for each fault of a smallest counterexample", () => {
    for (const violation of [kafka, threePhase]) {
      expect(violation.neighbours.map((n) => n.without)).toEqual(violation.failing.execution.schedule);
      expect(violation.neighbours.flatMap((n) => n.witnesses)).toEqual([]);
    }
  });

  it("names the first instant and tuple at which a neighbour parts from the failing run, and not a crash foreseen", () => {
    const parted = kafka.neighbours.map(
      ({ without, parting }) => `${formatFault(without)} ${parting?.tuple.instant} ${parting?.heldBy}`,
    );
    expect(parted).toEqual([
      "crash(a,4) 5 neighbour",
      "omit(a,b,3) 4 neighbour",
      "omit(a,c,3) 4 neighbour",
      "omit(b,z,1) 2 neighbour",
      "omit(c,z,1) 2 neighbour",
    ]);
  });

  it("ties each fault to messages that it took away, and says what it is needed for", () => {
    for (const { effects } of [kafka, threePhase]) {
      expect(effects.filter(({ lost, needed }) => lost.length === 0 || needed === undefined)).toEqual([]);
    }
    expect(kafka.effects.map(({ needed }) => needed?.kind)).toEqual(["lost", "lost", "lost", "gained", "gained"]);
  });

  it("blames the rules whose messages were cut, then the one that promised", () => {
    const { program } = threePhase.failing.execution;
    const heads = threePhase.blame.map(
      ({ rule, kind }) => `${kind} ${program.relations[program.rules[rule]?.head.relation ?? -1]?.name}`,
    );
    expect(heads).toEqual(["message precommit", "message outcome", "promise pre"]);
  });
});

describe("a lineage over two runs", () => {
  it("reaches, from what is missing, a message that a fault struck", () => {
    const text =
      'log("a", 1)@1; log(X, N)@next :- log(X, N); to("a", "b")@1; to(X, Y)@next :- to(X, Y);\nlog(Y, N)@async :- log(X, N), to(X, Y);\npre(N) :- log("a", N);\npost(N) :- log("b", N);';
    const subject = checkedText(text, { eot: 4, eff: 4, crashes: 0 });
    const [graph] = subject.evidence.outcomes;
    const cut = (graph?.graph.nodes ?? []).flatMap((node) => (node.kind === "firing" && node.cut ? [node] : []));
    expect(cut.map(({ message, instants }) => [message?.from, message?.to, instants])).toEqual([["a", "b", [1, 2, 3]]]);
  });

  it("keeps a chain of persistence in one node", () => {
    const { evidence } = checked(["programs/delivery/classic.ded"], { eot: 8, eff: 0, crashes: 0 });
    const { failureFree } = evidence;
    if (failureFree === undefined) throw new Error("it should hold");
    const { execution } = failureFree;
    const log = execution.program.relationByName.get("log");
    if (log === undefined) throw new Error("no log");
    const graph = lineageGraph([{ relation: log, instant: 8, args: ["b", "hello"] }], failureFree, failureFree, 400);
    const stretches = graph.nodes.flatMap((n) =>
      n.kind === "tuple" && n.tuple.relation === log && n.tuple.args[0] === "b" ? [[n.since, n.tuple.instant]] : [],
    );
    expect(stretches).toEqual([[2, 8]]);
  });
});
