import { escapeHtml, tag } from "./markup.js";

export interface Page {
  readonly title: string;
  /** The content above the footer. */
  readonly body: readonly string[];
  /** The content below it. */
  readonly scripts?: string;
  readonly style: string;
  readonly version: string;
}

/** A whole, self-contained HTML file. */
export function htmlPage({ title, body, scripts = "", style, version }: Page): string {
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    tag("title", {}, escapeHtml(title)),
    tag("style", {}, style),
  ];
  const footer = tag("footer", {}, `ldfi ${escapeHtml(version)}`);
  const page = [tag("head", {}, head), tag("body", {}, [...body, footer, scripts])];
  return `<!doctype html>\n${tag("html", { lang: "en" }, page)}\n`;
}
