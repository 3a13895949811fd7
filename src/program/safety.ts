import type { Diagnostics } from "../source/diagnostic.js";
import { nearest } from "../source/nearest.js";
import type { Span } from "../source/source.js";
import type { Expression, RuleStatement } from "../syntax/tree.js";
import { boundVariables, localVariables } from "./bindings.js";
import type { Draft } from "./draft.js";
import { isAtomLiteral, variablesIn, within } from "./draft.js";

/** An occurrence of an unbound variable that needs a value. */
interface Need {
  readonly span: Span;
  readonly where: string;
}

/** The occurrences of an unbound variable. */
interface UnboundUses {
  readonly needs: Need[];
  /** The first occurrence in each negated literal that has it as a whole argument. */
  readonly negations: Span[];
}

/** In a rule with more variables no suggestion is computed. */
const MOST_CANDIDATES = 200;

/**
 * Checks that every variable of a rule is bound. A variable that is local to a negation need not be, unless it occurs in an
 * expression.
 */
export function checkSafety(draft: Draft, diagnostics: Diagnostics): void {
  for (const rule of draft.rules) {
    const bound = boundVariables(rule);
    const local = localVariables(rule);
    checkWildcards(rule, diagnostics);
    for (const [name, uses] of unboundUses(rule, bound)) {
      const [need, ...others] = uses.needs;
      if (need !== undefined) {
        diagnostics.report("unbound-variable", {
          span: need.span,
          message: `\`${name}\` ${need.where}, but no positive literal binds it`,
          help: helpFor(name, bound, uses),
          related: [
            ...others,
            ...uses.negations.map((span) => ({ span, where: "occurs in this negated literal, which binds nothing" })),
          ].map(({ span, where }) => ({ span, message: `it ${where}` })),
        });
      } else if (!local.has(name)) {
        const [first, ...rest] = uses.negations;
        diagnostics.report("unbound-in-negations", {
          ...(first === undefined ? {} : { span: first }),
          message: `\`${name}\` occurs only in negated literals, which bind nothing, and in several of them`,
          help: "bind it by a positive literal; if any value will do, write `_` in each",
          related: rest.map((span) => ({ span, message: "here again" })),
        });
      }
    }
  }
}

function helpFor(name: string, bound: ReadonlySet<string>, uses: UnboundUses): string {
  const meant = bound.size > MOST_CANDIDATES ? undefined : nearest(name, bound);
  if (meant !== undefined) return `did you mean \`${meant}\`?`;
  if (uses.negations.length > 0) return `add a positive literal with \`${name}\`: a negated one only excludes values`;
  return `add a positive literal with \`${name}\`, or bind it with \`${name} == …\``;
}

function unboundUses(rule: RuleStatement, bound: ReadonlySet<string>): ReadonlyMap<string, UnboundUses> {
  const uses = new Map<string, UnboundUses>();
  const usesOf = (name: string): UnboundUses => {
    const known = uses.get(name);
    if (known !== undefined) return known;
    const fresh: UnboundUses = { needs: [], negations: [] };
    uses.set(name, fresh);
    return fresh;
  };
  const need = (expression: Expression, where: string): void => {
    for (const { name, span } of variablesIn(expression))
      if (!bound.has(name)) usesOf(name).needs.push({ span, where });
  };
  for (const arg of rule.head.args)
    need(arg, arg.kind === "aggregate" ? "is aggregated in the head" : "occurs in the head");
  for (const literal of rule.body) {
    if (!isAtomLiteral(literal)) {
      for (const side of [literal.left, literal.right])
        if (side.kind !== "aggregate") need(side, "occurs in a comparison");
      continue;
    }
    const seen = new Set<string>();
    for (const arg of literal.atom.args) {
      if (arg.kind === "arithmetic") need(arg, "occurs in an expression");
      else if (arg.kind === "variable" && literal.kind === "negated" && !bound.has(arg.name) && !seen.has(arg.name)) {
        seen.add(arg.name);
        usesOf(arg.name).negations.push(arg.span);
      }
    }
  }
  return uses;
}

/** `_` can only be a whole argument of a body atom; in heads it is reported elsewhere. */
function checkWildcards(rule: RuleStatement, diagnostics: Diagnostics): void {
  for (const literal of rule.body) {
    const expressions = isAtomLiteral(literal)
      ? literal.atom.args.filter(({ kind }) => kind !== "wildcard")
      : [literal.left, literal.right];
    for (const expression of expressions) {
      if (expression.kind === "aggregate") continue;
      for (const part of within(expression)) {
        if (part.kind !== "wildcard") continue;
        diagnostics.report("unbound-variable", {
          span: part.span,
          message: "`_` has no value, and cannot be computed or compared with",
          help: "name a variable that a positive literal binds",
        });
      }
    }
  }
}
