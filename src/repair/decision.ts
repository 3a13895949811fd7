import type { Subject } from "../candidates/subject.js";
import type { Execution } from "../execution/execution.js";
import type { Budget } from "../faults/budget.js";
import { lastOf } from "../faults/budget.js";
import type { Inputs } from "../faults/inputs.js";
import type { Schedule } from "../faults/schedule.js";
import { noFaults, schedule } from "../faults/schedule.js";
import { relationsOf } from "../program/demands.js";
import { prepare } from "../search/check.js";
import type { Setting } from "../search/search.js";
import type { Holds } from "../search/verdict.js";
import type { Lateness } from "./behaviour.js";
import { arrivesAsBefore, latenessOf, promisesAsMuch } from "./behaviour.js";
import type { Deciding } from "./deciding.js";
import type { Original } from "./original.js";

/** A schedule that violates some candidate, with its inputs. */
export interface Counterexample {
  readonly schedule: Schedule;
  readonly inputs: Inputs;
}

/** Why a candidate that holds is not offered. */
export type Refusal =
  /** It is no program, its nodes or its specification are others, or evaluation fails. */
  | "no-program"
  /** It has a warning of the program or of its options that the original has not. */
  | "warned"
  /** Without faults it promises less, or an outcome does not arrive by EOT. */
  | "promises-less"
  /** Once a single fault occurs, it promises less than half as often, under some inputs. */
  | "silent-under-faults"
  /** It has a warning of adequacy that the original has not. */
  | "inadequate"
  /** It acts or settles later, and does not hold if faults last longer by as much. */
  | "waits-faults-out"
  /** A line of the file that expects `holds` is not met. */
  | "breaks-expectation";

/** What is known of a candidate that may be offered. */
export interface Accepted {
  readonly kind: "accepted";
  readonly setting: Setting;
  readonly verdict: Holds;
  readonly lateness: Lateness;
  /** The failure-free run with the inputs of the counterexample. */
  readonly failureFree: Execution;
  /** The single faults, for all inputs, under which it promises what the original promised and kept. */
  readonly promisesUnder: number;
}

export type Decision =
  | Accepted
  | {
      readonly kind: "violated";
      readonly counterexample: Counterexample;
      readonly setting: Setting;
      /** The fewest faults that violate it, if the whole budget was decided. */
      readonly fewest: number | undefined;
    }
  | { readonly kind: "refused"; readonly why: Refusal }
  /** A limit came first. */
  | { readonly kind: "undecided" };

/** Decides candidates against the original. Every counterexample found is kept: the next candidate is first run under each. */
export class Examiner {
  private readonly found: Counterexample[];

  constructor(
    private readonly original: Original,
    private readonly deciding: Deciding,
    private readonly first: Counterexample,
    /** Whether every line of the file that expects `holds` is still met. */
    private readonly meetsExpectations: (subject: Subject) => boolean,
  ) {
    this.found = [first];
  }

  get counterexamples(): readonly Counterexample[] {
    return this.found;
  }

  /** `delay`: by how many instants the edits move what is timed. */
  decide(subject: Subject, delay: number): Decision {
    const { original, deciding } = this;
    const setting = this.settingOf(subject);
    if (setting === undefined) return { kind: "refused", why: "no-program" };
    const runs = original.failureFree;
    if (runs === undefined) return { kind: "undecided" };
    let lateness: Lateness = { instants: delay, continues: false };
    const afterwards = new Map<string, Execution>();
    for (const { inputs, execution: before } of runs) {
      const after = deciding.run(setting, noFaults, inputs);
      if (after === undefined) return this.stopped ?? { kind: "refused", why: "no-program" };
      if (!promisesAsMuch(original.observed, before, after) || !arrivesAsBefore(original.observed, before, after))
        return { kind: "refused", why: "promises-less" };
      lateness = later(lateness, latenessOf(original.observed, before, after));
      afterwards.set(inputs.join(), after);
    }
    const known = this.violatedByKnown(setting, afterwards);
    if (known !== undefined) return known;
    if (original.newDiagnostics(subject).length > 0) return { kind: "refused", why: "warned" };
    const result = deciding.check(setting, true);
    if (result.kind === "error") return this.stopped ?? { kind: "refused", why: "no-program" };
    const { verdict } = result;
    switch (verdict.kind) {
      case "inconclusive":
        return { kind: "undecided" };
      case "violated": {
        const { schedule: violating, execution } = verdict.counterexample;
        const counterexample = { schedule: violating, inputs: execution.inputs };
        this.found.unshift(counterexample);
        return {
          kind: "violated",
          counterexample,
          setting,
          fewest: verdict.smallest ? violating.length : undefined,
        };
      }
      case "holds":
        return this.accept(subject, setting, verdict, lateness, afterwards.get(this.first.inputs.join()));
      default: {
        const never: never = verdict;
        return never;
      }
    }
  }

  private get stopped(): Decision | undefined {
    return this.deciding.watchdog.poll() === undefined ? undefined : { kind: "undecided" };
  }

  /** The setting of a candidate: the same options; its nodes and its specification have to be those of the original. */
  private settingOf({ program }: Subject): Setting | undefined {
    const { original } = this;
    const { setting } = prepare(program, original.options);
    if (setting === undefined) return undefined;
    const { budget, specification } = original.setting;
    if (setting.budget.nodes.join("\0") !== budget.nodes.join("\0")) return undefined;
    if (setting.specification.kind !== specification.kind) return undefined;
    // Outcomes are the relations that persist: an edited persistence rule must not take one away.
    const asked = new Set(relationsOf(setting.specification).map((id) => program.relations[id]?.name));
    const before = relationsOf(specification).map((id) => original.subject.program.relations[id]?.name);
    return before.every((name) => asked.has(name)) ? setting : undefined;
  }

  /** `failureFree`: the failure-free runs, by inputs. */
  private violatedByKnown(setting: Setting, failureFree: ReadonlyMap<string, Execution>): Decision | undefined {
    const { deciding, found } = this;
    for (const [i, counterexample] of found.entries()) {
      const { schedule: violating, inputs } = counterexample;
      const execution = deciding.run(setting, violating, inputs);
      const undisturbed = failureFree.get(inputs.join());
      if (execution === undefined || undisturbed === undefined)
        return this.stopped ?? { kind: "refused", why: "no-program" };
      if (deciding.witnesses(setting, execution, undisturbed).length === 0) continue;
      // What excluded one candidate is likely to exclude the next.
      found.splice(i, 1);
      found.unshift(counterexample);
      return { kind: "violated", counterexample, setting, fewest: undefined };
    }
    return undefined;
  }

  private accept(
    subject: Subject,
    setting: Setting,
    verdict: Holds,
    late: Lateness,
    failureFree: Execution | undefined,
  ): Decision {
    const { original, deciding } = this;
    if (failureFree === undefined) return { kind: "undecided" };
    if (original.newWarnings(setting, verdict.warnings).length > 0)
      return this.stopped ?? { kind: "refused", why: "inadequate" };
    const promisesUnder = this.promisesUnder(setting);
    if (promisesUnder === undefined) return this.stopped ?? { kind: "refused", why: "silent-under-faults" };
    const lateness = this.latenessUnderFaults(setting, late);
    for (const shift of shiftsOf(lateness)) {
      const holds = deciding.holds({ ...setting, budget: laterBudget(setting.budget, shift) });
      if (holds === undefined) return { kind: "undecided" };
      if (!holds) return this.stopped ?? { kind: "refused", why: "waits-faults-out" };
    }
    if (!this.meetsExpectations(subject)) return this.stopped ?? { kind: "refused", why: "breaks-expectation" };
    return this.stopped ?? { kind: "accepted", setting, verdict, lateness, failureFree, promisesUnder };
  }

  /** How many; `undefined` if they are less than half under some inputs. */
  private promisesUnder(setting: Setting): number | undefined {
    const { original, deciding } = this;
    const shares = new Map<string, { all: number; promising: number }>();
    for (const { inputs, fault, execution: before } of original.keptUnder) {
      const after = deciding.run(setting, schedule([fault]), inputs);
      const share = shares.get(inputs.join()) ?? { all: 0, promising: 0 };
      shares.set(inputs.join(), share);
      share.all++;
      if (after !== undefined && promisesAsMuch(original.observed, before, after)) share.promising++;
    }
    const all = [...shares.values()];
    if (all.some((share) => 2 * share.promising < share.all)) return undefined;
    return all.reduce((n, { promising }) => n + promising, 0);
  }

  /**
   * What is timed may show under faults alone: the lateness under the counterexample of the original, too. Not under others, since what
   * has been found by now depends on the candidates before.
   */
  private latenessUnderFaults(setting: Setting, late: Lateness): Lateness {
    const { original, deciding } = this;
    const { schedule: faults, inputs } = this.first;
    const before = deciding.run(original.setting, faults, inputs);
    const after = deciding.run(setting, faults, inputs);
    // The original breaks its promise here, so that when it settles says nothing.
    const sending = { ...original.observed, promised: [], kept: [], watched: [] };
    return before === undefined || after === undefined ? late : later(late, latenessOf(sending, before, after));
  }
}

function later(a: Lateness, b: Lateness): Lateness {
  return { instants: Math.max(a.instants, b.instants), continues: a.continues || b.continues };
}

/**
 * By how many instants EOT and EFF must be moved for a candidate to be believed: by one more than it is later; and by one and by two if it
 * acts at every instant, which it would also do if faults lasted longer.
 */
function shiftsOf({ instants, continues }: Lateness): readonly number[] {
  const shifts = [...(continues ? [1, 2] : []), ...(instants > 0 ? [instants + 1] : [])];
  return [...new Set(shifts)].sort((a, b) => a - b);
}

/** The budget with EOT and EFF later. Where no fault but a crash acts, EFF stays: a later one would admit kinds of fault that the budget excludes. */
export function laterBudget(budget: Budget, by: number): Budget {
  return { ...budget, eot: budget.eot + by, eff: lastOf(budget) === 0 ? budget.eff : budget.eff + by };
}
