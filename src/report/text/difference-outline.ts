import type { Cause, Difference, DirectEffect, Reason } from "../../evidence/difference.js";
import { ascending, isSameDirectEffect, joined } from "../../evidence/difference.js";
import type { Tuple } from "../../execution/execution.js";
import type { BuiltInRelation } from "../../faults/kind.js";
import type { Absence } from "../../faults/node-faults.js";
import type { Program, RelationId, RuleId } from "../../program/program.js";

/*
 * What a report says about a difference between two runs: similar derivations are merged, and long lists are cut. A
 * protocol that repeats its messages has many derivations that differ only in their instants, and the faults cut them alike:
 *
 *     done ← ack at 5 ← message sent at 4, lost        done ← ack at 5–7 ← messages sent at 4–6, lost
 *     done ← ack at 6 ← message sent at 5, lost   →
 *     done ← ack at 7 ← message sent at 6, lost
 *
 * How much is omitted is decided here, for all reports.
 */

/** The most derivations of a tuple that are listed; the rest are counted. */
const mostCauses = 5;
/** The most branchings that are followed in depth. */
const deepest = 4;

/** A tuple that only one of two runs has, at some instants. */
export interface Outline {
  readonly kind: Change;
  readonly relation: RelationId;
  readonly args: Tuple;
  readonly instants: readonly number[];
  /** Set if it differs from then on up to the last of the instants, because it is carried. */
  readonly since?: number;
  /** For a tuple that appears, the absences during which it was kept. */
  readonly kept: readonly Absence[];
  /** Those that are reported. */
  readonly causes: readonly OutlineCause[];
  /** How many there are in all. */
  readonly ways: number;
  /** How many are omitted because there are too many. */
  readonly more: number;
  /** How many are omitted because they are cut only by what is reported already. */
  readonly known: number;
  /** Whether the causes are omitted because the faults are too far down. */
  readonly cutShort: boolean;
}

/** `lost`: the other run has it, and the failing one does not. */
export type Change = Difference["kind"];

export type OutlineCause =
  | DirectEffect
  /** Without reasons: the group of the aggregate has another value. */
  | { readonly kind: "firing"; readonly rule: RuleId; readonly because: readonly OutlineReason[] };

export type OutlineReason =
  | { readonly kind: "difference"; readonly outline: Outline }
  /** Reported already, further up. */
  | { readonly kind: "above"; readonly change: Change; readonly relation: RelationId; readonly args: Tuple };

/** What is reported of a difference. */
export function outlineOf(difference: Difference, builtIn: BuiltIn): Outline {
  return limited(merged(difference), builtIn, 0);
}

/** The relations whose tuples are faults of the schedule. */
export type BuiltIn = Pick<Program, BuiltInRelation>;

/** The only outline that explains another one, if there is exactly one and it is not a fault. */
export function onlyReason({ causes: [cause], ways }: Outline, builtIn: BuiltIn): Outline | undefined {
  if (cause?.kind !== "firing" || ways > 1) return undefined;
  const [reason, ...further] = cause.because;
  if (reason?.kind !== "difference" || further.length > 0 || isBuiltIn(reason.outline.relation, builtIn))
    return undefined;
  return reason.outline;
}

/** Merges similar derivations. */
function merged({ kind, tuple, since, kept, causes }: Difference): Outline {
  const { relation, args, instant } = tuple;
  const all: OutlineCause[] = [];
  for (const cause of causes.map(causeOf)) {
    const at = all.findIndex((earlier) => alike(earlier, cause));
    const earlier = all[at];
    if (earlier === undefined) all.push(cause);
    else all[at] = union(earlier, cause);
  }
  const carried = since < instant ? { since } : {};
  const nothingLeftOut = { ways: all.length, more: 0, known: 0, cutShort: false };
  return { kind, relation, args, instants: [instant], ...carried, kept, causes: all, ...nothingLeftOut };
}

function causeOf(cause: Cause): OutlineCause {
  return cause.kind === "firing" ? { kind: "firing", rule: cause.rule, because: cause.because.map(reasonOf) } : cause;
}

function reasonOf(reason: Reason): OutlineReason {
  if (reason.kind === "difference") return { kind: "difference", outline: merged(reason.difference) };
  return { kind: "above", change: reason.change, relation: reason.tuple.relation, args: reason.tuple.args };
}

export function isBuiltIn(relation: RelationId, { crash, restart }: BuiltIn): boolean {
  return relation === crash || relation === restart;
}

/** Omits what exceeds the limits; `depth` counts the branchings above. */
function limited(outline: Outline, builtIn: BuiltIn, depth: number): Outline {
  const branches = onlyReason(outline, builtIn) === undefined;
  if (branches && depth >= deepest) return { ...outline, causes: [], cutShort: true };
  const { kind, causes } = outline;
  const fresh = kind === "lost" ? causes.filter((cause) => !isKnown(cause)) : causes;
  const wanted = fresh.length === 0 ? causes.slice(0, 1) : fresh;
  const kept = wanted.slice(0, mostCauses).map((cause): OutlineCause => {
    if (cause.kind !== "firing") return cause;
    const because = cause.because.map((reason): OutlineReason => {
      if (reason.kind === "above") return reason;
      return { kind: "difference", outline: limited(reason.outline, builtIn, branches ? depth + 1 : depth) };
    });
    return { ...cause, because };
  });
  return { ...outline, causes: kept, more: wanted.length - kept.length, known: causes.length - wanted.length };
}

/** Whether a derivation is cut only by what was reported already. */
function isKnown(cause: OutlineCause): boolean {
  return (
    cause.kind === "firing" && cause.because.length > 0 && cause.because.every((reason) => reason.kind === "above")
  );
}

/** Whether `later` differs from `earlier` only in its instants. */
function alike(earlier: OutlineCause, later: OutlineCause): boolean {
  if (earlier.kind !== "firing" && later.kind !== "firing") return isSameDirectEffect(earlier, later);
  if (earlier.kind !== "firing" || later.kind !== "firing") return false;
  return earlier.rule === later.rule && pairwise(earlier.because, later.because, sameReason);
}

function sameReason(earlier: OutlineReason, later: OutlineReason): boolean {
  const [a, b] = [subjectOf(earlier), subjectOf(later)];
  if (a.change !== b.change || a.relation !== b.relation || !pairwise(a.args, b.args, (x, y) => x === y)) return false;
  if (later.kind === "above") return true;
  return earlier.kind === "difference" && pairwise(earlier.outline.causes, later.outline.causes, alike);
}

function subjectOf(
  reason: OutlineReason,
): Pick<Extract<OutlineReason, { kind: "above" }>, "change" | "relation" | "args"> {
  return reason.kind === "above" ? reason : { ...reason.outline, change: reason.outline.kind };
}

function union(earlier: OutlineCause, later: OutlineCause): OutlineCause {
  if (earlier.kind !== "firing" && later.kind !== "firing") return joined(earlier, later);
  if (earlier.kind !== "firing" || later.kind !== "firing") return earlier;
  return { ...earlier, because: earlier.because.map((reason, i) => unionReason(reason, later.because[i])) };
}

function unionReason(earlier: OutlineReason, later: OutlineReason | undefined): OutlineReason {
  if (earlier.kind === "above" || later === undefined || later.kind === "above") return earlier;
  const [a, b] = [earlier.outline, later.outline];
  const causes = a.causes.map((cause, i) => {
    const other = b.causes[i];
    return other === undefined ? cause : union(cause, other);
  });
  const since = a.since === undefined ? {} : { since: Math.min(a.since, b.since ?? a.since) };
  return { kind: "difference", outline: { ...a, ...since, instants: ascending(a.instants, b.instants), causes } };
}

function pairwise<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean {
  return a.length === b.length && a.every((x, i) => same(x, b[i] as T));
}
