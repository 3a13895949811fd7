import type { Stopped } from "../execution/stopped.js";
import { isStopped } from "../execution/stopped.js";
import type { Candidates } from "../search/alternation.js";
import { SmallestSets } from "../solving/smallest-sets.js";
import type { CallId } from "./call.js";
import { groupOf, isGroup, placesOf } from "./call.js";
import type { Composed } from "./composition.js";
import type { CallFaultKind, HuntFault, HuntFaults } from "./fault.js";
import { formatHuntFault, huntFaults } from "./fault.js";
import type { Knowledge } from "./knowledge.js";
import type { CameCall } from "./run-view.js";

/** What a run, or a composition, says about fault sets: those with the same faults on every call that came go the same way. */
export interface Lived {
  readonly effective: readonly HuntFault[];
  readonly came: readonly CameCall[];
}

export type HuntLesson =
  /** Every set that contains this one is bad, or is taken for it. */
  | { readonly kind: "violates" }
  /** Runs with these faults on every call that came are not run again. */
  | { readonly kind: "lived"; readonly lived: readonly Lived[] }
  /** The set cannot be brought about, nor can any that contains it. */
  | { readonly kind: "impossible" };

export interface Space {
  /** The kinds that calls may be disturbed by. */
  readonly kinds: readonly CallFaultKind[];
  readonly downs: boolean;
  /** The most faults of a set. */
  readonly budget: number;
  readonly spare: readonly string[];
}

/**
 * The fault sets that are not known to be good, smallest first, over all calls seen so far. A run, real or composed, in which the calls C
 * came under the faults E explains every set that has the faults E on C and no other there, so the next set differs from it on some call
 * that came (services.md calls this the support of the run). That a call is seen for the first time makes new sets possible.
 */
export class FaultSets implements Candidates<HuntFaults, HuntLesson> {
  private sets = new SmallestSets();
  private readonly items = new Map<string, { readonly item: number; readonly fault: HuntFault }>();
  private readonly byItem = new Map<number, HuntFault>();
  private readonly calls = new Map<CallId, string>();
  private readonly services = new Set<string>();
  private readonly lessons: { readonly set: HuntFaults; readonly lesson: HuntLesson }[] = [];

  /** `folds`: whether a set that is bound to fail belongs to a finding that there is already, and need not be run. */
  constructor(
    private readonly space: Space,
    private readonly knowledge: Knowledge,
    private readonly folds: (set: HuntFaults, composed: Composed) => boolean,
  ) {}

  /** Calls that can be disturbed, with their services, in the order in which they were seen. */
  get seen(): ReadonlyMap<CallId, string> {
    return this.calls;
  }

  /** Makes the faults of these calls possible. */
  see(calls: readonly CameCall[]): void {
    for (const call of calls) {
      const { service, outOfReach } = call;
      const [place] = placesOf(call);
      if (place === undefined || this.calls.has(place) || outOfReach === true) continue;
      if (this.space.spare.includes(service)) continue;
      this.calls.set(place, service);
      this.declare(place, service);
    }
  }

  /** Whether some fault is at a call that comes by chance. */
  touchesUnstable(faults: HuntFaults): boolean {
    return faults.some((fault) =>
      fault.kind === "call"
        ? this.knowledge.isUnstable(fault.call)
        : [...this.calls].some(([id, service]) => service === fault.service && this.knowledge.isUnstable(id)),
    );
  }

  /** Makes faults possible whose calls have not been seen. */
  declareAll(faults: HuntFaults): void {
    for (const fault of faults) if (this.itemOf(fault) === undefined) this.add(fault, false);
  }

  learn(set: HuntFaults, lesson: HuntLesson): void {
    this.lessons.push({ set, lesson });
    this.apply(set, lesson);
  }

  next(): HuntFaults | undefined | Stopped {
    for (;;) {
      const found = this.sets.smallest(this.space.budget);
      if (found === undefined || isStopped(found)) return found;
      const set = huntFaults(found.map((item) => this.fault(item)));
      const foretold = this.touchesUnstable(set) ? undefined : this.knowledge.known(set);
      if (foretold === undefined) return set;
      if (foretold.good) {
        this.see(foretold.composed.came);
        this.explain(foretold.composed);
      } else if (this.folds(set, foretold.composed)) this.learn(set, { kind: "violates" });
      else return set;
    }
  }

  /** Takes back what compositions concluded, and learns again, after something turned out to be unstable. */
  reconsider(): void {
    this.sets = new SmallestSets();
    this.items.clear();
    this.byItem.clear();
    this.services.clear();
    for (const [id, service] of this.calls) this.declare(id, service);
    for (const { set, lesson } of this.lessons) this.apply(set, lesson);
  }

  private declare(id: CallId, service: string): void {
    const at: number[] = [];
    for (const call of isGroup(id) ? [`${groupOf(id)}#all`, `${groupOf(id)}#any`] : [id])
      for (const { text, slow } of this.space.kinds) at.push(this.add({ kind: "call", call, fault: text }, slow));
    at.forEach((a, i) => {
      for (const b of at.slice(i + 1)) this.sets.forbid([a, b]);
    });
    if (!this.space.downs) return;
    if (!this.services.has(service)) {
      this.services.add(service);
      this.add({ kind: "down", service }, false);
    }
    const down = this.itemOf({ kind: "down", service });
    if (down !== undefined) for (const a of at) this.sets.forbid([a, down]);
  }

  private add(fault: HuntFault, late: boolean): number {
    const known = this.itemOf(fault);
    if (known !== undefined) return known;
    const item = this.items.size;
    this.items.set(formatHuntFault(fault), { item, fault });
    this.byItem.set(item, fault);
    this.sets.add(item, late);
    return item;
  }

  private apply(set: HuntFaults, lesson: HuntLesson): void {
    switch (lesson.kind) {
      case "violates":
      case "impossible":
        this.sets.forbid(this.itemsOf(set));
        break;
      case "lived":
        for (const lived of lesson.lived) this.explain(lived);
        break;
      default:
        lesson satisfies never;
    }
  }

  private explain({ effective, came }: Lived): void {
    const together = this.itemsOf(effective);
    const unless: number[] = [];
    const services = new Set<string>();
    const disturbable = (id: CallId): void => {
      for (const { text } of this.space.kinds) {
        const item = this.itemOf({ kind: "call", call: id, fault: text });
        if (item !== undefined && !together.includes(item)) unless.push(item);
      }
    };
    const here = new Set(came.flatMap(placesOf));
    for (const place of here) disturbable(place);
    for (const { service } of came) services.add(service);
    // A call that comes by chance did not stay away because of what was injected.
    for (const [id, service] of this.calls) {
      if (here.has(id) || !this.knowledge.isUnstable(id)) continue;
      disturbable(id);
      services.add(service);
    }
    for (const service of services) {
      const item = this.itemOf({ kind: "down", service });
      if (item !== undefined && !together.includes(item)) unless.push(item);
    }
    this.sets.forbid(together, unless);
  }

  private itemsOf(faults: readonly HuntFault[]): readonly number[] {
    return faults.map((fault) => {
      const item = this.itemOf(fault);
      if (item === undefined) throw new Error(`${formatHuntFault(fault)} is no fault of a call that was seen`);
      return item;
    });
  }

  private itemOf(fault: HuntFault): number | undefined {
    return this.items.get(formatHuntFault(fault))?.item;
  }

  private fault(item: number): HuntFault {
    const fault = this.byItem.get(item);
    if (fault === undefined) throw new Error(`item ${item} is no fault`);
    return fault;
  }
}

/** Whether what was lived rules the set itself out: all of its faults that did not act are at calls that did not come. */
export function excludes(faults: HuntFaults, lived: readonly Lived[], unstable: boolean): boolean {
  if (unstable) return false;
  return lived.some((one) => {
    const { effective, came } = one;
    const ids = new Set(came.flatMap(placesOf));
    const services = servicesReached(one);
    return faults.every(
      (fault) =>
        effective.includes(fault) || (fault.kind === "down" ? !services.has(fault.service) : !ids.has(fault.call)),
    );
  });
}

/** The services that were called where calls can be disturbed. */
export function servicesReached({ came }: Pick<Lived, "came">): ReadonlySet<string> {
  return new Set(came.flatMap(({ service, outOfReach }) => (outOfReach === true ? [] : [service])));
}
