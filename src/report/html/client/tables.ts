import { within } from "../closure.js";
import { byId, element, link } from "./dom.js";
import type { State } from "./state.js";

/** Relations at the instant of the slider, in the run of the report and the one it is compared with. */
export class Tables {
  private readonly slot = byId("table", HTMLElement);
  private readonly find = byId("find", HTMLInputElement);
  private readonly only = byId("only", HTMLInputElement);
  private readonly now = byId("table-now", HTMLElement);

  constructor(private readonly state: State) {
    this.find?.addEventListener("input", () => this.render());
    this.only?.addEventListener("change", () => this.render());
    state.listen(() => this.render());
    this.render();
  }

  private render(): void {
    const { state, slot } = this;
    const { instant, model, compared } = state;
    if (slot === undefined) return;
    if (this.now !== undefined) this.now.textContent = String(instant);
    const wanted = this.find?.value.trim().toLowerCase() ?? "";
    const groups = new Map<number, HTMLElement[]>();
    for (const [tuple, { relation, text }] of model.tuples.entries()) {
      const here = within(state.run(0).periods[tuple], instant);
      const there = compared !== undefined && within(state.run(compared).periods[tuple], instant);
      if ((!here && !there) || (wanted !== "" && !text.toLowerCase().includes(wanted))) continue;
      const mark = compared === undefined || (here && there) ? "both" : here ? "gained" : "lost";
      if (mark === "both" && this.only?.checked === true) continue;
      const run = here ? 0 : (compared ?? 0);
      const sign = mark === "gained" ? "+ " : mark === "lost" ? "− " : "";
      const entry = link(sign + argumentsOf(text), `tuple ${mark}`, () =>
        state.select({ kind: "tuple", run, at: { tuple, instant } }),
      );
      groups.set(relation, [...(groups.get(relation) ?? []), entry]);
    }
    const names = [...groups].map(([relation, entries]) => ({
      name: model.relations[relation] ?? "?",
      everywhere: model.everywhere.includes(relation),
      entries,
    }));
    names.sort((a, b) => (a.name < b.name ? -1 : 1));
    const rowsOf = (some: typeof names): readonly HTMLElement[] =>
      some.map(({ name, entries }) =>
        element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, ...entries)),
      );
    const known = names.filter(({ everywhere }) => everywhere);
    const others = names.filter(({ everywhere }) => !everywhere);
    const heading = (text: string): HTMLElement =>
      element("tr", {}, element("th", { scope: "colgroup", colspan: "2" }, text));
    const rows =
      known.length === 0
        ? rowsOf(others)
        : [heading("Everywhere, at every instant"), ...rowsOf(known), heading("At this instant"), ...rowsOf(others)];
    const legend =
      compared === undefined ? "" : `+ only in ${state.run(0).title}, − only in ${state.run(compared).title}`;
    slot.replaceChildren(
      element("p", { class: "hint" }, rows.length === 0 ? "Nothing." : legend),
      element("table", { class: "relations" }, ...rows),
    );
  }
}

/** `("a", 1)` of `r("a", 1)`. */
function argumentsOf(text: string): string {
  return text.slice(text.indexOf("("));
}
