import type { Budget } from "../faults/budget.js";
import { lastOmission } from "../faults/channel-faults.js";
import type { Fault } from "../faults/kinds.js";
import type { Schedule } from "../faults/schedule.js";
import { schedule } from "../faults/schedule.js";
import { Stopped } from "./limits.js";
import type { Outcome, Search, ViolatedOutcome } from "./search.js";
import { violates } from "./search.js";
import type { Counterexample } from "./verdict.js";

const DEFAULT_RUNS = 1000;

/** A generator of numbers in [0, 1) from a seed (splitmix32: Steele, Lea, Flood, OOPSLA 2014, at 32 bits). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** A schedule drawn uniformly from all of the budget. */
export function randomSchedule(budget: Budget, random: () => number): Schedule {
  const { nodes, eot } = budget;
  const faults: Fault[] = [];
  for (const from of nodes) {
    for (const to of nodes) {
      if (from === to) continue;
      for (let at = 1; at <= lastOmission(budget); at++)
        if (random() < 0.5) faults.push({ kind: "omission", from, to, at });
    }
  }
  const count = crashCount(budget, random());
  const alive = [...nodes];
  for (let i = 0; i < count; i++) {
    const [node] = alive.splice(Math.floor(random() * alive.length), 1);
    if (node !== undefined) faults.push({ kind: "crash", node, at: 1 + Math.floor(random() * eot) });
  }
  return schedule(faults);
}

/**
 * How many nodes crash in a schedule drawn uniformly, for a number drawn from [0, 1): k of n do in n!/(k! (n − k)!) · EOT^k
 * ways. These are powers far beyond a double where many may crash, so they are compared to the greatest of them.
 */
function crashCount({ nodes, eot, crashes }: Budget, drawn: number): number {
  const logarithms = [0];
  for (let k = 1; k <= Math.min(crashes, nodes.length); k++)
    logarithms.push((logarithms[k - 1] as number) + Math.log(((nodes.length - k + 1) * eot) / k));
  const greatest = Math.max(...logarithms);
  const weights = logarithms.map((logarithm) => Math.exp(logarithm - greatest));
  let pick = drawn * weights.reduce((a, b) => a + b, 0);
  let count = 0;
  while (count < weights.length - 1 && pick >= (weights[count] as number)) pick -= weights[count++] as number;
  return count;
}

function keep(search: Search, found: Counterexample): ViolatedOutcome {
  const rest = { smallest: false, complete: false, warnings: [] };
  return search.keep({ kind: "violated", method: "random", counterexamples: [found], ...rest });
}

/**
 * Drops faults one by one as long as the rest still violates: no single fault of the result can be spared. What violates is kept as it is
 * found; a smaller schedule that makes the program fail is not it.
 */
function shrink(search: Search, found: Counterexample): ViolatedOutcome {
  let best = keep(search, found);
  for (let i = 0; i < best.counterexamples[0].schedule.length; ) {
    const fewer = search.tryOut(best.counterexamples[0].schedule.filter((_, j) => j !== i));
    if (fewer.kind === "run" && violates(fewer)) best = keep(search, fewer);
    else i++;
  }
  return best;
}

/**
 * Schedules drawn uniformly, from a seed, until one violates or the limit on executions is reached. A violation is
 * shrunk, so that it can be read; that it is smallest is not claimed. Never says `holds`.
 */
export function randomSearch(search: Search): Outcome {
  const random = randomNumbers(search.options.seed);
  const runs = search.options.maxRuns ?? DEFAULT_RUNS;
  while (search.known.executions < runs) {
    const found = search.tryOut(randomSchedule(search.setting.budget, random));
    if (found.kind === "run" && violates(found)) return shrink(search, found);
  }
  throw new Stopped("max-runs", `${runs} executions found no violation, and random schedules prove nothing`);
}
