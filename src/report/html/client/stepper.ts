import { within } from "../closure.js";
import { all, byId, element, link, numberOf } from "./dom.js";
import type { State } from "./state.js";

/** The most tuples of a node that are shown; the rest are counted. */
const mostShown = 9;

/** Moves through time by the slider, the buttons, the arrow keys or a step of the story; shows the tuples of each node then, under its line. */
export class Stepper {
  private readonly slider = byId("instant", HTMLInputElement);
  private readonly now = byId("now", HTMLElement);
  private readonly strip = document.querySelector<HTMLElement>(".states");
  private readonly unchanging: ReadonlySet<number>;

  constructor(
    private readonly state: State,
    signal: AbortSignal,
  ) {
    const { slider } = this;
    this.unchanging = this.constant();
    slider?.addEventListener("input", () => state.moveTo(Number(slider.value)));
    byId("earlier", HTMLButtonElement)?.addEventListener("click", () => this.move(-1));
    byId("later", HTMLButtonElement)?.addEventListener("click", () => this.move(1));
    document.addEventListener("keydown", (event) => this.key(event), { signal });
    for (const button of all("button.step", HTMLElement))
      button.addEventListener("click", () => this.show(numberOf(button, "data-step")));
    for (const item of all(".steps li, svg.space-time [data-step]", Element)) {
      const step = numberOf(item, "data-step");
      item.addEventListener("pointerenter", () => light(step, true));
      item.addEventListener("pointerleave", () => light(step, false));
    }
    for (const button of all("button.step", HTMLElement)) {
      button.addEventListener("focus", () => light(numberOf(button, "data-step"), true));
      button.addEventListener("blur", () => light(numberOf(button, "data-step"), false));
    }
    this.columns();
    state.listen(() => this.render());
    this.render();
  }

  private key(event: KeyboardEvent): void {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const { target } = event;
    if (by === 0 || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (
      target instanceof Element &&
      target.closest("input, select, textarea, [contenteditable], svg.lineage, .cm-editor")
    )
      return;
    event.preventDefault();
    this.move(by);
  }

  private move(by: number): void {
    const { state } = this;
    state.moveTo(Math.max(1, Math.min(state.model.eot, state.instant + by)));
  }

  /** The instant at which a step happens, and the step in the picture. */
  private show(step: number): void {
    const { steps, eot } = this.state.model;
    const [place] = steps[step - 1]?.places ?? [];
    const instants = { messages: "sent", node: "instant", cut: "instant", end: "end" } as const;
    if (place === undefined) return;
    const at = instants[place.kind];
    this.state.moveTo(
      at === "sent" && place.kind === "messages" ? (place.sent[0] ?? 1) : "instant" in place ? place.instant : eot,
    );
    document
      .querySelector(`svg[data-diagram="0"] [data-step="${step}"]`)
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
    light(step, true);
  }

  /** Tuples that hold at every instant of every shown run, and so say nothing about an instant. */
  private constant(): ReadonlySet<number> {
    const { model } = this.state;
    const always = (periods: readonly number[] | null | undefined): boolean =>
      periods?.[0] === 1 && periods[1] === model.eot;
    return new Set(
      model.tuples.flatMap((_, tuple) =>
        model.runs.slice(0, 2).every((run) => always(run.periods[tuple])) ? [tuple] : [],
      ),
    );
  }

  /** Each node's cell is as wide as the space around its line. */
  private columns(): void {
    const svg = document.querySelector('svg[data-diagram="0"]');
    const axis = document.querySelector('.run[data-run="0"] svg.axis');
    if (this.strip === null || svg === null || axis === null) return;
    const xs = all(".lifeline .hit", SVGRectElement, svg).map(
      ({ x, width }) => x.baseVal.value + width.baseVal.value / 2,
    );
    const [left, width] = [Number(axis.getAttribute("width")), Number(svg.getAttribute("width"))];
    const edges = [0, ...xs.slice(1).map((x, i) => (x + (xs[i] ?? 0)) / 2), width];
    const widths = xs.map((_, i) => (edges[i + 1] ?? 0) - (edges[i] ?? 0));
    this.strip.style.gridTemplateColumns = [left, ...widths].map((w) => `${w}px`).join(" ");
    this.strip.style.width = `${left + width}px`;
  }

  private render(): void {
    const { state, slider, now } = this;
    const { instant } = state;
    if (slider !== undefined) slider.value = String(instant);
    if (now !== undefined) now.textContent = `${instant} of ${state.model.eot}`;
    const cells = state.model.nodes.map((node) =>
      element("div", { class: "cell" }, element("p", { class: "node-name" }, node), ...this.held(node)),
    );
    this.strip?.replaceChildren(element("div", { class: "when" }, `at ${instant}`), ...cells);
  }

  /** The tuples of a node at the instant: those that are new or differ come first. */
  private held(node: string): readonly Node[] {
    const { state } = this;
    const { model, instant, compared } = state;
    const entries: { readonly rank: number; readonly text: string; readonly button: HTMLElement }[] = [];
    let constant = 0;
    for (const [tuple, { text, place }] of model.tuples.entries()) {
      if (place !== node) continue;
      const here = within(state.run(0).periods[tuple], instant);
      const there = compared !== undefined && within(state.run(compared).periods[tuple], instant);
      if (!here && !there) continue;
      if (this.unchanging.has(tuple)) {
        constant++;
        continue;
      }
      const mark = compared === undefined || here === there ? "both" : here ? "gained" : "lost";
      const fresh = here && !within(state.run(0).periods[tuple], instant - 1);
      const sign = { both: "", gained: "+\u00a0", lost: "−\u00a0" }[mark];
      const run = here ? 0 : (compared ?? 0);
      const button = link(`${sign}${withoutNode(text, node)}`, `tuple ${mark}${fresh ? " fresh" : ""}`, () =>
        state.select({ kind: "tuple", run, at: { tuple, instant } }),
      );
      entries.push({ rank: (mark === "both" ? 2 : 0) + (fresh ? 0 : 1), text, button });
    }
    entries.sort((a, b) => a.rank - b.rank || (a.text < b.text ? -1 : 1));
    const shown = entries.slice(0, mostShown).map(({ button }) => button);
    const more = entries.length - shown.length + constant;
    return [...shown, ...(more > 0 ? [element("p", { class: "hint" }, `${more} more below`)] : [])];
  }
}

/** `leader(1)` of `leader("b", 1)`, at b. */
function withoutNode(text: string, node: string): string {
  const open = text.indexOf("(");
  const [first, rest] = [text.slice(open + 1), text.slice(0, open)];
  for (const name of [`"${node}"`, node]) {
    if (first.startsWith(`${name}, `)) return `${rest}(${first.slice(name.length + 2)}`;
    if (first === `${name})`) return rest;
  }
  return text;
}

/** Marks a step in the list and in the picture. */
function light(step: number, on: boolean): void {
  for (const marked of all(`[data-step="${step}"]`, Element)) marked.classList.toggle("lit-step", on);
}
