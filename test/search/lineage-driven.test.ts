import { describe, expect, test } from "vitest";
import { formatSchedule } from "../../src/faults/notation.js";
import { verdictSentence } from "../../src/report/text/verdict-words.js";
import { breakTuple } from "../../src/search/break.js";
import { check } from "../../src/search/check.js";
import { replay } from "../../src/search/replay.js";
import type { Progress } from "../../src/search/verdict.js";
import { unicodeMarks } from "../../src/wording/marks.js";
import { decided, minimalOf, settingOf, verdictOn } from "./deciding.js";

const retry = `
  log("a", "p")@1; link("a", "b")@1; link(N, M)@next :- link(N, M); log(N, P)@next :- log(N, P);
  log(M, P)@async :- log(N, P), link(N, M);
  pre(M, P) :- log(N, P), link(N, M); post(M, P) :- log(M, P);`;

/** Without a's message the arithmetic fails; without any of the three messages the promise is broken. */
const failing = `
  start("a")@1; start("b")@1; start("e")@1; zero("c", 0)@3; t("c")@3;
  k("c", N)@async :- start(N); k(D, N)@next :- k(D, N);
  x(D, 1 / Y) :- zero(D, Y), notin k(D, "a"), k(D, "b");
  some(D) :- k(D, "a"); some(D) :- k(D, "b");
  pre(D) :- t(D); post(D) :- some(D), k(D, "e");`;

describe("all minimal counterexamples", () => {
  test("a crash as late as has the same effect, with what must be omitted before it", () => {
    const verdict = verdictOn(retry, { eot: 4, eff: 3, crashes: 1, all: true });
    expect(minimalOf(verdict)).toEqual(["crash(a,1)", "crash(a,2) omit(a,b,1)", "crash(a,3) omit(a,b,1) omit(a,b,2)"]);
    expect(verdict.kind === "violated" && verdict.minimal?.complete).toBe(true);
    expect(verdict.statistics.executions).toBe(4);
  });

  test("are all there beside a schedule that fails in evaluation, those among them that do more than it does", () => {
    const verdict = verdictOn(failing, { eot: 3, eff: 2, nodes: ["a", "b", "c", "e"], all: true });
    expect(minimalOf(verdict)).toEqual(["omit(e,c,1)", "omit(a,c,1) omit(b,c,1)"]);
    expect(
      verdict.kind === "violated" && [verdict.minimal?.complete, formatSchedule(verdict.error?.schedule ?? [])],
    ).toEqual([true, "omit(a,c,1)"]);
  });

  test("the first of them is not hidden by a later crash of the same node that ends in an error", () => {
    // Without c's message that a crash gives rise to, nothing is divided; a later crash of c comes too late to lose it.
    const text = `n("b")@1; n("c")@1; reply("b", "x")@async :- crash("c", _, _); one(X, count<Y>) :- reply(X, Y); oops(X, 1 / (N - 1)) :- one(X, N);
      m("b")@async :- n(F), F == "c"; m(N)@next :- m(N);`;
    const verdict = verdictOn(text, { eot: 2, eff: 2, crashes: 1, nodes: ["b", "c"], all: true });
    expect(minimalOf(verdict)).toEqual(["crash(c,1)", "omit(c,b,1)"]);
  });

  test("one that was found is kept when a limit ends the search", () => {
    const verdict = verdictOn(retry, { eot: 4, eff: 3, crashes: 1, all: true, maxRuns: 2 });
    expect(minimalOf(verdict)).toEqual(["crash(a,1)"]);
    expect(verdict.kind === "violated" && [verdict.smallest, verdict.minimal?.complete]).toEqual([true, false]);
  });

  test("what is announced as ruled out never includes what was found", () => {
    const announced: Progress[] = [];
    verdictOn(retry, { eot: 4, eff: 3, crashes: 1, all: true, onProgress: (p) => announced.push(p) });
    const found = announced.findIndex((p) => p.kind === "found");
    expect(announced.slice(found).map((p) => p.known.ruledOut ?? 0)).toEqual(announced.slice(found).map(() => 0));
  });
});

describe("without all", () => {
  test("a schedule that fails in evaluation does not hide one that violates, whichever comes first", () => {
    expect(decided(failing, { eot: 3, eff: 2, nodes: ["a", "b", "c", "e"] })).toBe("violated omit(e,c,1)");
  });

  test("a violation without any fault is the counterexample", () => {
    expect(decided(`n("a")@1; pre(N) :- n(N); post(N) :- n(N), N == "b";`, { eot: 1 })).toBe("violated {}");
  });

  test("a lineage too large to build leaves the search to alternation", () => {
    // Each lost message adds a number: all that may be there is too much, any one run is not.
    const text = `n("a")@1; n(N)@next :- n(N); tick("b", 0)@1; tick(N, X + 1)@next :- tick(N, X);
      m("b")@async :- n(N); s(N, 0)@next :- tick(N, 0); s(N, X * 2)@next :- s(N, X), m(N); s(N, X * 2 + 1)@next :- s(N, X), notin m(N);
      pre(N) :- s(N, _); post(N) :- s(N, _);`;
    const options = { eot: 9, eff: 9, nodes: ["a", "b"], maxTuples: 40 };
    const verdict = verdictOn(text, options);
    expect([verdict.kind, verdict.method]).toEqual(["holds", "alternation"]);
    expect(verdictOn(text, { ...options, maxTuples: 10_000 }).method).toBe("lineage");
  });
});

describe("breaking a tuple", () => {
  const setting = settingOf(retry, { eot: 4, eff: 3, crashes: 1 });
  const log = setting.program.relationByName.get("log");
  if (log === undefined) throw new Error("no log");
  const broken = (instant: number, args: readonly string[], appear: boolean): string => {
    const result = breakTuple(setting, { relation: log, instant, args }, appear, {});
    if (result.kind === "error") return result.error.kind;
    return result.verdict.kind === "violated"
      ? formatSchedule(result.verdict.counterexample.schedule)
      : result.verdict.kind;
  };

  test("the fewest faults under which it is not there", () => {
    expect(broken(2, ["b", "p"], false)).toBe("crash(a,1)");
    expect(broken(4, ["a", "p"], false)).toBe("holds");
  });

  test("which are none if it never is", () => {
    const tuple = { relation: log, instant: 1, args: ["b", "p"] };
    const result = breakTuple(setting, tuple, false, {});
    if (result.kind === "error") throw new Error(result.error.kind);
    expect(verdictSentence(result.verdict, { tuple: "log(b)@1", appear: false }, unicodeMarks)).toBe(
      "log(b)@1 does not hold, even without any fault",
    );
  });

  test("or, asked so, under which it is", () => {
    expect(broken(2, ["b", "p"], true)).toBe("{}");
    expect(broken(1, ["b", "p"], true)).toBe("holds");
  });
});

describe("what a question about a tuple does not rest on", () => {
  test("is the specification, so there is no warning about what it promises", () => {
    const setting = settingOf('r("a")@1; s("a")@1; s(X)@next :- s(X); post(X) :- s(X), r(X);', {
      eot: 3,
      nodes: ["a"],
    });
    const relation = setting.program.relationByName.get("post");
    if (relation === undefined) throw new Error("no post");
    const result = breakTuple(
      { ...setting, specification: { kind: "post-only", post: relation, never: undefined } },
      { relation, instant: 1, args: ["a"] },
      false,
      {},
    );
    expect(result).toMatchObject({ kind: "verdict", verdict: { kind: "holds", warnings: [] } });
    expect(check(setting, {})).toMatchObject({
      kind: "verdict",
      verdict: { warnings: [{ kind: "vacuous" }, { kind: "nothing-to-lose" }] },
    });
  });
});

describe("replaying a schedule", () => {
  const setting = settingOf(retry, { eot: 4, eff: 3, crashes: 1 });

  test("shows what it fails to keep, also outside the budget", () => {
    const replayed = replay(
      setting,
      [1, 2, 3].map((at) => ({ kind: "omission" as const, from: "a", to: "b", at })),
      {},
    );
    expect(replayed.kind === "run" && replayed.run.witnesses.map((w) => w.args)).toEqual([["b", "p"]]);
    const harmless = replay(setting, [{ kind: "omission", from: "a", to: "b", at: 1 }], {});
    expect(harmless.kind === "run" && harmless.run.witnesses).toEqual([]);
  });
});
