import { describe, expect, it, vi } from "vitest";
import { lineageGraph } from "../../src/evidence/lineage-graph.js";
import { TracedRuns } from "../../src/evidence/traced-run.js";
import type { ViolationEvidence } from "../../src/evidence/violation-evidence.js";
import { formatFault, formatSchedule } from "../../src/faults/notation.js";
import { dotCheck } from "../../src/report/dot.js";
import { plainStyle } from "../../src/report/terminal/palette.js";
import { renderCheck } from "../../src/report/terminal/verdict.js";
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

  it("makes no run without a fault that a brief report explains anyway", () => {
    const asked = vi.spyOn(TracedRuns.prototype, "of");
    renderCheck(checked(["programs/replication/kafka-isr.ded"], { eot: 6, eff: 4, crashes: 1 }).report, plainStyle);
    const schedules = asked.mock.calls.map(([schedule]) => formatSchedule(schedule));
    asked.mockRestore();
    // The loss is explained by the crash.
    expect(schedules).toEqual([
      "crash(a,4) omit(a,b,3) omit(a,c,3) omit(b,z,1) omit(c,z,1)",
      "{}",
      "crash(a,4) omit(a,c,3) omit(b,z,1) omit(c,z,1)",
      "crash(a,4) omit(a,b,3) omit(b,z,1) omit(c,z,1)",
      "crash(a,4) omit(a,b,3) omit(a,c,3) omit(c,z,1)",
      "crash(a,4) omit(a,b,3) omit(a,c,3) omit(b,z,1)",
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

  it("goes on through an aggregate whose value is another: to members that are there, and to those that are missing", () => {
    const { report, evidence } = checkedText(
      `asked("a", "c")@1; asked("b", "c")@1;
vote(C, X)@async :- asked(X, C);
vote(C, X)@next :- vote(C, X);
votes(C, count<X>) :- vote(C, X);
weak(C) :- votes(C, N), N < 2;
pre(X) :- asked("a", X)@1;
post(X) :- votes(X, _), notin weak(X);`,
      { eot: 4, eff: 2 },
    );
    const [first] = evidence.outcomes;
    if (first === undefined) throw new Error("no lineage");
    const { nodes, edges } = first.graph;
    const nameOf = (id: number): string => {
      const node = nodes[id];
      if (node?.kind !== "tuple") return node?.kind ?? "?";
      const { relation, args } = node.tuple;
      return `${report.program.relations[relation]?.name ?? "?"}(${args.join()}) ${node.change}`;
    };
    const ids = nodes.map((_, id) => id);
    const value = ids.find((id) => nameOf(id) === "votes(c,1) gained");
    const firings = edges.filter(({ from }) => from === value).map(({ to }) => to);
    const members = edges.filter(({ from }) => firings.includes(from)).map(({ to, kind }) => `${kind}: ${nameOf(to)}`);
    expect(members).toEqual(["support: vote(c,b) same", "absence: vote(c,a) lost"]);
    const dot = dotCheck({ ...report, evidence });
    expect(dot).toContain('label="vote(\\"c\\", \\"a\\")@2–4\\nmissing in the failing run"');
  });
});
