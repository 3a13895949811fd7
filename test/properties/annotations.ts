import type { FaultVariable } from "../../src/faults/fault-variable.js";
import { formatSchedule } from "../../src/faults/notation.js";
import type { Schedule } from "../../src/faults/schedule.js";
import type { AllSchedules } from "../../src/lineage/all-schedules.js";
import { buildAllSchedules } from "../../src/lineage/all-schedules.js";
import { evaluateProgram, tuplesAt } from "../reference/evaluate.js";
import { keyOf } from "../reference/values.js";
import { tuplesUnder } from "./readings.js";
import type { Property } from "./subject.js";
import { failed, passed, randomSchedule, skipped } from "./subject.js";

export const annotationReadings: Property = {
  name: "annotations",
  claim: "the annotation of each tuple, evaluated at a random schedule, says whether the run under it has the tuple",
  check: (subject, random) => {
    const { budget, program } = subject;
    const all = buildAllSchedules(program, subject.setting.budget, {
      maxTuples: 20_000,
      keepAll: true,
      mostResults: subject.setting.mostResults,
    });
    if (all.kind !== "built") return skipped(all.detail);
    for (let i = 0; i < 8; i++) {
      const schedule = i === 0 ? [] : randomSchedule(budget, random);
      const naive = evaluateProgram(subject.reference, { ...budget, schedule });
      if (naive.kind === "too-large") return skipped("too large");
      const assignment = (id: number): boolean => holds(all.graph.variables.variable(id), schedule, budget.nodes);
      const failing = all.graph.evaluate([all.failing], assignment)[0] === true;
      if (failing !== (naive.kind === "error"))
        return failed(`failing is ${failing}, the run ends in ${naive.kind}; under ${formatSchedule(schedule)}`);
      if (naive.kind === "error") continue;
      for (const relation of program.relations) {
        for (let t = 1; t <= budget.eot; t++) {
          const found = tuplesUnder(all, all.possible(relation.id, t), assignment).map(keyOf).sort();
          const expected = [...tuplesAt(naive.instants, relation.name, t).keys()].sort();
          if (found.join() === expected.join()) continue;
          return failed(
            `the annotations of ${relation.name} at ${t} say {${found.join(" ")}}; expected {${expected.join(" ")}}; under ${formatSchedule(schedule)}`,
          );
        }
      }
    }
    return passed(sizeOf(all));
  },
};

function holds(variable: FaultVariable, schedule: Schedule, nodes: readonly string[]): boolean {
  return schedule.some((fault) =>
    fault.kind === "crash"
      ? variable.kind === "down" && nodes[variable.node] === fault.node && fault.at <= variable.at
      : fault.kind === "omission" &&
        variable.kind === "omit" &&
        nodes[variable.from] === fault.from &&
        nodes[variable.to] === fault.to &&
        variable.at === fault.at,
  );
}

function sizeOf(all: AllSchedules): string {
  return all.graph.size > 1 ? "faults matter" : "no fault matters";
}
