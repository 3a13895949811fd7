import type { Omission } from "../faults/channel-faults.js";
import { isOmission, omissionOf } from "../faults/channel-faults.js";
import type { Fault } from "../faults/kinds.js";
import type { Schedule } from "../faults/schedule.js";
import { compareNames } from "../source/names.js";
import type { Period } from "../wording/instants.js";

/**
 * A group of faults that an operator would report as one event. Every fault of a schedule is in exactly one episode.
 */
export type Episode =
  /** A fault that is an event of its own: one that is not an omission, or an omission that belongs to no group. */
  | { readonly kind: "fault"; readonly fault: Fault }
  /** Nothing passes between any of `nodes` and any of `others`, in either direction. */
  | {
      readonly kind: "two-way";
      readonly nodes: readonly string[];
      readonly others: readonly string[];
      readonly period: Period;
    }
  /** Nothing passes from any of `senders` to any of `receivers`; the other direction works. */
  | {
      readonly kind: "one-way";
      readonly senders: readonly string[];
      readonly receivers: readonly string[];
      readonly period: Period;
    };

/** A pair of nodes between or along which messages are lost for a period. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly period: Period;
}

/**
 * The faults of a schedule as episodes: first those that are not omissions, then omissions in both directions, then single directions.
 *
 *     omit(a,b,2) omit(b,a,2) omit(b,c,2) omit(c,b,2)   →   b | a, c during 2–2
 */
export function episodesOf(schedule: Schedule): readonly Episode[] {
  const omissions = schedule.filter(isOmission);
  const others = schedule.flatMap((fault): readonly Episode[] => (isOmission(fault) ? [] : [{ kind: "fault", fault }]));
  const lost = new Set(omissions.map((o) => key(o.from, o.to, o.at)));
  const cut = omissions.filter((o) => lost.has(key(o.to, o.from, o.at)));
  const oneWay = omissions.filter((o) => !lost.has(key(o.to, o.from, o.at)));
  const partitions = groupByPeriod(edges(cut)).flatMap(({ period, members }) =>
    stars(members, true).map((star): Episode => ({ kind: "two-way", nodes: star.hubs, others: star.others, period })),
  );
  const directions = groupByPeriod(edges(oneWay)).flatMap(({ period, members }) =>
    stars(members, false).map((star) => {
      const [senders, receivers] = star.outward ? [star.hubs, star.others] : [star.others, star.hubs];
      return oneWayEpisode(senders, receivers, period);
    }),
  );
  return [...others, ...partitions, ...directions];
}

function oneWayEpisode(senders: readonly string[], receivers: readonly string[], period: Period): Episode {
  const [from = "", ...moreSenders] = senders;
  const [to = "", ...moreReceivers] = receivers;
  const alone = moreSenders.length === 0 && moreReceivers.length === 0 && period.from === period.to;
  return alone
    ? { kind: "fault", fault: omissionOf({ from, to, at: period.from }) }
    : { kind: "one-way", senders, receivers, period };
}

function key(from: string, to: string, at: number): string {
  return JSON.stringify([from, to, at]);
}

/** Runs of consecutive instants, per direction. The schedule's order has them sorted by direction, then time. */
function edges(omissions: readonly Omission[]): readonly Edge[] {
  const result: Edge[] = [];
  for (const { from, to, at } of omissions) {
    const last = result.at(-1);
    if (last !== undefined && last.from === from && last.to === to && last.period.to === at - 1) {
      result[result.length - 1] = { from, to, period: { from: last.period.from, to: at } };
    } else {
      result.push({ from, to, period: { from: at, to: at } });
    }
  }
  return result;
}

function groupByPeriod(
  list: readonly Edge[],
): readonly { readonly period: Period; readonly members: readonly Edge[] }[] {
  const groups = new Map<string, { period: Period; members: Edge[] }>();
  for (const edge of list) {
    const name = `${edge.period.from}-${edge.period.to}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { period: edge.period, members: [edge] });
    else group.members.push(edge);
  }
  return [...groups.values()].sort((a, b) => a.period.from - b.period.from || a.period.to - b.period.to);
}

interface Star {
  readonly hubs: readonly string[];
  readonly others: readonly string[];
  /** Whether the edges lead from the hubs to the others. */
  readonly outward: boolean;
}

/**
 * Covers the edges with stars, greedily: the node with the most remaining edges is the next hub; hubs with the same
 * others are one star.
 */
function stars(members: readonly Edge[], bothWays: boolean): readonly Star[] {
  let left = [...members];
  const found: Star[] = [];
  while (left.length > 0) {
    const best = largestStar(left);
    const others = [...best.others].sort(compareNames);
    left = left.filter((e) => !covers(best, e, bothWays));
    const twin = found.findIndex((s) => s.outward === best.outward && s.others.join("\0") === others.join("\0"));
    const earlier = found[twin];
    if (earlier === undefined) found.push({ hubs: best.hubs, others, outward: best.outward });
    else found[twin] = { ...earlier, hubs: [...earlier.hubs, ...best.hubs] };
  }
  return found;
}

function covers(star: Star, edge: Edge, bothWays: boolean): boolean {
  const hub = star.outward ? edge.from : edge.to;
  const other = star.outward ? edge.to : edge.from;
  return star.hubs.includes(hub) || (bothWays && star.hubs.includes(other));
}

function largestStar(list: readonly Edge[]): Star {
  const outward = new Map<string, string[]>();
  const inward = new Map<string, string[]>();
  for (const { from, to } of list) {
    outward.set(from, [...(outward.get(from) ?? []), to]);
    inward.set(to, [...(inward.get(to) ?? []), from]);
  }
  let best: Star = { hubs: [], others: [], outward: true };
  for (const [direction, stars] of [[true, outward] as const, [false, inward] as const]) {
    for (const hub of [...stars.keys()].sort(compareNames)) {
      const others = stars.get(hub) ?? [];
      if (others.length > best.others.length) best = { hubs: [hub], others, outward: direction };
    }
  }
  return best;
}
