import type { SourceFile } from "../source/source.js";
import type { ParseResult } from "../syntax/parser.js";
import { parseText } from "../syntax/parser.js";

/** Parses the latest text of each file once, however many programs it is part of. One text for each path is kept. */
export class ParseCache {
  private readonly latest = new Map<string, { readonly text: string; readonly result: ParseResult }>();

  /** To be handed on as a function. */
  readonly parse = (source: SourceFile): ParseResult => {
    const known = this.latest.get(source.path);
    if (known !== undefined && known.text === source.text) return known.result;
    const result = parseText(source);
    this.latest.set(source.path, { text: source.text, result });
    return result;
  };

  forget(path: string): void {
    this.latest.delete(path);
  }
}
