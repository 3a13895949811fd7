import { replaceUnprintable } from "../../source/strings.js";

/** A value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** One document, ended by a newline. All control characters are escaped, which JSON alone does not require. */
export function renderJson(document: Json): string {
  const text = JSON.stringify(document, undefined, 2);
  return `${replaceUnprintable(text, (c) => (c === "\n" ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`))}\n`;
}
