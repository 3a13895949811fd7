import { arrowKey, differing } from "../arrows.js";
import type { ArrowModel } from "../model.js";
import { all, byId, numberOf } from "./dom.js";
import { Roving } from "./roving.js";
import type { State } from "./state.js";
import { carriedBy, keyOf } from "./state.js";

/** The space–time diagrams: choosing messages, lighting what goes with them, comparing and filtering. */
export class Diagrams {
  private readonly svgs = all("svg.space-time", SVGSVGElement);

  constructor(private readonly state: State) {
    for (const svg of this.svgs) this.connect(svg);
    const compare = byId("compare", HTMLSelectElement);
    compare?.addEventListener("change", () => state.compareWith(Number(compare.value)));
    const filter = byId("filter", HTMLSelectElement);
    const apply = (): void => {
      for (const svg of this.svgs) svg.setAttribute("data-filter", filter?.value ?? "all");
    };
    filter?.addEventListener("change", apply);
    if (filter !== undefined && this.svgs.some((svg) => svg.classList.contains("dense"))) filter.value = "relevant";
    apply();
    state.listen(() => this.render());
    this.render();
  }

  private connect(svg: SVGSVGElement): void {
    const run = numberOf(svg, "data-diagram");
    svg.addEventListener("click", (event) => {
      const target = event.target instanceof Element ? event.target : undefined;
      const arrow = target?.closest("g.arrow");
      if (arrow != null) return this.choose(run, arrow);
      const instant = target?.closest("g.instant");
      if (instant != null) this.state.moveTo(numberOf(instant, "data-instant"));
    });
    new Roving(
      svg,
      "g.arrow",
      (key, item, items) => this.step(run, key, item, items),
      (item) => this.choose(run, item),
    );
  }

  private choose(run: number, arrow: Element): void {
    this.state.select({ kind: "arrow", run, arrow: numberOf(arrow, "data-arrow") });
  }

  /** Left and right: the messages in order; up and down: the first one sent earlier or later. */
  private step(run: number, key: string, item: Element, items: readonly Element[]): Element | undefined {
    const visible = items.filter((i) => i.getBoundingClientRect().height > 0);
    const sorted = [...visible].sort((a, b) => numberOf(a, "data-arrow") - numberOf(b, "data-arrow"));
    const sent = (e: Element | undefined): number =>
      e === undefined ? 0 : (this.state.run(run).arrows[numberOf(e, "data-arrow")]?.sent ?? 0);
    const at = sorted.indexOf(item);
    switch (key) {
      case "ArrowRight":
        return sorted[at + 1];
      case "ArrowLeft":
        return sorted[at - 1];
      case "ArrowDown":
        return sorted.find((e) => sent(e) > sent(item));
      case "ArrowUp": {
        const earlier = sorted.filter((e) => sent(e) < sent(item));
        return earlier.find((e) => sent(e) === sent(earlier.at(-1)));
      }
      case "Home":
        return sorted[0];
      case "End":
        return sorted.at(-1);
      default:
        return undefined;
    }
  }

  private render(): void {
    const { state } = this;
    const { selected, instant, compared } = state;
    const light = state.light();
    const chosen = selected?.kind === "arrow" ? state.run(selected.run).arrows[selected.arrow] : undefined;
    for (const figure of all("figure.run", HTMLElement)) {
      const run = numberOf(figure, "data-run");
      figure.hidden = run !== 0 && run !== compared;
    }
    for (const svg of this.svgs) {
      const index = numberOf(svg, "data-diagram");
      const run = state.run(index);
      const other = state.otherThan(index);
      const different =
        other === undefined || (index !== 0 && index !== compared) ? undefined : differing(run, state.run(other));
      const delivers = (arrow: ArrowModel, keys: ReadonlySet<string> | undefined): boolean =>
        light?.run === index && carriedBy(arrow).some((at) => keys?.has(keyOf(at)) === true);
      const own = new Set(light?.selected.map(keyOf) ?? []);
      svg.classList.toggle("lit", selected !== undefined && selected.kind !== "rule");
      for (const g of all("g.arrow", SVGGElement, svg)) {
        const i = numberOf(g, "data-arrow");
        const arrow = run.arrows[i];
        if (arrow === undefined) continue;
        const byRule = selected?.kind === "rule" && arrow.loads.some(([, rule]) => rule === selected.rule);
        const same = chosen !== undefined && arrowKey(chosen) === arrowKey(arrow);
        g.classList.toggle("selected", same || byRule || (selected?.kind === "tuple" && delivers(arrow, own)));
        g.classList.toggle("downstream", delivers(arrow, light?.downstream));
        g.classList.toggle("upstream", delivers(arrow, light?.upstream));
        if (different !== undefined) g.classList.toggle("differs", different.has(i));
      }
      for (const g of all("g.instant", SVGGElement, svg))
        g.classList.toggle("now", numberOf(g, "data-instant") === instant);
    }
  }
}
