import { describe, expect, test } from "vitest";
import { budget } from "../../src/faults/budget.js";
import type { AllSchedules, BuildOptions } from "../../src/lineage/all-schedules.js";
import { buildAllSchedules } from "../../src/lineage/all-schedules.js";
import { inferNodes } from "../../src/program/nodes.js";
import type { Program, RelationId } from "../../src/program/program.js";
import { programOf } from "../program/programs.js";

/** The lineage where every message before EOT − 1 can be lost. */
function built(program: Program, eot: number, options: Partial<BuildOptions> = {}): AllSchedules {
  const all = buildAllSchedules(program, budget(inferNodes(program, eot), eot, eot - 1, 0), {
    maxTuples: 100_000,
    keepAll: true,
    ...options,
  });
  if (all.kind !== "built") throw new Error(all.kind === "too-large" ? all.detail : all.reason);
  return all;
}

function relation(program: Program, name: string): RelationId {
  const id = program.relationByName.get(name);
  if (id === undefined) throw new Error(`no relation ${name}`);
  return id;
}

function possible(all: AllSchedules, program: Program, name: string, instant: number): number {
  return all.possible(relation(program, name), instant).length;
}

const numbers = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);

describe("the size of the lineage", () => {
  test("of a replicated log grows as the values of its messages do, not as their product", () => {
    const program = programOf(`
      req("c1","l","x")@1;  req("c2","l","y")@1;  req("c3","l","z")@1;
      req(C,L,R)@next :- req(C,L,R);  call(L,R)@async :- req(C,L,R);
      fol("f","l")@1;  fol("g","l")@1;  fol(F,L)@next :- fol(F,L);
      log("l",0,"")@1;  log("f",0,"")@1;  log("g",0,"")@1;
      in_log(L,R) :- log(L,_,R);  first(L,min<R>) :- call(L,R), notin in_log(L,R);
      len(N,max<I>) :- log(N,I,_);  log(L,I+1,R)@next :- first(L,R), len(L,I);
      log(N,I,R)@next :- log(N,I,R), notin cut(N,I);
      ack(L,F,I)@async :- len(F,I), fol(F,L);
      seen(L,F,I) :- ack(L,F,I);  seen(L,F,I)@next :- acked(L,F,I);
      acked(L,F,max<I>) :- seen(L,F,I);  commit(L,min<I>) :- acked(L,_,I);
      append(F,P,C)@async :- acked(L,F,P), commit(L,C);
      item(F,I,R)@async :- acked(L,F,P), log(L,I,R), I > P;
      cut(F,I) :- item(F,I,R), log(F,I,Q), R != Q;
      log(F,I,R)@next :- item(F,I,R), append(F,P,_), len(F,N), P <= N;
      done(F,I,R) :- append(F,_,C), log(F,I,R), I <= C;  done(F,I,R)@next :- done(F,I,R);
      pre(F,I,R) :- done(F,I,R);  post(F,I,R) :- log(F,I,R);`);
    expect(built(program, 8).graph.size).toBeLessThan(2_500);
    expect(built(program, 12).graph.size).toBeLessThan(11_000);
    expect(built(program, 16).graph.size).toBeLessThan(35_000);
  });

  test("of several aggregates of one head has the results that occur together", () => {
    const amounts = numbers(6).map((i) => `amount("m${i}", ${i + 1})@1;`);
    const program = programOf(`${amounts.join(" ")} paid("bank", N, V)@async :- amount(N, V);
      all(B, count<N>, sum<V>, min<V>, max<V>) :- paid(B, N, V);
      some(B, count<V>, avg<V>) :- paid(B, N, V); ends(B, max<V>, min<N>) :- paid(B, N, V);`);
    const subsets = numbers(64)
      .map((bits) => numbers(6).flatMap((i) => (((bits >> i) & 1) === 1 ? [i + 1] : [])))
      .filter((set) => set.length > 0);
    const results = (of: (set: readonly number[]) => readonly number[]): number =>
      new Set(subsets.map((set) => of(set).join())).size;
    const sum = (set: readonly number[]): number => set.reduce((a, b) => a + b);
    const all = built(program, 3);
    expect(possible(all, program, "all", 2)).toBe(
      results((set) => [set.length, sum(set), Math.min(...set), Math.max(...set)]),
    );
    expect(possible(all, program, "some", 2)).toBe(results((set) => [set.length, Math.trunc(sum(set) / set.length)]));
    expect(possible(all, program, "ends", 2)).toBe(results((set) => [Math.max(...set), Math.min(...set)]));
  });

  const payments = (n: number): string =>
    `${numbers(n)
      .map((i) => `amount("m${i}", ${2 ** i})@1;`)
      .join(" ")} paid("bank", N, V)@async :- amount(N, V); total(B, sum<V>) :- paid(B, _N, V);
      seen(B, S) :- total(B, S); seen(B, S)@next :- seen(B, S); low(B, S) :- seen(B, S), S < 1000;`;

  test("of a sum with more results than one has tuples for grows with its members", () => {
    const program = programOf(payments(24));
    const all = built(program, 4, { mostResults: 100 });
    expect(["total", "seen", "low"].map((name) => possible(all, program, name, 2))).toEqual([1, 1, 1]);
    expect(all.graph.size).toBeLessThan(1_000);
    expect(built(program, 4).graph.size).toBeLessThan(30_000);
  });

  test("of a sum with few results is that of a tuple for each", () => {
    const program = programOf(payments(12));
    const all = built(program, 4);
    expect(possible(all, program, "total", 2)).toBe(4095);
    expect(all.graph.size).toBe(built(program, 4, { mostResults: Infinity }).graph.size);
    // What travels together has one sum, however much it is.
    const together = programOf(
      `${numbers(20)
        .map((i) => `amount("m", ${2 ** i})@1;`)
        .join(" ")} paid("bank", V)@async :- amount(_N, V); total(B, sum<V>) :- paid(B, V);`,
    );
    expect(built(together, 3).possible(relation(together, "total"), 2)).toMatchObject([
      { args: ["bank", 2 ** 20 - 1] },
    ]);
  });

  test("of aggregates over values that members share", () => {
    const amounts = [1, 1, 2, 2, 2, 3].map((v, i) => `amount("m${i}", ${v})@1;`);
    const program = programOf(`${amounts.join(" ")} paid("bank", N, V)@async :- amount(N, V);
      all(B, count<N>, sum<V>) :- paid(B, N, V);`);
    // A sum of 3 is that of {1, 2}, with two to five members, or that of {3}, with one.
    const sums = [
      [1, 1, 2],
      [2, 1, 3],
      [3, 1, 1],
      [3, 2, 5],
      [4, 2, 3],
      [5, 2, 4],
      [6, 3, 6],
    ];
    const pairs = sums.reduce((count, [, least = 0, most = 0]) => count + most - least + 1, 0);
    expect(possible(built(program, 3), program, "all", 2)).toBe(pairs);
  });

  test("of recursion within an instant grows with the edges that it follows", () => {
    const ring = (n: number): string =>
      numbers(n)
        .map((i) => `link("n${i}", "n${(i + 1) % n}")@1; link("n${(i + 1) % n}", "n${i}")@1;`)
        .join(" ");
    const of = (n: number, rule: string): AllSchedules =>
      built(
        programOf(`${ring(n)} up(Y, X)@async :- link(X, Y); reach(X, Y) :- up(Y, X); reach(X, Z) :- ${rule};
          pre(X, Y) :- reach(X, Y); post(X, Y) :- reach(X, Y);`),
        3,
      );
    expect(of(20, "reach(X, Y), up(Z, Y)").graph.size).toBeLessThan(2_100);
    expect(of(40, "reach(X, Y), up(Z, Y)").graph.size).toBeLessThan(8_400);
    expect(of(40, "reach(X, Y), reach(Y, Z)").graph.size).toBeLessThan(8_400);
  });
});
