import type { Stopped } from "../execution/stopped.js";
import type { Observation } from "../hunting/call.js";
import type { HuntFaults } from "../hunting/fault.js";
import { formatHuntFaults } from "../hunting/fault.js";
import type { Resumable } from "./journal.js";
import type { LiveSystem } from "./live-system.js";
import type { RunOf } from "./renaming.js";
import { renamed } from "./renaming.js";

/** A system that is asked again from the beginning once calls have got other names, and does not make its runs again. */
export class Memory implements Resumable {
  /** Whether the last answer was a run that had been made before. */
  remembers = false;
  private clean: readonly Observation[] | undefined;
  private readonly runs = new Map<string, Observation[]>();

  constructor(private readonly system: LiveSystem) {}

  /** Remembers everything under the names that calls have now. */
  refill(): void {
    const { clean, runs, byDigest } = this.system.made;
    const now = (run: RunOf): readonly RunOf[] => renamed(run, byDigest);
    this.clean = clean.flatMap((observation) => now({ faults: [], observation })).map(({ observation }) => observation);
    this.runs.clear();
    for (const { faults, observation } of runs.flatMap(now)) {
      const text = formatHuntFaults(faults);
      this.runs.set(text, [...(this.runs.get(text) ?? []), observation]);
    }
  }

  get calibration(): unknown {
    return this.system.calibration;
  }

  recall(calibration: unknown): void {
    this.system.recall(calibration);
  }

  async calibrate(runs: number): Promise<readonly Observation[] | Stopped> {
    const { clean } = this;
    this.remembers = clean !== undefined;
    return clean ?? this.system.calibrate(runs);
  }

  async run(faults: HuntFaults): Promise<Observation | Stopped> {
    const before = this.runs.get(formatHuntFaults(faults))?.shift();
    this.remembers = before !== undefined;
    return before ?? this.system.run(faults);
  }
}
