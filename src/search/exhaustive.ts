import type { EvaluationError, Execution } from "../execution/execution.js";
import type { Budget } from "../faults/budget.js";
import { admits } from "../faults/budget.js";
import type { Omission } from "../faults/channel-faults.js";
import { compareNames } from "../faults/kind.js";
import type { Crash } from "../faults/node-faults.js";
import type { Schedule } from "../faults/schedule.js";
import { compareSchedules, isAtLeast, schedule } from "../faults/schedule.js";
import { Stopped } from "./limits.js";
import type { Outcome, Search } from "./search.js";
import { ProgramFailed, violates } from "./search.js";
import type { Counterexample } from "./verdict.js";

const DEFAULT_RUNS = 100_000;

/** A schedule to run, its omissions in the order of time. */
interface Candidate {
  readonly crashes: readonly Crash[];
  readonly omissions: readonly Omission[];
}

/**
 * Every schedule of the budget that differs from the others in what it does, by number of faults. An omission is worth
 * trying only where it hits a message that is sent; and whether a message is sent at t depends on the omissions before t
 * alone (and on the crashes, which a program can read ahead of time). So schedules are grown from ones that were run:
 * first the crashes, then omissions in the order of time, each of a message of the run at hand. Every schedule has
 * the outcome of one that is reached, and none is reached twice. Knows nothing of annotations: an independent check.
 */
export function exhaustive(search: Search): Outcome {
  const { budget } = search.setting;
  const { all } = search.options;
  const runs = search.options.maxRuns ?? DEFAULT_RUNS;
  const violations: Counterexample[] = [];
  let error: { readonly schedule: Schedule; readonly error: EvaluationError } | undefined;
  let level: readonly Candidate[] = [];
  for (let size = 0; size <= budget.crashes || level.length > 0; size++) {
    const next: Candidate[] = [];
    for (const candidate of [...crashSets(budget, size), ...level]) {
      const faults = schedule([...candidate.crashes, ...candidate.omissions]);
      if (violations.some((v) => isAtLeast(faults, v.schedule))) continue;
      if (search.known.executions >= runs) {
        if (violations.length > 0) return conclude(violations, false, error?.error);
        throw new Stopped(
          "max-runs",
          `the limit of ${runs} executions was reached among the schedules with ${size} faults`,
        );
      }
      try {
        const trial =
          size === 0 ? { schedule: faults, execution: search.failureFree, witnesses: [] } : search.tryOut(faults);
        if (violates(trial)) violations.push(trial);
        else next.push(...extensions(candidate, budget, trial.execution));
      } catch (thrown) {
        if (thrown instanceof Stopped && violations.length > 0) return conclude(violations, false, error?.error);
        if (!(thrown instanceof ProgramFailed)) throw thrown;
        if (error === undefined || compareSchedules(faults, error.schedule) < 0)
          error = { schedule: faults, error: thrown.evaluationError };
      }
    }
    violations.sort((a, b) => compareSchedules(a.schedule, b.schedule));
    const [first] = violations;
    if (error !== undefined && (first === undefined || compareSchedules(error.schedule, first.schedule) < 0)) {
      if (!all || first === undefined) throw new ProgramFailed(error.error);
    }
    if (first !== undefined && !all) break;
    if (first === undefined) search.ruleOut(size);
    level = next;
  }
  if (violations.length === 0) return { kind: "holds", method: "exhaustive", warnings: [] };
  return conclude(violations, all && error === undefined, error?.error);
}

function conclude(
  violations: readonly Counterexample[],
  complete: boolean,
  error: EvaluationError | undefined,
): Outcome {
  const minimal = violations
    .filter((v) => !violations.some((w) => w !== v && isAtLeast(v.schedule, w.schedule)))
    .sort((a, b) => compareSchedules(a.schedule, b.schedule));
  const [first, ...others] = minimal;
  if (first === undefined) throw new Error("no violation to conclude from");
  const besides = error === undefined ? {} : { error };
  // What lies beyond a schedule that ends in an error was not looked at; that is larger than it.
  const smallest = error === undefined || first.schedule.length <= error.schedule.length;
  return {
    kind: "violated",
    method: "exhaustive",
    counterexamples: [first, ...others],
    smallest,
    complete,
    warnings: [],
    ...besides,
  };
}

/** Every way in which exactly `count` nodes crash, each at any instant, later ones first. */
function crashSets(budget: Budget, count: number): readonly Candidate[] {
  if (count > budget.crashes) return [];
  const choose = (from: number, left: number): readonly (readonly Crash[])[] => {
    if (left === 0) return [[]];
    const sets: (readonly Crash[])[] = [];
    for (let i = from; i < budget.nodes.length; i++) {
      const rest = choose(i + 1, left - 1);
      for (let at = budget.eot; at >= 1; at--) {
        const crash: Crash = { kind: "crash", node: budget.nodes[i] ?? "", at };
        for (const others of rest) sets.push([crash, ...others]);
      }
    }
    return sets;
  };
  return choose(0, count).map((crashes) => ({ crashes, omissions: [] }));
}

function compareInTime(a: Omission, b: Omission): number {
  return a.at - b.at || compareNames(a.from, b.from) || compareNames(a.to, b.to);
}

/** The candidate with one more omission: of a message that its run delivered, after all omissions it has. */
function extensions(candidate: Candidate, budget: Budget, execution: Execution): readonly Candidate[] {
  const last = candidate.omissions.at(-1);
  const found: Omission[] = [];
  for (const { from, to, sent, fate } of execution.messages()) {
    if (fate !== "delivered" || typeof from !== "string" || typeof to !== "string") continue;
    const omission: Omission = { kind: "omission", from, to, at: sent };
    if (!admits(budget, omission) || (last !== undefined && compareInTime(omission, last) <= 0)) continue;
    const previous = found.at(-1);
    if (previous === undefined || compareInTime(previous, omission) !== 0) found.push(omission);
  }
  return found.map((omission) => ({ crashes: candidate.crashes, omissions: [...candidate.omissions, omission] }));
}
