import type { Program, RelationId } from "../../program/program.js";
import type { AdequacyWarning } from "../../search/verdict.js";
import { formatValue } from "../../source/strings.js";
import { enumerate } from "../../wording/lists.js";
import { rulePlace } from "./source-text.js";
import { relationName } from "./tuples.js";

/** The promise that a warning is about, as a prefix of the sentence. */
function inPromise(promise: string | undefined): string {
  return promise === undefined ? "" : `promise \`${promise}\`: `;
}

const emptyUnder = {
  "every-schedule": "time under every schedule",
  "failure-free": "the failure-free run",
  runs: "time under every schedule that was run",
  run: "the run",
} as const;

/** The places of a relation's rules. */
function placeOfRules(relation: RelationId, program: Program, shortPaths: boolean): string {
  const rules = program.rules.filter(({ head }) => head.relation === relation);
  return ` (${rules.map(({ id }) => rulePlace(program, id, shortPaths)).join(", ")})`;
}

/** A warning of adequacy in one sentence, without a full stop. `shortPaths`: keeps the line short. */
export function warningSentence(warning: AdequacyWarning, program: Program, shortPaths = false): string {
  const name = (relation: Parameters<typeof relationName>[1]): string => `\`${relationName(program, relation)}\``;
  switch (warning.kind) {
    case "vacuous": {
      const promised = warning.relation === undefined ? "every outcome" : name(warning.relation);
      return `${inPromise(warning.promise)}${promised} is empty at the end of ${emptyUnder[warning.under]}: nothing is promised, so this ${warning.under === "runs" ? "may hold" : "holds"} vacuously`;
    }
    case "vacuous-under-faults":
      return `${inPromise(warning.promise)}${name(warning.relation)} is empty under every schedule that has a fault: the promise is tested only without faults`;
    case "out-of-reach":
      return `${inPromise(warning.promise)}every rule of ${name(warning.relation)} reads a relation that is empty under every schedule: this may hold vacuously`;
    case "unsettled": {
      const verb = warning.relations.length === 1 ? "still changes" : "still change";
      const advice =
        warning.settledAt === undefined
          ? "a larger EOT may give another verdict"
          : `first settled at EOT ${warning.settledAt}`;
      return `the outcome has not settled: ${enumerate(warning.relations.map(name))} ${verb} at the end of time; ${advice}`;
    }
    case "not-reached":
      return `no schedule of the budget reaches \`${warning.reach.text}\`: what it stands for was not tested`;
    case "relation-never-filled": {
      const places = warning.relations.map((id) => `${name(id)}${placeOfRules(id, program, shortPaths)}`);
      return `no schedule of the budget fills ${enumerate(places)}`;
    }
    case "nothing-to-lose":
      return "no fault of the budget affects this program: no message is sent that could be lost, and no crash is observed";
    case "kind-without-effect":
      return `no ${enumerate(
        warning.faults.map((kind) => kind.replaceAll("-", " ")),
        "or",
      )} can matter here: the program does the same with and without`;
    case "rule-never-fires": {
      const places = warning.rules.map((rule) => rulePlace(program, rule, shortPaths));
      return warning.rules.length === 1
        ? `no schedule makes the rule at ${enumerate(places)} fire`
        : `no schedule makes these rules fire: ${enumerate(places)}`;
    }
    case "message-to-non-node": {
      const place = formatValue(warning.place);
      const direction = warning.end === "to" ? "to" : "from";
      return `the rule at ${rulePlace(program, warning.rule, shortPaths)} sends messages ${direction} ${place}, which is not a node: they are never delivered`;
    }
    default: {
      const never: never = warning;
      return never;
    }
  }
}
