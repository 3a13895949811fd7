import { chosenFacts } from "../../program/chosen-inputs.js";
import type { Program } from "../../program/program.js";
import type { ReachFinding } from "../../search/reach-findings.js";
import type { OnlyUnderFaults } from "../../search/verdict.js";
import { relationName } from "../text/tuples.js";
import type { JsonObject } from "./json.js";
import { placeJson, rulePlaceJson, scheduleJson, tupleAtJson } from "./values.js";

/** The result for one `reach` line. */
export function reachJson(finding: ReachFinding, program: Program): JsonObject {
  const { reach, kind } = finding;
  const line = { pattern: reach.text, place: placeJson(reach.span), result: kind };
  switch (kind) {
    case "reached": {
      const { instant, scenario, fewest } = finding;
      const inputs = chosenFacts(program, scenario.inputs);
      return {
        ...line,
        at: instant,
        faults: scenario.schedule.length,
        fewest,
        schedule: scheduleJson(scenario.schedule),
        ...(program.inputs.length === 0 ? {} : { inputs: inputs.map((fact) => tupleAtJson(program, fact)) }),
      };
    }
    case "not-reached":
      return line;
    case "not-seen":
      return { ...line, runs: finding.runs };
    case "undecided":
      return { ...line, detail: finding.detail };
    default: {
      const never: never = kind;
      return never;
    }
  }
}

export function onlyUnderFaultsJson({ relations, rules }: OnlyUnderFaults, program: Program): JsonObject {
  return {
    relations: relations.map((id) => relationName(program, id)),
    rules: rules.map((id) => rulePlaceJson(program, id)),
  };
}
