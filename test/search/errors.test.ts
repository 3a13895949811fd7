import { describe, expect, test } from "vitest";
import { formatSchedule } from "../../src/faults/notation.js";
import { breakTuple } from "../../src/search/break.js";
import type { CheckOptions } from "../../src/search/check.js";
import { check } from "../../src/search/check.js";
import { frontier, frontierConclusion } from "../../src/search/frontier.js";
import { marginOf } from "../../src/search/margin.js";
import { conclusionOf, sweep } from "../../src/search/sweep.js";
import type { CheckResult } from "../../src/search/verdict.js";
import { programOf } from "../program/programs.js";
import { settingOf } from "./deciding.js";

/** The promise takes one of two messages to c; b divides by zero if a's message to it is lost. */
const besides = `
  peer("a","b")@1; peer("a","c")@1; peer("d","c")@1;
  m(M, N)@async :- peer(N, M);
  z("b", 0)@2;
  div(N, 1 / Z) :- z(N, Z), notin m(N, _);
  pre("x")@3;
  g(N)@next :- m(N, _);
  post("x") :- g("c");`;

/** The same promise with one message to c; the division fails if that is lost, and another. */
const beyond = `
  peer("a","b")@1; peer("a","c")@1;
  m(M, N)@async :- peer(N, M);
  z("b", 0)@2;
  div(N, 1 / Z) :- z(N, Z), notin m("b", _), notin m("c", _);
  pre("x")@3; g(N)@next :- m(N, _); post("x") :- g("c");`;

/** Nothing is promised, and the division fails as in the first. */
const alone = besides.replace('pre("x")@3', 'pre("x")@9');

/** Without a's message b counts on and on. */
const growing = besides
  .replace('z("b", 0)@2', 'z("b", 0)@2; stuck(N, X) :- z(N, X), notin m(N, _)')
  .replace("div(N, 1 / Z) :- z(N, Z), notin m(N, _)", "stuck(N, X + 1) :- stuck(N, X), X < 200");

const bounds = { eot: 3, eff: 2 };

function said(result: CheckResult): string {
  if (result.kind === "error") {
    const { error, undecided } = result;
    return `${error.kind} ${formatSchedule(error.schedule)}${undecided === undefined ? "" : `, ${undecided.reason}`}`;
  }
  const { verdict } = result;
  if (verdict.kind !== "violated") return verdict.kind;
  const { error, counterexample } = verdict;
  const more = error === undefined ? "" : `, besides ${error.kind} ${formatSchedule(error.schedule)}`;
  return `violated ${formatSchedule(counterexample.schedule)}${more}`;
}

function checked(text: string, options: CheckOptions): string {
  return said(check(settingOf(text, { ...bounds, ...options }), { ...bounds, ...options }));
}

// Random runs that find nothing go on as long as they may.
const ways = (["lineage", "exhaustive", "alternate", "random"] as const).flatMap((strategy) =>
  [false, true].map((all) => ({ strategy, all, ...(strategy === "random" ? { maxRuns: 300 } : {}) })),
);

describe.each(ways)("with strategy $strategy, all $all,", (way) => {
  test("a violation takes precedence over an error with fewer faults, which is reported with it", () => {
    expect(checked(besides, way)).toBe("violated omit(a,c,1) omit(d,c,1), besides division-by-zero omit(a,b,1)");
  });

  test("an error that takes more faults than the violation is reported with it too", () => {
    expect(checked(beyond, way)).toBe("violated omit(a,c,1), besides division-by-zero omit(a,b,1) omit(a,c,1)");
  });

  test("an error is the outcome if no schedule violates", () => {
    const unfinished = way.strategy === "random" ? ", max-runs" : "";
    const result = checked(alone, { ...way, nodes: ["a", "b", "c"] });
    expect(result.replace(/omit.*\)/, (faults) => (way.strategy === "random" ? "…" : faults))).toBe(
      `division-by-zero ${way.strategy === "random" ? "…" : "omit(a,b,1)"}${unfinished}`,
    );
  });

  test("an error without faults leaves nothing to compare with, whatever other schedules do", () => {
    const failing = besides.replace("notin m(N, _)", "m(N, _)");
    expect(checked(failing, way)).toBe("division-by-zero {}");
  });

  test("inputs without which evaluation fails leave the others to be decided", () => {
    const open = besides
      .replace('z("b", 0)@2;', '\n//! one-of z("b",0)@2 | z("b",1)@2\n')
      .replace(", notin m(N, _);", ";");
    const beside = ", besides division-by-zero {}";
    expect(checked(open, way)).toBe(`violated omit(a,c,1) omit(d,c,1)${beside}`);
    const later = open.replace('z("b",0)@2 | z("b",1)@2', 'z("b",1)@2 | z("b",0)@2');
    expect(checked(later, way)).toBe(`violated omit(a,c,1) omit(d,c,1)${beside}`);
  });

  test("inputs whose failure-free run fails have that error for their outcome, though faults avoid it", () => {
    const open = besides
      .replace('z("b", 0)@2;', '\n//! one-of z("b",0)@2 | z("b",1)@2\n')
      .replace("notin m(N, _);", "m(N, _);")
      .replace('pre("x")@3;', 'pre("x")@next :- z("b", 0);');
    expect(checked(open, way)).toBe(`division-by-zero {}${way.strategy === "random" ? ", max-runs" : ""}`);
    const later = open.replace('z("b",0)@2 | z("b",1)@2', 'z("b",1)@2 | z("b",0)@2');
    expect(checked(later, way)).toBe(`division-by-zero {}${way.strategy === "random" ? ", max-runs" : ""}`);
  });

  test("if evaluation fails without faults under all inputs, nothing can be compared", () => {
    const failing = besides
      .replace('z("b", 0)@2;', '\n//! one-of z("b",0)@2 | z("b",1)@2\n//! maybe z("b",2)@2\n')
      .replace("1 / Z) :- z(N, Z), notin m(N, _);", "1 / (Z - Z)) :- z(N, Z);");
    expect(checked(failing, way)).toBe("division-by-zero {}");
  });

  test("a violation without faults ends the search before it meets an error", () => {
    expect(checked(besides.replace('g("c")', 'g("q")'), way)).toBe("violated {}");
  });

  test("an instant with too many tuples is an error as well", () => {
    const nodes = ["a", "b", "c", "d"];
    expect(checked(growing, { ...way, nodes, maxTuples: 30, seed: 3 })).toMatch(
      way.strategy === "random"
        ? /^violated omit\(a,c,1\) omit\(d,c,1\)/
        : /^violated omit\(a,c,1\) omit\(d,c,1\), besides too-many-tuples omit\(a,b,1\)$/,
    );
  });
});

describe("where a limit comes first", () => {
  test("an error that was met is the outcome, with what was not decided", () => {
    expect(checked(besides, { strategy: "exhaustive", maxRuns: 3 })).toBe("division-by-zero omit(a,b,1), max-runs");
    expect(checked(besides, { strategy: "alternate", maxRuns: 2 })).toBe("division-by-zero omit(a,b,1), max-runs");
    expect(checked(besides, { strategy: "exhaustive", maxRuns: 1 })).toBe("inconclusive");
  });

  test("a violation that was found is the result, with or without the error", () => {
    expect(checked(besides, { maxRuns: 2 })).toBe("violated omit(a,c,1) omit(d,c,1)");
    expect(checked(besides, { maxRuns: 2, all: true })).toBe("violated omit(a,c,1) omit(d,c,1)");
  });

  test("once a violation is found, a search that is stopped reports it", () => {
    const results: string[] = [];
    check(settingOf(besides, bounds), {
      ...bounds,
      onProgress: (progress, soFar) => {
        const stopped = soFar({ kind: "stopped", reason: "timeout", detail: "the time is up" });
        results.push(`${progress.kind}: ${said(stopped)}`);
      },
    });
    const found = results.findIndex((line) => line.startsWith("found"));
    expect(results.slice(0, found)).toContain("solving: inconclusive");
    expect(new Set(results.slice(found).map((line) => line.replace(/^\w+: /, "")))).toEqual(
      new Set(["violated omit(a,c,1) omit(d,c,1)"]),
    );
  });
});

describe("every minimal counterexample is found beside errors", () => {
  test.each(["lineage", "exhaustive"] as const)("by %s", (strategy) => {
    const options = { eot: 3, eff: 2, crashes: 1, all: true, strategy, nodes: ["a", "b", "c", "d"] };
    const result = check(settingOf(besides, options), options);
    const { minimal } = result.kind === "verdict" && result.verdict.kind === "violated" ? result.verdict : {};
    expect(minimal?.complete).toBe(true);
    expect(minimal?.counterexamples.map((c) => formatSchedule(c.schedule))).toEqual([
      "crash(d,1) omit(a,c,1)",
      "omit(a,c,1) omit(d,c,1)",
    ]);
  });
});

describe("what else is asked", () => {
  test("of a tuple: what removes it comes before an error", () => {
    const setting = settingOf(besides, bounds);
    const relation = setting.program.relationByName.get("g");
    if (relation === undefined) throw new Error("no g");
    const tuple = { relation, instant: 3, args: ["c"] };
    expect(said(breakTuple(setting, tuple, false, bounds))).toBe(
      "violated omit(a,c,1) omit(d,c,1), besides division-by-zero omit(a,b,1)",
    );
  });

  test("how far from failing: a violation with more crashes is found beside an error", () => {
    const options = { eot: 3, eff: 0 };
    const text = besides.replace('peer("a","c")@1;', "");
    const { beyondCrashes } = marginOf(settingOf(text, options), options);
    expect(typeof beyondCrashes === "string" ? beyondCrashes : formatSchedule(beyondCrashes.schedule)).toBe(
      "crash(d,1)",
    );
    expect(checked(text, { ...options, crashes: 4 })).toBe("violated crash(d,1), besides division-by-zero crash(a,1)");
  });

  test("growing parameters: a confirmed violation is reported with the error of its budget", () => {
    const result = sweep(
      programOf(besides.replace('pre("x")@3;', 'pre("x") :- t("a"); t("a")@3; t(N)@next :- t(N); g(N)@next :- g(N);')),
      {
        patience: 1,
      },
    );
    expect(conclusionOf(result)).toBe("violated");
    expect(result.kind === "violated" && [result.smallest.parameters, result.error?.kind]).toEqual([
      { eot: 3, eff: 2, crashes: 0 },
      "division-by-zero",
    ]);
  });

  test("growing parameters: a confirmed violation is the result although the program fails with fewer crashes", () => {
    // Only who crashes breaks a promise; without a crash, lost messages to b are no more than divided by.
    const text = `
      peer("a","b")@1; peer("d","b")@1; peer("a","c")@1; peer("d","c")@1;
      m(M, N)@async :- peer(N, M);
      z("b", 0)@2;
      div(N, 1 / Z) :- z(N, Z), notin m(N, _);
      t("a", "y")@1; t("a", "x")@3; t(N, P)@next :- t(N, P);
      g(N)@next :- m(N, _); g(N)@next :- g(N);
      pre("y") :- t("a", "y"); post("y") :- t("a", "y");
      pre("x") :- t("a", "x"), crash("a", "d", _); post("x") :- g("c");`;
    const result = sweep(programOf(text), { patience: 1, crashes: 1 });
    expect(result.steps.at(-1)?.parameters).toEqual({ eot: 4, eff: 2, crashes: 1 });
    expect(conclusionOf(result)).toBe("violated");
    expect(result.kind === "violated" && result.smallest.parameters).toEqual({ eot: 3, eff: 2, crashes: 1 });
  });

  test("many budgets: an error ends the table, and does not hide the violations before it", () => {
    const ranges = { eot: { from: 3, to: 4 }, eff: { from: 2, to: 2 }, crashes: { from: 0, to: 0 } };
    // At EOT 4 nothing is promised any more.
    const result = frontier(programOf(besides), { ranges });
    expect(result.cells.map((cell) => cell.finding.kind)).toEqual(["violated"]);
    expect(result.error?.kind).toBe("division-by-zero");
    expect(frontierConclusion(result)).toBe("violated");
  });
});
