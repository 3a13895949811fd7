import { replaceUnprintable } from "../../source/strings.js";

/** A value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** One document on lines of its own, ended by a newline. Fit for a terminal: JSON by itself escapes only some control characters. */
export function renderJson(document: Json): string {
  const text = JSON.stringify(document, undefined, 2);
  return `${replaceUnprintable(text, (c) => (c === "\n" ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`))}\n`;
}
