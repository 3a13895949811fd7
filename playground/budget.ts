import { element } from "../src/report/html/client/dom.js";
import type { Bound } from "./bounds.js";
import { bounds } from "./bounds.js";
import type { Budget } from "./protocol.js";

/** The budget as chips: each shows a bound, and is highlighted if it allows faults. */
export class BudgetChips {
  private readonly inputs = new Map<string, HTMLInputElement>();
  /** Whether EFF follows EOT. */
  private effGiven = false;

  constructor(
    slot: HTMLElement,
    private readonly changed: () => void,
  ) {
    slot.append(...bounds.map((bound) => this.chip(bound)));
    this.write({});
  }

  private chip({ key, label, least, canBeAny }: Bound): HTMLElement {
    const input = element("input", {
      type: "text",
      inputmode: "numeric",
      size: "2",
      id: `bound-${key}`,
      title: canBeAny === true ? "a number, or any" : `a number, at least ${least}`,
      autocomplete: "off",
    });
    this.inputs.set(key, input);
    input.addEventListener("input", () => {
      if (key === "eff") this.effGiven = input.value.trim() !== "";
      this.mark();
      this.changed();
    });
    const step = (by: number): void => {
      const now = Number(input.value);
      input.value = String(Math.max(least, (Number.isInteger(now) ? now : 0) + by));
      input.dispatchEvent(new Event("input"));
    };
    input.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      event.preventDefault();
      step(event.key === "ArrowUp" ? 1 : -1);
    });
    return element("label", { class: "chip", "data-bound": key }, `${label} `, input);
  }

  /** Sets the given bounds, and the defaults of the command line for the others. */
  write(budget: Budget): void {
    this.effGiven = budget.eff !== undefined;
    for (const { key, fallback } of bounds) {
      const input = this.inputs.get(key);
      const value = budget[key];
      if (input === undefined) continue;
      const missing = key === "omissions" ? "any" : key === "eff" || key === "maxFaults" ? "" : String(fallback);
      input.value = value === undefined ? missing : value === null ? "any" : String(value);
    }
    this.mark();
  }

  /** The bounds as options of the library; a field that is empty or not a number has its default. */
  read(): Budget {
    const budget: Record<string, number | null> = {};
    for (const { key, least } of bounds) {
      const text = this.inputs.get(key)?.value.trim() ?? "";
      const value = Number(text);
      if (text === "any") budget[key] = null;
      else if (text !== "" && Number.isInteger(value) && value >= least && (key !== "eff" || this.effGiven))
        budget[key] = value;
    }
    if (budget.omissions === null) delete budget.omissions;
    return budget;
  }

  private mark(): void {
    for (const [key, input] of this.inputs) {
      const isOff = ["0", ""].includes(input.value.trim()) || key === "lateness";
      input.closest(".chip")?.classList.toggle("on", !isOff);
    }
  }
}
