import { arrowAt } from "../src/report/html/client/diagrams.js";
import { all, element, numberOf } from "../src/report/html/client/dom.js";
import type { ArrowModel, Model } from "../src/report/html/model.js";
import type { Fault } from "./protocol.js";

/*
 * Faults by hand, in the diagram. A click on a message loses it, dragging its head makes it late, and with Shift it
 * arrives twice; a click on a node's line opens a menu of faults at that instant. By keyboard: Enter, Delete or l on a
 * message loses it, + and − make it later or earlier, d makes it arrive twice; Enter on a node's line opens the menu.
 */

export interface AttackHooks {
  readonly model: Model;
  readonly faults: readonly Fault[];
  /** The instant of the stepper. */
  instant(): number;
  /** Shows the run under these faults. */
  change(faults: readonly Fault[]): void;
}

type ChannelFault = Extract<Fault, { readonly from: string }>;
type CutFault = Extract<Fault, { readonly a: readonly string[] }>;
type LateFault = Extract<ChannelFault, { readonly arrives: number }>;

/** A message's channel at an instant. */
type Channel = Pick<ArrowModel, "from" | "to" | "sent">;

export class Attack {
  private readonly svg = document.querySelector<SVGSVGElement>('svg.space-time[data-diagram="0"]');
  private readonly menu = element("div", { class: "fault-menu", role: "menu", hidden: "" });

  constructor(
    private readonly hooks: AttackHooks,
    signal: AbortSignal,
  ) {
    const { svg, menu } = this;
    if (svg === null) return;
    document.querySelector("#picture")?.append(menu);
    svg.classList.add("attackable");
    svg.addEventListener("click", (event) => this.click(event), { capture: true });
    svg.addEventListener("pointerdown", (event) => this.grab(event));
    svg.addEventListener("keydown", (event) => this.key(event), { capture: true });
    for (const line of all("[data-lifeline]", SVGGElement, svg)) {
      line.setAttribute("tabindex", "0");
      line.setAttribute("role", "button");
      line.setAttribute("aria-label", `node ${line.getAttribute("data-lifeline") ?? ""}: a fault here`);
    }
    document.addEventListener("pointerdown", (event) => this.dismiss(event), { signal });
  }

  private get arrows(): readonly ArrowModel[] {
    return this.hooks.model.runs[0]?.arrows ?? [];
  }

  private dragged = false;

  private click(event: MouseEvent): void {
    if (this.dragged) {
      this.dragged = false;
      event.stopPropagation();
      return;
    }
    const arrow = this.arrows[arrowAt(event.target) ?? -1];
    if (arrow !== undefined) {
      event.stopPropagation();
      this.toggleLost(arrow);
      return;
    }
    const line = event.target instanceof Element ? event.target.closest("[data-lifeline]") : null;
    if (line === null) return;
    event.stopPropagation();
    this.ask(line.getAttribute("data-lifeline") ?? "", this.instantAt(event.clientY), event.clientX, event.clientY);
  }

  private key(event: KeyboardEvent): void {
    const { target } = event;
    if (!(target instanceof Element) || event.ctrlKey || event.metaKey || event.altKey) return;
    const line = target.closest("[data-lifeline]");
    if (line !== null && (event.key === "Enter" || event.key === " ")) {
      this.take(event);
      const box = line.getBoundingClientRect();
      this.ask(line.getAttribute("data-lifeline") ?? "", this.hooks.instant(), box.left, box.top + 40);
      return;
    }
    const arrow = this.arrows[arrowAt(target) ?? -1];
    if (arrow === undefined) return;
    if (["Enter", "Delete", "Backspace", "l"].includes(event.key)) {
      this.take(event);
      this.toggleLost(arrow);
    } else if (event.key === "+" || event.key === "-" || event.key === "−") {
      this.take(event);
      const known = this.lateOf(arrow, "delay");
      const arrives = (known?.arrives ?? arrow.sent + 1) + (event.key === "+" ? 1 : -1);
      this.late(arrow, arrives, "delay");
    } else if (event.key === "d") {
      this.take(event);
      const known = this.lateOf(arrow, "duplicate");
      this.late(arrow, known === undefined ? arrow.sent + 2 : known.arrives + 1, "duplicate");
    }
  }

  private take(event: Event): void {
    event.preventDefault();
    event.stopPropagation();
  }

  /** The instant whose row is nearest. */
  private instantAt(clientY: number): number {
    const { svg } = this;
    const rows = (svg?.getAttribute("data-rows") ?? "").split(" ").map(Number);
    const y = clientY - (svg?.getBoundingClientRect().top ?? 0);
    let best = 0;
    rows.forEach((row, i) => {
      if (Math.abs(row - y) < Math.abs((rows[best] ?? 0) - y)) best = i;
    });
    return best + 1;
  }

  private isOn(fault: Fault, { from, to, sent }: Channel): boolean {
    return "from" in fault && fault.from === from && fault.to === to && fault.at === sent;
  }

  private lateOf(channel: Channel, kind: LateFault["kind"]): LateFault | undefined {
    return this.hooks.faults
      .flatMap((fault) => ("arrives" in fault ? [fault] : []))
      .find((fault) => fault.kind === kind && this.isOn(fault, channel));
  }

  private toggleLost(arrow: Channel): void {
    const { faults, change } = this.hooks;
    const others = faults.filter((fault) => !this.isOn(fault, arrow));
    const { from, to, sent } = arrow;
    change(others.length < faults.length ? others : [...faults, { kind: "omission", from, to, at: sent }]);
  }

  /** A message that arrives one instant after it was sent is not late. */
  private late(arrow: Channel, arrives: number, kind: LateFault["kind"]): void {
    const { from, to, sent } = arrow;
    const others = this.hooks.faults.filter((fault) => !this.isOn(fault, arrow));
    this.hooks.change(arrives <= sent + 1 ? others : [...others, { kind, from, to, at: sent, arrives }]);
  }

  /** Follows the pointer from the head of an arrow to the instant at which it is released. */
  private grab(event: PointerEvent): void {
    // A head can be grabbed even if another arrow is drawn over it.
    const under = document.elementsFromPoint(event.clientX, event.clientY);
    const tip = under.map((part) => part.closest("[data-arrives]")).find((found) => found !== null) ?? null;
    const index = arrowAt(tip);
    const arrow = this.arrows[index ?? -1];
    const { svg } = this;
    if (tip === null || arrow === undefined || svg === null) return;
    event.preventDefault();
    const drop = (up: PointerEvent): void => {
      svg.removeEventListener("pointerup", drop);
      const instant = this.instantAt(up.clientY);
      if (Math.abs(up.clientY - event.clientY) < 8 || instant === numberOf(tip, "data-arrives")) return;
      this.dragged = true;
      this.late(arrow, instant, up.shiftKey ? "duplicate" : "delay");
    };
    svg.setPointerCapture(event.pointerId);
    svg.addEventListener("pointerup", drop);
  }

  private dismiss(event: Event): void {
    if (event.target instanceof Node && this.menu.contains(event.target)) return;
    this.menu.hidden = true;
  }

  /** The menu of faults of a node at an instant. */
  private ask(node: string, at: number, x: number, y: number): void {
    const { menu, hooks } = this;
    const { faults, model } = hooks;
    const isOfNode = (fault: Fault): boolean => "node" in fault && fault.node === node;
    const known = faults.filter(isOfNode);
    const until = element("input", {
      type: "number",
      min: String(at + 1),
      max: String(model.eot + 1),
      value: String(Math.min(at + 2, model.eot + 1)),
      "aria-label": "back at",
    });
    const item = (text: string, act: () => void): HTMLElement => {
      const button = element("button", { type: "button", role: "menuitem" }, text);
      button.addEventListener("click", () => {
        menu.hidden = true;
        act();
      });
      return button;
    };
    const add = (fault: Fault): void => hooks.change([...faults.filter((other) => !isOfNode(other)), fault]);
    const others = model.nodes.filter((other) => other !== node);
    const cut = (kind: CutFault["kind"]): void =>
      hooks.change([...faults, { kind, a: [node], b: others, at, until: Math.max(at, Number(until.value) - 1) }]);
    menu.replaceChildren(
      element("p", {}, `${node} at ${at}`),
      item(`crashes at ${at}`, () => add({ kind: "crash", node, at })),
      element("label", {}, "back at ", until),
      item("restarts", () => add({ kind: "restart", node, at, until: Number(until.value) })),
      item("stands still", () => add({ kind: "pause", node, at, until: Number(until.value) })),
      item("is cut off", () => cut("partition")),
      item("is not heard", () => cut("one-way-partition")),
      ...(known.length === 0
        ? []
        : [item("spare it", () => hooks.change(faults.filter((fault) => !known.includes(fault))))]),
      item("cancel", () => undefined),
    );
    menu.hidden = false;
    menu.style.left = `${Math.max(4, Math.min(x, innerWidth - 190))}px`;
    menu.style.top = `${Math.max(4, Math.min(y, innerHeight - 230))}px`;
    menu.querySelector("button")?.focus();
    menu.onkeydown = (event) => {
      if (event.key !== "Escape") return;
      this.take(event);
      menu.hidden = true;
    };
  }
}
