import { formatSchedule } from "../../faults/notation.js";
import { formatInputs } from "../../program/chosen-inputs.js";
import type { Program } from "../../program/program.js";
import type { ReachFinding } from "../../search/reach-findings.js";
import type { OnlyUnderFaults } from "../../search/verdict.js";
import { enumerate } from "../../wording/lists.js";
import { count } from "../../wording/numbers.js";
import { rulePlace } from "./source-text.js";
import { relationName } from "./tuples.js";

/** What was found of one `reach` line: `leader("b", _) reached at 9, with 2 faults`. `schedule`: whether the faults are named. */
export function reachInWords(finding: ReachFinding, program: Program, schedule = false): string {
  const { text } = finding.reach;
  switch (finding.kind) {
    case "reached": {
      const { instant, scenario, fewest } = finding;
      const faults = scenario.schedule.length;
      const least = fewest ? "" : ", and perhaps with fewer, or earlier";
      const inputs = formatInputs(program, scenario.inputs);
      const given = schedule && inputs.length > 0 ? `, given ${enumerate(inputs)}` : "";
      const named = schedule && faults > 0 ? `: ${formatSchedule(scenario.schedule)}` : "";
      return `${text} reached at ${instant}, ${faults === 0 ? "without faults" : `with ${count(faults, "fault")}`}${least}${given}${named}`;
    }
    case "not-reached":
      return `${text} not reached`;
    case "not-seen":
      return `${text} not seen in ${count(finding.runs, "run")}`;
    case "undecided":
      return `${text} undecided: ${finding.detail}`;
    default: {
      const never: never = finding;
      return never;
    }
  }
}

/** What only faults bring about, in lines; none if there is nothing of the kind. */
export function onlyUnderFaultsInWords({ relations, rules }: OnlyUnderFaults, program: Program): readonly string[] {
  const names = relations.map((id) => relationName(program, id));
  const places = rules.map((id) => rulePlace(program, id, true));
  return [
    ...(names.length === 0 ? [] : [`relations: ${enumerate(names)}`]),
    ...(places.length === 0 ? [] : [`rules: ${enumerate(places)}`]),
  ];
}
