import { describe, expect, it } from "vitest";
import { inferNodes } from "../../src/program/nodes.js";
import { programOf } from "./programs.js";

function nodesOf(text: string, eot = 5): readonly string[] {
  return inferNodes(programOf(text), eot);
}

describe("the nodes of a program", () => {
  it("are the strings in the first columns of facts, sorted by code unit", () => {
    expect(nodesOf('r("b", "x")@1; r("a", "y")@5; r("B", "z")@2; r("é", "w")@1; n(1)@1;')).toEqual([
      "B",
      "a",
      "b",
      "é",
    ]);
  });

  it("do not come from facts after the end of time", () => {
    expect(nodesOf('r("a", "b")@6; m(Y)@async :- r(X, Y);')).toEqual([]);
    expect(nodesOf('r("a", "b")@6; m(Y)@async :- r(X, Y);', 6)).toEqual(["a", "b"]);
  });

  it("are the constants that can reach the destination of a message", () => {
    const text =
      'peer("a", "b")@1; known(X, Y) :- peer(X, Y); known(X, Y)@next :- known(X, Y); hi(Y, X)@async :- known(X, Y); back(Y)@async :- hi(X, Y);';
    expect(nodesOf(text)).toEqual(["a", "b"]);
  });

  it("are destinations written in a rule", () => {
    expect(nodesOf('r("a")@1; m("z", X)@async :- r(X);')).toEqual(["a", "z"]);
  });

  it("are not the values of other columns, nor integers", () => {
    expect(nodesOf('r("a", "payload", 7)@1; m(X, P)@async :- r(X, P, _); n(I)@async :- r(X, _, I);')).toEqual(["a"]);
  });

  it("must be suppliable by every positive atom of the variable", () => {
    expect(
      nodesOf('r("a", "b")@1; r("a", "c")@1; ok("a", "c")@1; ok("a", "d")@1; m(Y)@async :- r(X, Y), ok(X, Y);'),
    ).toEqual(["a", "c"]);
  });

  it("do not come from rules that read what is never there", () => {
    expect(nodesOf('r("a", "b")@1; m(Y)@async :- r(X, Y), never(X); k("z")@async :- never(X);')).toEqual(["a"]);
    expect(nodesOf('r("a", "b")@1; m(Y)@async :- r(X, Y), r(X, "no");')).toEqual(["a"]);
    expect(nodesOf('r("a", "b")@1; m(Y)@async :- r(X, Y), r(X, Y)@6;')).toEqual(["a"]);
  });

  it("ignore negation and tests, which only make destinations fewer", () => {
    expect(nodesOf('r("a", "b")@1; m(Y)@async :- r(X, Y), notin r(X, Y), Y != "b";')).toEqual(["a", "b"]);
  });

  it("come through equalities, in any order, and through min and max", () => {
    expect(nodesOf('r("a", "b")@1; m(Z)@async :- Z == W, r(X, Y), Y == W;')).toEqual(["a", "b"]);
    expect(nodesOf('r("a")@1; m(Z)@async :- r(X), Z == "q";')).toEqual(["a", "q"]);
    expect(nodesOf('r("a", "b")@1; best(X, max<Y>) :- r(X, Y); m(Y)@async :- best(X, Y);')).toEqual(["a", "b"]);
    expect(nodesOf('r("a", "b")@1; best(X, count<Y>) :- r(X, Y); m(Y)@async :- best(X, Y);')).toEqual(["a"]);
  });

  it("take in joined constants, but not strings computed from variables", () => {
    expect(nodesOf('r("a", "b")@1; m(Z)@async :- r(X, _), Z == "n" + "1";')).toEqual(["a", "n1"]);
    expect(nodesOf('r("a", "b")@1; m(Y + "1")@async :- r(X, Y);')).toEqual(["a"]);
    expect(nodesOf('r("a", "b")@1; c(X, Y + "1") :- r(X, Y); d("a", "b1")@1; m(Y)@async :- c(X, Y), d(X, Y);')).toEqual(
      ["a", "b1"],
    );
  });

  it("are found though strings and integers may grow without end", () => {
    expect(nodesOf('r("a", "b", 1)@1; r(X, Y + "!", N + 1)@next :- r(X, Y, N); m(X)@async :- r(X, _, _);')).toEqual([
      "a",
    ]);
  });

  it("are what crash is about: it supplies nodes, and makes none", () => {
    expect(nodesOf('r("a", "b")@1; m(N)@async :- r(X, _), crash(X, N, _);')).toEqual(["a"]);
    expect(nodesOf('r("a", "b")@1; s("c")@1; m(Y)@async :- r(X, Y), notin crash(X, Y, 3);')).toEqual(["a", "b", "c"]);
    expect(nodesOf("m(N)@async :- crash(X, N, _);")).toEqual([]);
  });

  it("take time proportional to the program, of many nodes or in long chains", () => {
    const facts = Array.from({ length: 10_000 }, (_, i) => `r("n${i}", "n${i + 1}")@1;`).join("\n");
    expect(nodesOf(`${facts} m(Y)@async :- r(X, Y), notin crash(X, Y, _);`)).toHaveLength(10_001);
    const chain = Array.from({ length: 1000 }, (_, i) => `r${i}(X, Y) :- r${i + 1}(X, Y);`).join("\n");
    expect(nodesOf(`${chain} r1000("a", "b")@1; m(Y)@async :- r0(X, Y);`)).toEqual(["a", "b"]);
  }, 60_000);
});
