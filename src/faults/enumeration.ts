import { admits, admitsSchedule } from "./admission.js";
import type { Budget } from "./budget.js";
import { lastOf } from "./budget.js";
import type { ChannelFault } from "./channel-faults.js";
import { lastLateArrival, lastOmission, lastSecondArrival } from "./channel-faults.js";
import type { CutFault, CutKind } from "./cut-faults.js";
import { cutKinds, cutOf } from "./cut-faults.js";
import type { Fault, FaultKind } from "./kinds.js";
import { compareFaults, kindOf } from "./kinds.js";
import type { Absence, Crash } from "./node-faults.js";

/*
 * The faults of a budget one by one, for searches that try them. There can be very many, so they are generated.
 */

/** Every node fault and every cut of a budget, in the order of schedules. */
function nodeFaultsAndCuts(budget: Budget): readonly Fault[] {
  const faults: Fault[] = [
    ...crashes(budget),
    ...absences(budget),
    ...cutKinds.flatMap((kind) => [...cuts(budget, kind)]),
  ];
  return faults.filter((fault) => admits(budget, fault)).sort(compareFaults);
}

/** Every admissible set of exactly `count` node faults and cuts, each in the order of schedules. */
export function* setsOfNodeFaultsAndCuts(budget: Budget, count: number): Generator<readonly Fault[]> {
  const faults = nodeFaultsAndCuts(budget);
  const extend = function* (chosen: readonly Fault[], from: number): Generator<readonly Fault[]> {
    if (chosen.length === count) {
      yield chosen;
      return;
    }
    for (let i = from; i < faults.length; i++) {
      const fault = faults[i];
      if (fault === undefined) continue;
      const more = [...chosen, fault];
      if (admitsSchedule(budget, more)) yield* extend(more, i + 1);
    }
  };
  yield* extend([], 0);
}

/** An upper bound on the number of node faults and cuts in a schedule. */
export function mostNodeFaultsAndCuts(budget: Budget): number {
  const faults = nodeFaultsAndCuts(budget);
  const most = [...new Set(faults.map(({ kind }) => kind))].reduce((n, kind) => n + budget[kindOf(kind).bound], 0);
  return Math.min(most, faults.length, budget.maxFaults);
}

/** Every fault of the channel from one node to another at an instant, in the order of schedules. */
export function faultsOfMessage(budget: Budget, from: string, to: string, at: number): readonly ChannelFault[] {
  const faults: ChannelFault[] = [{ kind: "omission", from, to, at }];
  for (let arrives = at + 2; arrives <= Math.min(lastLateArrival(budget), at + 1 + budget.lateness); arrives++)
    faults.push({ kind: "delay", from, to, at, arrives });
  for (let arrives = at + 2; arrives <= Math.min(lastSecondArrival(budget), at + 1 + budget.lateness); arrives++)
    faults.push({ kind: "duplicate", from, to, at, arrives });
  return faults.filter((fault) => admits(budget, fault));
}

/** Every fault of a kind that some schedule of the budget has. */
export function* faultsOfKind(budget: Budget, kind: FaultKind): Generator<Fault> {
  if (budget[kindOf(kind).bound] === 0) return;
  if (kind !== "omission" && kind !== "delay" && kind !== "duplicate") {
    for (const fault of nodeFaultsAndCuts(budget)) if (fault.kind === kind) yield fault;
    return;
  }
  const last = Math.max(lastOmission(budget), lastOf(budget));
  for (const from of budget.nodes) {
    for (const to of budget.nodes) {
      for (let at = 1; at <= last && from !== to; at++)
        for (const fault of faultsOfMessage(budget, from, to, at)) if (fault.kind === kind) yield fault;
    }
  }
}

function* crashes({ nodes, eot, crashes: most }: Budget): Generator<Crash> {
  if (most === 0) return;
  for (const node of nodes) for (let at = eot; at >= 1; at--) yield { kind: "crash", node, at };
}

function* absences(budget: Budget): Generator<Absence> {
  const back = lastOf(budget) + 1;
  for (const kind of ["restart", "pause"] as const) {
    if (budget[kindOf(kind).bound] === 0) continue;
    for (const node of budget.nodes)
      for (let at = 2; at < back; at++)
        for (let until = at + 1; until <= back; until++) yield { kind, node, at, until };
  }
}

function* cuts(budget: Budget, kind: CutKind): Generator<CutFault> {
  if (budget[kindOf(kind).bound] === 0) return;
  const last = lastOf(budget);
  const seen = new Set<string>();
  for (const { a, b } of sides(budget.nodes, kind)) {
    const key = JSON.stringify(cutOf(kind, a, b, 1, 1));
    if (seen.has(key)) continue;
    seen.add(key);
    for (let at = 1; at <= last; at++)
      for (let until = at; until <= last; until++) yield cutOf(kind, a, b, at, until) as CutFault;
  }
}

/** The pairs of non-empty disjoint sides: of all nodes, or for a partial cut with some nodes left out. */
function* sides(
  nodes: readonly string[],
  kind: CutKind,
): Generator<{ readonly a: readonly string[]; readonly b: readonly string[] }> {
  const places = kind === "partial-partition" ? 3 : 2;
  for (let code = 0; code < places ** nodes.length; code++) {
    const on = (side: number): readonly string[] =>
      nodes.filter((_, i) => Math.floor(code / places ** i) % places === side);
    const [a, b] = [on(0), on(1)];
    if (a.length > 0 && b.length > 0 && (places === 2 || a.length + b.length < nodes.length)) yield { a, b };
  }
}
