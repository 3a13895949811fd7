import { inputsOf, lineageSvg } from "../lineage-svg.js";
import type { LineageModel } from "../model.js";
import { all, numberOf } from "./dom.js";
import { inOrder, Roving } from "./roving.js";
import type { State } from "./state.js";
import { keyOf } from "./state.js";

/** One lineage on the page: folds and unfolds nodes, and links them to what they stand for. */
class Lineage {
  private shown: ReadonlySet<number>;
  private readonly roving: Roving;

  constructor(
    private readonly state: State,
    private readonly model: LineageModel,
    private readonly index: number,
    private readonly slot: HTMLElement,
  ) {
    this.shown = new Set(model.shown);
    const step = (key: string, item: Element, items: readonly Element[]): Element | undefined =>
      this.step(key, item, items);
    this.roving = new Roving(slot, "g.node", step, (item, key) => this.act(item, key === " "));
    slot.addEventListener("click", (event) => {
      const target = event.target instanceof Element ? event.target : undefined;
      const node = target?.closest("g.node");
      if (node != null) this.act(node, target?.closest(".badge") != null);
    });
    state.listen(() => this.light());
    // Only the first is part of the page; the others are drawn when opened.
    if (slot.childElementCount === 0)
      slot.closest("details")?.addEventListener("toggle", () => this.fold(), { once: true });
  }

  unfoldAll(): void {
    this.draw(new Set(this.model.nodes.keys()));
  }

  fold(): void {
    this.draw(new Set(this.model.shown));
  }

  private act(node: Element, fold: boolean): void {
    const id = numberOf(node, "data-node");
    if (fold) this.toggle(id);
    else this.select(id);
  }

  /** Unfolds what a node depends on, or folds what no other shown node depends on. */
  private toggle(id: number): void {
    const inputs = inputsOf(this.model, id);
    const folded = inputs.filter((input) => !this.shown.has(input));
    const next = new Set(this.shown);
    if (folded.length > 0) {
      for (const input of folded) next.add(input);
      // A rule or a message alone says little: show what it depends on, too.
      for (const input of folded)
        if (this.model.nodes[input]?.kind !== "tuple") for (const below of inputsOf(this.model, input)) next.add(below);
      this.draw(next, id);
      return;
    }
    const kept = this.reachable(id);
    this.draw(new Set([...next].filter((n) => kept.has(n))), id);
  }

  /** Shown nodes that can be reached from the outcomes without passing below a node. */
  private reachable(closed: number): ReadonlySet<number> {
    const seen = new Set(this.model.roots);
    const queue = [...seen];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (next === closed) continue;
      for (const input of inputsOf(this.model, next)) {
        if (!this.shown.has(input) || seen.has(input)) continue;
        seen.add(input);
        queue.push(input);
      }
    }
    return seen.add(closed);
  }

  private draw(shown: ReadonlySet<number>, focus?: number): void {
    this.shown = shown;
    this.slot.innerHTML = lineageSvg(this.model, shown, this.index);
    if (focus !== undefined) {
      const node = this.slot.querySelector(`[data-node="${focus}"]`);
      if (node instanceof SVGElement) {
        node.setAttribute("tabindex", "0");
        node.focus();
      }
    }
    this.roving.reset();
    this.light();
  }

  private select(id: number): void {
    const node = this.model.nodes[id];
    if (node === undefined) return;
    const run = node.change === "lost" ? this.model.keeping : 0;
    if (node.tuple !== undefined) {
      this.state.select({ kind: "tuple", run, at: { tuple: node.tuple, instant: node.instant } });
    } else if (node.message !== undefined) {
      const [from, to] = node.message;
      const arrow = this.state
        .run(run)
        .arrows.findIndex((a) => a.from === from && a.to === to && a.sent === node.instant);
      if (arrow >= 0) this.state.select({ kind: "arrow", run, arrow });
      else if (node.rule !== undefined) this.state.select({ kind: "rule", rule: node.rule });
    } else if (node.rule !== undefined) {
      this.state.select({ kind: "rule", rule: node.rule });
    }
  }

  private step(key: string, item: Element, items: readonly Element[]): Element | undefined {
    const id = numberOf(item, "data-node");
    const find = (node: number | undefined): Element | undefined =>
      items.find((e) => numberOf(e, "data-node") === node);
    if (key === "ArrowDown") return find(inputsOf(this.model, id).find((input) => this.shown.has(input)));
    if (key === "ArrowUp") return find(this.model.edges.find(([from, to]) => to === id && this.shown.has(from))?.[0]);
    return inOrder(key, item, items);
  }

  /** Highlights the nodes of the selection's tuples, messages and rules. */
  private light(): void {
    const light = this.state.light();
    const { selected } = this.state;
    const own = new Set(light?.selected.map(keyOf) ?? []);
    const arrow = selected?.kind === "arrow" ? this.state.run(selected.run).arrows[selected.arrow] : undefined;
    for (const g of all("g.node", SVGGElement, this.slot)) {
      const node = this.model.nodes[numberOf(g, "data-node")];
      if (node === undefined) continue;
      const key = node.tuple === undefined ? "" : keyOf({ tuple: node.tuple, instant: node.instant });
      const sameMessage =
        arrow !== undefined &&
        node.message?.[0] === arrow.from &&
        node.message[1] === arrow.to &&
        node.instants?.includes(arrow.sent) === true;
      g.classList.toggle(
        "selected",
        own.has(key) || sameMessage || (selected?.kind === "rule" && node.rule === selected.rule),
      );
      g.classList.toggle("downstream", light?.downstream.has(key) === true);
      g.classList.toggle("upstream", light?.upstream.has(key) === true);
    }
  }
}

/** Makes every lineage of the page interactive. */
export function connectLineages(state: State): void {
  for (const slot of all("[data-lineage-slot]", HTMLElement)) {
    const index = numberOf(slot, "data-lineage-slot");
    const model = state.model.lineages[index];
    if (model === undefined) continue;
    const lineage = new Lineage(state, model, index, slot);
    document.querySelector(`[data-unfold-all="${index}"]`)?.addEventListener("click", () => lineage.unfoldAll());
    document.querySelector(`[data-fold="${index}"]`)?.addEventListener("click", () => lineage.fold());
  }
}
