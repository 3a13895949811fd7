import type { TupleAt } from "../execution/execution.js";
import type { Derivation, Provenance, Support } from "../lineage/derivations.js";
import type { RelationId, RuleId, Value } from "../program/program.js";
import type { Span } from "../source/source.js";
import { persists } from "./lost-derivation.js";

/** How a tuple came about, with stretches of persistence told as one step. */
export interface Why {
  readonly tuple: TupleAt;
  /** From here on it was carried over, instant by instant; the tuple's own instant if it was not. */
  readonly since: number;
  /** The rule that carried it over. */
  readonly carriedBy?: RuleId;
  readonly how: How;
  /** Further derivations at `since` that are not told. */
  readonly alternatives: number;
}

export type How =
  | { readonly kind: "fact"; readonly span: Span }
  /** A tuple of `crash`. */
  | { readonly kind: "crash" }
  /** Told further up. */
  | { readonly kind: "above" }
  | {
      readonly kind: "firing";
      readonly rule: RuleId;
      readonly instant: number;
      readonly message?: { readonly from: Value; readonly to: Value };
      readonly premises: readonly Premise[];
    };

export type Premise =
  | { readonly kind: "tuple"; readonly why: Why }
  | {
      readonly kind: "absence";
      readonly relation: RelationId;
      readonly instant: number;
      readonly pattern: readonly (Value | undefined)[];
    };

/** The derivation tree of a tuple; `undefined` if it does not hold. Each tuple is told once. */
export function why(tuple: TupleAt, provenance: Provenance): Why | undefined {
  return explain(tuple, provenance, new Set());
}

function explain(tuple: TupleAt, provenance: Provenance, told: Set<string>): Why | undefined {
  let link = tuple;
  let carriedBy: RuleId | undefined;
  let derivations = provenance.derivationsOf(tuple);
  if (derivations.length === 0) return undefined;
  for (;;) {
    const here = link;
    const carrying = derivations.find((d) => d.kind === "rule" && persists(d, here));
    if (carrying?.kind !== "rule") break;
    carriedBy ??= carrying.rule;
    link = { ...link, instant: link.instant - 1 };
    derivations = provenance.derivationsOf(link);
  }
  const first = derivations[0];
  if (first === undefined) return undefined;
  const key = JSON.stringify([link.relation, link.instant, link.args]);
  const how = told.has(key) ? ({ kind: "above" } as const) : derivation(first, provenance, told.add(key));
  return {
    tuple,
    since: link.instant,
    ...(carriedBy === undefined ? {} : { carriedBy }),
    how,
    alternatives: how.kind === "above" ? 0 : derivations.length - 1,
  };
}

function derivation(d: Derivation, provenance: Provenance, told: Set<string>): How {
  switch (d.kind) {
    case "fact":
      return { kind: "fact", span: d.span };
    case "crash":
      return { kind: "crash" };
    case "rule":
      return {
        kind: "firing",
        rule: d.rule,
        instant: d.instant,
        ...(d.message === undefined ? {} : { message: { from: d.message.from, to: d.message.to } }),
        premises: d.supports.flatMap((s) => premise(s, provenance, told)),
      };
    default: {
      const never: never = d;
      return never;
    }
  }
}

function premise(support: Support, provenance: Provenance, told: Set<string>): readonly Premise[] {
  switch (support.kind) {
    case "tuple": {
      const because = explain(support.tuple, provenance, told);
      return because === undefined ? [] : [{ kind: "tuple", why: because }];
    }
    case "absence": {
      const { relation, instant, pattern } = support;
      return [{ kind: "absence", relation, instant, pattern }];
    }
    default: {
      const never: never = support;
      return never;
    }
  }
}
