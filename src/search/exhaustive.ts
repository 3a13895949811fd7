import type { Execution } from "../execution/execution.js";
import type { Stopped } from "../execution/stopped.js";
import { stopped } from "../execution/stopped.js";
import { admitsSchedule } from "../faults/admission.js";
import type { Budget } from "../faults/budget.js";
import type { ChannelFault, Omission } from "../faults/channel-faults.js";
import { omissionOf } from "../faults/channel-faults.js";
import { faultsOfMessage, mostNodeFaultsAndCuts, setsOfNodeFaultsAndCuts } from "../faults/enumeration.js";
import type { Inputs } from "../faults/inputs.js";
import type { Fault } from "../faults/kinds.js";
import type { Scenario } from "../faults/scenario.js";
import type { Schedule } from "../faults/schedule.js";
import { compareSchedules, isAtLeast, minimalAmong, schedule } from "../faults/schedule.js";
import { compareNames } from "../source/names.js";
import { unreached, vacuityOfRuns } from "./adequacy.js";
import type { FailedRun, Outcome, Search, ViolatedOutcome } from "./search.js";
import { violates } from "./search.js";
import type { Counterexample } from "./verdict.js";

const DEFAULT_RUNS = 100_000;

/** A scenario to run. */
interface Candidate {
  readonly inputs: Inputs;
  /** Its node faults and cuts. */
  readonly placed: readonly Fault[];
  /** Its channel faults, in the order of time. */
  readonly ofMessages: readonly ChannelFault[];
}

/**
 * Runs every schedule of the budget up to equivalence, by number of faults. A channel fault has an effect only if a message is sent, and
 * whether one is sent at t depends only on channel faults before t, on node faults and on cuts (a program can read those ahead of time
 * through `crash`). So schedules are extended from schedules that were run: first the node faults and cuts, then channel faults in the
 * order of time, each of a message of that run:
 *
 *     {}                 a → b at 1, b → c at 2      extended by omit(a,b,1), omit(b,c,2)
 *     omit(a,b,1)        a → c at 2                  extended by omit(a,c,2)
 *
 * Every schedule has the outcome of one that is reached, and none is reached twice. Independent of annotations, so it checks the lineage.
 */
export function exhaustive(search: Search): Outcome | Stopped {
  const violations: Counterexample[] = [];
  const end = explore(search, violations);
  const found = keepMinimal(search, violations, search.options.all && end === undefined);
  if (end !== undefined) return end;
  if (found !== undefined) return found;
  const reach = search.reached.findings(true);
  return {
    kind: "holds",
    method: "exhaustive",
    warnings: [...vacuityOfRuns(search, true), ...unreached(reach)],
    reach,
  };
}

/** Collects the violations. Returns what stopped it, if anything did. */
function explore(search: Search, violations: Counterexample[]): Stopped | undefined {
  const { budget } = search.setting;
  const { all } = search.options;
  const { specification } = search.setting;
  // With `all` and several promises, a schedule that breaks one is extended until it breaks the others.
  const asked = all && specification.kind === "promises" ? specification.asked.map(({ name }) => name) : [];
  const breaksAll = (broken: readonly Counterexample[]): boolean => {
    const shown = new Set(broken.flatMap(({ witnesses }) => witnesses.map(({ promise }) => promise)));
    return broken.length > 0 && asked.every((name) => shown.has(name));
  };
  const runs = search.options.maxRuns ?? DEFAULT_RUNS;
  const most = mostNodeFaultsAndCuts(budget);
  let level: readonly Candidate[] = [];
  for (let size = 0; size <= Math.min(budget.maxFaults, Math.max(most, level.length > 0 ? size : 0)); size++) {
    const next: Candidate[] = [];
    const visit = (candidate: Candidate): Stopped | undefined => {
      const faults = schedule([...candidate.placed, ...candidate.ofMessages]);
      const lesser = violations.filter((v) => isAtLeast(faults, v.schedule) && !isSame(faults, v.schedule));
      if (breaksAll(lesser)) return undefined;
      if (search.known.executions >= runs)
        return stopped(
          "max-runs",
          `the limit of ${runs} executions was reached among the schedules with ${size} faults`,
        );
      const run = size === 0 ? search.failureFreeRunWith(candidate.inputs) : search.record(faults, candidate.inputs);
      if (run.kind === "stopped") return run;
      if (run.kind === "error" && size === 0) return undefined;
      if (run.kind === "error") {
        next.push(...extensions(candidate, budget, messagesBefore(run)));
        return undefined;
      }
      // The failure-free run has been judged already: it is correct, unless all counterexamples of several promises are asked for.
      const isJudged = run === search.failureFreeRun && asked.length === 0;
      const trial = isJudged ? undefined : search.trialOf(run.execution);
      if (trial?.kind === "stopped") return trial;
      const found = trial !== undefined && violates(trial) ? [trial] : [];
      violations.push(...found);
      if (!breaksAll([...lesser, ...found])) next.push(...extensions(candidate, budget, arriving(run.execution)));
      return undefined;
    };
    for (const candidate of candidates(search, size, level)) {
      const end = visit(candidate);
      if (end !== undefined) return end;
    }
    if (violations.length > 0 && !all) break;
    if (violations.length === 0) search.ruleOut(size);
    level = next;
  }
  return undefined;
}

/**
 * The candidates of a size: node faults and cuts under all inputs whose failure-free run is complete, then the extensions of smaller
 * candidates.
 */
function* candidates(search: Search, size: number, grown: readonly Candidate[]): Generator<Candidate> {
  for (const inputs of search.allInputs) {
    if (size > 0 && !search.isSound(inputs)) continue;
    for (const placed of setsOfNodeFaultsAndCuts(search.setting.budget, size)) yield { inputs, placed, ofMessages: [] };
  }
  yield* grown;
}

function isSame(a: Schedule, b: Schedule): boolean {
  return compareSchedules(a, b) === 0;
}

function keepMinimal(
  search: Search,
  violations: readonly Counterexample[],
  complete: boolean,
): ViolatedOutcome | undefined {
  // The first counterexample is reported even if less violates under later inputs. A schedule that violates under several inputs is
  // listed with the first of them.
  const [first, ...rest] = [...violations].sort((a, b) => search.compare(scenarioOf(a), scenarioOf(b)));
  if (first === undefined) return undefined;
  const { specification } = search.setting;
  const counterexamples =
    search.options.all && specification.kind === "promises"
      ? ([first, ...specification.asked.flatMap(({ name }) => minimalFor(name, [first, ...rest]))] as const)
      : ([first, ...minimalAmong([first, ...rest], (v) => v.schedule).filter((v) => v !== first)] as const);
  return search.keep({
    kind: "violated",
    method: "exhaustive",
    counterexamples,
    smallest: true,
    complete,
    warnings: [],
  });
}

/** Of some violations, those that are minimal among those that break one promise. */
function minimalFor(promise: string, violations: readonly Counterexample[]): readonly Counterexample[] {
  const broken = violations.filter(({ witnesses }) => witnesses.some((witness) => witness.promise === promise));
  return minimalAmong(broken, (v) => v.schedule).map((found) => ({ ...found, minimalFor: promise }));
}

function compareInTime(a: ChannelFault, b: ChannelFault): number {
  return a.at - b.at || compareNames(a.from, b.from) || compareNames(a.to, b.to);
}

/**
 * The messages of a run that reach their receiver, in the order of time. One that finds it away is among them: late, or a second time, it
 * may find it back.
 */
function arriving(execution: Execution): readonly Omission[] {
  return execution
    .messages()
    .flatMap(({ from, to, sent, fate }) =>
      (fate === "delivered" || fate === "receiver-away") && typeof from === "string" && typeof to === "string"
        ? [omissionOf({ from, to, at: sent })]
        : [],
    );
}

/**
 * The messages that a run sent before its error, one of whose faults can avoid the error. Arithmetic that fails at an instant depends on
 * what was sent before it. The evaluation of an instant with too many tuples was incomplete, so any message sent at the instant before
 * can matter, recorded or not.
 */
function messagesBefore({ error, execution }: FailedRun): readonly Omission[] {
  const before = error.kind === "too-many-tuples" ? error.instant - 1 : error.instant;
  const sent = arriving(execution).filter((message) => message.at < before);
  if (error.kind !== "too-many-tuples") return sent;
  const { nodes } = execution;
  const last = nodes.flatMap((from) => nodes.map((to) => omissionOf({ from, to, at: before })));
  return [...sent, ...last];
}

/** The candidate with one more channel fault, of one of these messages, after its last one. */
function extensions(candidate: Candidate, budget: Budget, messages: readonly Omission[]): readonly Candidate[] {
  const last = candidate.ofMessages.at(-1);
  const found: Omission[] = [];
  for (const message of messages) {
    if (last !== undefined && compareInTime(message, last) <= 0) continue;
    const previous = found.at(-1);
    if (previous === undefined || compareInTime(previous, message) !== 0) found.push(message);
  }
  return found.flatMap(({ from, to, at }) =>
    faultsOfMessage(budget, from, to, at)
      .map((fault) => ({ ...candidate, ofMessages: [...candidate.ofMessages, fault] }))
      .filter(({ placed, ofMessages }) => admitsSchedule(budget, schedule([...placed, ...ofMessages]))),
  );
}

function scenarioOf({ schedule: faults, execution }: Counterexample): Scenario {
  return { inputs: execution.inputs, schedule: faults };
}
