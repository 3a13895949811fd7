import { breakTuple } from "../../src/search/break.js";
import type { Run } from "../reference/evaluate.js";
import { evaluateProgram, tuplesAt } from "../reference/evaluate.js";
import { minimalOnes } from "../reference/order.js";
import type { ReferenceSchedule } from "../reference/schedules.js";
import { showSchedule } from "../reference/schedules.js";
import { allSchedules } from "../reference/space.js";
import type { Tuple } from "../reference/values.js";
import { keyOf } from "../reference/values.js";
import type { Random } from "./random.js";
import type { Finding, Property, Subject } from "./subject.js";
import { failed, isListable, passed, skipped } from "./subject.js";

/** So many schedules are run for it. */
const few = 400;

interface Outcome {
  readonly schedule: ReferenceSchedule;
  readonly run: Run;
}

export const breaking: Property = {
  name: "break",
  claim: "the fewest faults that remove a tuple, or make one appear, are those that running every schedule finds",
  check: (subject, random) => {
    if (!isListable(subject.budget, few)) return skipped("too large");
    const outcomes = [...allSchedules(subject.budget)].map(
      (schedule): Outcome => ({ schedule, run: evaluateProgram(subject.reference, { ...subject.budget, schedule }) }),
    );
    if (outcomes.some(({ run }) => run.kind !== "model")) return skipped("errors");
    const notes: string[] = [];
    for (const appear of [false, true, false]) {
      const finding = ask(subject, random, outcomes, appear);
      if (finding.kind === "failed") return finding;
      if (finding.kind === "passed") notes.push(...finding.notes);
    }
    return passed(...notes);
  },
};

function ask(subject: Subject, random: Random, outcomes: readonly Outcome[], appear: boolean): Finding {
  const { program, budget, setting } = subject;
  const relation = random.pick(program.relations);
  const instant = random.integer(1, budget.eot);
  const holds = ({ run }: Outcome, key: string): boolean =>
    run.kind === "model" && tuplesAt(run.instants, relation.name, instant).has(key);
  const candidates = new Map<string, Tuple>();
  for (const { run } of appear ? outcomes : outcomes.slice(0, 1)) {
    if (run.kind === "model")
      for (const [key, tuple] of tuplesAt(run.instants, relation.name, instant)) candidates.set(key, tuple);
  }
  const args = random.pickOrNone([...candidates.values()]);
  if (args === undefined) return skipped("no such tuple");
  const wanted = outcomes.filter((outcome) => holds(outcome, keyOf(args)) === appear).map(({ schedule }) => schedule);
  const [first] = minimalOnes(wanted);
  const result = breakTuple(setting, { relation: relation.id, instant, args }, appear, {});
  const shown = `${appear ? "appear" : "break"} ${relation.name}${keyOf(args)}@${instant}`;
  if (result.kind === "error" || result.verdict.kind === "inconclusive") return failed(`no answer to ${shown}`);
  const found = result.verdict.kind === "violated" ? showSchedule(result.verdict.counterexample.schedule) : "never";
  const expected = first === undefined ? "never" : showSchedule(first);
  return found === expected
    ? passed(first === undefined ? "never" : `by ${first.length}`)
    : failed(`another answer to ${shown}: ${found}; expected ${expected}`);
}
