/** The item to which a key moves the focus. */
export type Step = (key: string, item: Element, items: readonly Element[]) => Element | undefined;

/**
 * One tab stop for many items (roving tabindex): Tab enters at the item that had the focus last, arrow keys move, Enter and
 * Space do what a click does.
 */
export class Roving {
  private current: Element | undefined;

  constructor(
    private readonly root: Element,
    private readonly selector: string,
    private readonly step: Step,
    private readonly act: (item: Element, key: string) => void,
  ) {
    root.addEventListener("keydown", (event) => {
      if (event instanceof KeyboardEvent) this.key(event);
    });
    root.addEventListener("focusin", (event) => {
      const item = event.target instanceof Element ? event.target.closest(this.selector) : null;
      if (item !== null) this.stopAt(item);
    });
    // Chromium makes a drawing that listens for the focus a tab stop of its own.
    if (root instanceof SVGElement) root.setAttribute("tabindex", "-1");
    this.reset();
  }

  /** After the items have changed. */
  reset(): void {
    const [first] = this.items();
    if (this.current !== undefined && this.root.contains(this.current)) return;
    if (first !== undefined) this.stopAt(first);
  }

  private items(): readonly Element[] {
    return [...this.root.querySelectorAll(this.selector)];
  }

  private stopAt(item: Element): void {
    this.current?.setAttribute("tabindex", "-1");
    item.setAttribute("tabindex", "0");
    this.current = item;
  }

  private key(event: KeyboardEvent): void {
    const item = event.target instanceof Element ? event.target.closest(this.selector) : null;
    if (item === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.act(item, event.key);
      return;
    }
    const next = this.step(event.key, item, this.items());
    if (next === undefined) return;
    event.preventDefault();
    if (next instanceof SVGElement || next instanceof HTMLElement) next.focus();
  }
}

/** Home, End and the neighbours in the order of the list. */
export function inOrder(key: string, item: Element, items: readonly Element[]): Element | undefined {
  const at = items.indexOf(item);
  switch (key) {
    case "ArrowRight":
      return items[at + 1];
    case "ArrowLeft":
      return items[at - 1];
    case "Home":
      return items[0];
    case "End":
      return items.at(-1);
    default:
      return undefined;
  }
}
