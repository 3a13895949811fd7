import { runRecorded } from "../../src/execution/run.js";
import { formatSchedule } from "../../src/faults/notation.js";
import type { Schedule } from "../../src/faults/schedule.js";
import { Explainer } from "../../src/lineage/explanations.js";
import { FaultGraph } from "../../src/lineage/fault-graph.js";
import { RunView } from "../../src/lineage/run-view.js";
import { showSchedule } from "../reference/schedules.js";
import { allSchedules } from "../reference/space.js";
import { engineSchedule } from "./engine-schedule.js";
import type { Property } from "./subject.js";
import { failed, passed, randomSchedule, skipped } from "./subject.js";

export const explanationsOfCorrectness: Property = {
  name: "correctness",
  claim: "the explanation of a correct run covers its own schedule, and no schedule that violates or errs",
  check: (subject, random) => {
    const truth = subject.truth();
    if (truth.kind !== "complete") return skipped(truth.kind);
    const wrong = new Set([...truth.violating, ...truth.erring].map(showSchedule));
    if (wrong.has("{}")) return skipped("violated without faults");
    const { program, setting, budget } = subject;
    const failureFree = runRecorded(program, { ...budget, schedule: [] }, undefined);
    if (failureFree.kind !== "run") return failed("the failure-free run errs");
    const covered: number[] = [];
    for (let i = 0; i < 4; i++) {
      const schedule = i === 0 ? [] : randomSchedule(budget, random);
      if (wrong.has(showSchedule(schedule))) continue;
      const run = runRecorded(program, { ...budget, schedule }, undefined);
      if (run.kind !== "run") return failed(`the run errs, under ${formatSchedule(schedule)}`);
      const graph = new FaultGraph(setting.budget);
      const explainer = new Explainer(new RunView(program, run.timeline, run.values), run.execution, graph);
      const phi = explainer.correctness(setting.specification, failureFree.execution);
      const covers = (other: Schedule): boolean => graph.evaluate([phi], graph.variables.assignment(other))[0] === true;
      if (!covers(schedule)) return failed(`does not cover its own schedule: ${formatSchedule(schedule)}`);
      const all = [...allSchedules(budget)].map(engineSchedule).filter(covers);
      const bad = all.find((other) => wrong.has(showSchedule(other)));
      if (bad !== undefined)
        return failed(`covers too much: the run under ${formatSchedule(schedule)} explains ${showSchedule(bad)}`);
      covered.push(all.length);
    }
    return passed(covered.some((n) => n > 1) ? "covers more than itself" : "covers itself");
  },
};
