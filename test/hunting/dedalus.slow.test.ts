import { describe, expect, test } from "vitest";
import { run } from "../../src/execution/run.js";
import type { Fault } from "../../src/faults/kinds.js";
import { formatSchedule } from "../../src/faults/notation.js";
import { schedule } from "../../src/faults/schedule.js";
import type { Observation, ObservedCall } from "../../src/hunting/call.js";
import { callId } from "../../src/hunting/call.js";
import type { HuntFaults } from "../../src/hunting/fault.js";
import type { SystemUnderTest } from "../../src/hunting/system.js";
import type { CheckOptions } from "../../src/search/check.js";
import { check, prepare } from "../../src/search/check.js";
import type { Setting } from "../../src/search/search.js";
import { witnessesOf } from "../../src/search/witnesses.js";
import { libraryProgram } from "../search/library-program.js";
import { huntIn } from "./simulation.js";

/* A Dedalus program driven through the interface that services are driven through: its messages are the calls, a lost one a fault. */

const lost = { text: "lost", executions: 0, slow: false, outcome: () => "lost" } as const;

function omissionsOf(faults: HuntFaults): readonly Fault[] {
  return faults.map((fault) => {
    if (fault.kind === "down") throw new Error("nothing here is down");
    const [, from = "", to = "", at = ""] = /› LOSE (\S+)\/(\S+)\/(\d+)$/.exec(fault.call) ?? [];
    return { kind: "omission", from, to, at: Number(at) };
  });
}

function driven({ program, budget, specification, maxTuples, memory }: Setting): SystemUnderTest {
  const execute = (faults: readonly Fault[]) => {
    const { nodes, eot } = budget;
    const result = run(program, { nodes, eot, schedule: schedule(faults), maxTuples, memory });
    if (result.kind !== "run") throw new Error("the run was not complete");
    return result.execution;
  };
  const observe = (faults: HuntFaults): Observation => {
    const omitted = omissionsOf(faults);
    const execution = execute(omitted);
    const witnesses = witnessesOf(specification, execution, () => execute([]));
    const calls = new Map<string, ObservedCall>();
    for (const { from, to, sent } of execution.messages()) {
      if (typeof from !== "string" || typeof to !== "string" || from === to || sent >= budget.eff) continue;
      const name = `LOSE ${from}/${to}/${sent}`;
      const hit = omitted.some((f) => f.kind === "omission" && f.from === from && f.to === to && f.at === sent);
      const id = callId("program", name);
      const at = { service: to, method: "LOSE", route: from, request: "" };
      calls.set(id, {
        ...at,
        id,
        caller: "program",
        name,
        answers: [],
        outcome: "",
        ...(hit ? { injected: "lost" } : {}),
      });
    }
    return {
      root: { id: "program", service: "program", method: "GET", route: "", request: "" },
      answer: "",
      calls: [...calls.values()],
      complete: true,
      good: witnesses.length === 0,
      outcome: witnesses.length === 0 ? "correct" : "violated",
    };
  };
  return {
    calibrate: async () => [observe([])],
    run: async (faults) => observe(faults),
  };
}

const cases: readonly (readonly [string, CheckOptions])[] = [
  ["delivery/simple", { eot: 4, eff: 2 }],
  ["delivery/retry", { eot: 4, eff: 3 }],
  ["delivery/classic", { eot: 5, eff: 3 }],
  ["delivery/redundant", { eot: 6, eff: 3 }],
  ["delivery/ack", { eot: 6, eff: 3 }],
  ["commit/2pc", { eot: 5, eff: 3 }],
];

describe("a Dedalus program driven as services are, known exactly,", () => {
  test.each(cases)("gets the verdict of check, and its minimal fault sets: %s", async (file, options) => {
    const bounded = { ...options, omissions: 2 };
    const { setting } = prepare(libraryProgram(file), bounded);
    if (setting === undefined) throw new Error("there is no budget");
    const checked = check(setting, { ...bounded, all: true });
    if (checked.kind !== "verdict") throw new Error("the program fails");
    const expected =
      checked.verdict.kind === "violated"
        ? (checked.verdict.minimal?.counterexamples ?? [checked.verdict.counterexample]).map((c) =>
            formatSchedule(c.schedule),
          )
        : [];
    const { verdict } = await huntIn(driven(setting), {
      kinds: [lost],
      down: undefined,
      reach: "exact",
      calibration: 1,
    });
    expect(verdict.kind).toBe(expected.length > 0 ? "violated" : "covered");
    const hunted =
      verdict.kind === "violated"
        ? verdict.findings.flatMap(({ faults, alike }) =>
            [faults, ...alike].map((set) => formatSchedule(schedule(omissionsOf(set)))),
          )
        : [];
    expect([...hunted].sort()).toEqual([...expected].sort());
  });
});
