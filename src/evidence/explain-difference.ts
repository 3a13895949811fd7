import type { Execution, Fate, Tuple, TupleAt } from "../execution/execution.js";
import { matchesPattern } from "../execution/matching.js";
import type { Derivation, RuleDerivation, Support } from "../lineage/derivations.js";
import { matchesOf, persists } from "../lineage/derivations.js";
import type { RuleId } from "../program/program.js";
import { groupOf } from "../program/rule-shape.js";
import type { Cause, Difference, Reason } from "./difference.js";
import { foldMutualPersistence } from "./mutual-persistence.js";
import type { Traced } from "./traced-run.js";

/*
 * Why two executions of one program differ in a tuple: the lineage of the run that has it, followed down to where
 * the other run departs from it. With the failure-free run on one side, that is the derivation that held, cut where
 * the faults cut it.
 *
 *     post("c","hi")@4 lost ← missing("c","hi")@4 gained ← log("c","hi")@2…4 lost ← message a → c sent at 1: omitted
 *
 * A tuple that was lost had all its derivations cut, and each is listed with one literal that fails in the other run;
 * a tuple that was gained needs one derivation only, and it is listed with every literal that used to fail.
 */

/** Why `tuple`, which exactly one of the two runs holds, is not in the other; `undefined` if both or neither hold it. */
export function explainDifference(tuple: TupleAt, failureFree: Traced, failing: Traced): Difference | undefined {
  const difference = new Comparison(failureFree, failing).explain(tuple);
  return difference === undefined ? undefined : foldMutualPersistence(difference);
}

function holds(run: Traced, t: TupleAt): boolean {
  return t.instant <= run.execution.eot && run.execution.has(t.relation, t.instant, t.args);
}

function keyOf(t: TupleAt): string {
  return JSON.stringify([t.relation, t.instant, t.args]);
}

/** Differences are followed through this many tuples. */
const deepest = 200;

/** One walk through the two lineages; remembers what it has told. */
class Comparison {
  private readonly told = new Set<string>();
  private depth = 0;

  constructor(
    private readonly failureFree: Traced,
    private readonly failing: Traced,
  ) {}

  explain(tuple: TupleAt): Difference | undefined {
    const before = holds(this.failureFree, tuple);
    const after = holds(this.failing, tuple);
    if (before === after) return undefined;
    return before ? this.lost(tuple) : this.gained(tuple);
  }

  private reason(tuple: TupleAt): Reason | undefined {
    if (this.told.has(keyOf(tuple)) || this.depth >= deepest) {
      return { kind: "above", change: holds(this.failing, tuple) ? "gained" : "lost", tuple };
    }
    this.depth++;
    const difference = this.explain(tuple);
    this.depth--;
    return difference === undefined ? undefined : { kind: "difference", difference };
  }

  private lost(tuple: TupleAt): Difference {
    const chain = this.chain(tuple, this.failureFree, this.failing);
    const causes: Cause[] = [];
    for (const link of chain) {
      for (const derivation of this.failureFree.provenance.derivationsOf(link)) {
        if (derivation.kind !== "rule" || (link !== chain.at(-1) && persists(derivation, link))) continue;
        append(causes, this.cut(derivation, link));
      }
    }
    return { kind: "lost", tuple, since: chain.at(-1)?.instant ?? tuple.instant, causes: nearestFirst(causes) };
  }

  private gained(tuple: TupleAt): Difference {
    const chain = this.chain(tuple, this.failing, this.failureFree);
    const start = chain.at(-1) ?? tuple;
    const derivations = this.failing.provenance.derivationsOf(start);
    const first = derivations.find((d) => d.kind !== "rule" || !persists(d, start)) ?? derivations[0];
    return {
      kind: "gained",
      tuple,
      since: start.instant,
      causes: first === undefined ? [] : this.opened(first, start),
    };
  }

  /** The tuple, and the instants before it at which it was carried over and differs too; earliest last. All marked as told. */
  private chain(tuple: TupleAt, having: Traced, lacking: Traced): readonly TupleAt[] {
    const links: TupleAt[] = [tuple];
    this.told.add(keyOf(tuple));
    for (let link = tuple; ; ) {
      const earlier: TupleAt = { ...link, instant: link.instant - 1 };
      const carried = having.provenance.derivationsOf(link).some((d) => d.kind === "rule" && persists(d, link));
      if (!carried || earlier.instant < 1 || holds(lacking, earlier) || this.told.has(keyOf(earlier))) return links;
      this.told.add(keyOf(earlier));
      links.push(earlier);
      link = earlier;
    }
  }

  /** How the failing run cut a derivation of the failure-free one. */
  private cut(derivation: RuleDerivation, head: TupleAt): Cause {
    for (const support of derivation.supports) {
      const reason = this.broken(support, derivation.rule, this.failing, false);
      if (reason !== undefined)
        return { kind: "firing", rule: derivation.rule, instants: [derivation.instant], because: [reason] };
    }
    const { message } = derivation;
    if (message !== undefined) {
      const { from, to } = message;
      const fate = fateIn(this.failing.execution, derivation, head) ?? "omitted";
      return { kind: "message-lost", rule: derivation.rule, from, to, fate, instants: [derivation.instant] };
    }
    const because = derivation.aggregate ? this.regrouped(derivation, head, this.failing) : [];
    return { kind: "firing", rule: derivation.rule, instants: [derivation.instant], because };
  }

  /** What let the failing run have a derivation that the failure-free one had not. */
  private opened(derivation: Derivation, head: TupleAt): readonly Cause[] {
    switch (derivation.kind) {
      case "crash":
      case "restart":
        return [{ kind: derivation.kind }];
      case "fact":
        return [];
      case "rule": {
        const reasons = derivation.supports.flatMap(
          (s) => this.broken(s, derivation.rule, this.failureFree, true) ?? [],
        );
        const because =
          reasons.length === 0 && derivation.aggregate ? this.regrouped(derivation, head, this.failureFree) : reasons;
        return [{ kind: "firing", rule: derivation.rule, instants: [derivation.instant], because }];
      }
      default: {
        const never: never = derivation;
        return never;
      }
    }
  }

  /** Why a support does not stand in the other run; `undefined` if it does. */
  private broken(support: Support, rule: RuleId, other: Traced, evenIfTold: boolean): Reason | undefined {
    switch (support.kind) {
      case "tuple":
        return holds(other, support.tuple) ? undefined : this.reason(support.tuple);
      case "absence": {
        const matches = matchesOf(support, rule, other.execution);
        const found = matches.find((args) => evenIfTold || !this.told.has(keyOf({ ...support, args }))) ?? matches[0];
        return found === undefined
          ? undefined
          : this.reason({ relation: support.relation, instant: support.instant, args: found });
      }
      default: {
        const never: never = support;
        return never;
      }
    }
  }

  /** The value of an aggregate differs though its members are in both runs: then the other run's group has more of them. */
  private regrouped(derivation: RuleDerivation, head: TupleAt, other: Traced): readonly Reason[] {
    const rule = other.execution.program.rules[derivation.rule];
    const rivals = other.execution
      .tuples(head.relation, head.instant)
      .filter((args) => rule !== undefined && matchesPattern(args, groupOf(rule, head.args)));
    const here = other === this.failing ? this.failureFree : this.failing;
    return rivals.flatMap((args) =>
      other.provenance
        .derivationsOf({ ...head, args })
        .flatMap((d) => (d.kind === "rule" && d.rule === derivation.rule ? d.supports : []))
        .flatMap((s) => this.broken(s, derivation.rule, here, true) ?? []),
    );
  }
}

function sameArgs(a: Tuple, b: Tuple): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

function fateIn(
  execution: Execution,
  derivation: RuleDerivation,
  head: TupleAt,
): Exclude<Fate, "delivered"> | undefined {
  for (const m of execution.messages()) {
    if (m.sent !== derivation.instant || m.rule !== derivation.rule || m.from !== derivation.message?.from) continue;
    if (m.fate !== "delivered" && sameArgs(m.args, head.args)) return m.fate;
  }
  return undefined;
}

/** Adds a cause; the same one at several instants is told once. */
function append(causes: Cause[], cause: Cause): void {
  const at = causes.findIndex((c) => sameStory(c, cause));
  const earlier = causes[at];
  if (earlier === undefined || !("instants" in earlier) || !("instants" in cause)) {
    causes.push(cause);
  } else {
    const instants = [...new Set([...earlier.instants, ...cause.instants])].sort((a, b) => a - b);
    causes[at] = { ...earlier, instants };
  }
}

/** Whether `later` says nothing that `earlier` did not, but for the instant. */
function sameStory(earlier: Cause, later: Cause): boolean {
  if (earlier.kind === "message-lost" && later.kind === "message-lost") {
    return (
      earlier.rule === later.rule &&
      earlier.from === later.from &&
      earlier.to === later.to &&
      earlier.fate === later.fate
    );
  }
  if (earlier.kind !== "firing" || later.kind !== "firing" || earlier.rule !== later.rule) return false;
  return later.because.every((reason, i) => {
    const first = earlier.because[i];
    if (reason.kind !== "above" || first === undefined) return false;
    const tuple = first.kind === "above" ? first.tuple : first.difference.tuple;
    return tuple.relation === reason.tuple.relation && sameArgs(tuple.args, reason.tuple.args);
  });
}

/** Lost messages before firings that need further explanation. */
function nearestFirst(causes: readonly Cause[]): readonly Cause[] {
  return [...causes.filter((c) => c.kind !== "firing"), ...causes.filter((c) => c.kind === "firing")];
}
