import { compareNames } from "../source/names.js";
import type { Budget } from "./budget.js";
import { lastOf, openNodes } from "./budget.js";
import type { Kind } from "./kind.js";
import type { Site } from "./sites.js";
import { site } from "./sites.js";

/*
 * The family of channel faults: omission, delay, duplicate. Each affects everything that one node sends to another at one instant,
 * and excludes the others for that channel and instant.
 */

/** What one node sends to another at one instant. */
export interface ChannelInstant {
  readonly from: string;
  readonly to: string;
  /** When the message is sent. */
  readonly at: number;
}

/** Every message from `from` to `to` sent at `at` is lost. */
export interface Omission extends ChannelInstant {
  readonly kind: "omission";
}

/** Such a message arrives at `arrives` instead of `at` + 1. */
export interface Delay extends ChannelInstant {
  readonly kind: "delay";
  readonly arrives: number;
}

/** Such a message arrives at `at` + 1, and again at `arrives`. */
export interface Duplicate extends ChannelInstant {
  readonly kind: "duplicate";
  readonly arrives: number;
}

export type ChannelFault = Omission | Delay | Duplicate;

function compareChannels(a: ChannelInstant, b: ChannelInstant): number {
  return compareNames(a.from, b.from) || compareNames(a.to, b.to) || a.at - b.at;
}

/** Whether both affect the same channel at the same instant. */
export function onOneMessage(a: ChannelInstant, b: ChannelInstant): boolean {
  return compareChannels(a, b) === 0;
}

export const omission: Kind<Omission> = {
  kind: "omission",
  noun: "omission",
  plural: "omissions",
  bound: "omissions",
  variables: ["omit"],
  compare: compareChannels,
  covers: onOneMessage,
  nodes: ({ from, to }) => [from, to],
  silences: ({ from }) => [from],
  loses: (fault, from, to, sent) => fault.from === from && fault.to === to && fault.at === sent,
  fate: "omitted",
  period: ({ at }) => ({ from: at, to: at }),
  fields: ({ from, to, at }) => ({ from, to, at }),
  events: () => [],
  outside({ at }, budget) {
    const last = lastOmission(budget);
    if (at <= last) return undefined;
    return last === 0 ? "no message can be lost: EFF is too early" : `only messages sent at 1 … ${last} can be lost`;
  },
  most: () => Infinity,
  fits: (budget) => openNodes(budget).length >= 2 && lastOmission(budget) >= 1,
  reach: (budget) => ({ last: lastOmission(budget), later: 1 }),
};

export function omissionOf({ from, to, at }: ChannelInstant): Omission {
  return { kind: "omission", from, to, at };
}

export function isOmission(fault: { readonly kind: string }): fault is Omission {
  return fault.kind === "omission";
}

export const delay: Kind<Delay> = {
  kind: "delay",
  noun: "delay",
  plural: "delays",
  bound: "delays",
  ...late(lastLateArrival),
};
export const duplicate: Kind<Duplicate> = {
  kind: "duplicate",
  noun: "duplicate",
  plural: "duplicates",
  bound: "duplicates",
  ...late(lastSecondArrival),
};

function late(
  lastArrival: (budget: Budget) => number,
): Omit<
  Kind<ChannelInstant & { readonly kind: string; readonly arrives: number }>,
  "kind" | "noun" | "plural" | "bound"
> {
  return {
    variables: ["late", "doubled"],
    compare: (a, b) => compareChannels(a, b) || a.arrives - b.arrives,
    covers: (a, b) => onOneMessage(a, b) && a.arrives >= b.arrives,
    nodes: ({ from, to }) => [from, to],
    silences: ({ from }) => [from],
    loses: () => false,
    fate: "delivered",
    period: ({ at }) => ({ from: at, to: at }),
    fields: ({ from, to, at, arrives }) => ({ from, to, at, arrives }),
    events: () => [],
    outside({ at, arrives }, budget) {
      const [last, latest] = [lastOf(budget), lastArrival(budget)];
      if (at > last) return `only messages sent before ${last + 1}, the earlier of EFF and EOT, can be late`;
      if (arrives > latest) return `a message must arrive by ${latest}`;
      const most = at + 1 + budget.lateness;
      return arrives <= most
        ? undefined
        : `a message can be at most ${budget.lateness} late: one sent at ${at} must arrive by ${most}`;
    },
    most: () => Infinity,
    fits: (budget) => openNodes(budget).length >= 2 && lastOf(budget) >= 1 && lastArrival(budget) >= 3,
    // A message sent up to lateness + 1 before the latest arrival can now be later, so from `later` on it can be missing.
    reach: (budget) => ({ last: lastArrival(budget), later: -budget.lateness }),
  };
}

/** The last instant at which a message can be omitted; 0 if none can. A message sent at EOT arrives after the end, but its omission counts as a fault. */
export function lastOmission(b: Pick<Budget, "eff" | "eot">): number {
  return Math.max(0, Math.min(b.eff - 1, b.eot));
}

/** The latest arrival of a delayed message; EOT + 1 stands for any instant after EOT. */
export function lastLateArrival({ eff, eot }: Pick<Budget, "eff" | "eot">): number {
  return Math.min(eff, eot + 1);
}

/** The latest arrival of a second copy. */
export function lastSecondArrival({ eff, eot }: Pick<Budget, "eff" | "eot">): number {
  return Math.min(eff, eot);
}

/** The sites of channels; instants with the same outcomes are combined. */
export function channelSites(b: Budget): readonly (Site | undefined)[] {
  const { omissions, delays, duplicates, lateness } = b;
  const open = BigInt(openNodes(b).length);
  const [last, lastLate] = [lastOmission(b), delays > 0 || duplicates > 0 ? lastOf(b) : 0];
  const sites: (Site | undefined)[] = [];
  const add = (first: number, to: number): void => {
    const arrivals = (latest: number): bigint =>
      BigInt(first > lastLate ? 0 : Math.max(0, Math.min(lateness, latest - first - 1)));
    const outcomes = [
      { ways: omissions > 0 && first <= last ? 1n : 0n, faults: { omissions: 1 } },
      { ways: delays > 0 ? arrivals(lastLateArrival(b)) : 0n, faults: { delays: 1 } },
      { ways: duplicates > 0 ? arrivals(lastSecondArrival(b)) : 0n, faults: { duplicates: 1 } },
    ];
    sites.push(site(open * (open - 1n) * BigInt(to - first + 1), outcomes));
  };
  // Up to here a message can have any lateness of the budget; after it fewer and fewer.
  const alike = Math.max(0, Math.min(lastLate, lastSecondArrival(b) - 1 - lateness));
  if (alike > 0) add(1, alike);
  for (let t = alike + 1; t <= lastLate; t++) add(t, t);
  if (last > lastLate) add(lastLate + 1, last);
  return sites;
}
