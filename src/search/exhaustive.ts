import type { Execution } from "../execution/execution.js";
import { admits } from "../faults/admission.js";
import type { Budget } from "../faults/budget.js";
import type { Omission } from "../faults/channel-faults.js";
import type { Crash } from "../faults/node-faults.js";
import { compareSchedules, isAtLeast, schedule } from "../faults/schedule.js";
import { compareNames } from "../source/names.js";
import { Stopped } from "./limits.js";
import type { Erring, Outcome, Search, Trial, ViolatedOutcome } from "./search.js";
import { violates } from "./search.js";
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
  const violations: Counterexample[] = [];
  try {
    explore(search, violations);
  } catch (thrown) {
    if (thrown instanceof Stopped) keepMinimal(search, violations, false);
    throw thrown;
  }
  const found = keepMinimal(search, violations, search.options.all);
  return found ?? { kind: "holds", method: "exhaustive", warnings: [] };
}

function explore(search: Search, violations: Counterexample[]): void {
  const { budget } = search.setting;
  const { all } = search.options;
  const runs = search.options.maxRuns ?? DEFAULT_RUNS;
  let level: readonly Candidate[] = [];
  for (let size = 0; size <= budget.crashes || level.length > 0; size++) {
    const next: Candidate[] = [];
    for (const candidate of [...crashSets(budget, size), ...level]) {
      const faults = schedule([...candidate.crashes, ...candidate.omissions]);
      if (violations.some((v) => isAtLeast(faults, v.schedule))) continue;
      if (search.known.executions >= runs)
        throw new Stopped(
          "max-runs",
          `the limit of ${runs} executions was reached among the schedules with ${size} faults`,
        );
      const trial = size === 0 ? correct(search.failureFree) : search.tryOut(faults);
      if (trial.kind === "error") next.push(...extensions(candidate, budget, messagesBefore(trial)));
      else if (violates(trial)) violations.push(trial);
      else next.push(...extensions(candidate, budget, delivered(trial.execution)));
    }
    if (violations.length > 0 && !all) return;
    if (violations.length === 0) search.ruleOut(size);
    level = next;
  }
}

/** The failure-free run, which was looked at before. */
function correct(execution: Execution): Trial {
  return { kind: "run", schedule: execution.schedule, execution, witnesses: [] };
}

function keepMinimal(
  search: Search,
  violations: readonly Counterexample[],
  complete: boolean,
): ViolatedOutcome | undefined {
  const [first, ...others] = violations
    .filter((v) => !violations.some((w) => w !== v && isAtLeast(v.schedule, w.schedule)))
    .sort((a, b) => compareSchedules(a.schedule, b.schedule));
  if (first === undefined) return undefined;
  const counterexamples = [first, ...others] as const;
  return search.keep({
    kind: "violated",
    method: "exhaustive",
    counterexamples,
    smallest: true,
    complete,
    warnings: [],
  });
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

/** The messages of a run that arrived, in the order of time. */
function delivered(execution: Execution): readonly Omission[] {
  return execution
    .messages()
    .flatMap(({ from, to, sent, fate }) =>
      fate === "delivered" && typeof from === "string" && typeof to === "string"
        ? [{ kind: "omission", from, to, at: sent }]
        : [],
    );
}

/**
 * The messages that a run sent before its error: without one of them it may go on. Arithmetic that fails at an instant rests on what was
 * sent before it. An instant with too many tuples was given up in their midst, so that any message of the instant before may count.
 */
function messagesBefore({ error, execution }: Erring): readonly Omission[] {
  const before = error.kind === "too-many-tuples" ? error.instant - 1 : error.instant;
  const sent = delivered(execution).filter((message) => message.at < before);
  if (error.kind !== "too-many-tuples") return sent;
  const { nodes } = execution;
  const last = nodes.flatMap((from) => nodes.map((to): Omission => ({ kind: "omission", from, to, at: before })));
  return [...sent, ...last];
}

/** The candidate with one more omission: of one of these messages, after all omissions it has. */
function extensions(candidate: Candidate, budget: Budget, messages: readonly Omission[]): readonly Candidate[] {
  const last = candidate.omissions.at(-1);
  const found: Omission[] = [];
  for (const omission of messages) {
    if (!admits(budget, omission) || (last !== undefined && compareInTime(omission, last) <= 0)) continue;
    const previous = found.at(-1);
    if (previous === undefined || compareInTime(previous, omission) !== 0) found.push(omission);
  }
  return found.map((omission) => ({ crashes: candidate.crashes, omissions: [...candidate.omissions, omission] }));
}
