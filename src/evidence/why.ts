import type { TupleAt } from "../execution/execution.js";
import type { Derivation, Provenance, Support } from "../lineage/derivations.js";
import { persists } from "../lineage/derivations.js";
import type { RelationId, RuleId, Value } from "../program/program.js";
import type { Span } from "../source/source.js";

/** How a tuple came about, with stretches of persistence told as one step. */
export interface Why {
  readonly tuple: TupleAt;
  /** From here on it was carried over, instant by instant; the tuple's own instant if it was not. */
  readonly since: number;
  readonly how: How;
  /** Further derivations at `since` that are not told. */
  readonly alternatives: number;
}

export type How =
  | { readonly kind: "fact"; readonly span: Span }
  /** A tuple of the built-in relation. */
  | { readonly kind: "crash" | "restart" }
  /** Told further up. */
  | { readonly kind: "above" }
  /** Too far down to be told. */
  | { readonly kind: "deeper" }
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
  return new Teller(provenance).explain(tuple, []);
}

/** Derivations are followed through this many tuples. */
const deepest = 300;

class Teller {
  private readonly told = new Set<string>();

  constructor(private readonly provenance: Provenance) {}

  /** `path`: the tuples, without their instants, that the question came through. */
  explain(tuple: TupleAt, path: readonly string[]): Why | undefined {
    if (!this.holds(tuple)) return undefined;
    const start = this.startOfStretch(tuple, path.includes(nameOf(tuple)));
    const derivations = this.provenance.derivationsOf(start);
    const key = `${start.instant} ${nameOf(start)}`;
    // Within an instant a tuple may also be derived from itself; that is not how it came about.
    const first = derivations.find((d) => !restsOn(d, path, start.instant)) ?? derivations[0];
    if (first === undefined) return undefined;
    const known = this.told.has(key);
    const tell = !known && path.length < deepest;
    this.told.add(key);
    const how: How = known
      ? { kind: "above" }
      : tell
        ? this.derivation(first, [...path, nameOf(start)])
        : { kind: "deeper" };
    const alternatives = tell ? derivations.length - 1 : 0;
    return { tuple, since: start.instant, how, alternatives };
  }

  /**
   * Where the stretch of persistence that ends at a tuple begins. A tuple that led to itself, through others, is
   * taken back to the first instant at which it held without a gap.
   */
  private startOfStretch(tuple: TupleAt, recurring: boolean): TupleAt {
    for (let start = tuple; ; ) {
      const here = start;
      const earlier: TupleAt = { ...here, instant: here.instant - 1 };
      const carried = this.provenance.derivationsOf(here).some((d) => d.kind === "rule" && persists(d, here));
      if (!carried && (!recurring || !this.holds(earlier))) return here;
      start = earlier;
    }
  }

  private holds(tuple: TupleAt): boolean {
    return tuple.instant >= 1 && this.provenance.derivationsOf(tuple).length > 0;
  }

  private derivation(d: Derivation, path: readonly string[]): How {
    switch (d.kind) {
      case "fact":
        return { kind: "fact", span: d.span };
      case "crash":
      case "restart":
        return { kind: d.kind };
      case "rule":
        return {
          kind: "firing",
          rule: d.rule,
          instant: d.instant,
          ...(d.message === undefined ? {} : { message: { from: d.message.from, to: d.message.to } }),
          premises: d.supports.flatMap((s) => this.premise(s, path)),
        };
      default: {
        const never: never = d;
        return never;
      }
    }
  }

  private premise(support: Support, path: readonly string[]): readonly Premise[] {
    switch (support.kind) {
      case "tuple": {
        const because = this.explain(support.tuple, path);
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
}

/** A tuple without its instant. */
function nameOf({ relation, args }: TupleAt): string {
  return JSON.stringify([relation, args]);
}

function restsOn(d: Derivation, path: readonly string[], instant: number): boolean {
  return (
    d.kind === "rule" &&
    d.supports.some((s) => s.kind === "tuple" && s.tuple.instant === instant && path.includes(nameOf(s.tuple)))
  );
}
