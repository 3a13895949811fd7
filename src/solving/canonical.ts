import type { Inputs } from "../faults/inputs.js";
import type { Fault } from "../faults/kinds.js";
import { faultKinds } from "../faults/kinds.js";
import type { Schedule } from "../faults/schedule.js";
import type { BoundedSolver } from "./chooser.js";
import { Chooser } from "./chooser.js";
import type { FaultLiterals } from "./fault-literals.js";

/**
 * The first schedule with exactly `size` faults in the order of schedules, where none with fewer exists and the last call of the solver
 * gave a model: the first inputs, then the first fault that some model has, then the first after it, and so on. No model has a
 * fault before the one chosen, so what is chosen first comes first in its schedule.
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
  if (chosen.length < size) throw new Error("a model has fewer faults than there can be");
  return { inputs, schedule: chosen };
}
