import { parseText } from "../../src/syntax/parser.js";
import type { Statement } from "../../src/syntax/tree.js";

/** The statements of a text that must parse without a complaint. */
export function statementsOf(text: string): readonly Statement[] {
  const { tree, diagnostics } = parseText({ path: "test.ded", text });
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return tree.statements;
}

/** The codes and the marked texts of what is wrong with a text. */
export function errorsOf(text: string): readonly string[] {
  return parseText({ path: "test.ded", text }).diagnostics.map(
    ({ code, span }) => `${code}: ${text.slice(span?.start, span?.end)}`,
  );
}

/** A tree without its places, to be compared with what is expected. */
export function withoutSpans(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, part: unknown) => (key === "span" || key === "pathSpan" ? undefined : part)),
  );
}
