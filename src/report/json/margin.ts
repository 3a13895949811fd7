import { kindOf } from "../../faults/kinds.js";
import type { Program } from "../../program/program.js";
import type { IndependentDerivations } from "../../search/independent-derivations.js";
import { isExact } from "../../search/independent-derivations.js";
import type { Beyond, Margin } from "../../search/margin.js";
import type { JsonObject } from "./json.js";
import { scheduleJson, tupleJson } from "./values.js";

/** How far a program that holds is from failing, as schema/check.schema.json describes it. */
export function marginJson(
  { beyond, beyondCrashes, beyondEverything, singlePoints, outcomes, outcomesComplete }: Margin,
  program: Program,
): JsonObject {
  return {
    beyond: beyond.map(({ kind, most, found }) => ({
      bound: kind === undefined ? "maxFaults" : kindOf(kind).bound,
      most: most === Infinity ? "any" : most,
      found: foundJson(found),
    })),
    beyondCrashes: foundJson(beyondCrashes),
    beyondEverything:
      typeof beyondEverything === "string" ? beyondEverything : { schedule: scheduleJson(beyondEverything) },
    singlePoints: singlePoints === "undecided" ? singlePoints : scheduleJson(singlePoints),
    outcomes: outcomes.map((outcome) => outcomeJson(outcome, program)),
    outcomesComplete,
  };
}

function foundJson(found: Beyond["found"]): JsonObject | string {
  return typeof found === "string" ? found : { schedule: scheduleJson(found.schedule) };
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
