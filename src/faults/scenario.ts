import type { InputLine, Inputs } from "./inputs.js";
import { compareInputs } from "./inputs.js";
import type { Schedule } from "./schedule.js";
import { compareSchedules } from "./schedule.js";

/** What determines one execution of a program. */
export interface Scenario {
  readonly inputs: Inputs;
  readonly schedule: Schedule;
}

/** The order in which scenarios are reported: by number of faults, then by inputs, then by schedule. */
export function compareScenarios(a: Scenario, b: Scenario, lines: readonly InputLine[]): number {
  return (
    a.schedule.length - b.schedule.length ||
    compareInputs(a.inputs, b.inputs, lines) ||
    compareSchedules(a.schedule, b.schedule)
  );
}
