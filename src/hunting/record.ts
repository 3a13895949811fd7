import type { CallId, Observation } from "./call.js";
import type { HuntFaults } from "./fault.js";
import { formatHuntFaults, includesAll } from "./fault.js";
import type { Cover, HuntFacts, SometimesFailing } from "./result.js";

interface GoodRun {
  readonly faults: HuntFaults;
  readonly observation: Observation;
}

/** The runs of a hunt so far, and what reports say of them. */
export class HuntRecord {
  runs = 0;
  cleanFailures = 0;
  readonly sometimes: SometimesFailing[] = [];
  readonly notInjected: HuntFaults[] = [];
  private readonly ran = new Set<string>();
  private readonly good: GoodRun[] = [];
  private readonly covers = new Map<string, Cover>();
  private readonly seen = new Set<CallId>();
  private readonly spared = new Set<CallId>();
  private readonly outOfReach = new Set<CallId>();
  private incomplete = 0;

  constructor(private readonly spare: readonly string[]) {}

  /** Notes a run; returns the calls that no run had before. */
  note(faults: HuntFaults, observation: Observation): readonly CallId[] {
    this.runs++;
    this.ran.add(formatHuntFaults(faults));
    if (!observation.complete) this.incomplete++;
    const newCalls = observation.calls.map(({ id }) => id).filter((id) => !this.seen.has(id));
    for (const { id, service, outOfReach } of observation.calls) {
      this.seen.add(id);
      if (outOfReach === true) this.outOfReach.add(id);
      else if (this.spare.includes(service)) this.spared.add(id);
    }
    return newCalls;
  }

  get sawNothing(): boolean {
    return this.seen.size === 0;
  }

  hasRun(faults: HuntFaults): boolean {
    return this.ran.has(formatHuntFaults(faults));
  }

  /** Notes a good run in which all of the faults were injected. */
  noteGood(faults: HuntFaults, observation: Observation): void {
    this.good.push({ faults, observation });
    const [fault] = faults;
    const key = formatHuntFaults(faults);
    if (fault?.kind !== "call" || faults.length > 1 || this.covers.has(key)) return;
    const usual = new Set(this.clean?.calls.map(({ id }) => id));
    const instead = observation.calls.map(({ id }) => id).filter((id) => !usual.has(id));
    this.covers.set(key, { faults, call: fault.call, outcome: observation.outcome, instead });
  }

  /** The good run with the most of these faults and no others. */
  nearestGood(faults: HuntFaults): GoodRun {
    return this.good
      .filter((run) => includesAll(faults, run.faults))
      .reduce((best, run) => (run.faults.length > best.faults.length ? run : best));
  }

  facts(): Pick<
    HuntFacts,
    | "runs"
    | "ran"
    | "notInjected"
    | "spared"
    | "outOfReach"
    | "sometimes"
    | "cleanFailures"
    | "incomplete"
    | "covers"
    | "clean"
  > {
    const { runs, notInjected, sometimes, cleanFailures, incomplete, clean } = this;
    const lists = { spared: [...this.spared], outOfReach: [...this.outOfReach], covers: [...this.covers.values()] };
    return { runs, ran: this.ran.size, notInjected, sometimes, cleanFailures, incomplete, clean, ...lists };
  }

  private get clean(): Observation | undefined {
    return this.good.find(({ faults }) => faults.length === 0)?.observation;
  }
}
