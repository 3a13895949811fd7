import { placesOf, widened } from "../candidates/places.js";
import type { Situation } from "../candidates/situation.js";
import type { Subject } from "../candidates/subject.js";
import { touchable } from "../candidates/touchable.js";
import { noFaults } from "../faults/schedule.js";
import { runWithProvenance } from "../lineage/provenance.js";
import type { Setting } from "../search/search.js";
import type { Deciding } from "./deciding.js";
import type { Counterexample } from "./decision.js";

/** What the counterexample of a version suggests, also at the widened places; `undefined` if the version survives it, or does not run. */
export function situationOf(
  subject: Subject,
  setting: Setting,
  { schedule, inputs }: Counterexample,
  deciding: Deciding,
  wide = false,
): Situation | undefined {
  const { program, budget, memory, maxTuples, specification } = setting;
  const bounds = { nodes: budget.nodes, eot: budget.eot, inputs, memory, maxTuples };
  const failing = runWithProvenance(program, { ...bounds, schedule });
  const failureFree = runWithProvenance(program, { ...bounds, schedule: noFaults });
  if (failing.kind !== "run" || failureFree.kind !== "run") return undefined;
  const witnesses = deciding.witnesses(setting, failing.execution, failureFree.execution);
  if (witnesses.length === 0) return undefined;
  const places = placesOf(witnesses, specification, failing, failureFree);
  return {
    subject,
    touch: touchable(program, specification),
    places: wide ? widened(places, witnesses, program) : places,
    failureFree: failureFree.execution,
    failing: failing.execution,
  };
}
