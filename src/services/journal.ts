import type { Stopped } from "../execution/stopped.js";
import { isStopped } from "../execution/stopped.js";
import type { Observation } from "../hunting/call.js";
import type { HuntFaults } from "../hunting/fault.js";
import { formatHuntFaults } from "../hunting/fault.js";
import type { SystemUnderTest } from "../hunting/system.js";

/** A system that can be told what an earlier calibration found out. */
export interface Resumable extends SystemUnderTest {
  readonly calibration: unknown;
  recall(calibration: unknown): void;
}

type JournalLine =
  | { readonly kind: "hunt"; readonly of: string }
  | { readonly kind: "calibrated"; readonly observations: readonly Observation[]; readonly found: unknown }
  | { readonly kind: "ran"; readonly faults: HuntFaults; readonly observation: Observation };

/**
 * A system whose runs are written down, a line of JSON each, and are not made again when an interrupted hunt goes on: the loop asks for
 * the same runs in the same order as long as it sees the same.
 */
export class Journal implements SystemUnderTest {
  private readonly before: JournalLine[];
  /** Runs that were taken from the journal. */
  resumed = 0;

  /** `of`: what the hunt asks, as a digest; a journal of another question is not used. `text`: of the journal so far. */
  constructor(
    private readonly system: Resumable,
    of: string,
    text: string | undefined,
    private readonly write: (line: string) => void,
  ) {
    const lines = parse(text ?? "");
    const [first, ...rest] = lines;
    const same = first?.kind === "hunt" && first.of === of;
    this.before = same ? rest : [];
    if (!same) this.note({ kind: "hunt", of });
  }

  async calibrate(runs: number): Promise<readonly Observation[] | Stopped> {
    const [next] = this.before;
    if (next?.kind === "calibrated" && next.observations.length === runs) {
      this.before.shift();
      this.resumed += runs;
      this.system.recall(next.found);
      return next.observations;
    }
    const observations = await this.system.calibrate(runs);
    if (!isStopped(observations)) this.note({ kind: "calibrated", observations, found: this.system.calibration });
    return observations;
  }

  async run(faults: HuntFaults): Promise<Observation | Stopped> {
    const [next] = this.before;
    if (next?.kind === "ran" && formatHuntFaults(next.faults) === formatHuntFaults(faults)) {
      this.before.shift();
      this.resumed++;
      return next.observation;
    }
    // From here on the hunt goes another way than the one before.
    this.before.length = 0;
    const observation = await this.system.run(faults);
    if (!isStopped(observation)) this.note({ kind: "ran", faults, observation });
    return observation;
  }

  private note(line: JournalLine): void {
    this.write(`${JSON.stringify(line)}\n`);
  }
}

/** The lines that are whole: the last one may have been cut off. */
function parse(text: string): readonly JournalLine[] {
  return text.split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line) as JournalLine];
    } catch {
      return [];
    }
  });
}
