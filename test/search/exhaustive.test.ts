import { describe, expect, test } from "vitest";
import type { Execution } from "../../src/execution/execution.js";
import { run } from "../../src/execution/run.js";
import { formatSchedule } from "../../src/faults/notation.js";
import { sizeOfSpace } from "../../src/faults/space.js";
import { decide } from "../../src/search/check.js";
import { exhaustive } from "../../src/search/exhaustive.js";
import type { Setting } from "../../src/search/search.js";
import { schedulesOf } from "../lineage/formulas.js";
import { generate } from "../properties/generator/generate.js";
import { isListable, subjectOf } from "../properties/subject.js";
import { decided, minimalOf, settingOf, verdictOn } from "./deciding.js";

/** All that held at any time. */
function history(execution: Execution): string {
  const { relations } = execution.program;
  return relations
    .flatMap(({ id }) => Array.from({ length: execution.eot }, (_, i) => JSON.stringify(execution.tuples(id, i + 1))))
    .join(" ");
}

/** The histories of the runs that the strategy makes when it meets no violation, and their schedules. */
function reached(setting: Setting): { readonly histories: ReadonlySet<string>; readonly schedules: readonly string[] } {
  const histories = new Set<string>();
  const schedules: string[] = [];
  decide(setting, {}, exhaustive, (execution) => {
    histories.add(history(execution));
    schedules.push(formatSchedule(execution.schedule));
    return [];
  });
  return { histories, schedules };
}

/** The histories of all schedules. */
function all({ program, budget }: Setting): ReadonlySet<string> {
  const runs = schedulesOf(budget).map((schedule) => run(program, { nodes: budget.nodes, eot: budget.eot, schedule }));
  return new Set(runs.flatMap((r) => (r.kind === "run" ? [history(r.execution)] : ["error"])));
}

const relay = `
  n("a")@1; n("b")@1; n(N)@next :- n(N);
  m("b", 1)@async :- n(F), F == "a"; m(T, X + 1)@async :- m(F, X), n(T), T != F;
  quiet(N) :- n(N), notin m(N, _); sos("a")@async :- quiet(N), N == "b", t(N); t("b")@2;
  pre(N) :- n(N); post(N) :- n(N);`;

describe("each history is reached, by one schedule", () => {
  test("of a relay in which a lost message makes another be sent", () => {
    const setting = settingOf(relay, { eot: 4, eff: 4, crashes: 1 });
    const { histories, schedules } = reached(setting);
    expect([...histories].sort()).toEqual([...all(setting)].sort());
    expect(new Set(schedules).size).toBe(schedules.length);
    expect(BigInt(schedules.length)).toBeLessThan(sizeOfSpace(setting.budget));
  });

  test("of generated programs", () => {
    let manifold = 0;
    for (let seed = 1; seed <= 50; seed++) {
      const subject = subjectOf(generate(seed));
      if ("refused" in subject || !isListable(subject.budget, 120)) continue;
      const expected = all(subject.setting);
      if (expected.has("error")) continue;
      const { histories, schedules } = reached(subject.setting);
      expect([...histories].sort()).toEqual([...expected].sort());
      expect(new Set(schedules).size).toBe(schedules.length);
      if (expected.size > 3) manifold++;
    }
    expect(manifold).toBeGreaterThan(3);
  });
});

const replicas = `
  n("a")@1; n("b")@1; n("c")@1; n(N)@next :- n(N);
  m("b", F)@async :- n(F), F == "a"; m("c", F)@async :- n(F), F == "a"; m(N, F)@next :- m(N, F);
  pre(F) :- n(F), F == "a"; post(F) :- m(_, F);`;

describe("what it reports", () => {
  test("the fewest faults come first, and of those the canonical first", () => {
    const options = { eot: 3, eff: 3, crashes: 1, strategy: "exhaustive" as const };
    expect(decided(replicas, options)).toBe("violated crash(a,1)");
    expect(decided(replicas, { ...options, crashes: 0 })).toBe(
      "violated omit(a,b,1) omit(a,b,2) omit(a,c,1) omit(a,c,2)",
    );
  });

  test("with `all`, every minimal counterexample: a later crash with the omissions that it spares", () => {
    const options = { eot: 3, eff: 3, crashes: 1, all: true };
    const expected = [
      "crash(a,1)",
      "crash(a,2) omit(a,b,1) omit(a,c,1)",
      "omit(a,b,1) omit(a,b,2) omit(a,c,1) omit(a,c,2)",
    ];
    expect(minimalOf(verdictOn(replicas, { ...options, strategy: "exhaustive" }))).toEqual(expected);
    expect(minimalOf(verdictOn(replicas, options))).toEqual(expected);
  });

  test("a limit on executions ends the search without a verdict, and says up to which size it came", () => {
    const verdict = verdictOn(replicas, { eot: 3, eff: 3, strategy: "exhaustive", maxRuns: 8 });
    expect(
      verdict.kind === "inconclusive" && [verdict.reason, verdict.known.executions, verdict.known.ruledOut],
    ).toEqual(["max-runs", 8, 1]);
  });

  test("a counterexample that was found is kept when a limit ends the search", () => {
    for (const limit of [{ maxRuns: 5 }, { interrupted: afterPolls(60) }]) {
      const verdict = verdictOn(replicas, { eot: 3, eff: 3, crashes: 1, all: true, strategy: "exhaustive", ...limit });
      expect(verdict.kind).toBe("violated");
      expect(minimalOf(verdict)[0]).toBe("crash(a,1)");
      expect(verdict.kind === "violated" && verdict.minimal?.complete).toBe(false);
    }
  });
});

/** Lets a search go on for so many questions. */
function afterPolls(count: number): () => boolean {
  let left = count;
  return () => left-- <= 0;
}

test("a message that finds its receiver away may find it back when it comes again", () => {
  const program = `link("a", "b")@1;
    link("b", "a")@1;
    link(N, M)@next :- link(N, M);
    log("a", "p")@1;
    fresh(N, P) :- log(N, P), notin old(N, _);
    old(N, P)@next :- log(N, P);
    log(M, P)@async :- fresh(N, P), link(_, M);
    due("date")@4;
    never(X0) :- due(X0), fresh("a", _);`;
  const options = { nodes: ["a", "b"], eot: 4, eff: 3, omissions: 0, restarts: 1, duplicates: 1, maxFaults: 2 };
  for (const strategy of ["lineage", "exhaustive"] as const)
    expect(decided(program, { ...options, strategy })).toBe("violated restart(b,2,3) duplicate(a,b,1,3)");
});
