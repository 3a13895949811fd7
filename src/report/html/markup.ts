/** Text escaped for the content of elements and for attributes in double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** A value as JSON that may stand in a `<script>` element: no `<` that could end it, no line separator. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** An element with escaped attributes; `undefined` and `false` leave an attribute out. The content is markup. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string | number | boolean | undefined>>,
  content: string | readonly string[] = "",
): string {
  const written = Object.entries(attributes)
    .map(([key, value]) =>
      value === undefined || value === false
        ? ""
        : value === true
          ? ` ${key}`
          : ` ${key}="${escapeHtml(String(value))}"`,
    )
    .join("");
  return `<${name}${written}>${typeof content === "string" ? content : content.join("")}</${name}>`;
}

/** A part of a page with its heading, which names it. */
export function section(id: string, title: string, content: string | readonly string[]): string {
  return tag("section", { id, "aria-labelledby": `${id}-title` }, [
    tag("h2", { id: `${id}-title` }, escapeHtml(title)),
    ...(typeof content === "string" ? [content] : content),
  ]);
}
