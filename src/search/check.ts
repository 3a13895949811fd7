import type { Execution } from "../execution/execution.js";
import { DEFAULT_MAX_TUPLES } from "../execution/run.js";
import type { Stopped } from "../execution/stopped.js";
import { absencesWithin, minimalAmong } from "../faults/schedule.js";
import { absenceDiagnostics } from "../program/absences.js";
import { memoryOf } from "../program/memory.js";
import type { Program } from "../program/program.js";
import { specificationRoles } from "../program/roles.js";
import { resolveSpecification, rolesOf } from "../program/specification.js";
import type { AskSolver } from "../solving/external-solver.js";
import type { Query } from "../solving/queries.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { Diagnostics } from "../source/diagnostic.js";
import { alternate } from "./alternate.js";
import type { BudgetOptions } from "./bounds.js";
import { boundsOf } from "./bounds.js";
import { exhaustive } from "./exhaustive.js";
import { firstCompleteRun } from "./first-complete-run.js";
import { withFirstError } from "./first-error.js";
import type { FoundViolation } from "./found-violation.js";
import type { Limits, SearchOptions } from "./limits.js";
import { lineageDriven } from "./lineage-driven.js";
import { randomSearch } from "./random.js";
import type { Judge, Outcome, Setting, Strategy, ViolatedOutcome } from "./search.js";
import { Search, violates } from "./search.js";
import { setUpFor } from "./set-up.js";
import type { CheckResult, Counterexample, Progress, StrategyName, Undecided, Verdict } from "./verdict.js";
import { brokenPromises } from "./witnesses.js";

export interface CheckOptions extends Limits, BudgetOptions {
  /** The relations to use as `pre`, `post` and `never`. */
  readonly pre?: string | undefined;
  readonly post?: string | undefined;
  readonly never?: string | undefined;
  /** The names of the promises to check; by default all. */
  readonly promise?: readonly string[] | undefined;
  readonly strategy?: StrategyName | undefined;
  /** The seed of the random strategy; 0 by default. */
  readonly seed?: number | undefined;
  /** The limit on tuples of one instant; 1,000,000 by default. */
  readonly maxTuples?: number | undefined;
  /** Look for every minimal counterexample. */
  readonly all?: boolean | undefined;
  /** Called with the progress of the search, and a function that gives its result if it were stopped now. */
  readonly onProgress?: ((progress: Progress, soFar: (stop: Stopped) => CheckResult) => void) | undefined;
  /** Called with the query to the solver in DIMACS CNF. */
  readonly onDimacs?: ((text: string) => void) | undefined;
  /** Asks a solver outside of this process. Its models are checked; that it finds none is believed (`docs/provable.md`). */
  readonly solver?: AskSolver | undefined;
}

/** Combines a program and options into a setting. Errors and warnings about the options are diagnostics. */
export function prepare(
  text: Program,
  options: CheckOptions,
): { readonly setting?: Setting; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics = new Diagnostics();
  const program = setUpFor(text, options, diagnostics);
  if (program === undefined) return { diagnostics: diagnostics.all };
  const bounds = boundsOf(program, options, diagnostics, specificationRoles(program, options));
  const { pre, post, never, promise } = options;
  const resolved = resolveSpecification(program, { pre, post, never, promise });
  diagnostics.add(resolved.diagnostics);
  const { specification } = resolved;
  if (bounds === undefined || specification === undefined || diagnostics.hasErrors)
    return { diagnostics: diagnostics.all };
  diagnostics.add(absenceDiagnostics(program, specification, absencesWithin(bounds)));
  if (diagnostics.hasErrors) return { diagnostics: diagnostics.all };
  const setting: Setting = {
    program,
    budget: bounds,
    specification,
    maxTuples: options.maxTuples ?? DEFAULT_MAX_TUPLES,
    memory: memoryOf(program, rolesOf(specification)),
  };
  return { setting, diagnostics: diagnostics.all };
}

/**
 * Decides whether the program violates its specification under some fault schedule of the budget. Every `violated` comes with a
 * schedule that was run and seen to violate; every `holds` is a proof over the whole budget. Limits and errors of the program are
 * results: an exception is a bug. `using`: how queries to the solver are run; checks that follow each other can share one.
 */
export function check(setting: Setting, options: CheckOptions, using?: Query): CheckResult {
  return decide(setting, options, strategyOf(options.strategy ?? "lineage", using));
}

/** Milliseconds after which it is worth a run to know what is violated if the search is stopped. */
const LONG = 500;

/** `check` with the strategy, and optionally the judgement of an execution, as functions. */
export function decide(setting: Setting, options: CheckOptions, strategy: Strategy, judge?: Judge): CheckResult {
  const searchOptions: SearchOptions = {
    ...options,
    all: options.all ?? false,
    seed: options.seed ?? 0,
    onProgress: (progress) =>
      options.onProgress?.(progress, (stop) => conclusion(search, options, stop, search.watchdog.elapsed > LONG)),
    onDimacs: options.onDimacs,
    solver: options.solver,
  };
  const search = new Search(setting, searchOptions, judge);
  const resultOf = (outcome: Outcome | Stopped): CheckResult => conclusion(search, options, outcome);
  const failureFree = firstCompleteRun(search);
  switch (failureFree.kind) {
    case "run":
      return resultOf(outcomeOf(search, failureFree.execution, strategy, options.strategy ?? "lineage"));
    case "error":
      return { kind: "error", error: failureFree.error };
    case "stopped":
      return resultOf(failureFree);
  }
}

function outcomeOf(search: Search, failureFree: Execution, strategy: Strategy, name: StrategyName): Outcome | Stopped {
  const trial = search.trialOf(failureFree);
  if (trial.kind === "stopped") return trial;
  if (!violates(trial)) {
    search.ruleOut(0);
    return strategy(search);
  }
  const broken = search.options.all ? brokenPromises(search.setting.specification, trial.witnesses) : [];
  const counterexamples = [trial, ...broken.map((promise) => ({ ...trial, minimalFor: promise }))] as const;
  const outcome: ViolatedOutcome = {
    kind: "violated",
    method: "failure-free",
    counterexamples,
    smallest: true,
    complete: true,
    warnings: [],
  };
  // With `all`, the schedules that break the other promises are also searched.
  if (!search.options.all || (name !== "lineage" && name !== "exhaustive") || breaksAll(search, trial)) return outcome;
  search.keep({ ...outcome, complete: false });
  return strategy(search);
}

/** Whether a counterexample breaks every promise. */
function breaksAll({ setting }: Search, { witnesses }: Pick<Counterexample, "witnesses">): boolean {
  const { specification } = setting;
  return (
    specification.kind !== "promises" || brokenPromises(specification, witnesses).length === specification.asked.length
  );
}

/**
 * The result of a search that has ended or was stopped, whatever the strategy: a violation if there is one, then an error, then
 * `holds` or `inconclusive`. `runs`: whether a schedule that was not run may be run for it.
 */
function conclusion(search: Search, options: CheckOptions, ended: Outcome | Stopped, runs = true): CheckResult {
  const { error, known, kept } = search;
  if (ended.kind === "violated") return verdict(violated(search, options, ended));
  if (ended.kind === "stopped") {
    if (kept !== undefined) return verdict(violated(search, options, kept));
    const found = runs && ended.reason !== "solver" ? search.interim?.violation : undefined;
    if (found !== undefined) return verdict(stoppedEarly(search, options, found, ended));
    const during = search.doing === undefined ? {} : { during: { ...search.doing, known } };
    const undecided: Undecided = { reason: ended.reason, detail: ended.detail, known, ...during };
    if (error !== undefined) return { kind: "error", error, undecided };
    const shared = { ...common(search, options), method: "failure-free", warnings: [] } as const;
    const reach = options.strategy === "random" ? { reach: search.reached.findings(false) } : {};
    return verdict({ ...shared, kind: "inconclusive", ...undecided, ...reach });
  }
  if (error !== undefined) return { kind: "error", error };
  const { failureFree } = search;
  return verdict({ ...common(search, options), ...ended, failureFree });
}

function verdict(found: Verdict): CheckResult {
  return { kind: "verdict", verdict: found };
}

function violated(search: Search, options: CheckOptions, outcome: ViolatedOutcome): Verdict {
  const { counterexamples, complete, smallest, warnings, method } = outcome;
  const { error } = search;
  const ownRun = search.failureFreeRunWith(counterexamples[0].execution.inputs);
  const failureFree = ownRun.kind === "stopped" ? search.failureFree : ownRun.execution;
  return {
    ...common(search, options),
    kind: "violated",
    method,
    failureFree,
    warnings,
    counterexample: counterexamples[0],
    smallest,
    ...(options.all === true ? { minimal: { counterexamples: minimalOf(counterexamples), complete } } : {}),
    ...(error === undefined ? {} : { error }),
  };
}

/** The verdict of a search that was stopped while it looked for fewer faults. */
function stoppedEarly(
  search: Search,
  options: CheckOptions,
  { counterexample, failureFree }: FoundViolation,
  { reason, detail }: Stopped,
): Verdict {
  const shared = common(search, options);
  const { ruledOut } = search.known;
  const { error } = search;
  return {
    ...shared,
    // Its run is one of those that the verdict rests on.
    statistics: { ...shared.statistics, executions: shared.statistics.executions + 1 },
    kind: "violated",
    method: "lineage",
    failureFree,
    warnings: [],
    counterexample,
    smallest: false,
    unfinished: { reason, detail, ...(ruledOut === undefined ? {} : { ruledOut }) },
    ...(error === undefined ? {} : { error }),
  };
}

/** Of the counterexamples of each promise, those that are minimal. */
function minimalOf(counterexamples: readonly Counterexample[]): readonly Counterexample[] {
  const listed = new Set(counterexamples.map(({ minimalFor }) => minimalFor));
  // Where promises have names, the first counterexample is in the list of each that it breaks.
  if (listed.size > 1) listed.delete(undefined);
  return [...listed].flatMap((promise) =>
    minimalAmong(
      counterexamples.filter(({ minimalFor }) => minimalFor === promise),
      (c) => c.schedule,
    ),
  );
}

function common(
  search: Search,
  options: CheckOptions,
): Pick<Verdict, "budget" | "specification" | "strategy" | "statistics"> {
  const { budget: bounds, specification } = search.setting;
  return { budget: bounds, specification, strategy: options.strategy ?? "lineage", statistics: search.statistics };
}

function strategyOf(name: StrategyName, using: Query | undefined): Strategy {
  switch (name) {
    case "lineage":
      return (search) => lineageDriven(search, using);
    case "exhaustive":
      return withFirstError(exhaustive);
    case "random":
      return withFirstError(randomSearch);
    case "alternate":
      return withFirstError(alternate);
  }
}
