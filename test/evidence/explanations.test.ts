import { describe, expect, test } from "vitest";
import { explainDifference } from "../../src/evidence/explain-difference.js";
import { spaceTime } from "../../src/evidence/space-time.js";
import type { Traced } from "../../src/evidence/traced-run.js";
import { why } from "../../src/evidence/why.js";
import { whyNot } from "../../src/evidence/why-not.js";
import type { TupleAt } from "../../src/execution/execution.js";
import type { Fault } from "../../src/faults/kinds.js";
import { schedule } from "../../src/faults/schedule.js";
import { runWithProvenance } from "../../src/lineage/provenance.js";
import type { Program, Value } from "../../src/program/program.js";
import { textGlyphs } from "../../src/report/terminal/glyphs.js";
import { plainStyle } from "../../src/report/terminal/palette.js";
import { renderTree, treeStyle } from "../../src/report/terminal/tree.js";
import { whyTree } from "../../src/report/terminal/why.js";
import { askAgainBy, whyNotTree } from "../../src/report/terminal/why-not.js";
import { differenceTree } from "../../src/report/text/difference-words.js";
import { programOf } from "../program/programs.js";

const glyphs = textGlyphs(true);
const broadcast = `bcast("a", "m")@1;
to("a", "b")@1; to("a", "c")@1;
log(Y, M)@async :- bcast(X, M), to(X, Y);
log(X, M)@next :- log(X, M);
missing(X, M) :- to("a", X)@1, bcast("a", M)@1, notin log(X, M);
post(M) :- bcast("a", M)@1, notin missing(_, M);`;

function traced(program: Program, eot: number, ...faults: readonly Fault[]): Traced {
  const result = runWithProvenance(program, { nodes: ["a", "b", "c"], eot, schedule: schedule(faults) });
  if (result.kind !== "run") throw new Error(result.kind);
  return result;
}

function tuple(program: Program, relation: string, instant: number, ...args: readonly Value[]): TupleAt {
  const id = program.relationByName.get(relation);
  if (id === undefined) throw new Error(`no ${relation}`);
  return { relation: id, instant, args };
}

const omit = (from: string, to: string, at: number): Fault => ({ kind: "omission", from, to, at });

function difference(
  text: string,
  eot: number,
  faults: readonly Fault[],
  relation: string,
  ...args: readonly Value[]
): readonly string[] {
  const program = programOf(text);
  const found = explainDifference(
    tuple(program, relation, eot, ...args),
    traced(program, eot),
    traced(program, eot, ...faults),
  );
  if (found === undefined) return [];
  return renderTree(
    [differenceTree(found, { program, schedule: schedule(faults), eot }, treeStyle(plainStyle))],
    glyphs,
  );
}

describe("why two runs differ", () => {
  test("through a negation, down to the message that was lost", () => {
    expect(difference(broadcast, 4, [omit("a", "b", 1)], "post", "m")).toEqual([
      'post("m") at 4 is missing',
      '└ because missing("b", "m") at 4 appears  test.ded:6',
      '  └ because log("b", "m") is missing during 2–4  test.ded:5',
      "    └ ✗ a's message to b, sent at 1, is lost  test.ded:3",
    ]);
  });

  test("through a negation with a variable of its own, by a tuple in which its columns agree", () => {
    const text = `ping("a", "b")@1; watch("b")@2;
got(Y, X)@async :- ping(X, Y);
t(Y, 1, 2) :- watch(Y), notin got(Y, _);
t(Y, 3, 3) :- watch(Y), notin got(Y, _);
post(Y) :- watch(Y), notin t(Y, Z, Z);`;
    expect(difference(text, 2, [omit("a", "b", 1)], "post", "b")).toEqual([
      'post("b") at 2 is missing',
      '└ because t("b", 3, 3) at 2 appears  test.ded:5',
      '  └ because got("b", "a") at 2 is missing  test.ded:4',
      "    └ ✗ a's message to b, sent at 1, is lost  test.ded:2",
    ]);
  });

  const members = `alive("b", "a")@1; member("a", "b")@1; due("a", "b")@2;
up(M, X)@async :- alive(X, M);
out(M, X) :- due(M, X), notin up(M, X);
kept(M, X) :- member(M, X), notin out(M, X);
member(M, X)@next :- kept(M, X);
post(X) :- kept(_, X);`;

  test("tuples that carry each other are explained once, from the instant at which that begins", () => {
    expect(difference(members, 5, [omit("b", "a", 1)], "post", "b")).toEqual([
      'post("b") at 5 is missing',
      '└ because kept("a", "b") is missing during 2–5  test.ded:6',
      '  └ because out("a", "b") at 2 appears  test.ded:4',
      '    └ because up("a", "b") at 2 is missing  test.ded:3',
      "      └ ✗ b's message to a, sent at 1, is lost  test.ded:2",
    ]);
  });

  test("a crash that the program reads is a cause by itself", () => {
    const text = 'r("a")@1; r(X)@next :- r(X); post(X) :- r(X), notin crash(X, X, _);';
    expect(difference(text, 3, [{ kind: "crash", node: "a", at: 3 }], "post", "a")).toEqual([
      'post("a") at 3 is missing',
      '└ because crash("a", "a", 3) at 3 appears  test.ded:1',
      "  └ ✗ the crash itself, which the specification may see",
    ]);
  });

  test("a count that falls is a member that is missing", () => {
    const text = `${broadcast}\nsize("a", count<X>) :- log(X, _);\nquorum(X) :- size(X, N), N >= 2;`;
    expect(difference(text, 4, [omit("a", "c", 1)], "quorum", "a").slice(0, 3)).toEqual([
      'quorum("a") at 4 is missing',
      '└ because size("a", 2) at 4 is missing  test.ded:8',
      '  └ because log("c", "m") is missing during 2–4  test.ded:7',
    ]);
  });

  test("a tuple that both runs hold is not explained", () => {
    expect(difference(broadcast, 4, [omit("a", "b", 1)], "log", "c", "m")).toEqual([]);
  });

  test("retries that are lost at several instants are one reason", () => {
    const text = 'm("a", "b")@1; m(X, Y)@next :- m(X, Y); got(Y)@async :- m(X, Y); got(X)@next :- got(X);';
    expect(
      difference(
        text,
        4,
        [1, 2, 3].map((t) => omit("a", "b", t)),
        "got",
        "b",
      ),
    ).toEqual(['got("b") is missing during 2–4', "└ ✗ a's messages to b, sent at 1–3, are lost  test.ded:1"]);
  });
});

describe("how a tuple came about", () => {
  const told = (text: string, relation: string, instant: number, ...args: readonly Value[]): readonly string[] => {
    const program = programOf(text);
    const found = why(tuple(program, relation, instant, ...args), traced(program, instant));
    return found === undefined ? [] : renderTree([whyTree(found, program, plainStyle)], glyphs);
  };

  test("persistence is one step, and facts are named with their place", () => {
    expect(told(broadcast, "log", 4, "b", "m")).toEqual([
      'log("b", "m") at 4, held since 2',
      "└ arrived from a, sent at 1: log(Y, M)@async :- bcast(X, M), to(X, Y)  test.ded:3",
      '  ├ bcast("a", "m") at 1: fact  test.ded:1:1',
      '  └ to("a", "b") at 1: fact  test.ded:2:1',
    ]);
  });

  test("persistence through several rules is followed back to its beginning", () => {
    const text = 'isr("z")@1; kept(X) :- isr(X), notin gone(X); isr(X)@next :- kept(X); gone("y")@1;';
    expect(told(text, "kept", 5, "z")).toEqual([
      'kept("z") at 5',
      "└ kept(X) :- isr(X), notin gone(X)  test.ded:1",
      '  ├ isr("z") at 5',
      "  │ └ isr(X)@next :- kept(X)  test.ded:1",
      '  │   └ kept("z") at 4, held since 1',
      "  │     └ kept(X) :- isr(X), notin gone(X)  test.ded:1",
      '  │       ├ isr("z") at 1: fact  test.ded:1:1',
      '  │       └ no gone("z") at 1',
      '  └ no gone("z") at 5',
    ]);
  });

  test("what does not hold has no derivation", () => {
    expect(told(broadcast, "log", 4, "a", "m")).toEqual([]);
  });
});

describe("what stood in the way of a tuple", () => {
  const told = (
    text: string,
    faults: readonly Fault[],
    relation: string,
    instant: number,
    ...args: readonly Value[]
  ): readonly string[] => {
    const program = programOf(text);
    const { execution, provenance } = traced(program, instant, ...faults);
    const found = whyNot(tuple(program, relation, instant, ...args), execution, { provenance });
    return found === undefined ? [] : renderTree([whyNotTree(found, execution, plainStyle)], glyphs);
  };

  test("a message that was lost, at whichever instant it was sent", () => {
    expect(told(broadcast, [omit("a", "b", 1)], "log", 4, "b", "m")).toEqual([
      'log("b", "m") does not hold at any of 1–4',
      "└ log(Y, M)@async :- bcast(X, M), to(X, Y)  test.ded:3",
      "  ├ at 1: ✗ the message a → b, sent at 1, is lost",
      '  └ at 2–3: ✗ no bcast(_, "m") holds at any of 2–3: the last instant at which it holds is 1, and nothing carries it on  with Y = "b", M = "m"',
    ]);
  });

  test("instant by instant, where another literal fails at each", () => {
    const text = `want("a", "x")@1; want("a", "x")@2; want("a", "x")@4; ready("a")@2; ready("a")@4; busy("a", "y")@2;
done(X, Y) :- want(X, Y), ready(X), notin busy(X, _);
seen(X, Y) :- done(X, Y)@2;
ever(X, Y)@next :- done(X, Y);`;
    expect(told(text, [], "ever", 4, "a", "x")).toEqual([
      'ever("a", "x") does not hold at 4',
      "└ ever(X, Y)@next :- done(X, Y)  test.ded:4",
      '  └ ✗ done("a", "x") does not hold at 3  with X = "a", Y = "x"',
      "    └ done(X, Y) :- want(X, Y), ready(X), notin busy(X, _)  test.ded:2",
      '      └ ✗ want("a", "x") does not hold at 3: the last instant at which it holds is 2, and nothing carries it on  with X = "a", Y = "x"',
    ]);
    expect(told(`${text} late(X, Y) :- ever(X, Y); late(X, Y)@next :- late(X, Y);`, [], "late", 4, "a", "x")).toEqual([
      'late("a", "x") does not hold at any of 1–4',
      "└ late(X, Y) :- ever(X, Y)  test.ded:4",
      '  └ ✗ ever("a", "x") does not hold at any of 1–4  with X = "a", Y = "x"',
      "    └ ever(X, Y)@next :- done(X, Y)  test.ded:4",
      '      └ ✗ done("a", "x") does not hold at any of 1–3  with X = "a", Y = "x"',
      "        └ done(X, Y) :- want(X, Y), ready(X), notin busy(X, _)  test.ded:2",
      '          ├ at 1: ✗ ready("a") does not hold at 1: no fact or rule gives it these values  with X = "a", Y = "x"',
      '          ├ at 2: ✗ busy("a", "y") holds at 2  with X = "a", Y = "x"',
      '          │ └ busy("a", "y") at 2: fact  test.ded:1:83',
      '          └ at 3: ✗ want("a", "x") does not hold at 3: the last instant at which it holds is 2, and nothing carries it on  with X = "a", Y = "x"',
    ]);
  });

  test("through a column that may have any value, to the nearest bindings and a fault", () => {
    const text = `to("a", "b")@1; to("a", "c")@1;
ack(X, Y)@async :- got(Y, X);
got(Y, X)@async :- to(X, Y);
ok(X) :- ack(X, _), to(X, _)@1;`;
    const [first, second, third, ...rest] = told(text, [omit("a", "b", 1), omit("c", "a", 2)], "ok", 3, "a");
    expect([first, second, third]).toEqual([
      'ok("a") does not hold at 3',
      "└ ok(X) :- ack(X, _), to(X, _)@1  test.ded:4",
      '  └ ✗ no ack("a", _) holds at 3  with X = "a"',
    ]);
    expect(rest.join("\n")).toContain("✗ the message c → a, sent at 2, is lost");
  });

  test("through a negation, to the message whose loss lets the blocking tuple hold", () => {
    const text = `ping("a", "b")@1;
beat(Y, X)@async :- ping(X, Y);
watch("b", "a")@2;
suspect(X, Y) :- watch(X, Y), notin beat(X, Y);
trusted(X, Y) :- watch(X, Y), notin suspect(X, _);`;
    expect(told(text, [omit("a", "b", 1)], "trusted", 2, "b", "a")).toEqual([
      'trusted("b", "a") does not hold at 2',
      "└ trusted(X, Y) :- watch(X, Y), notin suspect(X, _)  test.ded:5",
      '  └ ✗ suspect("b", "a") holds at 2  with X = "b", Y = "a"',
      '    └ suspect("b", "a") at 2',
      "      └ suspect(X, Y) :- watch(X, Y), notin beat(X, Y)  test.ded:4",
      '        ├ watch("b", "a") at 2: fact  test.ded:3:1',
      '        └ beat("b", "a") does not hold at 2',
      "          └ beat(Y, X)@async :- ping(X, Y)  test.ded:2",
      "            └ ✗ the message a → b, sent at 1, is lost",
    ]);
  });

  test("through an aggregate: its members, and those that are missing", () => {
    const text = `asked("a", "c")@1; asked("b", "c")@1;
vote(C, X)@async :- asked(X, C);
votes(C, count<X>) :- vote(C, X);
quorum(C) :- votes(C, N), N >= 2;`;
    const members = [
      '    ├ members X = "b", at 2',
      '    └ vote("c", "a") does not hold at 2',
      "      └ vote(C, X)@async :- asked(X, C)  test.ded:2",
      "        └ ✗ the message a → c, sent at 1, is lost",
    ];
    expect(told(text, [omit("a", "c", 1)], "votes", 2, "c", 2)).toEqual([
      'votes("c", 2) does not hold at 2',
      "└ votes(C, count<X>) :- vote(C, X)  test.ded:3",
      '  └ the group gives votes("c", 1) instead',
      ...members,
    ]);
    expect(told(text, [omit("a", "c", 1)], "quorum", 2, "c")).toEqual([
      'quorum("c") does not hold at 2',
      "└ quorum(C) :- votes(C, N), N >= 2  test.ded:4",
      '  └ ✗ N >= 2 is false  with C = "c", N = 1',
      ...members,
    ]);
  });

  test("what there is no room for is one command away", () => {
    const text = 'p0("b")@1; p1(X) :- p0(X); p2(X) :- p1(X); p3(X) :- p2(X);';
    const program = programOf(text);
    const run = traced(program, 2);
    const found = whyNot(tuple(program, "p3", 2, "a"), run.execution, { most: 2 });
    if (found === undefined) throw new Error("it holds");
    const replay = { files: ["p.ded"], eot: 2, includeDirs: [], schedule: schedule([omit("a", "b", 1)]) };
    expect(renderTree([whyNotTree(found, run.execution, plainStyle, askAgainBy(replay, program))], glyphs)).toEqual([
      'p3("a") does not hold at 2',
      "└ p3(X) :- p2(X)  test.ded:1",
      '  └ ✗ p2("a") does not hold at 2  with X = "a"',
      "    └ p2(X) :- p1(X)  test.ded:1",
      '      └ ✗ no p1("a") at 2  with X = "a"',
      `        └ more: ldfi run p.ded --eot 2 --omit a,b,1 --why-not 'p1("a")@2'`,
    ]);
  });

  test("what ended its persistence, where that has conditions", () => {
    const text =
      'r("a", "x")@1; del("a", "x")@3; r(X, Y)@next :- r(X, Y), notin del(X, Y); other("a", "z")@2; r(X, Y) :- other(X, Y);';
    expect(told(text, [], "r", 5, "a", "x")).toEqual([
      'r("a", "x") does not hold at any of 4–5',
      "├ r(X, Y)@next :- r(X, Y), notin del(X, Y)  test.ded:1",
      '│ └ ✗ del("a", "x") holds at 3  with X = "a", Y = "x"',
      '│   └ del("a", "x") at 3: fact  test.ded:1:16',
      "└ r(X, Y) :- other(X, Y)  test.ded:1",
      '  └ ✗ other("a", "x") does not hold at any of 4–5: no fact or rule gives it these values  with X = "a", Y = "x"',
    ]);
    expect(told(text, [], "r", 5, "a", "y")[0]).toBe('r("a", "y") does not hold at any of 1–5');
  });

  test("a tuple that blocks a negation", () => {
    expect(told(broadcast, [omit("a", "b", 1)], "post", 4, "m")).toEqual([
      'post("m") does not hold at 4',
      '└ post(M) :- bcast("a", M)@1, notin missing(_, M)  test.ded:6',
      '  └ ✗ missing("b", "m") holds at 4  with M = "m"',
      '    └ missing("b", "m") at 4',
      '      └ missing(X, M) :- to("a", X)@1, bcast("a", M)@1, notin log(X, M)  test.ded:5',
      '        ├ to("a", "b") at 1: fact  test.ded:2:1',
      '        ├ bcast("a", "m") at 1: fact  test.ded:1:1',
      '        └ log("b", "m") does not hold at any of 1–4',
      "          └ log(Y, M)@async :- bcast(X, M), to(X, Y)  test.ded:3",
      "            ├ at 1: ✗ the message a → b, sent at 1, is lost",
      '            └ at 2–3: ✗ no bcast(_, "m") holds at any of 2–3: the last instant at which it holds is 1, and nothing carries it on  with Y = "b", M = "m"',
    ]);
  });

  test("a comparison that is false", () => {
    expect(told('n("a", 3)@1; big(X) :- n(X, N), N > 4;', [], "big", 1, "a")).toEqual([
      'big("a") does not hold at 1',
      "└ big(X) :- n(X, N), N > 4  test.ded:1",
      '  └ ✗ N > 4 is false  with X = "a", N = 3',
    ]);
  });

  test("another value of the aggregate", () => {
    expect(told('n("a", 3)@1; n("a", 5)@1; top(X, max<N>) :- n(X, N);', [], "top", 1, "a", 3)).toEqual([
      'top("a", 3) does not hold at 1',
      "└ top(X, max<N>) :- n(X, N)  test.ded:1",
      '  └ the group gives top("a", 5) instead',
      "    └ members N = 3 and 5, at 1",
    ]);
  });

  test("no rule that could have made it", () => {
    expect(told('n("a", 3)@1;', [], "n", 1, "b", 3)).toEqual([
      'n("b", 3) does not hold at 1: no fact or rule gives it these values',
    ]);
  });
});

describe("the messages of a run", () => {
  test("are grouped by channel and instant, without those to oneself and those that come too late", () => {
    const program = programOf(
      'm("a", "a")@1; m("a", "b")@1; m("a", "b")@3; x(Y)@async :- m(_, Y), m(X, Y); y(Y)@async :- m(X, Y); z(Y, N)@async :- m(X, Y), k(X, N); k("a", 1)@1; k("a", 2)@1;'.replace(
        "m(_, Y), ",
        "",
      ),
    );
    const { arrows } = spaceTime(traced(program, 3, omit("a", "b", 1)).execution);
    expect(arrows.map(({ messages, ...arrow }) => arrow)).toEqual([
      {
        from: "a",
        to: "b",
        sent: 1,
        arrivals: [],
        fate: "omitted",
        loads: [
          { relation: "x", count: 1 },
          { relation: "y", count: 1 },
          { relation: "z", count: 2 },
        ],
      },
    ]);
  });

  test("say when they arrive, and the states of nodes and channels, up to the end of time", () => {
    const program = programOf('m("a", "b")@1; m("c", "b")@1; x(Y, X)@async :- m(X, Y);');
    const faults: readonly Fault[] = [
      { kind: "duplicate", from: "a", to: "b", at: 1, arrives: 4 },
      { kind: "restart", node: "c", at: 2, until: 4 },
      { kind: "pause", node: "b", at: 3, until: 4 },
      { kind: "crash", node: "c", at: 5 },
      { kind: "one-way-partition", a: ["c"], b: ["a", "b"], at: 1, until: 2 },
    ];
    const { arrows, columns, marks } = spaceTime(traced(program, 5, ...faults).execution);
    expect(arrows.map(({ from, to, sent, arrivals, fate }) => ({ from, to, sent, arrivals, fate }))).toEqual([
      { from: "a", to: "b", sent: 1, arrivals: [2, 4], fate: "delivered" },
      { from: "c", to: "b", sent: 1, arrivals: [], fate: "cut-off" },
    ]);
    expect(columns).toEqual([
      { node: "a", states: [] },
      { node: "b", states: [{ kind: "still", from: 3, to: 3 }] },
      {
        node: "c",
        states: [
          { kind: "down", from: 2, to: 3 },
          { kind: "crashed", from: 5, to: 5 },
        ],
      },
    ]);
    const channels = [
      { from: "c", to: "a" },
      { from: "c", to: "b" },
    ];
    expect(marks).toEqual([{ channels, from: 1, to: 2 }]);
  });
});
