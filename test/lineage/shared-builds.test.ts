import { describe, expect, test } from "vitest";
import { budget } from "../../src/faults/budget.js";
import { schedule } from "../../src/faults/schedule.js";
import type { AllSchedules, Build } from "../../src/lineage/all-schedules.js";
import { commonInstants } from "../../src/lineage/common-instants.js";
import { SharedBuilds } from "../../src/lineage/shared-builds.js";
import { programOf } from "../program/programs.js";

/** Sends at every instant, remembers what arrived, and promises it to nodes that do not crash. */
const retry = `n("a")@1; n("b")@1; n(N)@next :- n(N); m("b")@async :- n(F), F == "a"; m(N)@next :- m(N); post(N) :- m(N);`;
const spared = `${retry} pre(N) :- n(N), N != "a", notin crash(N, N, _);`;

const at = (eot: number, eff: number, crashes = 1, nodes = ["a", "b"]): ReturnType<typeof budget> =>
  budget(nodes, eot, eff, crashes);

describe("two budgets have in common", () => {
  const common = (text: string, before: ReturnType<typeof at>, after: ReturnType<typeof at>): number =>
    commonInstants(programOf(text), before, after);

  test("every instant that only omissions of both can touch", () => {
    expect(common(retry, at(5, 4), at(6, 5))).toBe(4);
    expect(common(retry, at(5, 2), at(5, 4))).toBe(2);
    expect(common(retry, at(5, 4), at(5, 2))).toBe(2);
    expect(common(retry, at(5, 0), at(9, 1))).toBe(5); // no message can be lost before either
  });

  test("every instant of the shorter, when only EOT differs", () => {
    expect(common(retry, at(5, 3), at(7, 3))).toBe(5);
    expect(common(retry, at(7, 3), at(5, 3))).toBe(5);
    expect(common(retry, at(5, 3), at(5, 3))).toBe(5);
  });

  test("an omission at the very end, that a longer run feels", () => {
    expect(common(retry, at(5, 9), at(7, 9))).toBe(5);
  });

  test("whatever the number of crashes, unless one of them allows none", () => {
    expect(common(retry, at(5, 3, 1), at(5, 3, 2))).toBe(5);
    expect(common(retry, at(5, 3, 0), at(5, 3, 1))).toBe(0);
  });

  test("nothing, with other nodes", () => {
    expect(common(retry, at(5, 3, 1), at(5, 3, 1, ["a", "b", "c"]))).toBe(0);
  });

  test("all but the last instant, where a specification reads `crash`: it holds crashes up to EOT", () => {
    expect(common(spared, at(5, 3), at(7, 3))).toBe(5);
    expect(common(spared, at(7, 3), at(5, 3))).toBe(4);
    expect(common(spared, at(5, 3), at(5, 3))).toBe(5);
    expect(common(spared, at(5, 3, 0), at(7, 3, 0))).toBe(5); // nobody crashes
  });

  test("nothing, where what rests on `crash` is remembered, sent, looked back to, or computed with", () => {
    for (const rule of [
      "down(N, M) :- crash(N, M, _); down(N, M)@next :- down(N, M);",
      "down(N, M) :- crash(N, M, _); seen(N, M) :- down(N, M); told(M, N)@async :- seen(N, M);",
      "down(N, M) :- crash(N, M, _); late(N) :- n(N), notin down(N, _)@2;",
      "soon(N, T + 1) :- crash(N, _, T);",
      "sum(N, sum<T>) :- crash(N, _, T);",
    ]) {
      expect(common(`${retry} ${rule}`, at(5, 3), at(6, 3))).toBe(0);
      expect(common(`${retry} ${rule}`, at(5, 3), at(5, 2))).toBe(2); // the same end of time, the same crashes
    }
    expect(common(`${retry} many(N, count<T>) :- crash(N, _, T);`, at(5, 3), at(6, 3))).toBe(5);
  });
});

describe("a lineage built upon that of another budget", () => {
  const built = (all: Build): AllSchedules => {
    if (all.kind !== "built") throw new Error(all.detail);
    return all;
  };

  test("gives the schedules under which each tuple holds, at the new end of time", () => {
    const program = programOf(spared);
    const builds = new SharedBuilds(program, 1000);
    const post = program.relations.find((r) => r.name === "post");
    if (post === undefined) throw new Error("no post");
    const isThere = (all: AllSchedules, eot: number, text: Parameters<typeof schedule>[0]): boolean | undefined =>
      all.graph.evaluate([all.annotationOf(post.id, eot, ["b"])], all.graph.variables.assignment(schedule(text)))[0];
    const lostAt = (...instants: number[]): Parameters<typeof schedule>[0] =>
      instants.map((t) => ({ kind: "omission", from: "a", to: "b", at: t }));
    const four = built(builds.build(at(4, 3)));
    expect(isThere(four, 4, lostAt(1, 2))).toBe(true);
    const six = built(builds.build(at(6, 6)));
    expect(six.graph).toBe(four.graph);
    expect(isThere(six, 6, lostAt(1, 2, 3, 4))).toBe(true);
    expect(isThere(six, 6, lostAt(1, 2, 3, 4, 5))).toBe(false);
    expect(isThere(six, 6, [{ kind: "crash", node: "a", at: 1 }])).toBe(false);
    const three = built(builds.build(at(3, 3)));
    expect(isThere(three, 3, lostAt(1, 2))).toBe(false);
    expect(isThere(three, 3, lostAt(1))).toBe(true);
  });

  test("begins anew after one that was too large", () => {
    const program = programOf(`k("a", 1)@1; k(N, X + 1)@next :- k(N, X); k(N, X)@next :- k(N, X);`);
    const builds = new SharedBuilds(program, 6);
    expect(builds.build(at(9, 3, 0, ["a"]))).toMatchObject({ kind: "too-large" });
    expect(built(builds.build(at(5, 3, 0, ["a"]))).tuples).toBe(1 + 2 + 3 + 4 + 5);
    expect(built(builds.build(at(6, 3, 0, ["a"]))).tuples).toBe(1 + 2 + 3 + 4 + 5 + 6);
    expect(builds.build(at(9, 3, 0, ["a"]))).toMatchObject({ kind: "too-large" });
  });
});
