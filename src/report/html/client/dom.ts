type Child = Node | string | undefined;

/** An element with its children; text is text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | undefined>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  for (const child of children) if (child !== undefined) made.append(child);
  return made;
}

/** A button that looks like the thing it leads to. */
export function link(text: string, className: string, act: () => void): HTMLButtonElement {
  const button = element("button", { type: "button", class: `to ${className}` }, text);
  button.addEventListener("click", act);
  return button;
}

export function byId<T extends HTMLElement>(id: string, type: new () => T): T | undefined {
  const found = document.getElementById(id);
  return found instanceof type ? found : undefined;
}

/** Every element that a selector finds, as one of a type. */
export function all<T extends Element>(selector: string, type: new () => T, root: ParentNode = document): readonly T[] {
  return [...root.querySelectorAll(selector)].filter((found): found is T => found instanceof type);
}

export function numberOf(node: Element, attribute: string): number {
  const value = node.getAttribute(attribute);
  return value === null || value === "" ? -1 : Number(value);
}
