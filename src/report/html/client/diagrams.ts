import { arrowKey, differing, fateInWords } from "../arrows.js";
import type { ArrowModel } from "../model.js";
import { all, byId, element, numberOf } from "./dom.js";
import { Roving } from "./roving.js";
import type { State } from "./state.js";
import { carriedBy, keyOf } from "./state.js";

/** The space–time diagrams: selecting messages, highlighting what belongs to them, comparing and filtering. */
export class Diagrams {
  private readonly svgs = all("svg.space-time", SVGSVGElement);
  private readonly tip = element("div", { class: "tip-box", role: "tooltip", hidden: "" });

  constructor(private readonly state: State) {
    for (const svg of this.svgs) this.connect(svg);
    for (const axis of all("svg.axis", SVGSVGElement)) axis.addEventListener("click", (event) => this.moveTo(event));
    document.querySelector("#picture")?.append(this.tip);
    const compare = byId("compare", HTMLSelectElement);
    compare?.addEventListener("change", () => state.compareWith(Number(compare.value)));
    const filter = byId("filter", HTMLSelectElement);
    const apply = (): void => {
      for (const svg of this.svgs) svg.setAttribute("data-filter", filter?.value ?? "all");
    };
    filter?.addEventListener("change", apply);
    // If no outcome depends on a message, that would leave nothing.
    const someRelevant = this.svgs.some((svg) => svg.querySelector(".arrow.relevant") !== null);
    if (filter !== undefined && someRelevant && this.svgs.some((svg) => svg.classList.contains("dense")))
      filter.value = "relevant";
    apply();
    state.listen(() => this.render());
    this.render();
  }

  private connect(svg: SVGSVGElement): void {
    const run = numberOf(svg, "data-diagram");
    svg.addEventListener("click", (event) => {
      const arrow = arrowAt(event.target);
      if (arrow !== undefined) this.state.select({ kind: "arrow", run, arrow });
      else this.moveTo(event);
    });
    new Roving(
      svg,
      "g.arrow",
      (key, item, items) => this.step(run, key, item, items),
      (item) => this.state.select({ kind: "arrow", run, arrow: numberOf(item, "data-arrow") }),
    );
    for (const type of ["pointerover", "focusin"] as const)
      svg.addEventListener(type, (event) => this.open(run, arrowAt(event.target)));
    for (const type of ["pointerleave", "focusout"] as const)
      svg.addEventListener(type, () => this.open(run, undefined));
  }

  private moveTo(event: Event): void {
    const instant = event.target instanceof Element ? event.target.closest("g.instant") : null;
    if (instant !== null) this.state.moveTo(numberOf(instant, "data-instant"));
  }

  /** Shows everything that an arrow carries beside it. */
  private open(runIndex: number, index: number | undefined): void {
    const { tip, state } = this;
    const arrow = index === undefined ? undefined : state.run(runIndex).arrows[index];
    const svg = this.svgs.find((drawn) => numberOf(drawn, "data-diagram") === runIndex);
    const drawn = svg?.querySelector(`[data-arrow="${index ?? -1}"] .line`);
    for (const label of all("g.label", SVGGElement))
      label.classList.toggle("hover", labels(label, index) && label.ownerSVGElement === svg);
    tip.hidden = arrow === undefined || drawn == null;
    if (arrow === undefined || drawn == null) return;
    const names = [...new Set(arrow.loads.map(([tuple]) => state.model.tuples[tuple]?.text ?? "?"))];
    tip.replaceChildren(
      element("strong", {}, `${arrow.from} → ${arrow.to}, sent at ${arrow.sent}, ${fateInWords(arrow)}`),
      ...names.slice(0, 12).map((name) => element("code", {}, name)),
      ...(names.length > 12 ? [`and ${names.length - 12} more`] : []),
    );
    const box = drawn.getBoundingClientRect();
    const below = box.bottom + 8;
    const height = tip.getBoundingClientRect().height;
    tip.style.left = `${Math.max(4, Math.min(box.left + box.width / 2 - 60, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${below + height > innerHeight ? Math.max(4, box.top - height - 8) : below}px`;
  }

  /** Up and down: the messages in order; with Page Up and Page Down the first one sent earlier or later. */
  private step(run: number, key: string, item: Element, items: readonly Element[]): Element | undefined {
    const visible = items.filter((i) => i.getBoundingClientRect().height > 0);
    const sorted = [...visible].sort((a, b) => numberOf(a, "data-arrow") - numberOf(b, "data-arrow"));
    const sent = (e: Element | undefined): number =>
      e === undefined ? 0 : (this.state.run(run).arrows[numberOf(e, "data-arrow")]?.sent ?? 0);
    const at = sorted.indexOf(item);
    switch (key) {
      case "ArrowDown":
        return sorted[at + 1];
      case "ArrowUp":
        return sorted[at - 1];
      case "PageDown":
        return sorted.find((e) => sent(e) > sent(item));
      case "PageUp": {
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
    const name = byId("compared", HTMLElement);
    if (name !== undefined && compared !== undefined) name.textContent = state.run(compared).title;
    for (const svg of this.svgs) {
      const index = numberOf(svg, "data-diagram");
      const run = state.run(index);
      const other = state.otherThan(index);
      const different =
        other === undefined || (index !== 0 && index !== compared) ? undefined : differing(run, state.run(other));
      const delivers = (arrow: ArrowModel, keys: ReadonlySet<string> | undefined): boolean =>
        light?.run === index && carriedBy(arrow).some((at) => keys?.has(keyOf(at)) === true);
      const own = new Set(light?.selected.map(keyOf) ?? []);
      const marksOf = (arrow: ArrowModel, i: number): Readonly<Record<string, boolean>> => {
        const byRule = selected?.kind === "rule" && arrow.loads.some(([, rule]) => rule === selected.rule);
        const same = chosen !== undefined && arrowKey(chosen) === arrowKey(arrow);
        return {
          selected: same || byRule || (selected?.kind === "tuple" && delivers(arrow, own)),
          downstream: delivers(arrow, light?.downstream),
          upstream: delivers(arrow, light?.upstream),
          ...(different === undefined ? {} : { differs: different.has(i) }),
        };
      };
      svg.classList.toggle("lit", selected !== undefined && selected.kind !== "rule");
      const marks = run.arrows.map(marksOf);
      for (const g of all("g.arrow", SVGGElement, svg)) {
        for (const [name, on] of Object.entries(marks[numberOf(g, "data-arrow")] ?? {})) g.classList.toggle(name, on);
      }
      for (const g of all("g.label[data-label]", SVGGElement, svg)) {
        const own = (g.getAttribute("data-label") ?? "").split(" ").map((i) => marks[Number(i)] ?? {});
        for (const name of Object.keys(own[0] ?? {}))
          g.classList.toggle(
            name,
            own.some((mark) => mark[name] === true),
          );
      }
    }
    for (const g of all("g.instant", SVGGElement)) g.classList.toggle("now", numberOf(g, "data-instant") === instant);
  }
}

function labels(label: Element, arrow: number | undefined): boolean {
  return arrow !== undefined && (label.getAttribute("data-label") ?? "").split(" ").includes(String(arrow));
}

/** The arrow that an element is a part or the label of. */
export function arrowAt(target: EventTarget | null): number | undefined {
  if (!(target instanceof Element)) return undefined;
  const arrow = target.closest("g.arrow");
  if (arrow !== null) return numberOf(arrow, "data-arrow");
  const label = target.closest("g.label[data-label]");
  const [first] = (label?.getAttribute("data-label") ?? "").split(" ");
  return label === null || first === undefined || first === "" ? undefined : Number(first);
}
