import { describe, expect, test } from "vitest";
import { stopped } from "../../src/execution/stopped.js";
import { budget } from "../../src/faults/budget.js";
import { formatSchedule } from "../../src/faults/notation.js";
import type { Schedule } from "../../src/faults/schedule.js";
import { FaultGraph } from "../../src/lineage/fault-graph.js";
import type { Lesson } from "../../src/search/alternation.js";
import { alternation, scheduleCandidates, undisturbed } from "../../src/search/alternation.js";
import { hypothesesOn } from "../../src/solving/queries.js";

/* No interpreter here: a sends to b and to c at 1, and one of the two has to arrive. */

const bounds = budget(["a", "b", "c"], 3, 2, 0);

function isLost(schedule: Schedule, to: string): boolean {
  return schedule.some((fault) => fault.kind === "omission" && fault.from === "a" && fault.to === to && fault.at === 1);
}

/** What a run under the schedule teaches: the first of the two that arrives is reason enough. */
function lesson(schedule: Schedule, graph: FaultGraph): Lesson {
  const arrived = ["b", "c"].find((to) => !isLost(schedule, to));
  if (arrived === undefined) return { kind: "violates" };
  return { kind: "explained", phi: graph.lost(0, arrived === "b" ? 1 : 2, 1) ^ 1 };
}

describe("alternation, whoever runs the schedules,", () => {
  test("yields a schedule that no lesson explains, smallest first, until none is left", () => {
    const graph = new FaultGraph(bounds);
    const schedules = alternation(undisturbed(), scheduleCandidates(hypothesesOn(graph)));
    const yielded: string[] = [];
    let next = schedules.next();
    for (; next.done !== true; next = schedules.next(lesson(next.value.schedule, graph)))
      yielded.push(formatSchedule(next.value.schedule));
    expect(yielded).toEqual(["{}", "omit(a,b,1)", "omit(a,b,1) omit(a,c,1)"]);
    // Whatever does more than the violation is ruled out with it.
    expect(next.value).toBeUndefined();
  });

  test("ends with what stopped the solver", () => {
    const graph = new FaultGraph(bounds);
    const end = stopped("timeout", "the time is up");
    const schedules = alternation(undisturbed(), scheduleCandidates(hypothesesOn(graph, () => end)));
    const first = schedules.next();
    expect(first.done === true ? "none" : formatSchedule(first.value.schedule)).toBe("{}");
    expect(schedules.next(lesson([], graph))).toEqual({ done: true, value: end });
  });
});
