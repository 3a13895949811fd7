import { instantsInWords } from "../../../wording/instants.js";
import { arrowKey, fateInWords } from "../arrows.js";
import type { At } from "../closure.js";
import { arrowOf, derivationsOf, holdsAt, restingOn, supportsOf, within } from "../closure.js";
import type { RowModel } from "../model.js";
import { element, link } from "./dom.js";
import type { Selection, State } from "./state.js";
import { carriedBy, heldAt } from "./state.js";

const mostListed = 30;

/** The drawer with the details of the selection: what a message carried, how a tuple was derived, what a rule did, and what depends on it. */
export class Inspector {
  constructor(
    private readonly state: State,
    private readonly panel: HTMLElement,
  ) {
    state.listen(() => this.render());
  }

  private render(): void {
    const { selected } = this.state;
    this.panel.hidden = selected === undefined;
    if (selected === undefined) return;
    const close = link("close", "control", () => this.state.select(undefined));
    const back = this.state.canGoBack ? link("back", "control", () => this.state.back()) : undefined;
    this.panel.replaceChildren(element("p", { class: "controls" }, back, close), ...this.content(selected));
  }

  private content(selection: Selection): readonly Node[] {
    switch (selection.kind) {
      case "arrow":
        return this.message(selection.run, selection.arrow);
      case "tuple":
        return this.tuple(selection.run, selection.at);
      case "rule":
        return this.rule(selection.rule);
      default: {
        const never: never = selection;
        return never;
      }
    }
  }

  private message(runIndex: number, index: number): readonly Node[] {
    const { state } = this;
    const arrow = state.run(runIndex).arrows[index];
    if (arrow === undefined) return [];
    const other = state.otherThan(runIndex);
    const twin = other === undefined ? undefined : state.run(other).arrows.find((a) => arrowKey(a) === arrowKey(arrow));
    const elsewhere =
      other === undefined
        ? ""
        : `; in ${state.run(other).title} ${twin === undefined ? "nothing is sent there at that instant" : fateInWords(twin)}`;
    const arrival = state.arrival(runIndex, arrow);
    const carried = arrow.loads.map(([tuple, rule]) => {
      const at: At = { tuple, instant: arrow.arrivals[0] ?? arrow.sent + 1 };
      const holder = [runIndex, other].find((run) => run !== undefined && holdsAt(state.run(run), at));
      const name = state.model.tuples[tuple]?.text ?? "?";
      const shown = holder === undefined ? element("code", {}, name) : this.tupleLink(holder, at);
      return element("li", {}, shown, " by ", this.ruleLink(rule));
    });
    const resting =
      arrival === undefined ? [] : restingOn(state.run(arrival.run), carriedBy(arrival.arrow), state.model.eot);
    return [
      element("h3", {}, `${arrow.from} → ${arrow.to}, sent at ${arrow.sent}`),
      element("p", {}, `In ${state.run(runIndex).title} ${fateInWords(arrow)}${elsewhere}.`),
      element("h4", {}, arrow.arrivals.length > 0 ? "It carries" : "It would have carried"),
      element("ul", {}, ...carried),
      ...(arrival === undefined ? [] : this.restingList(arrival.run, resting)),
    ];
  }

  private tuple(runIndex: number, at: At): readonly Node[] {
    const { state } = this;
    const run = state.run(runIndex);
    const other = state.otherThan(runIndex);
    const when = (index: number): string => {
      const held = heldAt(state.run(index), at.tuple);
      return held.length === 0 ? "never" : `at ${instantsInWords(held)}`;
    };
    const also = other === undefined ? "" : `; in ${state.run(other).title} ${when(other)}`;
    const derivations = derivationsOf(run, at).map((row) => this.derivation(runIndex, row, at));
    return [
      element("h3", {}, `${state.model.tuples[at.tuple]?.text ?? "?"} at ${at.instant}`),
      element("p", {}, `In ${run.title} it holds ${when(runIndex)}${also}.`),
      element("h4", {}, derivations.length > 1 ? `It is derived in ${derivations.length} ways` : "How it was derived"),
      element("ul", { class: "derivations" }, ...derivations),
      ...(run.complete
        ? []
        : [element("p", { class: "hint" }, "This run has more derivations than the report contains.")]),
      ...this.restingList(runIndex, restingOn(run, [at], state.model.eot)),
    ];
  }

  private derivation(runIndex: number, row: RowModel, at: At): HTMLElement {
    if (row.rule === -1) return element("li", {}, "a fact");
    if (row.rule === -2) return element("li", {}, "a crash of the schedule");
    if (row.rule === -3) return element("li", {}, "a restart of the schedule");
    const body = at.instant - row.delay;
    const supports = supportsOf(row, body).map((support) => element("li", {}, this.tupleLink(runIndex, support)));
    const absences = (row.absences ?? []).map((pattern) => element("li", { class: "absence" }, `no ${pattern}`));
    const sent = row.message === undefined ? -1 : arrowOf(this.state.run(runIndex), row, body);
    const [from, to] = row.message ?? ["", ""];
    const message =
      sent < 0
        ? undefined
        : element("li", {}, "by the message ", this.arrowLink(runIndex, sent, `${from} → ${to}, sent at ${body}`));
    const carried = row.carries === 1 ? "carried over, " : "";
    return element(
      "li",
      {},
      carried,
      "by ",
      this.ruleLink(row.rule),
      element("ul", {}, message, ...supports, ...absences),
    );
  }

  private rule(rule: number): readonly Node[] {
    const { model } = this.state;
    const known = model.rules[rule];
    const runs = [0, this.state.compared].filter((run) => run !== undefined);
    const fired = runs.map((run) =>
      element("li", {}, `${this.state.run(run).firings[rule] ?? 0} times in ${this.state.run(run).title}`),
    );
    const sent = this.state
      .run(0)
      .arrows.flatMap((arrow, i) => (arrow.loads.some(([, by]) => by === rule) ? [{ arrow, i }] : []));
    const messages = sent
      .slice(0, mostListed)
      .map(({ arrow, i }) =>
        element(
          "li",
          {},
          this.arrowLink(0, i, `${arrow.from} → ${arrow.to} at ${arrow.sent}`),
          `, ${fateInWords(arrow)}`,
        ),
      );
    return [
      element("h3", {}, `rule at ${known?.place ?? "?"}`),
      element("pre", {}, known?.text ?? ""),
      element("h4", {}, "It fired"),
      element("ul", {}, ...fired),
      ...(messages.length === 0
        ? []
        : [element("h4", {}, "Its messages in the first run"), element("ul", {}, ...messages, this.more(sent.length))]),
    ];
  }

  private restingList(run: number, resting: readonly At[]): readonly Node[] {
    const heading = element("h4", {}, "What depends on it");
    if (resting.length === 0)
      return [
        heading,
        element("p", {}, "Nothing depends on its presence. The lineage shows what depends on an absence."),
      ];
    const byTuple = new Map<number, number[]>();
    for (const { tuple, instant } of resting) byTuple.set(tuple, [...(byTuple.get(tuple) ?? []), instant]);
    const outcomes = new Set(this.state.run(run).outcomes);
    const entries = [...byTuple].sort(([a], [b]) => Number(outcomes.has(b)) - Number(outcomes.has(a)));
    const items = entries.slice(0, mostListed).map(([tuple, instants]) => {
      const sorted = [...instants].sort((a, b) => a - b);
      const last = sorted.at(-1) ?? 1;
      const note = outcomes.has(tuple) && last === this.state.model.eot ? ", an outcome" : "";
      return element(
        "li",
        {},
        this.tupleLink(run, { tuple, instant: last }, ""),
        ` at ${instantsInWords(sorted)}${note}`,
      );
    });
    const title = element(
      "p",
      { class: "hint" },
      `in ${this.state.run(run).title}; the lineage shows what depends on an absence`,
    );
    return [heading, title, element("ul", { class: "resting" }, ...items, this.more(byTuple.size))];
  }

  private more(count: number): HTMLElement | undefined {
    return count > mostListed ? element("li", {}, `and ${count - mostListed} more`) : undefined;
  }

  private tupleLink(run: number, at: At, suffix = ` at ${at.instant}`): HTMLElement {
    const text = `${this.state.model.tuples[at.tuple]?.text ?? "?"}${suffix}`;
    if (!within(this.state.run(run).periods[at.tuple], at.instant)) return element("code", {}, text);
    return link(text, "tuple", () => this.state.select({ kind: "tuple", run, at }));
  }

  private ruleLink(rule: number): HTMLElement {
    return link(this.state.model.rules[rule]?.place ?? "?", "rule", () => this.state.select({ kind: "rule", rule }));
  }

  private arrowLink(run: number, arrow: number, text: string): HTMLElement {
    return link(text, "message", () => this.state.select({ kind: "arrow", run, arrow }));
  }
}
