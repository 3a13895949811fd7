import type { Cause, Difference, Reason } from "../../evidence/difference.js";
import type { Tuple } from "../../execution/execution.js";
import type { RelationId, RuleId } from "../../program/program.js";

/*
 * A difference with what repeats told once. A protocol that sends again and again has many derivations that differ
 * in nothing but their instants, and the faults cut them alike:
 *
 *     done ← ack at 5 ← message sent at 4, lost        done ← ack at 5–7 ← messages sent at 4–6, lost
 *     done ← ack at 6 ← message sent at 5, lost   →
 *     done ← ack at 7 ← message sent at 6, lost
 */

/** A tuple that only one of two runs has, at some instants. */
export interface Told {
  readonly kind: "lost" | "gained";
  readonly relation: RelationId;
  readonly args: Tuple;
  readonly instants: readonly number[];
  /** Set where it differs from then on to the last of the instants, carried over. */
  readonly since?: number;
  readonly causes: readonly ToldCause[];
}

export type LostCause = Extract<Cause, { kind: "message-lost" }>;

export type ToldCause =
  | { readonly kind: "crash" }
  | { readonly kind: "message-lost"; readonly cause: LostCause }
  | { readonly kind: "firing"; readonly rule: RuleId; readonly because: readonly ToldReason[] };

export type ToldReason =
  | { readonly kind: "told"; readonly told: Told }
  | { readonly kind: "above"; readonly change: "lost" | "gained"; readonly relation: RelationId; readonly args: Tuple };

/** The difference with like derivations merged. */
export function told({ kind, tuple, since, causes }: Difference): Told {
  const { relation, args, instant } = tuple;
  const merged: ToldCause[] = [];
  for (const cause of causes.map(causeOf)) {
    const at = merged.findIndex((earlier) => alike(earlier, cause));
    const earlier = merged[at];
    if (earlier === undefined) merged.push(cause);
    else merged[at] = union(earlier, cause);
  }
  return { kind, relation, args, instants: [instant], ...(since < instant ? { since } : {}), causes: merged };
}

function causeOf(cause: Cause): ToldCause {
  switch (cause.kind) {
    case "crash":
      return { kind: "crash" };
    case "message-lost":
      return { kind: "message-lost", cause };
    case "firing":
      return { kind: "firing", rule: cause.rule, because: cause.because.map(reasonOf) };
    default: {
      const never: never = cause;
      return never;
    }
  }
}

function reasonOf(reason: Reason): ToldReason {
  if (reason.kind === "difference") return { kind: "told", told: told(reason.difference) };
  return { kind: "above", change: reason.change, relation: reason.tuple.relation, args: reason.tuple.args };
}

/** Whether `later` says nothing that `earlier` did not, but for the instants. */
function alike(earlier: ToldCause, later: ToldCause): boolean {
  if (earlier.kind === "message-lost" && later.kind === "message-lost") {
    const [a, b] = [earlier.cause, later.cause];
    return a.rule === b.rule && a.from === b.from && a.to === b.to && a.fate === b.fate;
  }
  if (earlier.kind !== "firing" || later.kind !== "firing") return earlier.kind === later.kind;
  return earlier.rule === later.rule && pairwise(earlier.because, later.because, sameReason);
}

function sameReason(earlier: ToldReason, later: ToldReason): boolean {
  const [a, b] = [subjectOf(earlier), subjectOf(later)];
  if (a.change !== b.change || a.relation !== b.relation || !pairwise(a.args, b.args, (x, y) => x === y)) return false;
  if (later.kind === "above") return true;
  return earlier.kind === "told" && pairwise(earlier.told.causes, later.told.causes, alike);
}

function subjectOf(reason: ToldReason): {
  readonly change: "lost" | "gained";
  readonly relation: RelationId;
  readonly args: Tuple;
} {
  return reason.kind === "above" ? reason : { ...reason.told, change: reason.told.kind };
}

function union(earlier: ToldCause, later: ToldCause): ToldCause {
  if (earlier.kind === "message-lost" && later.kind === "message-lost") {
    const { cause } = earlier;
    return { kind: "message-lost", cause: { ...cause, instants: ascending(cause.instants, later.cause.instants) } };
  }
  if (earlier.kind !== "firing" || later.kind !== "firing") return earlier;
  return { ...earlier, because: earlier.because.map((reason, i) => unionReason(reason, later.because[i])) };
}

function unionReason(earlier: ToldReason, later: ToldReason | undefined): ToldReason {
  if (earlier.kind === "above" || later === undefined || later.kind === "above") return earlier;
  const [a, b] = [earlier.told, later.told];
  const causes = a.causes.map((cause, i) => {
    const other = b.causes[i];
    return other === undefined ? cause : union(cause, other);
  });
  const since = a.since === undefined ? {} : { since: Math.min(a.since, b.since ?? a.since) };
  return { kind: "told", told: { ...a, ...since, instants: ascending(a.instants, b.instants), causes } };
}

function ascending(a: readonly number[], b: readonly number[]): readonly number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}

function pairwise<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean {
  return a.length === b.length && a.every((x, i) => same(x, b[i] as T));
}
