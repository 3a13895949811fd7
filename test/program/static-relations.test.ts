import { describe, expect, test } from "vitest";
import { run } from "../../src/execution/run.js";
import { setUp } from "../../src/execution/setup.js";
import { lintProgram } from "../../src/program/lint/index.js";
import { inferNodes } from "../../src/program/nodes.js";
import type { Program } from "../../src/program/program.js";
import { parseText } from "../../src/syntax/parser.js";
import { printTree } from "../../src/syntax/printer.js";
import { decided, settingOf } from "../search/deciding.js";
import { programOf } from "./programs.js";

function ready(text: string, eot = 4): Program {
  const result = setUp(programOf(text), eot);
  if (result.kind === "error") throw new Error(result.error.kind);
  return result.program;
}

/** The tuples of a relation at an instant of the run without faults. */
function held(text: string, name: string, instant: number, eot = 4): readonly string[] {
  const program = ready(text, eot);
  const result = run(program, { nodes: inferNodes(program, eot), eot, schedule: [] });
  if (result.kind !== "run") throw new Error(result.kind);
  const id = program.relationByName.get(name);
  return id === undefined ? [] : result.execution.tuples(id, instant).map((tuple) => tuple.join());
}

describe("static relations", () => {
  const text = `//! everywhere node, edge, path, size
    node("a")@1; node("b")@99; node("c")@2;
    edge(X, Y) :- node(X), node(Y), X < Y, Y != "z";
    path(X, Y) :- edge(X, Y); path(X, Z) :- path(X, Y), edge(Y, Z);
    size(count<X>) :- node(X);
    last(X) :- node(X), notin edge(X, _);
    up("a")@1; up(N)@next :- up(N);`;

  test("hold at every instant, whatever the instant of their facts", () => {
    for (const t of [1, 2, 4]) {
      expect(held(text, "node", t)).toEqual(["a", "b", "c"]);
      expect(held(text, "path", t)).toEqual(["a,b", "a,c", "b,c"]);
      expect(held(text, "size", t)).toEqual(["3"]);
    }
  });

  test("are read by rules that are not static, at every instant", () => {
    expect(held(text, "last", 3)).toEqual(["c"]);
  });

  test("do not introduce nodes; heads of rules that read nothing else do, and so do destinations", () => {
    const nodes = (added: string) =>
      inferNodes(ready(`//! everywhere node\nnode("a")@1; node("b")@1; node("c")@1;${added}`), 4);
    expect(nodes('up("a")@1;')).toEqual(["a"]);
    expect(nodes('up(X) :- node(X), X != "b";')).toEqual(["a", "c"]);
    expect(nodes('up("a")@1; hi(Y)@async :- up(X), node(Y), X != Y;')).toEqual(["a", "b", "c"]);
    expect(nodes('up(X)@1 :- node(X), X < "c";')).toEqual(["a", "b"]);
    // The specification's heads make none, nor what only it reads.
    expect(nodes('up("a")@1; pre(X) :- node(X); post(X) :- up(X);')).toEqual(["a"]);
    expect(nodes('up("a")@1; all(X) :- node(X); pre(X) :- all(X), up(X); post(X) :- up(X);')).toEqual(["a"]);
    expect(nodes('up("a")@1; all(X) :- node(X); pre(X) :- all(X); post(X) :- up(X); z(X) :- all(X);')).toEqual([
      "a",
      "b",
      "c",
    ]);
    const named = '//! everywhere node\n//! promise p never=all\nnode("z")@1; up("a")@1; all(X) :- node(X);';
    expect(inferNodes(ready(named), 4)).toEqual(["a"]);
  });

  test("are touched by no fault: they are there while a node is away", () => {
    const away = `//! everywhere node
      node("a")@1; up("a")@1; up(N)@next :- up(N); up("b")@1;
      never(N) :- up(N), notin node("a");`;
    expect(decided(away, { eot: 5, eff: 5, restarts: 2, pauses: 0 })).toBe("holds");
    expect(decided(away.replace("//! everywhere node", ""), { eot: 5, eff: 5, crashes: 0 })).toBe("violated {}");
  });

  test("leave what reads them with the protocol, and no rule that reads another place unnoticed", () => {
    const codes = (added: string) =>
      lintProgram(ready(`//! everywhere node\nnode("a")@1; node("b")@1; secret("a", 1)@1; ${added}`), {}).map(
        ({ code }) => code,
      );
    const sends = "tell(M, X)@async :- know(N, X), node(M), N != M; post(N, X) :- tell(N, X);";
    expect(codes(`know(N, X) :- node(M), secret(N, X), M != N; ${sends}`)).not.toContain("remote-read");
    expect(codes(`know(M, X) :- node(M), secret(N, X), M != N; ${sends}`)).toContain("remote-read");
  });
});

describe("the sender of a message rule with static atoms", () => {
  // With `node` static, the first atom that is not is the sender's: the message of a to b can be lost.
  const text = (everywhere: string) => `${everywhere}
    node("a")@1; node("b")@1; node(N)@next :- node(N);
    up("a")@1; up(N)@next :- up(N);
    hello(D, S)@async :- node(D), up(S), D != S; met(D, S)@next :- hello(D, S); met(D, S)@next :- met(D, S);
    pre("b", S) :- up(S); post(D, S) :- met(D, S);`;

  test("is the first that is not static", () => {
    const moved = text("//! everywhere node").replace("node(N)@next :- node(N);", "");
    expect(decided(moved, { eot: 4, eff: 2 })).toBe("holds");
    expect(decided(moved, { eot: 4, eff: 4 })).toBe("violated omit(a,b,1) omit(a,b,2)");
  });

  test("would be the receiver itself otherwise, whose messages to itself none can lose", () => {
    expect(decided(text(""), { eot: 4, eff: 4 })).toBe("holds");
  });
});

describe("rules with an instant on their heads", () => {
  test("state facts, one for each binding", () => {
    const text = `//! everywhere node, slot
      node("n1".."n3")@1; slot(1..2)@1;
      peer(X, Y)@2 :- node(X), node(Y), X != Y, X == "n1";
      first(X, min<Y>)@1 :- node(X), node(Y);
      free(X, K + 1)@3 :- node(X), slot(K), X > "n2";`;
    expect(held(text, "peer", 1)).toEqual([]);
    expect(held(text, "peer", 2)).toEqual(["n1,n2", "n1,n3"]);
    expect(held(text, "peer", 3)).toEqual([]);
    expect(held(text, "first", 1)).toEqual(["n1,n1", "n2,n1", "n3,n1"]);
    expect(held(text, "free", 3)).toEqual(["n3,2", "n3,3"]);
  });

  test("make configuration, which a restart keeps", () => {
    const text = `//! everywhere node
      node("a")@1; node("b")@1; peer(X, Y)@1 :- node(X), node(Y); peer(X, Y)@next :- peer(X, Y);
      pre(X, Y) :- peer(X, Y)@1; post(X, Y) :- peer(X, Y);`;
    expect(decided(text, { eot: 4, eff: 4, restarts: 2 })).toBe("holds");
    expect(decided(`//! forgets peer\n${text}`, { eot: 4, eff: 4, restarts: 2 })).toBe("violated restart(a,2,3)");
  });

  test("end in an error before any search", () => {
    const failing = (body: string) =>
      setUp(programOf(`//! everywhere slot\nslot(0)@1; half(12 / K)@1 :- slot(K)${body};`), 4);
    expect(failing("")).toMatchObject({ kind: "error", error: { kind: "division-by-zero" } });
    expect(failing(", K > 0").kind).toBe("set-up");
    const endless = setUp(programOf('//! everywhere n\nn("a", 1)@1; n(X, K + 1) :- n(X, K);'), 4, 50);
    expect(endless).toMatchObject({ kind: "error", error: { kind: "too-many-tuples" } });
  });
});

describe("eot", () => {
  test("holds the end of time, at every instant", () => {
    expect(held('up("a")@1; left(N, T) :- up(N), eot(T);', "left", 1, 7)).toEqual(["a,7"]);
    expect(settingOf('r("a")@1; r(X)@next :- r(X); post(X) :- r(X), eot(9);', { eot: 9 }).program.statics).toHaveLength(
      1,
    );
  });

  test("is a program's own where it defines it, or reads it with another number of columns", () => {
    expect(held('eot("a", 1)@1; up(N) :- eot(N, _);', "up", 1)).toEqual(["a"]);
    expect(held('eot(3)@2; up("a")@2; left(N, T) :- up(N), eot(T);', "left", 2)).toEqual(["a,3"]);
    expect(programOf('up("a")@1; left(N) :- up(N), notin eot(N, _);').eot).toBeUndefined();
  });

  test("gets the protocol a lint", () => {
    const codes = (text: string) => lintProgram(ready(text), {}).map(({ code }) => code);
    expect(codes('up("a")@1; bye("b", T)@async :- up(N), eot(T); post(N, T) :- bye(N, T);')).toContain(
      "protocol-reads-crash",
    );
    expect(codes('up("a")@1; up(N)@next :- up(N); post(N, T) :- up(N), eot(T);')).toEqual([]);
  });
});

test("the printer keeps ranges as they are written", () => {
  const text = 'slot( "n01" .. "n10",-2..2 )@1;   //! maybe slot("n1".."n2", 0)@2\n';
  const printed = 'slot("n01".."n10", -2..2)@1; //! maybe slot("n1".."n2", 0)@2\n';
  expect(printTree(parseText({ path: "x.ded", text }).tree)).toBe(printed);
  expect(printTree(parseText({ path: "x.ded", text: printed }).tree)).toBe(printed);
});

test("ranges in facts are their product, in `maybe` lines a line each, in `one-of` lines alternatives in order", () => {
  const program = programOf(`//! maybe on("a1".."a2", 7)@1
//! one-of on("b1".."b2", 7)@1 | on("c", 0..1)@2
slot("n8".."n10", 1..2)@1; slot("n01".."n03", 5..5)@2; slot("x".."x", -1..0)@3; slot("node-1".."node-2", 0)@4;
on(X, K) :- slot(X, K);`);
  expect(program.facts.map(({ args, instant }) => `${args.join()}@${instant}`)).toEqual([
    ...["n8,1@1", "n8,2@1", "n9,1@1", "n9,2@1", "n10,1@1", "n10,2@1"],
    ...["n01,5@2", "n02,5@2", "n03,5@2", "x,-1@3", "x,0@3", "node-1,0@4", "node-2,0@4"],
  ]);
  expect(program.inputs.map(({ kind, facts }) => `${kind} ${facts.map(({ args }) => args.join()).join(" ")}`)).toEqual([
    "maybe a1,7",
    "maybe a2,7",
    "one-of b1,7 b2,7 c,0 c,1",
  ]);
});
