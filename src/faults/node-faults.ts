import { compareNames } from "../source/names.js";
import type { Budget } from "./budget.js";
import { lastOf, openNodes } from "./budget.js";
import type { FaultVariable } from "./fault-variable.js";
import type { Kind, NodeState } from "./kind.js";
import { builtIns } from "./kind.js";
import type { Outcome, Site } from "./sites.js";
import { site } from "./sites.js";

/*
 * The family of node faults: crash, restart, pause. They share the node's timeline:
 *
 *     up   away (at … until − 1)   up   away   up   crashed
 *
 * A node crashes at most once and never recovers. Its absences (restarts and pauses) are disjoint, with at least one instant between
 * two of them at which it is up, and all end at or before its crash. No node is away at instant 1, nor at min(EFF, EOT) or later.
 */

/** From instant `at` on, no message leaves `node`, except to itself. */
export interface Crash {
  readonly kind: "crash";
  readonly node: string;
  readonly at: number;
}

/** The node is away at `at` … `until` − 1, and back at `until`. */
interface Away {
  readonly node: string;
  readonly at: number;
  readonly until: number;
}

/** Carried tuples of the node are forgotten unless durable; messages that arrive meanwhile are lost. */
export interface Restart extends Away {
  readonly kind: "restart";
}

/** Carried tuples of the node, and messages that arrive meanwhile, are held back until it returns. */
export interface Pause extends Away {
  readonly kind: "pause";
}

export type Absence = Restart | Pause;

export const crash: Kind<Crash> = {
  kind: "crash",
  noun: "crash",
  plural: "crashes",
  bound: "crashes",
  relation: builtIns.crash,
  variables: ["down"],
  // A later crash does less, and of two violating schedules the one with the later crash is reported.
  compare: (a, b) => compareNames(a.node, b.node) || b.at - a.at,
  covers: (a, b) => a.node === b.node && a.at <= b.at,
  nodes: ({ node }) => [node],
  silences: ({ node }) => [node],
  loses: ({ node, at }, from, _to, sent) => node === from && at <= sent,
  fate: "sender-crashed",
  period: ({ at }) => ({ from: at, to: Infinity }),
  fields: ({ node, at }) => ({ node, at }),
  events: ({ node }) => [{ kind: "state", node, state: "crashed" }],
  outside: ({ at }, { eot }) => (at <= eot ? undefined : `a crash must be at an instant of 1 … ${eot}`),
  most: (budget) => openNodes(budget).length,
  fits: (budget) => openNodes(budget).length > 0,
  // Neither EFF nor EOT bounds what a crash does: it lasts.
  reach: () => undefined,
};

export function crashOf(node: string, at: number): Crash {
  return { kind: "crash", node, at };
}

export function isCrash(fault: { readonly kind: string }): fault is Crash {
  return fault.kind === "crash";
}

/** The instant at which a node crashes under a schedule. */
export function crashInstant(faults: readonly { readonly kind: string }[], node: unknown): number | undefined {
  return faults.find((fault): fault is Crash => isCrash(fault) && fault.node === node)?.at;
}

export const restart: Kind<Restart> = {
  kind: "restart",
  noun: "restart",
  plural: "restarts",
  bound: "restarts",
  relation: builtIns.restart,
  ...absence("down", "restarting"),
};
export const pause: Kind<Pause> = {
  kind: "pause",
  noun: "pause",
  plural: "pauses",
  bound: "pauses",
  ...absence("still", "pausing"),
};

export const absenceKinds = ["restart", "pause"] as const;

export function isAbsenceKind(kind: string): kind is Absence["kind"] {
  return absenceKinds.some((absence) => absence === kind);
}

export function isAbsence(fault: { readonly kind: string }): fault is Absence {
  return isAbsenceKind(fault.kind);
}

function absence(
  state: NodeState,
  variable: FaultVariable["kind"],
): Omit<Kind<Away & { readonly kind: string }>, "kind" | "noun" | "plural" | "bound"> {
  return {
    variables: [variable],
    compare: (a, b) => compareNames(a.node, b.node) || a.until - a.at - (b.until - b.at) || a.at - b.at,
    covers: (a, b) => a.node === b.node && a.at <= b.at && a.until >= b.until,
    nodes: ({ node }) => [node],
    silences: ({ node }) => [node],
    loses: (fault, from, _to, sent) => fault.node === from && isAway(fault, sent),
    fate: "sender-away",
    period: ({ at, until }) => ({ from: at, to: until - 1 }),
    fields: ({ node, at, until }) => ({ node, at, until }),
    events: ({ node }) => [{ kind: "state", node, state }],
    outside({ at, until }, budget) {
      const back = lastOf(budget) + 1;
      if (at < 2) return "a node cannot be away at instant 1";
      return until <= back ? undefined : `a node that is away must be back by ${back}, the earlier of EFF and EOT`;
    },
    // Of the instants 2 … last at most every other one begins an absence.
    most: (budget) => openNodes(budget).length * Math.floor(lastOf(budget) / 2),
    fits: (budget) => openNodes(budget).length > 0 && lastOf(budget) >= 2,
    reach: (budget) => ({ last: lastOf(budget), later: 0 }),
  };
}

export function isAway({ at, until }: Pick<Absence, "at" | "until">, instant: number): boolean {
  return at <= instant && instant < until;
}

/** Why two faults of one node exclude each other; `undefined` if they do not. */
export function clashOnNode(a: Crash | Absence, b: Crash | Absence): string | undefined {
  if (a.kind === "crash" && b.kind === "crash") return "a node crashes at most once";
  if (a.kind === "crash") return clashOnNode(b, a);
  if (b.kind === "crash") return a.until <= b.at ? undefined : "an absence of a node must end before it crashes";
  return a.at > b.until || b.at > a.until
    ? undefined
    : "between two absences of a node there must be an instant at which it is up";
}

/** The last instant at which a node can be away; the first is 2, so a smaller value means none. */
export function lastAway(budget: Budget): number {
  return budget.restarts > 0 || budget.pauses > 0 ? lastOf(budget) : 0;
}

/**
 * The site of a node. With T = min(EFF, EOT) − 1, k absences with an instant between two of them correspond to 2k of the T instants
 * 2 … T + 1, their beginnings and ends: binomial(T, 2k) ways. With a crash at τ only the instants up to τ remain; summed over τ,
 * Σ_τ binomial(min(τ, T + 1) − 1, 2k) = binomial(T, 2k + 1) + (EOT − T) · binomial(T, 2k). Each absence is a restart or a pause.
 */
export function nodeSites(b: Budget): readonly (Site | undefined)[] {
  const { crashes, restarts, pauses, eot } = b;
  const last = lastOf(b);
  const outcomes: Outcome[] = [];
  let chosen = 1n;
  for (let k = 0; k <= restarts + pauses && 2 * k <= last; k++) {
    // binomial(T, 2k), and that of 2k + 1.
    const further = (chosen * BigInt(last - 2 * k)) / BigInt(2 * k + 1);
    const beforeCrash = further + BigInt(eot - last) * chosen;
    let orders = 1n;
    for (let r = 0; r <= k; r++) {
      if (r <= restarts && k - r <= pauses) {
        const faults = { restarts: r, pauses: k - r };
        if (k > 0) outcomes.push({ ways: orders * chosen, faults });
        if (crashes > 0) outcomes.push({ ways: orders * beforeCrash, faults: { ...faults, crashes: 1 } });
      }
      orders = (orders * BigInt(k - r)) / BigInt(r + 1);
    }
    chosen = (further * BigInt(last - 2 * k - 1)) / BigInt(2 * k + 2);
  }
  return [site(BigInt(openNodes(b).length), outcomes)];
}
