import type { LargeNumber } from "../wording/numbers.js";
import { log2 } from "../wording/numbers.js";
import type { Bound, Budget } from "./budget.js";
import { channelSites } from "./channel-faults.js";
import { cutSites } from "./cut-faults.js";
import type { InputLine } from "./inputs.js";
import { inputChoices } from "./inputs.js";
import { faultKinds, kindOf } from "./kinds.js";
import { nodeSites } from "./node-faults.js";
import { Truncation } from "./polynomial.js";
import type { Outcome, Site } from "./sites.js";

/*
 * The number of schedules of a budget: admissible fault sets times choices of inputs. Sites (nodes, channels at an instant, cuts) are
 * independent, so the number is a sum of coefficients of a product of polynomials, one for each site,
 *
 *     Π over sites of Σ over outcomes of ways · Π over kinds of x_kind^faults
 *
 * over the terms within the bounds of the kinds and `maxFaults`. A kind whose bound no schedule reaches needs no variable: x = 1.
 */

/** A number of schedules. */
export type SpaceSize = LargeNumber;

/** Numbers with more bits (about 40,000 decimal digits) are not computed exactly. */
const MOST_BITS = 2 ** 17;
/** Nor are numbers that take more products of coefficients, or more bits for all coefficients. */
const MOST_WORK = 2_000_000;
const MOST_MEMORY = 2 ** 28;

const bounds: readonly Bound[] = faultKinds.map((kind) => kindOf(kind).bound);

/** The number of schedules of the budget, times the choices for these input lines. */
export function spaceOf(b: Budget, lines: readonly InputLine[] = []): SpaceSize {
  const families = familiesOf(b);
  const total = totalOf(families, b);
  const countings = families.map((sites) => new Counting(sites, b, total));
  const inputs = inputChoices(lines);
  if (countings.every((counting) => counting.isFeasible())) {
    const logarithm = total === Infinity ? countings.reduce((sum, counting) => sum + counting.logarithm(), 0) : 0;
    if (logarithm <= MOST_BITS) return inputs * within(countings, total);
  }
  const rough = total === Infinity ? countings : [new Counting(families.flat(), b, total)];
  return { log2: rough.reduce((sum, counting) => sum + counting.logarithm(), log2(inputs)) };
}

/** The same, always exact. Throws a RangeError if the number exceeds what a `bigint` can hold. */
export function sizeOfSpace(b: Budget, lines: readonly InputLine[] = []): bigint {
  const families = familiesOf(b);
  const total = totalOf(families, b);
  const countings = families.map((sites) => new Counting(sites, b, total));
  return inputChoices(lines) * within(countings, total);
}

/** The number of combinations of schedules of the families (which are independent) with at most `total` faults together. */
function within(families: readonly Counting[], total: number): bigint {
  const sum = (numbers: readonly bigint[]): bigint => numbers.reduce((a, n) => a + n, 0n);
  if (total === Infinity) return families.reduce((product, family) => product * sum(family.byFaults()), 1n);
  const truncation = new Truncation([total], total);
  return sum(families.map((family) => family.byFaults()).reduce((p, q) => truncation.times(p, q)));
}

/** The sites of a budget, family by family. */
function familiesOf(b: Budget): readonly (readonly Site[])[] {
  return [nodeSites(b), channelSites(b), cutSites(b)].map((sites) =>
    sites.flatMap((site) => (site === undefined ? [] : [site])),
  );
}

/** `maxFaults` if it excludes some schedule, otherwise Infinity. */
function totalOf(families: readonly (readonly Site[])[], b: Budget): number {
  const sites = families.flat();
  return b.maxFaults < bounds.reduce((n, bound) => n + mostOf(bound, sites, b), 0) ? b.maxFaults : Infinity;
}

/** The largest number of faults of a kind in a schedule. */
function mostOf(bound: Bound, sites: readonly Site[], b: Budget): number {
  const possible = sites.reduce(
    (n, { count, outcomes }) => n + Number(count) * Math.max(...outcomes.map(({ faults }) => faults[bound] ?? 0)),
    0,
  );
  return Math.min(b[bound], possible);
}

/** The number of schedules over some sites. */
class Counting {
  /** Groups of kinds with one bound each; each group is a variable of the polynomials. */
  private readonly groups: readonly { readonly members: readonly Bound[]; readonly most: number }[];

  private counted: readonly bigint[] | undefined;

  /** `total`: the largest number of faults in all, or Infinity. */
  constructor(
    private readonly sites: readonly Site[],
    b: Budget,
    private readonly total: number,
  ) {
    const present = bounds.filter((bound) =>
      sites.some(({ outcomes }) => outcomes.some((o) => faultsOf(o, bound) > 0)),
    );
    const isBound = (bound: Bound): boolean =>
      b[bound] < Math.min(total, mostOf(bound, sites, { ...b, [bound]: Infinity }));
    const others = present.filter((bound) => !isBound(bound));
    this.groups = [
      ...present.filter(isBound).map((bound) => ({ members: [bound], most: b[bound] })),
      ...(total < Infinity && others.length > 0 ? [{ members: others, most: total }] : []),
    ];
  }

  /** Whether the number can be computed exactly within the limits of this file. */
  isFeasible(): boolean {
    const size = this.groups.reduce((n, { most }) => n * (most + 1), 1);
    const bits = this.mostBits();
    if (bits > MOST_BITS || size * (64 + bits) > MOST_MEMORY) return false;
    const truncation = this.truncation();
    const work = this.sites.reduce(
      (n, s) => n + size * size + truncation.workOf(this.polynomial(s, truncation), s.count),
      0,
    );
    return work - size * size <= MOST_WORK;
  }

  /** The numbers of schedules with 0, 1, 2 … faults; faults of kinds without a variable are not counted. */
  byFaults(): readonly bigint[] {
    if (this.counted === undefined) {
      const truncation = this.truncation();
      const [first = [1n], ...others] = this.sites.map((s) =>
        truncation.power(this.polynomial(s, truncation), s.count),
      );
      this.counted = truncation.byTotal(others.reduce((p, q) => truncation.times(p, q), first));
    }
    return this.counted;
  }

  /** log2 of the number of schedules: exact, or the upper bound below. */
  logarithm(): number {
    return this.isFeasible() ? log2(this.byFaults().reduce((a, n) => a + n, 0n)) : this.upperBound();
  }

  /**
   * log2 of a close upper bound. For any 0 < x ≤ 1 the sum of the terms within the bounds is at most P(x) / Π x_kind^bound; its minimum
   * over x (Chernoff bound, saddle point) exceeds the number by a factor that is small on the logarithmic scale. The logarithm of the
   * expression is convex in the logarithms of x, so coordinate descent by ternary search finds the minimum.
   */
  private upperBound(): number {
    const limits = [...this.groups.map(({ most }) => most), ...(this.total < Infinity ? [this.total] : [])];
    const x = limits.map(() => 0);
    const value = (): number => this.logAt(x) - x.reduce((sum, log, v) => sum + log * (limits[v] ?? 0), 0);
    for (let round = 0, before = Infinity; round < 50 && before - value() > 1e-3; round++) {
      before = value();
      for (const v of x.keys()) {
        let [low, high] = [-100, 0];
        while (high - low > 1e-6) {
          const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
          x[v] = left;
          const onTheLeft = value();
          x[v] = right;
          if (onTheLeft < value()) high = right;
          else low = left;
        }
        x[v] = high;
      }
    }
    return value();
  }

  /** log2 of the product polynomial at x: an entry for each group, and one more that weighs every fault if there is a total. */
  private logAt(x: readonly number[]): number {
    const logOf = (bound: Bound): number =>
      (x[this.groups.findIndex(({ members }) => members.includes(bound))] ?? 0) + (x[this.groups.length] ?? 0);
    const logs = new Map(bounds.map((bound) => [bound, logOf(bound)]));
    return this.sites.reduce((sum, { outcomes, count }) => {
      const more = outcomes
        .slice(1)
        .map(({ ways, faults }) =>
          Object.entries(faults).reduce((log, [bound, n]) => log + n * (logs.get(bound as Bound) ?? 0), log2(ways)),
        );
      return sum + Number(count) * logOfOneMore(more);
    }, 0);
  }

  /** An upper bound on the bits of the number: all ways of faults without a variable, and all places for each fault with one. */
  private mostBits(): number {
    let bits = 0;
    let places = 1n;
    for (const { outcomes, count } of this.sites) {
      const isFree = (outcome: Outcome): boolean => this.exponents(outcome).every((e) => e === 0);
      const ways = (some: readonly Outcome[]): bigint => some.reduce((n, outcome) => n + outcome.ways, 0n);
      bits += Number(count) * log2(ways(outcomes.filter(isFree)));
      places += count * ways(outcomes);
    }
    const most = this.groups.reduce((n, group) => n + group.most, 0);
    return bits + Math.min(most, this.total) * log2(places) + this.groups.length;
  }

  private truncation(): Truncation {
    return new Truncation(
      this.groups.map(({ most }) => most),
      this.total,
    );
  }

  private polynomial({ outcomes }: Site, truncation: Truncation) {
    return truncation.of(
      outcomes.map((outcome) => ({ exponents: this.exponents(outcome), coefficient: outcome.ways })),
    );
  }

  private exponents(outcome: Outcome): readonly number[] {
    return this.groups.map(({ members }) => members.reduce((n, bound) => n + faultsOf(outcome, bound), 0));
  }
}

function faultsOf({ faults }: Outcome, bound: Bound): number {
  return faults[bound] ?? 0;
}

/** log2 of 1 + Σ 2^log, numerically stable. */
function logOfOneMore(logs: readonly number[]): number {
  const largest = Math.max(0, ...logs);
  const sum = logs.reduce((a, log) => a + 2 ** (log - largest), 0);
  return largest === 0 && sum < 0.01 ? Math.log1p(sum) / Math.LN2 : largest + Math.log2(2 ** -largest + sum);
}
