import type { Execution, Message, Tuple, TupleAt } from "../execution/execution.js";
import { matchesPattern } from "../execution/matching.js";
import type { Absence } from "../faults/node-faults.js";
import type { Derivation, RuleDerivation, Support } from "../lineage/derivations.js";
import { carriedFrom, matchesOf, persists } from "../lineage/derivations.js";
import type { RuleId, Value } from "../program/program.js";
import { groupOf } from "../program/rule-shape.js";
import type { Cause, Difference, Reason } from "./difference.js";
import { isSameDirectEffect, joined } from "./difference.js";
import { foldMutualPersistence } from "./mutual-persistence.js";
import type { Traced } from "./traced-run.js";

/*
 * Why two executions of one program differ in a tuple: the lineage of the run that has it, followed down to where the
 * other run differs. If one is the failure-free run, this is its derivation, cut where the faults cut it.
 *
 *     post("c","hi")@4 lost ← missing("c","hi")@4 gained ← log("c","hi")@2…4 lost ← message a → c sent at 1: omitted
 *
 * If a tuple is lost, all its derivations are cut, and each is listed with one literal that fails in the other run. If a
 * tuple is gained, one derivation suffices, and it is listed with every literal that fails in the failure-free run.
 */

/** Why `tuple` holds in exactly one of the two runs; `undefined` if it holds in both or neither. */
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

/** The most tuples through which differences are followed. */
const deepest = 200;

/** One walk through the two lineages; remembers what it has explained. */
class Comparison {
  private readonly explained = new Set<string>();
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
    if (this.explained.has(keyOf(tuple)) || this.depth >= deepest) {
      return { kind: "above", change: holds(this.failing, tuple) ? "gained" : "lost", tuple };
    }
    this.depth++;
    const difference = this.explain(tuple);
    this.depth--;
    return difference === undefined ? undefined : { kind: "difference", difference };
  }

  private lost(tuple: TupleAt): Difference {
    const away = absenceOf(tuple, this.failing.execution);
    if (away !== undefined) {
      const links = this.chain(tuple, this.failureFree, this.failing).filter(({ instant }) => instant >= away.at);
      const since = links.at(-1)?.instant ?? tuple.instant;
      return { kind: "lost", tuple, since, kept: [], causes: [{ kind: "away", absence: away }] };
    }
    const chain = this.chain(tuple, this.failureFree, this.failing);
    const causes: Cause[] = [];
    for (const link of chain) {
      for (const derivation of this.failureFree.provenance.derivationsOf(link)) {
        if (derivation.kind === "rule" && link !== chain.at(-1) && persists(derivation, link)) continue;
        const cause = this.cut(derivation, link);
        if (cause !== undefined) append(causes, cause);
      }
    }
    const since = chain.at(-1)?.instant ?? tuple.instant;
    return { kind: "lost", tuple, since, kept: [], causes: nearestFirst(withoutImplied(causes)) };
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
      kept: absencesIn(chain, this.failing.execution),
      causes: first === undefined ? [] : this.opened(first, start),
    };
  }

  /** The tuple at its instant, and at the earlier instants from which it was carried and differs too; earliest last. Marks all as explained. */
  private chain(tuple: TupleAt, having: Traced, lacking: Traced): readonly TupleAt[] {
    const links: TupleAt[] = [tuple];
    this.explained.add(keyOf(tuple));
    for (let link = tuple; ; ) {
      const earlier = carriedFrom(having.provenance.derivationsOf(link), link);
      if (earlier === undefined || holds(lacking, earlier) || this.explained.has(keyOf(earlier))) return links;
      this.explained.add(keyOf(earlier));
      links.push(earlier);
      link = earlier;
    }
  }

  /** How the failing run cut a derivation of the failure-free one. */
  private cut(derivation: Derivation, head: TupleAt): Cause | undefined {
    const { execution } = this.failing;
    const absence = absenceOf(head, execution);
    const away: Cause | undefined = absence === undefined ? undefined : { kind: "away", absence };
    if (derivation.kind !== "rule") return away;
    const { rule, instant, message, aggregate } = derivation;
    const instants = [instant];
    for (const support of derivation.supports) {
      // If the head's node is away, nothing else matters.
      const reason =
        away !== undefined && !stands(support, rule, execution)
          ? away
          : this.broken(support, rule, this.failing, false);
      if (reason === undefined) continue;
      return reason.kind === "away" ? reason : { kind: "firing", rule, instants, because: [reason] };
    }
    const struck = message === undefined ? undefined : this.cutMessage(rule, instant, message, head);
    if (struck !== undefined) return struck;
    if (absence !== undefined && message === undefined && !aggregate && instant < head.instant)
      return { kind: "forgotten", rule, instants, absence };
    if (away !== undefined || !aggregate) return away;
    // The failing run's group has more members, and another value.
    return { kind: "firing", rule, instants, because: this.regrouped(derivation, head, this.failing) };
  }

  /** The different fates of a message that both runs send. */
  private cutMessage(
    rule: RuleId,
    sent: number,
    { from, to }: NonNullable<RuleDerivation["message"]>,
    head: TupleAt,
  ): Cause | undefined {
    const message = messageIn(this.failing.execution, rule, sent, from, head);
    if (message === undefined) return undefined;
    const common = { rule, from, to, instants: [sent] };
    const { fate, arrivals } = message;
    if (fate !== "delivered") return { kind: "message-lost", ...common, fate };
    return arrivals.includes(head.instant) ? undefined : { kind: "message-late", ...common, arrivals };
  }

  /** What made a derivation of the failing run possible that the failure-free one lacks. */
  private opened(derivation: Derivation, head: TupleAt): readonly Cause[] {
    switch (derivation.kind) {
      case "built-in":
        return [derivation];
      case "fact":
        return [];
      case "rule": {
        const { rule, instant, aggregate } = derivation;
        const reasons = derivation.supports.flatMap((s) => this.broken(s, rule, this.failureFree, true) ?? []);
        if (reasons.length > 0) return [{ kind: "firing", rule, instants: [instant], because: reasons }];
        const moved = this.moved(derivation, head);
        if (moved !== undefined) return [moved];
        if (!aggregate) return [];
        const because = this.regrouped(derivation, head, this.failureFree);
        return [{ kind: "firing", rule, instants: [instant], because }];
      }
      default: {
        const never: never = derivation;
        return never;
      }
    }
  }

  /** How a firing of both runs derives a tuple at an instant at which the failure-free run lacks it. */
  private moved({ rule, instant, due, message }: RuleDerivation, head: TupleAt): Cause | undefined {
    const [first = head.instant] = due;
    if (message !== undefined) {
      const { from, to, arrivals } = message;
      const other = messageIn(this.failureFree.execution, rule, instant, from, head);
      if (other === undefined) return undefined;
      if (!due.some((at) => other.arrivals.includes(at)))
        return { kind: "message-late", rule, from, to, instants: [instant], arrivals };
    }
    const absence = first < head.instant ? absenceOf({ ...head, instant: first }, this.failing.execution) : undefined;
    return absence === undefined ? undefined : { kind: "kept", rule, instants: [instant], absence };
  }

  /** Why a support does not hold in the other run; `undefined` if it does. */
  private broken(support: Support, rule: RuleId, other: Traced, evenIfExplained: boolean): Reason | undefined {
    switch (support.kind) {
      case "tuple":
        return holds(other, support.tuple) ? undefined : this.reason(support.tuple);
      case "absence": {
        const matches = matchesOf(support, rule, other.execution);
        const found =
          matches.find((args) => evenIfExplained || !this.explained.has(keyOf({ ...support, args }))) ?? matches[0];
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

  /** If the value of an aggregate differs although its members are in both runs, the other run's group has more members. */
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

/** The message that a rule sends in a run with this tuple, at this instant and by this sender. */
function messageIn(
  execution: Execution,
  rule: RuleId,
  sent: number,
  from: Value,
  { args }: TupleAt,
): Message | undefined {
  return execution
    .messages()
    .find((m) => m.sent === sent && m.rule === rule && m.from === from && sameArgs(m.args, args));
}

/** The absence of its node because of which a tuple cannot hold at its instant. */
function absenceOf({ relation, instant, args }: TupleAt, execution: Execution): Absence | undefined {
  const [place] = args;
  return place === undefined ? undefined : execution.absenceAt(relation, place, instant);
}

/** The absences within a chain of persistence, in the order of time. */
function absencesIn(chain: readonly TupleAt[], execution: Execution): readonly Absence[] {
  return chain
    .flatMap((link, i) => {
      const earlier = chain[i + 1];
      if (earlier === undefined || earlier.instant === link.instant - 1) return [];
      return absenceOf({ ...link, instant: earlier.instant + 1 }, execution) ?? [];
    })
    .reverse();
}

function stands(support: Support, rule: RuleId, execution: Execution): boolean {
  return support.kind === "absence"
    ? matchesOf(support, rule, execution).length === 0
    : execution.has(support.tuple.relation, support.tuple.instant, support.tuple.args);
}

/** What a node forgot at the start of its absence is more informative than the absence. */
function withoutImplied(causes: readonly Cause[]): readonly Cause[] {
  const forgotten = new Set(causes.flatMap((cause) => (cause.kind === "forgotten" ? [cause.absence] : [])));
  return causes.filter((cause) => cause.kind !== "away" || !forgotten.has(cause.absence));
}

/** Adds a cause; the same one at several instants is added once. */
function append(causes: Cause[], cause: Cause): void {
  const at = causes.findIndex((c) => sameStory(c, cause));
  const earlier = causes[at];
  if (earlier === undefined) causes.push(cause);
  else causes[at] = joined(earlier, cause);
}

/** Whether `later` differs from `earlier` only in the instant. */
function sameStory(earlier: Cause, later: Cause): boolean {
  if (earlier.kind === "firing" || later.kind === "firing")
    return (
      earlier.kind === "firing" &&
      later.kind === "firing" &&
      earlier.rule === later.rule &&
      sameReasons(earlier.because, later.because)
    );
  return isSameDirectEffect(earlier, later);
}

function sameReasons(earlier: readonly Reason[], later: readonly Reason[]): boolean {
  return later.every((reason, i) => {
    const first = earlier[i];
    if (reason.kind !== "above" || first === undefined) return false;
    const tuple = first.kind === "above" ? first.tuple : first.difference.tuple;
    return tuple.relation === reason.tuple.relation && sameArgs(tuple.args, reason.tuple.args);
  });
}

/** Lost messages before firings that need further explanation. */
function nearestFirst(causes: readonly Cause[]): readonly Cause[] {
  return [...causes.filter((c) => c.kind !== "firing"), ...causes.filter((c) => c.kind === "firing")];
}
