import type { Stopped } from "../execution/stopped.js";
import { stopped } from "../execution/stopped.js";
import { admitsSchedule } from "../faults/admission.js";
import type { Budget } from "../faults/budget.js";
import { openNodes } from "../faults/budget.js";
import { lastOmission, omission, omissionOf } from "../faults/channel-faults.js";
import { faultsOfKind } from "../faults/enumeration.js";
import type { InputLine, Inputs } from "../faults/inputs.js";
import type { Fault, FaultKind } from "../faults/kinds.js";
import { faultKinds, kindOf } from "../faults/kinds.js";
import { crash, crashOf } from "../faults/node-faults.js";
import type { Schedule } from "../faults/schedule.js";
import { schedule } from "../faults/schedule.js";
import { inputLines } from "../program/program.js";
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

/**
 * A random schedule of the budget. Every schedule has a positive probability; they are equally likely if the only faults are unbounded
 * omissions and crashes.
 */
export function randomSchedule(budget: Budget, random: () => number): Schedule {
  const faults: Fault[] = [
    ...(budget.omissions === Infinity ? anyOmissions(budget, random) : []),
    ...someCrashes(budget, random),
  ];
  const wanted = faultKinds
    .filter((kind) => isDrawnSingly(budget, kind))
    .flatMap((kind) => someOf(budget, kind, random));
  for (const fault of wanted) if (admitsSchedule(budget, schedule([...faults, fault]))) faults.push(fault);
  while (faults.length > budget.maxFaults) faults.splice(Math.floor(random() * faults.length), 1);
  return schedule(faults);
}

/** Random inputs: the choices of each line are equally likely. */
function randomInputs(lines: readonly InputLine[], random: () => number): Inputs {
  return lines.map(({ kind, alternatives }) => {
    const choice = Math.floor(random() * (kind === "maybe" ? 2 : alternatives));
    return kind === "maybe" ? (choice === 0 ? undefined : 0) : choice;
  });
}

/** Whether faults of a kind are drawn one by one, after their number. */
function isDrawnSingly(budget: Budget, kind: FaultKind): boolean {
  if (kind === crash.kind || (kind === omission.kind && budget.omissions === Infinity)) return false;
  return budget[kindOf(kind).bound] > 0;
}

/** A random number of random faults of a kind, within its bound; some can exclude each other. */
function someOf(budget: Budget, kind: FaultKind, random: () => number): readonly Fault[] {
  const all = [...faultsOfKind(budget, kind)];
  const most = Math.min(budget[kindOf(kind).bound], all.length);
  const count = Math.floor(random() * (most + 1));
  return Array.from({ length: count }, () => all.splice(Math.floor(random() * all.length), 1)).flat();
}

/** Each omission of the budget with probability one half. */
function anyOmissions(budget: Budget, random: () => number): readonly Fault[] {
  const faults: Fault[] = [];
  const open = openNodes(budget);
  for (const from of open) {
    for (const to of open) {
      if (from === to) continue;
      for (let at = 1; at <= lastOmission(budget); at++) if (random() < 0.5) faults.push(omissionOf({ from, to, at }));
    }
  }
  return faults;
}

function someCrashes(budget: Budget, random: () => number): readonly Fault[] {
  const alive = [...openNodes(budget)];
  const count = crashCount({ ...budget, nodes: alive }, random());
  const faults: Fault[] = [];
  for (let i = 0; i < count; i++) {
    const [node] = alive.splice(Math.floor(random() * alive.length), 1);
    if (node !== undefined) faults.push(crashOf(node, 1 + Math.floor(random() * budget.eot)));
  }
  return faults;
}

/**
 * The number of crashes in a uniformly drawn schedule, given a random number in [0, 1). There are n!/(k! (n − k)!) · EOT^k ways for k of n
 * nodes to crash. These numbers can exceed a double, so they are scaled by the largest of them.
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
 * Removes faults one by one while the rest still violates, so that no single fault of the result can be removed. Each violation is kept
 * when it is found. A smaller schedule whose run ends in an error does not count as a violation.
 */
function shrink(search: Search, found: Counterexample): ViolatedOutcome | Stopped {
  let best = keep(search, found);
  for (let i = 0; i < best.counterexamples[0].schedule.length; ) {
    const fewer = search.runTrial(
      best.counterexamples[0].schedule.filter((_, j) => j !== i),
      best.counterexamples[0].execution.inputs,
    );
    if (fewer.kind === "stopped") return fewer;
    if (fewer.kind === "run" && violates(fewer)) best = keep(search, fewer);
    else i++;
  }
  return best;
}

/**
 * Runs random schedules, from a seed, until one violates or the limit on executions is reached. A violation is shrunk, but not claimed
 * to be smallest. Never returns `holds`.
 */
export function randomSearch(search: Search): Outcome | Stopped {
  const random = randomNumbers(search.options.seed);
  const lines = inputLines(search.setting.program);
  const runs = search.options.maxRuns ?? DEFAULT_RUNS;
  while (search.known.executions < runs) {
    const inputs = randomInputs(lines, random);
    const found = search.runTrial(randomSchedule(search.setting.budget, random), inputs);
    if (found.kind === "stopped") return found;
    if (found.kind === "run" && violates(found) && search.isSound(inputs)) return shrink(search, found);
  }
  return stopped("max-runs", `${runs} executions found no violation, and random schedules prove nothing`);
}
