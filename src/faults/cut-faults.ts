import { compareNameLists, compareNames } from "../source/names.js";
import type { Budget } from "./budget.js";
import { lastOf } from "./budget.js";
import type { Kind } from "./kind.js";
import type { Site } from "./sites.js";
import { site } from "./sites.js";

/*
 * The family of cuts: messages between two sides of the network, sent at any instant of a period, are lost.
 *
 *     partition           both directions; every node is on a side
 *     partial-partition   both directions; nodes on neither side reach both
 *     one-way-partition   from `a` to `b` only; every node is on a side
 */

interface Cut<K extends string> {
  readonly kind: K;
  /** Sorted by code unit. Of a two-way cut the smaller side; of sides of one size the one with the first name. */
  readonly a: readonly string[];
  readonly b: readonly string[];
  /** Messages sent at `at` … `until`, both included, are lost. */
  readonly at: number;
  readonly until: number;
}

export type Partition = Cut<"partition">;
export type PartialPartition = Cut<"partial-partition">;
export type OneWayPartition = Cut<"one-way-partition">;
export type CutFault = Partition | PartialPartition | OneWayPartition;
export type CutKind = CutFault["kind"];

export const cutKinds: readonly CutKind[] = ["partition", "partial-partition", "one-way-partition"];

export function isCutKind(kind: string): kind is CutKind {
  return cutKinds.some((cut) => cut === kind);
}

export function isCut(fault: { readonly kind: string }): fault is CutFault {
  return isCutKind(fault.kind);
}

/** The cut in canonical form: sides sorted and, for a two-way cut, in order, since `a|b` and `b|a` are one. */
export function cutOf<K extends CutKind>(
  kind: K,
  a: readonly string[],
  b: readonly string[],
  at: number,
  until: number,
): Cut<K> {
  const [left, right] = [[...a].sort(compareNames), [...b].sort(compareNames)];
  const isFirst = left.length < right.length || (left.length === right.length && compareNameLists(left, right) < 0);
  const ordered = kind === "one-way-partition" || isFirst;
  return { kind, a: ordered ? left : right, b: ordered ? right : left, at, until };
}

/** A two-way cut with its kind among these nodes: partial if some of them are on neither side. */
export function resolvedCut<F extends CutFault>(fault: F, nodes: readonly string[]): F | Partition | PartialPartition {
  if (fault.kind === "one-way-partition") return fault;
  const { a, b, at, until } = fault;
  return {
    kind: nodes.every((node) => a.includes(node) || b.includes(node)) ? "partition" : "partial-partition",
    a,
    b,
    at,
    until,
  };
}

/** Whether a cut severs the channel from one node to another. */
export function severs({ kind, a, b }: CutFault, from: string, to: string): boolean {
  return (a.includes(from) && b.includes(to)) || (kind !== "one-way-partition" && b.includes(from) && a.includes(to));
}

export const partition: Kind<Partition> = {
  kind: "partition",
  noun: "partition",
  plural: "partitions",
  bound: "partitions",
  ...cut(2),
};
export const partialPartition: Kind<PartialPartition> = {
  kind: "partial-partition",
  noun: "partial partition",
  plural: "partial partitions",
  bound: "partialPartitions",
  ...cut(3),
};
export const oneWayPartition: Kind<OneWayPartition> = {
  kind: "one-way-partition",
  noun: "one-way partition",
  plural: "one-way partitions",
  bound: "oneWayPartitions",
  ...cut(2),
};

/** What cuts have in common; `fewest` is the number of nodes that one needs. */
function cut(fewest: number): Omit<Kind<CutFault>, "kind" | "noun" | "plural" | "bound"> {
  return {
    variables: ["severed"],
    compare: (x, y) =>
      sizeOf(x) - sizeOf(y) ||
      compareNameLists(x.a, y.a) ||
      compareNameLists(x.b, y.b) ||
      x.until - x.at - (y.until - y.at) ||
      x.at - y.at,
    covers: (x, y) => x.at <= y.at && x.until >= y.until && coversSides(x, y),
    nodes: ({ a, b }) => [...a, ...b],
    silences: ({ kind, a, b }) => (kind === "one-way-partition" ? a : [...a, ...b]),
    loses: (fault, from, to, sent) => fault.at <= sent && sent <= fault.until && severs(fault, from, to),
    fate: "cut-off",
    period: ({ at, until }) => ({ from: at, to: until }),
    fields: ({ kind, a, b, at, until }) => ({
      kind: "partition",
      a,
      b,
      oneWay: kind === "one-way-partition",
      at,
      until,
    }),
    events: (fault) => {
      const nodes = [...fault.a, ...fault.b];
      const severed = nodes.flatMap((from) => nodes.flatMap((to) => (severs(fault, from, to) ? [{ from, to }] : [])));
      return [{ kind: "mark", channels: severed }];
    },
    outside(fault, budget) {
      const last = lastOf(budget);
      if (fault.until > last) return `a cut must end before ${last + 1}, the earlier of EFF and EOT`;
      const left = budget.nodes.filter((node) => !fault.a.includes(node) && !fault.b.includes(node));
      if (fault.kind === "one-way-partition" && left.length > 0)
        return `every node must be on a side of a one-way cut, and ${left.join(", ")} ${left.length === 1 ? "is" : "are"} on neither`;
      return undefined;
    },
    most: () => undefined,
    fits: (budget) => budget.nodes.length >= fewest && lastOf(budget) >= 1,
    reach: (budget) => ({ last: lastOf(budget), later: 1 }),
  };
}

/** The first criterion in the order of cuts: the size of the smaller side, or of both sides together for a partial cut. */
function sizeOf({ kind, a, b }: CutFault): number {
  return kind === "partial-partition" ? a.length + b.length : Math.min(a.length, b.length);
}

function coversSides(x: CutFault, y: CutFault): boolean {
  const contains = (a: readonly string[], b: readonly string[]): boolean =>
    y.a.every((node) => a.includes(node)) && y.b.every((node) => b.includes(node));
  if (x.kind === "partial-partition") return contains(x.a, x.b) || contains(x.b, x.a);
  return x.a.length === y.a.length && x.b.length === y.b.length && contains(x.a, x.b);
}

/** The sites of cuts, each present or not. n nodes have 2^(n − 1) − 1 bipartitions, and (3^n − 2 · 2^n + 1) / 2 if nodes can be left out. */
export function cutSites(b: Budget): readonly (Site | undefined)[] {
  const [n, last] = [BigInt(b.nodes.length), BigInt(lastOf(b))];
  if (n < 2n || b.partitions + b.partialPartitions + b.oneWayPartitions === 0) return [];
  const periods = (last * (last + 1n)) / 2n;
  const halves = 2n ** (n - 1n) - 1n;
  const pairs = (3n ** n - 2n ** (n + 1n) + 1n) / 2n;
  const one = (count: bigint, bound: "partitions" | "partialPartitions" | "oneWayPartitions"): Site | undefined =>
    site(count * periods, [{ ways: b[bound] > 0 ? 1n : 0n, faults: { [bound]: 1 } }]);
  return [one(halves, "partitions"), one(pairs - halves, "partialPartitions"), one(2n * halves, "oneWayPartitions")];
}
