import { describe, expect, test } from "vitest";
import { run } from "../../src/execution/run.js";
import { lintProgram } from "../../src/program/lint/index.js";
import { parseText } from "../../src/syntax/parser.js";
import { printTree } from "../../src/syntax/printer.js";
import { programOf } from "../program/programs.js";
import { decided } from "../search/deciding.js";

/** The tuples of a relation at instant 1. */
function held(text: string, name: string): readonly string[] {
  const program = programOf(text);
  const result = run(program, { nodes: ["a", "b"], eot: 1, schedule: [] });
  const id = program.relationByName.get(name);
  if (result.kind !== "run" || id === undefined) throw new Error(result.kind);
  return result.execution.tuples(id, 1).map((tuple) => tuple.join());
}

const log =
  'log("a", 1, 9, "z")@1; log("a", 3, 2, "x")@1; log("a", 3, 10, "b")@1; log("a", 3, 10, "a")@1; log("b", 2, 2, "y")@1;';

describe("a record", () => {
  test("is the greatest or least tuple, column by column in the order it is written", () => {
    expect(held(`${log} best(N, max<T, L, W>) :- log(N, T, L, W);`, "best")).toEqual(["a,3,10,b", "b,2,2,y"]);
    expect(held(`${log} best(N, min<W, T>) :- log(N, T, _, W);`, "best")).toEqual(["a,a,3", "b,y,2"]);
    expect(held(`${log} best(max<T, L>, N) :- log(N, T, L, _);`, "best")).toEqual(["2,2,b", "3,10,a"]);
  });

  test("differs from two extremes, which are each of their own, and a lint says so", () => {
    expect(held(`${log} best(N, max<T>, max<W>) :- log(N, T, _, W);`, "best")).toEqual(["a,3,z", "b,2,y"]);
    const codes = (head: string) =>
      lintProgram(programOf(`${log} ${head} :- log(N, T, L, W); post(N) :- best(N, _, _), log(N, _, _, _);`), {}).map(
        ({ code }) => code,
      );
    expect(codes("best(N, max<T>, max<L>)")).toContain("independent-extremes");
    expect(codes("best(N, max<T, L>)")).not.toContain("independent-extremes");
    expect(codes("best(N, max<T>, min<L>)")).not.toContain("independent-extremes");
  });

  test("stands beside other aggregates, each over its own", () => {
    expect(held(`${log} s(N, max<T, L>, count<W>, min<L>) :- log(N, T, L, W);`, "s")).toEqual([
      "a,3,10,4,2",
      "b,2,2,1,2",
    ]);
    expect(held(`${log} s(N, max<T, L>, max<L, T>) :- log(N, T, L, _);`, "s")).toEqual(["a,3,10,10,3", "b,2,2,2,2"]);
  });

  test("has one type for each column", () => {
    const text = `${log} best(N, max<T, W>) :- log(N, T, _, W); more(N, T + 1, W + "!") :- best(N, T, W);`;
    expect(held(text, "more")).toEqual(["a,4,x!", "b,3,y!"]);
  });

  test("is another tuple where its own is lost: not the columns of several", () => {
    // a hears of (2, "p") from b and of (1, "z") from c.
    const text = `
      has("b", 2, "p")@1; has("c", 1, "z")@1;
      say("a", T, W)@async :- has(N, T, W); say(N, T, W)@next :- say(N, T, W);
      best(N, max<T, W>) :- say(N, T, W);
      never(N, T, W) :- best(N, T, W), T == 2, W == "z"; never(N, T, W) :- best(N, T, W), T == 1, W == "p";
      never(N, T, W) :- best(N, T, W), T == 1;`;
    expect(decided(text, { eot: 3, eff: 2 })).toBe("violated omit(b,a,1)");
    expect(decided(text, { eot: 3, eff: 2, strategy: "alternate" })).toBe("violated omit(b,a,1)");
    const weaker = text.replace("never(N, T, W) :- best(N, T, W), T == 1;", "");
    expect(decided(weaker, { eot: 3, eff: 2, crashes: 1 })).toBe("holds");
    expect(decided(weaker, { eot: 3, eff: 2, crashes: 1, strategy: "alternate" })).toBe("holds");
  });
});

describe("tuples", () => {
  test("are counted by `count<K, L>`, each distinct one once", () => {
    expect(held(`${log} n(N, count<T, L>) :- log(N, T, L, _);`, "n")).toEqual(["a,3", "b,1"]);
  });

  test("keep apart what `sum<V by K>` and `avg<V by K>` add", () => {
    const paid = 'paid("a", 1, 5)@1; paid("a", 2, 5)@1; paid("a", 3, 2)@1; paid("b", 1, 7)@1;';
    expect(held(`${paid} t(S, sum<X>) :- paid(S, _I, X);`, "t")).toEqual(["a,7", "b,7"]);
    expect(held(`${paid} t(S, sum<X by I>) :- paid(S, I, X);`, "t")).toEqual(["a,12", "b,7"]);
    expect(held(`${paid} t(S, avg<X by I>) :- paid(S, I, X);`, "t")).toEqual(["a,4", "b,7"]);
    expect(held(`${paid} t(sum<X by S, I>) :- paid(S, I, X);`, "t")).toEqual(["19"]);
  });

  test("need no lint that equal values count once", () => {
    const codes = (head: string) =>
      lintProgram(programOf(`p("a", 1, 5)@1; ${head} :- p(S, I, X); post(S, T) :- t(S, T);`), {}).map(
        ({ code }) => code,
      );
    const two = `p("a", 1, 5)@1; p("a", 2, 5)@1; t(S, sum<X>) :- p(S, I, X), q(I); q(1)@1; post(S, T) :- t(S, T);`;
    expect(lintProgram(programOf(two), {}).map(({ code }) => code)).toContain("aggregate-collapses");
    expect(lintProgram(programOf(two.replace("sum<X>", "sum<X by I>")), {}).map(({ code }) => code)).toEqual([]);
    expect(codes("t(S, sum<X by I>)")).toEqual([]);
    expect(codes("t(S, count<X, I>)")).toEqual([]);
  });
});

test("`by` is a word there only, and the printer writes one space", () => {
  const text = "by(N,sum< V   by K ,L >):-by(N,V,K,L);t(N,max<T,L>)@next:-by(N,T,L,_);";
  const printed = "by(N, sum<V by K, L>) :- by(N, V, K, L);\nt(N, max<T, L>)@next :- by(N, T, L, _);\n";
  expect(printTree(parseText({ path: "x.ded", text }).tree)).toBe(printed);
  // A comparison with a name stays the error that it was.
  const { diagnostics } = parseText({ path: "x.ded", text: "p(X) :- r(X), a < X, r(X);" });
  expect(diagnostics.map(({ code }) => code)).toEqual(["unquoted-constant"]);
});
