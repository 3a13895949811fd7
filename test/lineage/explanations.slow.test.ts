import { describe, expect, test } from "vitest";
import { run, runRecorded } from "../../src/execution/run.js";
import { formatSchedule } from "../../src/faults/notation.js";
import type { Schedule } from "../../src/faults/schedule.js";
import { sizeOfSpace } from "../../src/faults/space.js";
import { Explainer } from "../../src/lineage/explanations.js";
import { FaultGraph } from "../../src/lineage/fault-graph.js";
import { RunView } from "../../src/lineage/run-view.js";
import type { CheckOptions } from "../../src/search/check.js";
import type { Setting } from "../../src/search/search.js";
import { witnessesOf } from "../../src/search/witnesses.js";
import { generate } from "../properties/generator/generate.js";
import { isListable, subjectOf } from "../properties/subject.js";
import { settingOf } from "../search/deciding.js";
import { schedulesOf } from "./formulas.js";

/** What became of the claims of a program's explanations: how many pairs (explained run, other schedule) were covered. */
interface Found {
  readonly explained: number;
  readonly covered: number;
}

/**
 * Runs every schedule, explains each correct run (or every so many), and compares: the explanation covers its own schedule,
 * and no schedule that it covers violates or ends in an error.
 */
function checkExplanations({ program, budget, specification }: Setting, every = 1): Found {
  const { nodes, eot } = budget;
  const schedules = schedulesOf(budget);
  const failureFree = run(program, { nodes, eot, schedule: [] });
  if (failureFree.kind !== "run") return { explained: 0, covered: 0 };
  const correct = schedules.map((schedule) => {
    const result = run(program, { nodes, eot, schedule });
    return (
      result.kind === "run" && witnessesOf(specification, result.execution, () => failureFree.execution).length === 0
    );
  });
  const graph = new FaultGraph(budget);
  let [explained, covered] = [0, 0];
  const explain = (schedule: Schedule): number => {
    const recorded = runRecorded(program, { nodes, eot, schedule }, undefined);
    if (recorded.kind !== "run") throw new Error("a correct run fails when it is repeated");
    const view = new RunView(program, recorded.timeline, recorded.values);
    return new Explainer(view, recorded.execution, graph).correctness(specification, failureFree.execution);
  };
  const phis = schedules.flatMap((schedule, i) =>
    correct[i] === true && i % every === 0 ? [{ schedule, phi: explain(schedule) }] : [],
  );
  schedules.forEach((other, i) => {
    const values = graph.evaluate(
      phis.map((p) => p.phi),
      graph.variables.assignment(other),
    );
    phis.forEach(({ schedule }, j) => {
      const isOwn = formatSchedule(other) === formatSchedule(schedule);
      if (isOwn && values[j] !== true)
        throw new Error(`${formatSchedule(schedule)} does not satisfy its own explanation`);
      if (isOwn) explained++;
      if (values[j] !== true) return;
      covered++;
      if (correct[i] !== true)
        throw new Error(
          `the explanation of ${formatSchedule(schedule)} covers ${formatSchedule(other)}, which is not correct`,
        );
    });
  });
  return { explained, covered };
}

/** That an explanation covers only its own schedule would be sound too, but no help: more pairs than runs are expected. */
function soundAndUseful(text: string, options: CheckOptions): void {
  const setting = settingOf(text, options);
  expect(Number(sizeOfSpace(setting.budget))).toBeLessThan(1000);
  const { explained, covered } = checkExplanations(setting, Math.ceil(Number(sizeOfSpace(setting.budget)) / 30));
  expect(explained).toBeGreaterThan(0);
  expect(covered).toBeGreaterThan(explained);
}

describe("an explanation covers its own schedule, and others of which all are correct", () => {
  test("a message that is sent again", () => {
    soundAndUseful(
      `log("a", "p")@1; link("a", "b")@1; link("a", "c")@1; link(N, M)@next :- link(N, M); log(N, P)@next :- log(N, P);
       log(M, P)@async :- log(N, P), link(N, M);
       pre(M, P) :- log(N, P), link(N, M); post(M, P) :- log(M, P);`,
      { eot: 3, eff: 2, crashes: 1 },
    );
  });

  test("a promise that a message makes", () => {
    soundAndUseful(
      `n("a")@1; n("b")@1; n("c")@1; n(N)@next :- n(N);
       ask("b", F)@async :- n(F), F == "a"; ask("c", F)@async :- n(F), F == "a"; ask(N, F)@next :- ask(N, F);
       told(F, N)@async :- ask(N, F); told(F, N)@next :- told(F, N);
       pre(N) :- told(_, N); post(N) :- ask(N, _), notin crash(N, N, _);`,
      { eot: 3, eff: 2, crashes: 1 },
    );
  });

  test("a time-out: what is missing stays missing", () => {
    soundAndUseful(
      `n("a")@1; n("b")@1; n(N)@next :- n(N);
       ping("b", N)@async :- n(N), N == "a"; pong(F)@async :- ping(N, F); heard(N) :- pong(N); heard(N)@next :- heard(N);
       down(N) :- n(N), N == "a", notin heard(N), late(N); late("a")@3; down(N)@next :- down(N);
       pre(N) :- down(N); post(N) :- down(N), notin heard(N);`,
      { eot: 4, eff: 4, crashes: 1 },
    );
  });

  test("aggregates: a count that a quorum has to reach", () => {
    soundAndUseful(
      `n("a")@1; n("b")@1; n("c")@1; n(N)@next :- n(N);
       vote("c", N)@async :- n(N), N != "c"; vote(N, F)@next :- vote(N, F);
       total(N, count<F>) :- vote(N, F); highest(N, max<F>) :- vote(N, F);
       pre(N) :- total(N, 2); post(N) :- highest(N, "b");`,
      { eot: 3, eff: 2, crashes: 1 },
    );
  });

  test("aggregates: a count that is right because a vote was lost, and must not gain it", () => {
    soundAndUseful(
      `n("a")@1; n("b")@1; n("c")@1; vote("c", N)@async :- n(N), N != "c"; vote(N, F)@next :- vote(N, F);
       total(N, count<F>) :- vote(N, F);
       pre(N) :- vote(N, "a"); post(N) :- total(N, 1);`,
      { eot: 3, eff: 2, crashes: 1 },
    );
  });

  test("an aggregate as a message", () => {
    soundAndUseful(
      `v("a", 1)@1; v("a", 2)@1; v("a", X)@async :- w(N, X); w("b", 7)@1;
       best("c", N, max<X>)@async :- v(N, X); best(C, N, X)@next :- best(C, N, X); v(N, X)@next :- v(N, X);
       pre(C) :- best(C, _, 7); post(C) :- best(C, _, 2);`,
      { eot: 4, eff: 2, nodes: ["a", "b", "c"], crashes: 1 },
    );
  });

  test("recursion within an instant", () => {
    soundAndUseful(
      `link("a", "b")@1; link("b", "a")@1; link("b", "c")@1; link(X, Y)@next :- link(X, Y);
       heard(Y, X)@async :- link(X, Y); reach(Y, X) :- heard(Y, X); reach(Z, X) :- reach(Y, X), heard(Z, Y);
       seen(X, Y) :- reach(X, Y); seen(X, Y)@next :- seen(X, Y);
       pre("c", X) :- seen("b", X); post("c", X) :- seen("c", X); post("c", X) :- seen("b", X), notin seen("a", "b");`,
      { eot: 3, eff: 2, crashes: 1 },
    );
  });

  test("a literal at an absolute time", () => {
    soundAndUseful(
      `n("a")@1; n("b")@1; n(N)@next :- n(N); m("b")@async :- n(N), N == "a";
       good(N) :- n(N), m(N)@2; bad(N) :- n(N), notin m(N)@3;
       pre(N) :- good(N); post(N) :- good(N), notin bad(N);`,
      { eot: 4, eff: 4, crashes: 1 },
    );
  });

  test("outcomes without a `pre`", () => {
    soundAndUseful(`n("a")@1; n(N)@next :- n(N); m("b")@async :- n(N); m(N)@next :- m(N); post(N) :- m(N);`, {
      eot: 4,
      eff: 3,
      crashes: 1,
    });
    soundAndUseful(`n("a")@1; n(N)@next :- n(N); m("b")@async :- n(N); m(N)@next :- m(N);`, {
      eot: 4,
      eff: 3,
      crashes: 1,
    });
  });
});

test("so it is for generated programs", () => {
  let [explained, covered, programs] = [0, 0, 0];
  for (let seed = 1; seed <= 40; seed++) {
    const subject = subjectOf(generate(seed));
    if ("refused" in subject || !isListable(subject.budget, 150)) continue;
    const found = checkExplanations(subject.setting, 3);
    if (found.explained > 0) programs++;
    explained += found.explained;
    covered += found.covered;
  }
  expect(programs).toBeGreaterThan(12);
  expect(covered).toBeGreaterThan(explained);
});
