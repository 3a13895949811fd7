import type { IToken } from "chevrotain";
import type { Span } from "../source/source.js";
import * as t from "./tokens.js";
import type { Aggregate, Name } from "./tree.js";

/**
 * Whether the tokens after a name are the variables of an aggregate: `<X>`, or among arguments `<K, L>`, `<V by K, L>`. In a comparison
 * `a <X, r(Y)` is none: a literal follows.
 */
export function isAggregate(ahead: (distance: number) => IToken, inArguments: boolean): boolean {
  if (!t.isToken(ahead(1), t.Less)) return false;
  let hasBy = false;
  for (let at = 2; ; at += 2) {
    const [variable, next] = [ahead(at), ahead(at + 1)];
    if (!t.isToken(variable, t.Variable) && !t.isToken(variable, t.Wildcard)) return false;
    if (t.isToken(next, t.Greater)) return true;
    if (!inArguments) return false;
    const isBy = t.isToken(next, t.Name) && next.image === "by";
    if (isBy && hasBy) return false;
    if (!isBy && !t.isToken(next, t.Comma)) return false;
    hasBy ||= isBy;
  }
}

interface Part {
  /** Whether it stands after `by`. */
  readonly by: boolean;
  readonly variable: Aggregate["variable"];
}

export function aggregateOf(name: Name, parts: readonly Part[], span: Span): Aggregate {
  const [variable, ...more] = parts.flatMap((part) => (part.by ? [] : [part.variable]));
  const by = parts.flatMap((part) => (part.by ? [part.variable] : []));
  if (variable === undefined) throw new Error("an aggregate without a variable");
  return {
    kind: "aggregate",
    function: name,
    variable,
    ...(more.length === 0 ? {} : { more }),
    ...(by.length === 0 ? {} : { by }),
    span,
  };
}
