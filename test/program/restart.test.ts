import { describe, expect, it, test } from "vitest";
import { lintProgram } from "../../src/program/lint/index.js";
import { inferNodes } from "../../src/program/nodes.js";
import { ownRestart, waitsForRestart } from "../../src/program/restart.js";
import { parseText } from "../../src/syntax/parser.js";
import { isRestartBuiltIn } from "../reference/memory.js";
import { collect } from "../reference/program.js";
import { errorsOf, programOf } from "./programs.js";

const rejoining = `
peer("a", "b")@1;
peer(N, M)@next :- peer(N, M);
rejoin(M, N)@async :- restart(N), peer(N, M);
asked(M, N)@next :- rejoin(M, N);
asked(M, N)@next :- asked(M, N);
calm(N) :- peer(N, _), notin restart(N);
post(M, N) :- asked(M, N);
post(N, N) :- calm(N);
`;

describe("`restart`", () => {
  it("is built in where a program reads it with one column and does not define it", () => {
    const program = programOf(rejoining);
    expect(program.relations[program.restart ?? -1]).toMatchObject({
      name: "restart",
      arity: 1,
      defined: false,
      columnTypes: ["string"],
    });
    expect(ownRestart(program)).toEqual([]);
    expect(programOf('p("a")@1; q(X) :- p(X);').restart).toBeUndefined();
  });

  it("is a relation without advice", () => {
    expect(lintProgram(programOf(rejoining))).toEqual([]);
  });

  it("holds nodes: strings, and all of them", () => {
    expect(errorsOf('p("a", 1)@1; q(N) :- p(N, T), restart(T);')).toEqual(["type-conflict: T"]);
    // `b` is a node since a message reaches it; that it may restart makes `c` one.
    const program = programOf(
      'go("a", "b")@1; hello(M, N)@async :- go(N, M); next(M, "c") :- restart(M); on(K)@async :- next("b", K);',
    );
    expect(inferNodes(program, 6)).toEqual(["a", "b", "c"]);
    expect(inferNodes(programOf('p("a")@1; on(N)@async :- p(M), restart(N);'), 6)).toEqual(["a"]);
  });

  it("can be read at an absolute instant, and through a negation", () => {
    expect(errorsOf('p("a")@1; q(N) :- p(N), notin restart(N), restart(N)@3;')).toEqual([]);
  });

  test.each([
    ['restart("a")@1; q(N) :- restart(N);', "a fact defines it"],
    ['p("a")@1; restart(N) :- p(N); q(N) :- restart(N);', "a rule defines it"],
    ['p("a")@1; q(N) :- p(N), restart(N, _);', "it is read with two columns"],
    ['//! maybe restart("a")@1\nq(N) :- restart(N);', "an input defines it"],
  ])("is the program's own in %s: %s", (text) => {
    const program = programOf(text);
    expect(program.restart).toBeUndefined();
    expect(
      ownRestart(program).map(({ code, span }) => [code, text.slice(span?.start, span?.end).startsWith("restart(")]),
    ).toEqual([["own-restart", true]]);
    expect(isRestartBuiltIn(collect([parseText({ path: "x.ded", text }).tree]))).toBe(false);
  });

  it("read with one column here and two there has an arity error", () => {
    expect(errorsOf('p("a")@1; q(N) :- p(N), restart(N); r(N) :- p(N), restart(N, _);')).toEqual([
      "arity: restart(N, _)",
    ]);
  });
});

test("a rule waits for a restart if it reads `restart`, or what comes of it alone", () => {
  const program = programOf(rejoining);
  const waits = waitsForRestart(program);
  expect(program.rules.map((rule) => [program.relations[rule.head.relation]?.name, waits(rule)])).toEqual([
    ["peer", false],
    ["rejoin", true],
    ["asked", true],
    ["asked", true],
    ["calm", false],
    ["post", true],
    ["post", false],
  ]);
  const stated = programOf(`${rejoining}asked("a", "b")@1;`);
  expect(stated.rules.map(waitsForRestart(stated))).toEqual([false, true, true, false, false, false, false]);
});
