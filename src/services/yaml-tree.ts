import type { Node, Pair } from "yaml";
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import type { SourceFile, Span } from "../source/source.js";

/** A value of a YAML text with its place. */
export type Placed =
  | { readonly kind: "scalar"; readonly value: string | number | boolean | null; readonly span: Span }
  | { readonly kind: "list"; readonly items: readonly Placed[]; readonly span: Span }
  | { readonly kind: "map"; readonly entries: ReadonlyMap<string, Entry>; readonly span: Span };

export interface Entry {
  readonly key: Span;
  readonly value: Placed;
}

/** Reads a YAML text (1.2, core schema); aliases are resolved, keys are texts. */
export function readYaml(file: SourceFile): {
  readonly root: Placed | undefined;
  readonly diagnostics: readonly Diagnostic[];
} {
  const document = parseDocument(file.text, { lineCounter: new LineCounter(), prettyErrors: false, uniqueKeys: true });
  const problems = document.errors.map(({ pos, message }) =>
    diagnostic("hunt-file-syntax", {
      span: { file, start: pos[0], end: Math.max(pos[0], pos[1]) },
      message: `not YAML: ${lowerFirst(message)}`,
      help: "mind the indentation; a text with a special character is quoted",
    }),
  );
  if (problems.length > 0) return { root: undefined, diagnostics: problems };
  const whole: Span = { file, start: 0, end: file.text.length };
  const placed = (node: unknown, around: Span): Placed => {
    const span = spanOf(node, file) ?? around;
    if (isAlias(node)) return placed(node.resolve(document), span);
    if (isMap(node))
      return {
        kind: "map",
        span,
        entries: new Map(
          node.items.map((pair: Pair) => {
            const key = spanOf(pair.key, file) ?? span;
            return [String(isScalar(pair.key) ? pair.key.value : pair.key), { key, value: placed(pair.value, key) }];
          }),
        ),
      };
    if (isSeq(node)) return { kind: "list", span, items: node.items.map((item) => placed(item, span)) };
    const value = isScalar(node) ? node.value : null;
    const plain = typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
    return { kind: "scalar", value: plain, span };
  };
  return { root: placed(document.contents, whole), diagnostics: [] };
}

function spanOf(node: unknown, file: SourceFile): Span | undefined {
  const range = (node as Node | null)?.range;
  return range === undefined || range === null ? undefined : { file, start: range[0], end: range[1] };
}

/** The value as JSON has it. */
export function plainValue(placed: Placed): unknown {
  switch (placed.kind) {
    case "scalar":
      return placed.value;
    case "list":
      return placed.items.map(plainValue);
    case "map":
      return Object.fromEntries([...placed.entries].map(([key, { value }]) => [key, plainValue(value)]));
    default: {
      const never: never = placed;
      return never;
    }
  }
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1).replace(/\s+/g, " ");
}
