import { describe, expect, test } from "vitest";
import { parse } from "../properties/loading.js";
import { evaluateProgram } from "./evaluate.js";
import { survey } from "./exhaustive.js";
import { inferNodes } from "./nodes.js";
import { readSchedule } from "./notation.js";
import { collect } from "./program.js";
import { showSchedule } from "./schedules.js";
import type { ReferenceBudget } from "./space.js";
import { specificationOf, witnessesOf } from "./specification.js";

/** The minimal violating schedules; the nodes are inferred. */
function minimal(
  text: string,
  budget: Omit<ReferenceBudget, "nodes" | "crashes"> & { readonly crashes?: number },
): readonly string[] {
  const program = collect([parse(text)]);
  const all = { crashes: 0, nodes: inferNodes(program, budget.eot), ...budget };
  const found = survey(program, specificationOf(program), all);
  return found.kind === "complete" ? found.minimal.map(showSchedule) : [found.kind];
}

function witnesses(text: string, eot: number, schedule = ""): readonly string[] {
  const program = collect([parse(text)]);
  const nodes = inferNodes(program, eot);
  const runOf = (s: string) => evaluateProgram(program, { nodes, eot, schedule: readSchedule(s, nodes) });
  const [run, failureFree] = [runOf(schedule), runOf("")];
  if (run.kind !== "model" || failureFree.kind !== "model") return [run.kind];
  return witnessesOf(specificationOf(program), run.instants, failureFree.instants).map(
    ({ relation, tuple, instant }) => `${relation}(${tuple.join()})${instant === undefined ? "" : `@${instant}`}`,
  );
}

describe("never", () => {
  test('"every tuple of it at any instant 1 … EOT is a violation, its witness with its instant"', () => {
    const text = `p("a")@1; p("b")@3; p("a")@4; never(N) :- p(N);`;
    expect(witnesses(text, 4)).toEqual(["never(a)@1", "never(b)@3", "never(a)@4"]);
    expect(witnesses(text, 1)).toEqual(["never(a)@1"]);
  });

  test("it may be derived by `@next` rules and stated by facts", () => {
    expect(witnesses(`p("a")@1; never(N)@next :- p(N); never("b")@3; never("b")@9;`, 3)).toEqual([
      "never(a)@2",
      "never(b)@3",
    ]);
  });

  test('"A program with `never` and neither `pre` nor `post` is checked on `never` alone"', () => {
    const text = `p("a")@1; m("b")@async :- p("a"); m(N)@next :- m(N); up("b")@1; never(N) :- up(N), notin up(N);`;
    expect(minimal(text, { eot: 4, eff: 3 })).toEqual([]);
    expect(minimal(text.replace("never", "other"), { eot: 4, eff: 3 })).toEqual(["omit(a,b,1)"]);
  });

  test('"beside a `post` without `pre`, `post` is compared with the failure-free run and `never` is judged as it stands"', () => {
    const text = `p("a")@1; m("b")@async :- p("a"); m(N)@next :- m(N); post(N) :- m(N); n("a")@async :- q("b"); q("b")@1; q("b")@2; never(N) :- n(N), n(N)@2, notin n(N)@3, up(N)@3; up("a")@3;`;
    expect(witnesses(text, 4)).toEqual([]);
    expect(minimal(text, { eot: 4, eff: 4 })).toEqual(["omit(a,b,1)"]);
    expect(minimal(text.replace("notin n(N)@3", "n(N)@3"), { eot: 4, eff: 4 })).toEqual(["{}"]);
    expect(minimal(text.replace("never(N) :- n(N), n(N)@2", "never(N) :- up(N)"), { eot: 4, eff: 4 })).toEqual([
      "omit(a,b,1)",
      "omit(b,a,2)",
    ]);
  });

  test("beside `pre` and `post`: what is promised at the end and what is forbidden at each instant", () => {
    const text = `p("a")@1; m("b")@async :- p("a"); pre(N) :- m(N); post(N) :- m(N); up("b")@1; up("b")@2; never(N) :- up(N), up(N)@2, notin m(N);`;
    expect(minimal(text, { eot: 3, eff: 3 })).toEqual(["omit(a,b,1)"]);
  });

  test("a bad moment that heals before the end", () => {
    const text = `p("a")@1; p(N)@next :- p(N); up("b")@3; m("b")@async :- p("a"); m(N)@next :- m(N); pre(N) :- m(N); post(N) :- m(N); never(N) :- up(N), notin m(N);`;
    expect(minimal(text, { eot: 5, eff: 4 })).toEqual(["omit(a,b,1) omit(a,b,2)"]);
    expect(minimal(text, { eot: 5, eff: 4, omissions: 1 })).toEqual([]);
    expect(minimal(text, { eot: 5, eff: 4, omissions: 0, delays: "any", lateness: 2 })).toEqual([
      "delay(a,b,1,4) delay(a,b,2,4)",
    ]);
    expect(minimal(text, { eot: 5, eff: 4, omissions: 0, partitions: 1 })).toEqual(["cut(a|b,1,2)"]);
    expect(minimal(text, { eot: 5, eff: 4, omissions: 0, oneWayPartitions: 1 })).toEqual(["cut(a>b,1,2)"]);
  });
});

describe("the kinds, each on a small protocol", () => {
  test("an asynchronous network that loses nothing reorders", () => {
    const text = `w("a", 1)@1; w("a", 2)@2; set("b", V)@async :- w("a", V); value(N, V)@next :- set(N, V); value(N, V)@next :- value(N, V), notin set(N, _);
      pre("b", 2) :- value("b", _); post("b", V) :- value("b", V);`;
    expect(minimal(text, { eot: 6, eff: 5, omissions: 0, delays: "any", lateness: 2 })).toEqual(["delay(a,b,1,4)"]);
    expect(minimal(text, { eot: 6, eff: 5, omissions: 0, delays: "any", lateness: 1 })).toEqual([]);
  });

  test("a second copy is counted twice", () => {
    const text = `order("a", "x")@1; ship("b", X)@async :- order("a", X); sent(N, X, 1)@next :- ship(N, X), notin sent(N, X, 1); sent(N, X, K)@next :- sent(N, X, K); sent(N, X, 2)@next :- ship(N, X), sent(N, X, 1);
      never(N, X) :- sent(N, X, 2);`;
    expect(minimal(text, { eot: 6, eff: 5, duplicates: 1, lateness: 2 })).toEqual(["duplicate(a,b,1,3)"]);
    expect(minimal(text, { eot: 6, eff: 5, delays: "any", lateness: 2 })).toEqual([]);
  });

  test("a node that forgets its vote votes twice", () => {
    const text = `ask("a", "x")@1; ask("a", "y")@3; vote(N, C) :- ask(N, C), notin voted(N); voted(N)@next :- vote(N, _); voted(N)@next :- voted(N);
      cast(N, C) :- vote(N, C); cast(N, C)@next :- cast(N, C); never(N) :- cast(N, C), cast(N, D), C != D;
      //! observer cast`;
    expect(minimal(text, { eot: 5, eff: 5, restarts: 1, pauses: 1 })).toEqual(["restart(a,2,3)"]);
    expect(minimal(`//! durable voted\n${text}`, { eot: 5, eff: 5, restarts: 2, pauses: 2 })).toEqual([]);
  });

  test("a paused holder outlives its lease", () => {
    const text = `lease("a", 0)@1; lease(N, T + 1)@next :- lease(N, T), T < 2; holds(N) :- lease(N, T), T < 2; time("b", 1)@1; time(N, T + 1)@next :- time(N, T);
      holds("b") :- time("b", T), T >= 4; never("b") :- holds("a"), holds("b");`;
    expect(minimal(text, { eot: 7, eff: 7, omissions: 0, pauses: 1, restarts: 1 })).toEqual(["pause(a,2,4)"]);
  });

  test("a partition of two against one stops the minority alone; a partial one may leave a way round", () => {
    const text = `
      link("a", "b")@1; link("a", "c")@1; link("b", "a")@1; link("b", "c")@1; link("c", "a")@1; link("c", "b")@1; link(N, M)@next :- link(N, M);
      log("a", "x")@1; log(N, X)@next :- log(N, X); log(M, X)@async :- log(N, X), link(N, M);
      pre("b", "x") :- link("a", "b"); post(N, X) :- log(N, X);`;
    const asked = { eot: 4, eff: 4, omissions: 0 };
    expect(minimal(text, { ...asked, partitions: 1 })).toEqual(["cut(a|b,c,1,3)", "cut(b|a,c,1,3)"]);
    expect(minimal(text, { ...asked, partialPartitions: 1 })).toEqual([]);
    expect(minimal(text, { ...asked, partialPartitions: 2 })).toEqual([
      "cut(a|b,1,3) cut(a|c,1,2)",
      "cut(a|b,1,3) cut(b|c,2,3)",
    ]);
  });

  test("what is spared stays up, and what is excluded does not happen", () => {
    const text = `p("a")@1; m("b")@async :- p("a"); m(N)@next :- m(N); post(N) :- m(N);`;
    const asked = { eot: 4, eff: 3, crashes: 2 };
    expect(minimal(text, asked)).toEqual(["crash(a,1)", "omit(a,b,1)"]);
    expect(minimal(text, { ...asked, spare: ["a"] })).toEqual([]);
    expect(minimal(text, { ...asked, omissions: 0 })).toEqual(["crash(a,1)"]);
    expect(minimal(text, { ...asked, maxFaults: 0 })).toEqual([]);
  });
});
