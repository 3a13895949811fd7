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

  private chip(bound: Bound): HTMLElement {
    const { key, label, least, canBeAny } = bound;
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
    // A text that is no bound gives way to the default, so that a chip shows what is checked.
    input.addEventListener("change", () => {
      if (read(bound, input.value) !== undefined) return;
      input.value = byDefault(bound);
      input.dispatchEvent(new Event("input"));
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
    for (const bound of bounds) {
      const input = this.inputs.get(bound.key);
      const value = budget[bound.key];
      if (input === undefined) continue;
      input.value = value === undefined ? byDefault(bound) : value === null ? "any" : String(value);
    }
    this.mark();
  }

  /** The bounds as options of the library; those that have their default are left out. */
  read(): Budget {
    const budget: Record<string, number | null> = {};
    for (const bound of bounds) {
      const value = read(bound, this.inputs.get(bound.key)?.value ?? "");
      if (value !== undefined && (bound.key !== "eff" || this.effGiven)) budget[bound.key] = value;
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

/** The bound that a text states: `null` is "any"; `undefined` if it states none. */
function read({ least, canBeAny }: Bound, written: string): number | null | undefined {
  const text = written.trim();
  if (text === "any") return canBeAny === true ? null : undefined;
  const value = Number(text);
  return text !== "" && Number.isInteger(value) && value >= least ? value : undefined;
}

/** What a chip shows of a bound that is not given. */
function byDefault({ key, fallback }: Bound): string {
  return key === "omissions" ? "any" : key === "eff" || key === "maxFaults" ? "" : String(fallback);
}
