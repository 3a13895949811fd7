/** An XML element with its attributes and content; text and attribute values are escaped here and nowhere else. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly children: readonly (Element | string)[];
}

export function element(name: string, attributes: Element["attributes"], children: Element["children"] = []): Element {
  return { name, attributes, children };
}

/** A whole document. */
export function renderXml(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${render(root, "")}`;
}

function render({ name, attributes, children }: Element, indent: string): string {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(String(value))}"`],
  );
  const open = `${indent}<${name}${given.join("")}`;
  if (children.length === 0) return `${open}/>\n`;
  if (children.every((child) => typeof child === "string"))
    return `${open}>${children.map(escaped).join("")}</${name}>\n`;
  const inside = children.map((child) => (typeof child === "string" ? escaped(child) : render(child, `${indent}  `)));
  return `${open}>\n${inside.join("")}${indent}</${name}>\n`;
}

/** XML 1.0 cannot represent most control characters: they become U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
