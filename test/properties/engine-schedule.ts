import type { Fault } from "../../src/faults/kinds.js";
import type { Schedule } from "../../src/faults/schedule.js";
import type { ReferenceSchedule } from "../reference/schedules.js";

/** A schedule of the reference evaluator as the engine has it. */
export function engineSchedule(s: ReferenceSchedule): Schedule {
  return s.map((fault): Fault => fault);
}
