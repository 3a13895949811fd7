/** A value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** One document on lines of its own, ended by a newline. */
export function renderJson(document: Json): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
