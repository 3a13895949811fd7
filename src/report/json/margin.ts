import type { Program } from "../../program/program.js";
import type { IndependentDerivations } from "../../search/independent-derivations.js";
import { isExact } from "../../search/independent-derivations.js";
import type { Margin } from "../../search/margin.js";
import type { JsonObject } from "./json.js";
import { scheduleJson, tupleJson } from "./values.js";

/** How far a program that holds is from failing, as schema/check.schema.json describes it. */
export function marginJson(
  { beyondCrashes, beyondEverything, singlePoints, outcomes, outcomesComplete }: Margin,
  program: Program,
): JsonObject {
  return {
    beyondCrashes:
      typeof beyondCrashes === "string"
        ? beyondCrashes
        : { schedule: scheduleJson(beyondCrashes.counterexample.schedule) },
    beyondEverything:
      typeof beyondEverything === "string" ? beyondEverything : { schedule: scheduleJson(beyondEverything) },
    singlePoints: singlePoints === "undecided" ? singlePoints : scheduleJson(singlePoints),
    outcomes: outcomes.map((outcome) => outcomeJson(outcome, program)),
    outcomesComplete,
  };
}

function outcomeJson(found: IndependentDerivations, program: Program): JsonObject {
  const { outcome, derivations, fewestLosses, shared } = found;
  return {
    outcome: tupleJson(program, outcome.relation, outcome.args),
    derivations: derivations.map(scheduleJson),
    exact: isExact(found),
    fewestLosses: fewestLosses === "none" ? fewestLosses : { schedule: scheduleJson(fewestLosses) },
    shared: scheduleJson(shared),
  };
}
