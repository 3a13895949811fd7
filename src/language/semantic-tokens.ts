import type { Span } from "../source/source.js";
import { parseDeclarations } from "../syntax/directives.js";
import type { BrokenStatement, Expression, Statement, SyntaxTree } from "../syntax/tree.js";
import { expressionsOf, occurrencesIn } from "./occurrences.js";
import { isBuiltIn } from "./relation-summary.js";
import type { View } from "./views.js";

/** In the order of the numbers in the protocol. */
export const tokenTypes = ["function", "variable", "parameter", "macro", "string", "number", "keyword"] as const;
/** `definition`: of a fact or a head. `location`: the first column. */
export const tokenModifiers = ["definition", "negated", "defaultLibrary", "location", "wildcard"] as const;

export interface SemanticToken {
  readonly span: Span;
  readonly type: (typeof tokenTypes)[number];
  readonly modifiers: readonly (typeof tokenModifiers)[number][];
}

/** The kind of each name in a text, in the order of the text. Tokens do not overlap, and none spans two lines. */
export function semanticTokensOf(tree: SyntaxTree, { program }: View): readonly SemanticToken[] {
  const tokens: SemanticToken[] = [];
  const locations = new Set<number>();
  for (const { name, role, span, args } of occurrencesIn(tree)) {
    const [location] = args ?? [];
    if (location !== undefined) locations.add(location.start);
    tokens.push({
      span,
      type: "function",
      modifiers: [
        ...(role === "fact" || role === "head" ? ["definition" as const] : []),
        ...(role === "negated" ? ["negated" as const] : []),
        ...(isBuiltIn(name, program) ? ["defaultLibrary" as const] : []),
      ],
    });
  }
  const inputs = parseDeclarations(tree).directives.flatMap((d) =>
    d.kind === "maybe" || d.kind === "one-of" ? d.facts : [],
  );
  for (const statement of [...tree.statements, ...tree.broken, ...inputs])
    for (const part of expressionsOf(statement)) tokens.push(...tokenOf(part, locations));
  for (const statement of tree.statements) tokens.push(...timeOf(statement));
  return withoutOverlaps(tokens);
}

function tokenOf(part: Expression, locations: ReadonlySet<number>): readonly SemanticToken[] {
  const { span } = part;
  const modifiers = locations.has(span.start) ? (["location"] as const) : [];
  switch (part.kind) {
    case "variable":
      return [{ span, type: modifiers.length > 0 ? "parameter" : "variable", modifiers }];
    case "wildcard":
      return [{ span, type: "variable", modifiers: ["wildcard", ...modifiers] }];
    case "string":
      return [{ span, type: "string", modifiers }];
    case "integer":
      return [{ span, type: "number", modifiers }];
    case "aggregate":
      return [{ span: part.function.span, type: "macro", modifiers: ["defaultLibrary"] }];
    case "arithmetic":
    case "range":
      return [];
    default: {
      const never: never = part;
      return never;
    }
  }
}

function timeOf(statement: Statement | BrokenStatement): readonly SemanticToken[] {
  const atoms =
    statement.kind === "fact"
      ? [statement.atom]
      : statement.kind === "rule"
        ? [
            statement.head,
            ...statement.body.flatMap((literal) => (literal.kind === "comparison" ? [] : [literal.atom])),
          ]
        : [];
  return atoms.flatMap(({ time }) =>
    time === undefined ? [] : [{ span: time.span, type: "keyword" as const, modifiers: [] }],
  );
}

/** In the order of the text; of two that overlap, the first and larger one is kept. */
function withoutOverlaps(tokens: SemanticToken[]): readonly SemanticToken[] {
  const kept: SemanticToken[] = [];
  let end = 0;
  for (const token of tokens.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end)) {
    const { span } = token;
    if (span.start < end || span.end <= span.start || /[\n\r]/.test(span.file.text.slice(span.start, span.end)))
      continue;
    kept.push(token);
    end = span.end;
  }
  return kept;
}
