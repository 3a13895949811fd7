import { check, prepare } from "../../src/search/check.js";
import type { StrategyName } from "../../src/search/verdict.js";
import type { ReferenceReach } from "../reference/directives.js";
import type { Instant } from "../reference/evaluate.js";
import { evaluateProgram, tuplesAt } from "../reference/evaluate.js";
import { compareExecutions } from "../reference/order.js";
import type { ReferenceSchedule } from "../reference/schedules.js";
import { showSchedule } from "../reference/schedules.js";
import { allSchedules } from "../reference/space.js";
import { loadText } from "./loading.js";
import type { Property, Subject } from "./subject.js";
import { failed, isListable, parametersOf, passed, skipped } from "./subject.js";

const few = 400;

/** A promise that is never broken, so that the check holds and judges what is reached. */
const harmless = '\n//! promise nothing never=nothing_of_it\nnothing_of_it("a")@99;\n';

interface Reached {
  readonly schedule: ReferenceSchedule;
  readonly instant: number;
}

export const fewestToReach: Property = {
  name: "reach",
  claim:
    "what `reach` lines name is reached with the fewest faults, at the instant and under the schedule that brute force finds",
  check: (subject) => {
    const { budget, reference, text } = subject;
    if (reference.reaches.length === 0) return skipped("no reach line");
    if (!isListable(budget, few)) return skipped("too large");
    const runs: { readonly schedule: ReferenceSchedule; readonly instants: readonly Instant[] }[] = [];
    for (const schedule of allSchedules(budget)) {
      const run = evaluateProgram(reference, { ...budget, schedule });
      if (run.kind !== "model") return skipped(run.kind);
      runs.push({ schedule, instants: run.instants });
    }
    const loaded = loadText(text + harmless);
    if ("refused" in loaded) return failed(loaded.refused);
    const expected = reference.reaches
      .filter((reach) => isWithin(reach, subject))
      .map((reach) => shown(reach, best(reach, runs)));
    for (const strategy of ["lineage", "exhaustive"] satisfies StrategyName[]) {
      const options = { ...parametersOf(subject.case), promise: ["nothing"], strategy };
      const { setting } = prepare(loaded.program, options);
      const result = setting && check({ ...setting, mostResults: subject.setting.mostResults }, options);
      if (result?.kind !== "verdict" || result.verdict.kind !== "holds") return failed(`${strategy}: no holds`);
      const found = (result.verdict.reach ?? []).map((finding) =>
        finding.kind === "reached"
          ? `${finding.reach.text} at ${finding.instant} by ${showSchedule(finding.scenario.schedule)}`
          : `${finding.reach.text} ${finding.kind}`,
      );
      if (found.join("; ") !== expected.join("; "))
        return failed(`${strategy}: ${found.join("; ")}; expected ${expected.join("; ")}`);
    }
    return passed(...expected.map((line) => (line.endsWith("not-reached") ? "not reached" : "reached")));
  },
};

function isWithin({ bounds }: ReferenceReach, { budget }: Subject): boolean {
  return Object.entries(bounds).every(([key, least]) => (key === "eot" ? budget.eot : budget.crashes) >= least);
}

function shown({ text }: ReferenceReach, reached: Reached | undefined): string {
  return reached === undefined
    ? `${text} not-reached`
    : `${text} at ${reached.instant} by ${showSchedule(reached.schedule)}`;
}

/** "Fewest faults first; of schedules with as many the earliest instant; then their order." */
function best(
  reach: ReferenceReach,
  runs: readonly { readonly schedule: ReferenceSchedule; readonly instants: readonly Instant[] }[],
): Reached | undefined {
  const reached = runs.flatMap(({ schedule, instants }): readonly Reached[] => {
    const at = instants.findIndex((_, i) =>
      [...tuplesAt(instants, reach.relation, i + 1).values()].some(
        (tuple) =>
          reach.columns === undefined || reach.columns.every((value, c) => value === null || value === tuple[c]),
      ),
    );
    return at < 0 ? [] : [{ schedule, instant: at + 1 }];
  });
  return reached.sort(
    (a, b) =>
      a.schedule.length - b.schedule.length ||
      a.instant - b.instant ||
      compareExecutions({ inputs: [], schedule: a.schedule }, { inputs: [], schedule: b.schedule }),
  )[0];
}
