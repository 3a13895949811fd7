import type { InputLine, Inputs } from "./inputs.js";
import { compareInputs } from "./inputs.js";
import type { Schedule } from "./schedule.js";
import { compareSchedules } from "./schedule.js";

/** What one execution depends on. */
export interface Scenario {
  readonly inputs: Inputs;
  readonly schedule: Schedule;
}

/** The order in which scenarios are reported: fewest faults first; then by inputs; then fault by fault. */
export function compareScenarios(a: Scenario, b: Scenario, lines: readonly InputLine[]): number {
  return (
    a.schedule.length - b.schedule.length ||
    compareInputs(a.inputs, b.inputs, lines) ||
    compareSchedules(a.schedule, b.schedule)
  );
}
