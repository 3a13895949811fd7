/** An example of docs/library.md: a whole module, and what it prints. */
export interface Snippet {
  readonly code: string;
  /** Offsets of the output within the page. */
  readonly start: number;
  readonly end: number;
}

/** The examples of a page: each is a block of JavaScript with a block of text after it. */
export function snippetsOf(page: string): readonly Snippet[] {
  return matching(page, /^```js\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```$/gm);
}

/** The examples for browsers: the words `js page` and `text page` mark them, and `html page` the page of each. */
export function pageSnippetsOf(page: string): readonly (Snippet & { readonly html: string })[] {
  const pages = [...page.matchAll(/^```html page\n([\s\S]*?)^```$/gm)].map(([, html = ""]) => html);
  const snippets = matching(page, /^```js page\n([\s\S]*?)^```\n[^`]*\n```text page\n([\s\S]*?)^```$/gm);
  return snippets.map((snippet, i) => ({ ...snippet, html: pages[i] ?? "" }));
}

function matching(page: string, pattern: RegExp): readonly Snippet[] {
  return [...page.matchAll(pattern)].map((match) => {
    const [all, code = "", output = ""] = match;
    const end = match.index + all.length - "```".length;
    return { code, start: end - output.length, end };
  });
}

/** The page with these outputs. */
export function withOutputs(page: string, snippets: readonly Snippet[], outputs: readonly string[]): string {
  let text = "";
  let at = 0;
  for (const [i, { start, end }] of snippets.entries()) {
    text += page.slice(at, start) + (outputs[i] ?? "");
    at = end;
  }
  return text + page.slice(at);
}
