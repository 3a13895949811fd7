import { admitsSchedule } from "../faults/admission.js";
import type { Budget } from "../faults/budget.js";
import { faultOfFields } from "../faults/from-fields.js";
import type { Inputs } from "../faults/inputs.js";
import { fieldsOf } from "../faults/kinds.js";
import type { Scenario } from "../faults/scenario.js";
import type { Schedule } from "../faults/schedule.js";
import { noFaults, schedule as scheduleOf } from "../faults/schedule.js";
import { inputLines } from "../program/program.js";
import type { CheckOptions } from "./check.js";
import type { KeptWarning } from "./kept-warning.js";
import { isRelation, keptWarning, readWarning } from "./kept-warning.js";
import type { ReachFinding } from "./reach-findings.js";
import type { Setting } from "./search.js";
import { Search, violates } from "./search.js";
import type { Counterexample, Method, OnlyUnderFaults, Verdict } from "./verdict.js";

/*
 * What is kept of a verdict for the next time that the same question is asked (`question-text.ts`): its kind, its warnings and findings,
 * and the violating schedules. Everything that a run can show is computed again. If a kept violation does not violate, or the failure-free
 * run does, the entry is discarded, and the question is decided anew.
 *
 * Relations and rules are kept by number, which is sound because the question has all of them in their order.
 */

interface KeptScenario {
  readonly inputs: readonly (number | null)[];
  readonly schedule: readonly object[];
}

type KeptReach =
  | { readonly reach: number; readonly kind: "not-reached" }
  | {
      readonly reach: number;
      readonly kind: "reached";
      readonly instant: number;
      readonly fewest: boolean;
      readonly scenario: KeptScenario;
    };

/** Survives `JSON.stringify`. */
export type KeptVerdict = { readonly method: Method; readonly warnings: readonly KeptWarning[] } & (
  | {
      readonly kind: "holds";
      readonly inputs: KeptScenario["inputs"];
      readonly reach: readonly KeptReach[];
      readonly onlyUnderFaults?: OnlyUnderFaults;
    }
  | {
      readonly kind: "violated";
      readonly counterexample: KeptScenario;
      readonly minimal?: readonly (KeptScenario & { readonly minimalFor?: string })[];
    }
);

/** What is kept of a verdict; nothing if more time might have changed it. */
export function keptOf(verdict: Verdict, { program }: Setting): KeptVerdict | undefined {
  const { method } = verdict;
  const warnings = verdict.warnings.map((warning) => keptWarning(warning, program));
  switch (verdict.kind) {
    case "inconclusive":
      return undefined;
    case "holds": {
      const { reach = [], onlyUnderFaults, failureFree } = verdict;
      const found = reach.flatMap((finding) => keptReach(finding, program.reaches.indexOf(finding.reach)));
      if (found.length < reach.length) return undefined;
      const inputs = keptInputs(failureFree.inputs);
      const under = onlyUnderFaults === undefined ? {} : { onlyUnderFaults };
      return { kind: "holds", method, warnings, inputs, reach: found, ...under };
    }
    case "violated": {
      const { counterexample, smallest, minimal, error } = verdict;
      if (!smallest || minimal?.complete === false || error !== undefined) return undefined;
      const list = minimal?.counterexamples.map((c) => ({
        ...keptCounterexample(c),
        ...(c.minimalFor === undefined ? {} : { minimalFor: c.minimalFor }),
      }));
      const all = list === undefined ? {} : { minimal: list };
      return { kind: "violated", method, warnings, counterexample: keptCounterexample(counterexample), ...all };
    }
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

function keptCounterexample({ execution, schedule }: Counterexample): KeptScenario {
  return keptScenario({ inputs: execution.inputs, schedule });
}

function keptScenario({ inputs, schedule }: Scenario): KeptScenario {
  return { inputs: keptInputs(inputs), schedule: schedule.map(fieldsOf) };
}

function keptInputs(inputs: Inputs): KeptScenario["inputs"] {
  return inputs.map((choice) => choice ?? null);
}

function keptReach(finding: ReachFinding, reach: number): readonly KeptReach[] {
  switch (finding.kind) {
    case "not-reached":
      return [{ reach, kind: finding.kind }];
    case "reached": {
      const { kind, instant, fewest, scenario } = finding;
      return [{ reach, kind, instant, fewest, scenario: keptScenario(scenario) }];
    }
    case "not-seen":
    case "undecided":
      return [];
    default: {
      const never: never = finding;
      return never;
    }
  }
}

/** The kept verdict with its runs made again; nothing if `keptOf` did not write it, or if a run contradicts it. */
export function verdictOf(kept: unknown, setting: Setting, options: CheckOptions): Verdict | undefined {
  const search = new Search(setting, {
    ...options,
    all: options.all ?? false,
    seed: options.seed ?? 0,
    onProgress: () => undefined,
    onDimacs: undefined,
    solver: undefined,
  });
  return new Recollection(search, options).verdictOf(kept);
}

type Fields = Readonly<Record<string, unknown>>;

class Recollection {
  private readonly setting: Setting;

  constructor(
    private readonly search: Search,
    private readonly options: CheckOptions,
  ) {
    this.setting = search.setting;
  }

  verdictOf(kept: unknown): Verdict | undefined {
    if (!isFields(kept) || !Array.isArray(kept.warnings) || !isMethod(kept.method)) return undefined;
    const { program } = this.setting;
    const warnings = all(kept.warnings, (warning) => readWarning(warning, program));
    if (warnings === undefined) return undefined;
    const given = { warnings, method: kept.method };
    return kept.kind === "holds"
      ? this.holds(kept, given)
      : kept.kind === "violated"
        ? this.violated(kept, given)
        : undefined;
  }

  private holds(kept: Fields, given: Pick<Verdict, "warnings" | "method">): Verdict | undefined {
    const { program } = this.setting;
    const inputs = this.inputs(kept.inputs);
    const reach = Array.isArray(kept.reach) ? all(kept.reach, (finding) => this.finding(finding)) : undefined;
    const under = kept.onlyUnderFaults === undefined ? {} : onlyUnderFaults(kept.onlyUnderFaults);
    if (inputs === undefined || reach === undefined || under === undefined) return undefined;
    this.search.startFrom(inputs);
    const trial = this.search.runTrial(noFaults, inputs);
    if (trial.kind !== "run" || violates(trial)) return undefined;
    const isDecided = program.reaches.length === 0 || reach.length > 0 ? { reach } : {};
    return { ...this.common(), ...given, kind: "holds", failureFree: trial.execution, ...isDecided, ...under };

    function onlyUnderFaults(value: unknown): { readonly onlyUnderFaults: OnlyUnderFaults } | undefined {
      if (!isFields(value) || !Array.isArray(value.relations) || !Array.isArray(value.rules)) return undefined;
      const relations = all(value.relations, (id) => (isRelation(id, program) ? id : undefined));
      const rules = all(value.rules, (id) => program.rules.find((rule) => rule.id === id)?.id);
      return relations === undefined || rules === undefined ? undefined : { onlyUnderFaults: { relations, rules } };
    }
  }

  private violated(kept: Fields, given: Pick<Verdict, "warnings" | "method">): Verdict | undefined {
    const counterexample = this.counterexample(kept.counterexample);
    if (counterexample === undefined) return undefined;
    const minimal = Array.isArray(kept.minimal) ? all(kept.minimal, (c) => this.minimal(c)) : undefined;
    if ((minimal === undefined) !== (this.options.all !== true)) return undefined;
    const own = this.search.failureFreeRunWith(counterexample.execution.inputs);
    if (own.kind !== "run") return undefined;
    return {
      ...this.common(),
      ...given,
      kind: "violated",
      failureFree: own.execution,
      counterexample,
      smallest: true,
      ...(minimal === undefined ? {} : { minimal: { counterexamples: minimal, complete: true } }),
    };
  }

  private minimal(kept: unknown): Counterexample | undefined {
    const counterexample = this.counterexample(kept);
    if (counterexample === undefined || !isFields(kept)) return undefined;
    return typeof kept.minimalFor === "string" ? { ...counterexample, minimalFor: kept.minimalFor } : counterexample;
  }

  /** Runs it again. */
  private counterexample(kept: unknown): Counterexample | undefined {
    const scenario = this.scenario(kept);
    if (scenario === undefined || !admitsSchedule(this.setting.budget, scenario.schedule)) return undefined;
    const trial = this.search.runTrial(scenario.schedule, scenario.inputs);
    return trial.kind === "run" && violates(trial)
      ? { schedule: trial.schedule, execution: trial.execution, witnesses: trial.witnesses }
      : undefined;
  }

  private finding(kept: unknown): ReachFinding | undefined {
    if (!isFields(kept) || typeof kept.reach !== "number") return undefined;
    const reach = this.setting.program.reaches[kept.reach];
    if (reach === undefined) return undefined;
    if (kept.kind === "not-reached") return { reach, kind: kept.kind };
    const scenario = this.scenario(kept.scenario);
    const { kind, instant, fewest } = kept;
    if (kind !== "reached" || scenario === undefined || typeof instant !== "number" || typeof fewest !== "boolean")
      return undefined;
    return { reach, kind, instant, fewest, scenario };
  }

  private scenario(kept: unknown): Scenario | undefined {
    if (!isFields(kept)) return undefined;
    const [inputs, schedule] = [this.inputs(kept.inputs), readSchedule(kept.schedule, this.setting.budget)];
    return inputs === undefined || schedule === undefined ? undefined : { inputs, schedule };
  }

  /** A choice for each line of the program. */
  private inputs(kept: unknown): Inputs | undefined {
    const lines = inputLines(this.setting.program);
    if (!Array.isArray(kept) || kept.length !== lines.length) return undefined;
    const fit = lines.every(({ kind, alternatives }, i) =>
      kept[i] === null ? kind === "maybe" : Number.isInteger(kept[i]) && kept[i] >= 0 && kept[i] < alternatives,
    );
    return fit ? kept.map((choice: unknown) => (typeof choice === "number" ? choice : undefined)) : undefined;
  }

  private common(): Pick<Verdict, "budget" | "specification" | "strategy" | "statistics" | "cached"> {
    const { budget, specification } = this.setting;
    const strategy = this.options.strategy ?? "lineage";
    return { budget, specification, strategy, statistics: this.search.statistics, cached: true };
  }
}

function readSchedule(kept: unknown, { nodes }: Budget): Schedule | undefined {
  const faults = Array.isArray(kept) ? all(kept, (fault) => faultOfFields(fault, nodes)) : undefined;
  return faults === undefined ? undefined : scheduleOf(faults);
}

const methods: readonly unknown[] = [
  "failure-free",
  "lineage",
  "alternation",
  "exhaustive",
  "random",
] satisfies Method[];

function isMethod(value: unknown): value is Method {
  return methods.includes(value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The values of all items; nothing if one has none. */
function all<T>(items: readonly unknown[], read: (item: unknown) => T | undefined): readonly T[] | undefined {
  const values = items.flatMap((item) => read(item) ?? []);
  return values.length === items.length ? values : undefined;
}
