import type { Execution, TupleAt } from "../execution/execution.js";
import type { Absence } from "../faults/node-faults.js";
import type { Derivation, Provenance, RuleDerivation, Support } from "../lineage/derivations.js";
import { carriedFrom } from "../lineage/derivations.js";
import type { Arrived, How, Premise, Wanted, Why, WhyNot } from "./explanation.js";
import type { Traced } from "./traced-run.js";

/** How far derivations are followed, and how absences that they depend on are explained. */
export interface WhyOptions {
  /** The most tuples. */
  readonly deepest?: number;
  readonly absent?: (wanted: Wanted) => WhyNot | undefined;
}

/** The derivation tree of a tuple; `undefined` if it does not hold. Each tuple is explained once. */
export function why(tuple: TupleAt, run: Traced, options: WhyOptions = {}): Why | undefined {
  return new Explainer(run, options).explain(tuple, []);
}

const defaultDepth = 300;

class Explainer {
  private readonly explained = new Set<string>();

  private readonly provenance: Provenance;
  private readonly execution: Execution;

  constructor(
    { provenance, execution }: Traced,
    private readonly options: WhyOptions,
  ) {
    this.provenance = provenance;
    this.execution = execution;
  }

  /** `path`: the tuples above this one in the tree, without their instants. */
  explain(tuple: TupleAt, path: readonly string[]): Why | undefined {
    if (!this.holds(tuple)) return undefined;
    const { start, kept } = this.stretch(tuple, path.includes(nameOf(tuple)));
    const derivations = this.provenance.derivationsOf(start);
    const key = `${start.instant} ${nameOf(start)}`;
    // Within an instant a tuple may also be derived from itself, which is not a reason.
    const first = derivations.find((d) => !restsOn(d, path, start.instant)) ?? derivations[0];
    if (first === undefined) return undefined;
    const known = this.explained.has(key);
    const isExplained = !known && path.length < (this.options.deepest ?? defaultDepth);
    this.explained.add(key);
    const how: How = known
      ? { kind: "above" }
      : isExplained
        ? this.derivation(first, start, [...path, nameOf(start)])
        : { kind: "deeper" };
    const alternatives = isExplained ? derivations.length - 1 : 0;
    return { tuple, since: start.instant, kept, how, alternatives };
  }

  /**
   * Where the stretch of persistence that ends at a tuple begins, and the absences within it. A tuple that was derived from itself
   * through others is taken back to the first instant of the period without gaps in which it held.
   */
  private stretch(tuple: TupleAt, recurring: boolean): { readonly start: TupleAt; readonly kept: readonly Absence[] } {
    const kept: Absence[] = [];
    for (let start = tuple; ; ) {
      const before: TupleAt = { ...start, instant: start.instant - 1 };
      const earlier =
        carriedFrom(this.provenance.derivationsOf(start), start) ??
        (recurring && this.holds(before) ? before : undefined);
      if (earlier === undefined) return { start, kept };
      const absence = this.absence(start, earlier.instant + 1);
      if (absence !== undefined) kept.unshift(absence);
      start = earlier;
    }
  }

  /** The absence during which a tuple that was due at `due` was held back. */
  private absence({ relation, instant, args }: TupleAt, due: number): Absence | undefined {
    const [place] = args;
    return due < instant && place !== undefined ? this.execution.absenceAt(relation, place, due) : undefined;
  }

  private holds(tuple: TupleAt): boolean {
    return tuple.instant >= 1 && this.provenance.derivationsOf(tuple).length > 0;
  }

  private derivation(d: Derivation, head: TupleAt, path: readonly string[]): How {
    switch (d.kind) {
      case "fact":
        return d;
      case "built-in":
        return d;
      case "rule": {
        const keptOver = this.absence(head, d.due[0] ?? head.instant);
        return {
          kind: "firing",
          rule: d.rule,
          instant: d.instant,
          ...(d.message === undefined ? {} : { message: arrived(d, d.message) }),
          ...(keptOver === undefined ? {} : { keptOver }),
          premises: d.supports.flatMap((s) => this.premise(s, path)),
        };
      }
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
        const whyNot = this.options.absent?.({ relation, instant, pattern });
        return [{ kind: "absence", relation, instant, pattern, ...(whyNot === undefined ? {} : { whyNot }) }];
      }
      default: {
        const never: never = support;
        return never;
      }
    }
  }
}

function arrived(
  { instant, due }: RuleDerivation,
  { from, to, arrivals }: NonNullable<RuleDerivation["message"]>,
): Arrived {
  const [first = instant + 1] = due;
  return { from, to, sent: instant, at: due, again: arrivals.some((at) => at < first) };
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
