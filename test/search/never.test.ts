import { describe, expect, test } from "vitest";
import { formatSchedule } from "../../src/faults/notation.js";
import { inferNodes } from "../../src/program/nodes.js";
import type { CheckOptions } from "../../src/search/check.js";
import type { StrategyName } from "../../src/search/verdict.js";
import { programOf } from "../program/programs.js";
import { parse } from "../properties/loading.js";
import { survey } from "../reference/exhaustive.js";
import { collect } from "../reference/program.js";
import { showSchedule } from "../reference/schedules.js";
import { specificationOf } from "../reference/specification.js";
import { decided, minimalOf, settingOf, verdictOn } from "./deciding.js";

interface Case {
  readonly name: string;
  readonly text: string;
  readonly options: CheckOptions & { readonly eot: number; readonly eff: number };
  readonly expected: string;
}

const cases: readonly Case[] = [
  {
    name: "alone: nothing has to stay",
    text: `p("a")@1; m("b")@async :- p("a"); m(N)@next :- m(N); up("b")@1; up(N)@next :- up(N), notin m(N); never(N) :- up(N), m(N), notin m(N)@2;`,
    options: { eot: 5, eff: 4 },
    expected: "holds",
  },
  {
    name: "at an instant that is not the last",
    text: `p("a")@1; p("a")@2; m("b")@async :- p("a"); never(N) :- up(N), notin m(N); up("b")@2; up("b")@3; q("b")@1; q(N)@next :- q(N);`,
    options: { eot: 6, eff: 4, crashes: 1 },
    expected: "violated crash(a,2)",
  },
  {
    name: "beside an implication",
    text: `p("a")@1; p("a")@2; m("b")@async :- p("a"); log(N)@next :- m(N); log(N)@next :- log(N); pre("b") :- p("a")@1, log("b"); post(N) :- log(N); post("b") :- m("b")@2, p("a")@2; never(N) :- up(N), notin log(N); up("b")@4;`,
    options: { eot: 5, eff: 4 },
    expected: "violated omit(a,b,1) omit(a,b,2)",
  },
  {
    name: "beside a `post` that is compared with the failure-free run",
    text: `p("a")@1; p("c")@1; m("b", N)@async :- p(N); m(N, M)@next :- m(N, M); post(N, M) :- m(N, M); never(N) :- m(N, "a"), notin m(N, "c");`,
    options: { eot: 3, eff: 2, crashes: 1 },
    expected: "violated crash(a,1)",
  },
  {
    name: "with an aggregate and a record of the past",
    text: `v("a", 1)@1; v("b", 2)@1; w("c", N, X)@async :- v(N, X); w(N, M, X)@next :- w(N, M, X); best(N, max<X>) :- w(N, _, X); was(N, X) :- best(N, X); was(N, X)@next :- was(N, X); never(N, X) :- was(N, X), best(N, Y), Y < X; never(N, X) :- best(N, X), X < 2;`,
    options: { eot: 4, eff: 2, crashes: 1 },
    expected: "violated crash(b,1)",
  },
  {
    name: "where no schedule violates",
    text: `p("a")@1; m("b")@async :- p("a"); m(N)@next :- m(N); never(N) :- m(N), notin p("a")@1;`,
    options: { eot: 4, eff: 3, crashes: 1 },
    expected: "holds",
  },
  {
    name: "without any fault",
    text: `p("a")@1; m("b")@async :- p("a"); never(N) :- m(N);`,
    options: { eot: 4, eff: 3 },
    expected: "violated {}",
  },
];

const strategies: readonly StrategyName[] = ["lineage", "exhaustive", "alternate"];

describe("`never` is judged", () => {
  describe.each(cases)("$name", ({ text, options, expected }) => {
    const minimal = (): readonly string[] => {
      const program = collect([parse(text)]);
      const nodes = inferNodes(programOf(text), options.eot);
      const { eot, eff, crashes = 0 } = options;
      const found = survey(program, specificationOf(program), { nodes, eot, eff, crashes });
      if (found.kind !== "complete") throw new Error(found.kind);
      return found.minimal.map(showSchedule);
    };

    test.each(strategies)("by %s", (strategy) => {
      expect(decided(text, { ...options, strategy })).toBe(expected);
    });

    test("and the minimal schedules are those of the reference", () => {
      expect(minimalOf(verdictOn(text, { ...options, all: true }))).toEqual(minimal());
    });
  });
});

describe("a counterexample", () => {
  const witnesses = (text: string, options: CheckOptions): readonly string[] => {
    const verdict = verdictOn(text, options);
    if (verdict.kind !== "violated") throw new Error(verdict.kind);
    const { relations } = settingOf(text, options).program;
    return verdict.counterexample.witnesses.map(
      ({ kind, relation, args, instant }) => `${kind} ${relations[relation]?.name}(${args.join()})@${instant}`,
    );
  };

  test("has each tuple of `never` at the first instant at which it holds, after what is missing at the end", () => {
    const text = `p("a")@1; m("b")@async :- p("a"); m(N)@next :- m(N); post(N) :- m(N);
      never(N, 1) :- up(N), notin m(N); never(N, 2)@next :- up(N), notin m(N); up("b")@3; up("b")@4; up("b")@5;`;
    expect(witnesses(text, { eot: 5, eff: 4 })).toEqual([
      "missing post(b)@5",
      "present never(b,1)@3",
      "present never(b,2)@4",
    ]);
  });

  test("is that of the first schedule with fewest faults, whatever the promise that it breaks", () => {
    const text = `p("a")@1; p("c")@1; m("b", N)@async :- p(N); m(N, M)@next :- m(N, M);
      pre(N) :- m(N, _)@9, up(N); pre(N) :- up(N), notin m(N, "a"), notin m(N, "c"); post(N) :- p(N); up("b")@3; never(N) :- up(N), notin m(N, "c");`;
    const verdict = verdictOn(text, { eot: 3, eff: 2 });
    if (verdict.kind !== "violated") throw new Error(verdict.kind);
    expect(formatSchedule(verdict.counterexample.schedule)).toBe("omit(c,b,1)");
  });
});

test("`--never` names another relation; the usual one is then like any other", () => {
  const text = `p("a")@1; m("b")@async :- p("a"); m(N)@next :- m(N); bad(N) :- up(N), notin m(N); up("b")@3; never(N) :- p(N);`;
  expect(decided(text, { eot: 4, eff: 3, never: "bad" })).toBe("violated omit(a,b,1)");
  expect(decided(text, { eot: 4, eff: 3 })).toBe("violated {}");
  expect(decided(text.replace("never", "other"), { eot: 4, eff: 3, post: "m" })).toBe("violated omit(a,b,1)");
});
