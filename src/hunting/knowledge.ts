import { Behaviours } from "./behaviours.js";
import type { CallId, Observation } from "./call.js";
import { classesOf, onlySame } from "./classes.js";
import type { Composed } from "./composition.js";
import { compose } from "./composition.js";
import type { HuntFaults } from "./fault.js";
import type { HuntedRun, Kinds, Waits } from "./run-view.js";

/**
 * How far what was seen is believed to reach. `exact`: to runs with the same faults on every call that came. `by-service`: to runs that
 * can be composed from what each service did. `by-class`: also where kinds that a caller treated alike are exchanged.
 */
export type Reach = "exact" | "by-service" | "by-class";

/** A run that was not made, and how it would end. */
export interface Foretold {
  readonly good: boolean;
  readonly composed: Composed;
}

/**
 * What the runs so far tell of fault sets that were not run. The claim of a composition rests on assumptions that reports print:
 * what a service answers and calls depends only on the request, on the outcomes of its own calls and on the unsafe requests that it
 * executed before; whether a run is good depends on the root's answer and on the multiset of unsafe requests executed.
 */
export class Knowledge {
  readonly behaviours = new Behaviours();
  private readonly goodEnds = new Set<string>();
  /** Together with the waits of the run, since it may be these that made it bad. */
  private readonly badEnds = new Set<string>();
  /** What good runs waited for: whatever waits for no more than one of them is over in time. */
  private readonly waitedWell = new Map<string, Waits>();

  constructor(
    private readonly root: Observation["root"],
    private readonly kinds: Kinds,
    readonly reach: Reach,
  ) {}

  /** Learns from a run; returns whether something turned out to be unstable. `trusted`: whether its judgement can be relied upon. */
  learn(run: HuntedRun, observation: Observation, trusted: boolean): boolean {
    if (!observation.complete) return false;
    if (trusted && observation.good) {
      this.goodEnds.add(run.end);
      this.waitedWell.set(run.waits.join(), run.waits);
    } else if (trusted) this.badEnds.add(badEnd(run));
    return this.behaviours.learn(run, observation.outcome);
  }

  noteUnstable(ids: Iterable<CallId>): void {
    this.behaviours.noteUnstable(ids);
  }

  isUnstable(id: CallId): boolean {
    return this.behaviours.isUnstable(id);
  }

  /** How the run under these faults would go, if that is known without running it. */
  known(faults: HuntFaults): Foretold | undefined {
    if (this.reach === "exact") return undefined;
    const same = this.judged(compose(this.behaviours, this.root, faults, this.kinds, onlySame));
    if (same !== undefined || this.reach === "by-service" || faults.length < 2) return same;
    const classed = this.judged(compose(this.behaviours, this.root, faults, this.kinds, classesOf(this.behaviours)));
    // Waits add up, which no run with one of them can show.
    return classed !== undefined && classed.composed.waits.length < 2 ? classed : undefined;
  }

  private judged(composed: Composed | undefined): Foretold | undefined {
    if (composed === undefined || composed.came.some(({ id }) => this.isUnstable(id))) return undefined;
    const good = this.goodEnds.has(composed.end) && this.inTime(composed.waits);
    const bad = this.badEnds.has(badEnd(composed));
    return good === bad ? undefined : { good, composed };
  }

  private inTime(waits: Waits): boolean {
    return [...this.waitedWell.values()].some((well) => waits.every((wait) => well.includes(wait)));
  }
}

function badEnd({ end, waits }: Pick<Composed, "end" | "waits">): string {
  return `${end} after ${waits.join()}`;
}
