import { chosenFacts } from "../../program/chosen-inputs.js";
import type { Program } from "../../program/program.js";
import type { Risk } from "../../risk/risk.js";
import type { JsonObject } from "./json.js";
import { budgetJson, scheduleJson, tupleAtJson } from "./values.js";

/** The risk, as `$defs/risk` of schema/check.schema.json describes it. */
export function riskJson(risk: Risk, program: Program): JsonObject {
  switch (risk.kind) {
    case "none":
      return { kind: risk.kind, why: risk.why };
    case "bounds":
      return { kind: risk.kind, budget: budgetJson(risk.budget), least: risk.least, most: risk.most, why: risk.why };
    case "exact":
      return {
        kind: risk.kind,
        budget: budgetJson(risk.budget),
        probability: risk.probability,
        ...(program.inputs.length === 0
          ? {}
          : {
              worstInputs: chosenFacts(program, risk.inputs).map(({ relation, args, instant }) =>
                tupleAtJson(program, { relation, args, instant }),
              ),
            }),
        schedules: risk.schedules.map(({ schedule, probability }) => ({
          schedule: scheduleJson(schedule),
          probability,
        })),
        complete: risk.complete,
        contributions: risk.contributions.map(({ names, probability }) => ({ names, probability })),
      };
    default: {
      const never: never = risk;
      return never;
    }
  }
}
