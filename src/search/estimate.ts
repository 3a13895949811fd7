import { stopped } from "../execution/stopped.js";
import { budget as budgetOf } from "../faults/budget.js";
import { buildAllSchedules } from "../lineage/all-schedules.js";
import { excludedBy } from "../program/demands.js";
import type { CheckOptions } from "./check.js";
import { check } from "./check.js";
import { Watchdog } from "./limits.js";
import type { Setting } from "./search.js";
import type { Verdict } from "./verdict.js";

/** A check with a smaller EOT. */
export interface Sample {
  readonly eot: number;
  readonly verdict: Verdict["kind"] | "error";
  readonly nodes: number;
  readonly clauses: number;
  readonly milliseconds: number;
}

/** The estimated cost of a check. */
export interface Estimate {
  /** The EOT asked for. */
  readonly eot: number;
  /** By EOT, ascending; the last is the check itself if there was time for it. */
  readonly samples: readonly Sample[];
  /** The lineage up to EOT was built up to this instant. */
  readonly builtTo: number;
  /** Exact if `builtTo` is EOT. */
  readonly nodes: number;
  /** Absent if no sample has a lineage to extrapolate from. */
  readonly milliseconds?: number;
}

/** After this many milliseconds no further sample is taken; building takes at most as long. */
const enough = 2500;

/**
 * Estimates the cost of a check. The lineage of an instant does not depend on later ones, so a part of it is built, and the curve of its size
 * is extrapolated (`continued`). Checks with smaller EOT show how the time depends on the size. Nothing with faults is looked at beyond
 * `upTo`: a smaller one than EOT shows what an estimate is worth.
 */
export function estimate(setting: Setting, options: CheckOptions, upTo = setting.budget.eot): Estimate {
  const { budget } = setting;
  const samples = sampled(setting, options, upTo);
  const { sizes } = builtFor(setting, options, upTo);
  const builtTo = sizes.length - 1;
  const nodes =
    builtTo === budget.eot
      ? (sizes[builtTo] ?? 0)
      : continued(sizes, builtFor(withoutFaults(setting), options, budget.eot).tuples, budget.eot);
  const milliseconds = timeFor(nodes, samples, budget.eot);
  return { eot: budget.eot, samples, builtTo, nodes, ...(milliseconds === undefined ? {} : { milliseconds }) };
}

function sampled(setting: Setting, options: CheckOptions, upTo: number): readonly Sample[] {
  const { budget } = setting;
  const { strategy, seed, now, interrupted, onProgress } = options;
  const watchdog = new Watchdog(options);
  const samples: Sample[] = [];
  for (const eot of steps(budget.eot)) {
    if (eot > upTo || watchdog.elapsed > enough || watchdog.poll() !== undefined) break;
    const eff = Math.min(eot, Math.max(0, eot - (budget.eot - budget.eff)));
    const before = watchdog.elapsed;
    // One sample may take as long as all before it together, since each step makes it a few times larger.
    const limits = { strategy, seed, now, interrupted, onProgress, timeout: (2 * enough) / 1000 };
    const result = check({ ...setting, budget: budgetOf(budget.nodes, eot, eff, budget) }, limits);
    const milliseconds = watchdog.elapsed - before;
    if (result.kind === "error") {
      samples.push({ eot, verdict: "error", nodes: 0, clauses: 0, milliseconds });
      continue;
    }
    const { kind, statistics } = result.verdict;
    if (kind === "inconclusive") break;
    samples.push({ eot, verdict: kind, nodes: statistics.graphNodes, clauses: statistics.clauses, milliseconds });
  }
  return samples;
}

/** 3, 4, 5, 6, 7, 8, 10, 12, 15 …: each a quarter more than the one before; finally the EOT of the check. */
function steps(last: number): readonly number[] {
  const found: number[] = [];
  for (let eot = Math.min(3, last); eot < last; eot += Math.max(1, Math.floor(eot / 4))) found.push(eot);
  return [...found, last];
}

/** A build by instant, from 0, as far as there is time: what there was when the instant was complete. */
interface Curve {
  /** Graph nodes. */
  readonly sizes: readonly number[];
  /** Tuples of this instant and of all before it. */
  readonly tuples: readonly number[];
}

function builtFor(setting: Setting, options: CheckOptions, upTo: number): Curve {
  const { program, budget, maxTuples, memory, mostResults, specification } = setting;
  const watchdog = new Watchdog(options);
  const sizes: number[] = [];
  const tuples: number[] = [];
  const kept = new Set(excludedBy(specification));
  const all = buildAllSchedules(
    program,
    budget,
    { maxTuples, keepAll: false, kept, memory, mostResults },
    (instant, tuplesNow, nodes) => {
      sizes[instant - 1] ??= nodes;
      tuples[instant - 1] ??= tuplesNow;
      return instant > upTo || watchdog.elapsed > enough ? stopped("timeout", "enough is built") : watchdog.poll();
    },
  );
  if (all.kind === "built") {
    sizes[budget.eot] = all.graph.size;
    tuples[budget.eot] = all.tuples;
  }
  return { sizes, tuples };
}

function withoutFaults(setting: Setting): Setting {
  const { nodes, eot } = setting.budget;
  return { ...setting, budget: budgetOf(nodes, eot, 0, { omissions: 0 }) };
}

/**
 * The size of a lineage at a later instant: the geometric mean of what its own curve says (`inTime`) and of a power of the tuples of the run
 * without faults, which is known to the end. That run shows where a protocol begins and where it is done, whereas the curve alone goes on as
 * it was; but it does not show what only faults bring about. The power is that of the later part of the curve, at least that of equal
 * annotations and at most that of annotations that grow as the tuples do. Both by instant, from 0.
 */
export function continued(sizes: readonly number[], tuplesWithoutFaults: readonly number[], to: number): number {
  const last = sizes.length - 1;
  const early = laterPartOf(last);
  const [from, known, end] = [early, last, to].map((t) => tuplesWithoutFaults[t]);
  const size = inTime(sizes, to);
  if (last < 3 || from === undefined || known === undefined || end === undefined) return Math.round(size);
  const [y, z] = [sizes[early] ?? 0, sizes[last] ?? 0];
  const power = from < known ? exponent(y, z, from + 1, known + 1, [1, 2]) : 1;
  return Math.round(Math.sqrt(size * z * ((end + 1) / (known + 1)) ** power));
}

/** Where the part of a curve begins that shows how it goes on. */
function laterPartOf(last: number): number {
  return Math.max(1, Math.round(0.6 * last));
}

/**
 * The geometric mean of two extrapolations, of the size itself and of what an instant adds. Each is a power of the instant, with the exponent
 * of the later part of the curve. Protocols whose interesting part begins later grow more.
 */
function inTime(sizes: readonly number[], to: number): number {
  const last = sizes.length - 1;
  const at = (t: number): number => sizes[Math.max(0, t)] ?? 0;
  const early = laterPartOf(last);
  if (last < 3 || early >= last) return at(last);
  const whole = at(last) * (to / last) ** exponent(at(early), at(last), early, last);
  const width = Math.max(1, Math.round(last / 4));
  const [before, after] = [at(last - width) - at(last - 2 * width), at(last) - at(last - width)].map((n) => n / width);
  const middle = last - (width - 1) / 2;
  const power = exponent(before ?? 0, after ?? 0, Math.max(1, middle - width), middle);
  let added = at(last);
  for (let t = last + 1; t <= to; t++) added += (after ?? 0) * (t / middle) ** power;
  return Math.sqrt(whole * added);
}

/** The exponent of the power of x that leads from one point to another, within bounds. */
function exponent(y: number, z: number, from: number, to: number, [least, most] = [-1, 6]): number {
  return Math.min(most, Math.max(least, Math.log((z + 1) / (y + 1)) / Math.log(to / from)));
}

/**
 * Extrapolates the time of the largest sample with a lineage by a power of its nodes. The exponent is that of the samples for which the
 * solver was asked, if it was for the largest: the first questions take time that growth does not explain. While these are hardly apart,
 * it is the mean of theirs and that of all.
 */
function timeFor(nodes: number, samples: readonly Sample[], eot: number): number | undefined {
  const built = samples.filter((sample) => sample.nodes > 0);
  const last = built.at(-1);
  if (last === undefined || samples.at(-1)?.eot === eot) return samples.at(-1)?.milliseconds;
  const asked = last.clauses > 0 ? built.filter(({ clauses }) => clauses > 0) : [];
  const [ofAll, ofAsked] = [timeExponent(built), asked.length > 1 ? timeExponent(asked) : undefined];
  const areApart = last.nodes >= APART * (asked[0]?.nodes ?? last.nodes);
  const power = ofAsked === undefined ? ofAll : areApart ? ofAsked : (ofAll + ofAsked) / 2;
  return last.milliseconds * Math.max(1, nodes / last.nodes) ** power;
}

/** By what factor samples differ in nodes that show how the time grows. */
const APART = 1.5;

/** The power of the nodes by which the time grows to that of the last of these samples, from one of a quarter of its nodes or more. */
function timeExponent(samples: readonly Sample[]): number {
  const last = samples.at(-1);
  if (last === undefined) return 1;
  const early = samples.find((sample) => 4 * sample.nodes >= last.nodes && sample !== last) ?? samples.at(-2);
  const growth = early === undefined ? 0 : Math.log(last.nodes / early.nodes);
  if (early === undefined || growth <= 0) return 1;
  return Math.min(2, Math.max(1, Math.log(last.milliseconds / early.milliseconds) / growth));
}
