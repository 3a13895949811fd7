import type { Inputs } from "../faults/inputs.js";
import type { Fault } from "../faults/kinds.js";
import { faultKinds } from "../faults/kinds.js";
import type { Schedule } from "../faults/schedule.js";
import type { BoundedSolver } from "./chooser.js";
import { Chooser } from "./chooser.js";
import type { FaultLiterals } from "./fault-literals.js";

/**
 * The first scenario, in the order in which scenarios are reported, among the models of the solver: the first inputs, then the first
 * fault that some model has, then the first after it, and so on. So the report does not depend on which model the solver finds.
 *
 *     models {crash(b,4), omit(a,c,1)}, {omit(a,b,1), omit(a,c,2)}:     crash(b,4) first, so the first model
 *
 * Preconditions: the last call of the solver gave a model, and every model has exactly `size` faults.
 */
export function canonicalSchedule(
  solver: BoundedSolver,
  literals: FaultLiterals,
  size: number,
): { readonly inputs: Inputs; readonly schedule: Schedule } {
  const chooser = new Chooser(solver);
  const inputs = literals.chooseInputs(chooser);
  const chosen: Fault[] = [];
  for (const kind of faultKinds) {
    while (chosen.length < size) {
      const fault = literals.choose(chooser, kind, chosen);
      if (fault === undefined) break;
      chosen.push(fault);
    }
  }
  if (chosen.length < size) throw new Error("a model has fewer faults than the smallest schedule");
  return { inputs, schedule: chosen };
}
