import { arrowKey } from "../arrows.js";
import type { At } from "../closure.js";
import { behind, holdsAt, instantsOf, restingOn } from "../closure.js";
import type { ArrowModel, Model, RunModel } from "../model.js";

/** What the reader has selected. Runs are indices into the model. */
export type Selection =
  | { readonly kind: "arrow"; readonly run: number; readonly arrow: number }
  | { readonly kind: "tuple"; readonly run: number; readonly at: At }
  | { readonly kind: "rule"; readonly rule: number };

/** What to highlight in the drawings of one run. */
export interface Light {
  readonly run: number;
  readonly selected: readonly At[];
  /** Keys `tuple@instant`. */
  readonly downstream: ReadonlySet<string>;
  readonly upstream: ReadonlySet<string>;
}

/** The state of a page, with its listeners. */
export class State {
  private selection: Selection | undefined;
  private readonly past: Selection[] = [];
  private readonly listeners: ((state: State) => void)[] = [];
  /** The run that the first one is compared with, if there is one. */
  compared: number | undefined;
  instant: number;

  constructor(readonly model: Model) {
    this.compared = model.runs.length > 1 ? 1 : undefined;
    this.instant = model.eot;
  }

  get selected(): Selection | undefined {
    return this.selection;
  }

  get canGoBack(): boolean {
    return this.past.length > 0;
  }

  /** Called after each change. */
  listen(listener: (state: State) => void): void {
    this.listeners.push(listener);
  }

  select(selection: Selection | undefined): void {
    if (this.selection !== undefined && selection !== undefined) this.past.push(this.selection);
    if (selection === undefined) this.past.length = 0;
    this.selection = selection;
    this.tell();
  }

  back(): void {
    this.selection = this.past.pop();
    this.tell();
  }

  compareWith(run: number): void {
    this.compared = run;
    this.tell();
  }

  moveTo(instant: number): void {
    this.instant = instant;
    this.tell();
  }

  run(index: number): RunModel {
    const run = this.model.runs[index];
    if (run === undefined) throw new RangeError(`no run ${index}`);
    return run;
  }

  holds(run: number, at: At): boolean {
    return holdsAt(this.run(run), at);
  }

  /** The other one of the two runs that are shown. */
  otherThan(run: number): number | undefined {
    return run === 0 ? this.compared : 0;
  }

  /** The shown run in which a message arrives, and its arrow there; the given run is preferred. */
  arrival(run: number, arrow: ArrowModel): { readonly run: number; readonly arrow: ArrowModel } | undefined {
    for (const candidate of [run, this.otherThan(run)]) {
      if (candidate === undefined) continue;
      const found = this.run(candidate).arrows.find((a) => arrowKey(a) === arrowKey(arrow) && a.arrivals.length > 0);
      if (found !== undefined) return { run: candidate, arrow: found };
    }
    return undefined;
  }

  /** What the selection depends on and what depends on it. */
  light(): Light | undefined {
    const { selection } = this;
    if (selection === undefined || selection.kind === "rule") return undefined;
    const found = this.subjects(selection);
    if (found === undefined) return undefined;
    const run = this.run(found.run);
    const downstream = new Set(restingOn(run, found.at, this.model.eot).map(keyOf));
    const own = new Set(found.at.map(keyOf));
    const upstream = new Set([...behind(run, found.at)].filter((key) => !own.has(key)));
    return { run: found.run, selected: found.at, downstream, upstream };
  }

  private subjects(
    selection: Exclude<Selection, { kind: "rule" }>,
  ): { readonly run: number; readonly at: readonly At[] } | undefined {
    if (selection.kind === "tuple") return { run: selection.run, at: [selection.at] };
    const arrow = this.run(selection.run).arrows[selection.arrow];
    const arrival = arrow === undefined ? undefined : this.arrival(selection.run, arrow);
    if (arrival === undefined) return undefined;
    return { run: arrival.run, at: carriedBy(arrival.arrow) };
  }

  private tell(): void {
    for (const listener of this.listeners) listener(this);
  }
}

export function keyOf({ tuple, instant }: At): string {
  return `${tuple}@${instant}`;
}

/** The tuples of an arrow at the instants at which they arrive. */
export function carriedBy(arrow: ArrowModel): readonly At[] {
  return [...new Set(arrow.loads.map(([tuple]) => tuple))].flatMap((tuple) =>
    arrow.arrivals.map((instant) => ({ tuple, instant })),
  );
}

/** The periods in which a tuple holds in a run. */
export function heldAt(run: RunModel, tuple: number): readonly number[] {
  return instantsOf(run.periods[tuple] ?? []);
}
