import type { ReferenceFault, ReferenceSchedule } from "./schedules.js";
import { isAbsence, isCut, kinds, showFault } from "./schedules.js";
import type { ReferenceBudget } from "./space.js";
import { boundOf } from "./space.js";

/** Which bound of the tables and of the prose a schedule breaks; undefined if it is one of the budget's. */
export function broken(schedule: ReferenceSchedule, budget: ReferenceBudget): string | undefined {
  const ofFaults = schedule.map((fault) => brokenBy(fault, budget)).find((problem) => problem !== undefined);
  if (ofFaults !== undefined) return ofFaults;
  for (const [i, fault] of schedule.entries()) {
    const clash = schedule
      .slice(0, i)
      .map((other) => clashOf(other, fault))
      .find((problem) => problem !== undefined);
    if (clash !== undefined) return clash;
  }
  // "At most K of each"; "at most K faults in all".
  const many = kinds.find((kind) => schedule.filter((f) => f.kind === kind).length > boundOf(budget, kind));
  if (many !== undefined) return `more of ${many} than ${boundOf(budget, many)}`;
  const { maxFaults } = budget;
  return maxFaults !== undefined && schedule.length > maxFaults ? `more than ${maxFaults} faults` : undefined;
}

function brokenBy(fault: ReferenceFault, budget: ReferenceBudget): string | undefined {
  const { nodes, eot, eff, lateness = 1, spare = [] } = budget;
  const early = Math.min(eff, eot);
  const unless = (fine: boolean, bound: string): string | undefined =>
    fine ? undefined : `${showFault(fault)}: ${bound}`;
  const named = namedBy(fault);
  const stranger = named.find((node) => !nodes.includes(node));
  if (stranger !== undefined) return unless(false, `${stranger} is not a node`);
  const spared = isCut(fault) ? undefined : named.find((node) => spare.includes(node));
  if (spared !== undefined) return unless(false, `${spared} is spared`);
  switch (fault.kind) {
    case "crash":
      return unless(1 <= fault.at && fault.at <= eot, "1 ≤ t ≤ EOT");
    case "restart":
    case "pause":
      return unless(2 <= fault.at && fault.at < fault.until && fault.until <= early, "2 ≤ t < u ≤ min(EFF, EOT)");
    case "partition":
    case "partial-partition":
    case "one-way-partition": {
      const isPartial = new Set(named).size < nodes.length;
      return (
        unless(
          fault.a.length > 0 && fault.b.length > 0 && new Set(named).size === named.length,
          "disjoint, not empty",
        ) ??
        unless(isPartial === (fault.kind === "partial-partition"), "together all nodes, or not") ??
        unless(1 <= fault.at && fault.at <= fault.until && fault.until < early, "1 ≤ t ≤ u < min(EFF, EOT)")
      );
    }
    case "omission":
      return (
        unless(fault.from !== fault.to, "F ≠ T") ??
        unless(1 <= fault.at && fault.at < eff && fault.at <= eot, "1 ≤ t < EFF")
      );
    case "delay":
    case "duplicate": {
      const { at, arrives } = fault;
      return (
        unless(fault.from !== fault.to, "F ≠ T") ??
        unless(1 <= at && at < early, "1 ≤ t < min(EFF, EOT)") ??
        unless(at + 2 <= arrives && arrives <= Math.min(eff, eot + 1), "t + 2 ≤ u ≤ min(EFF, EOT + 1)") ??
        unless(arrives <= at + 1 + lateness, "u ≤ t + 1 + L") ??
        unless(fault.kind === "delay" || arrives <= eot, "u ≤ EOT")
      );
    }
  }
}

function namedBy(fault: ReferenceFault): readonly string[] {
  if (isCut(fault)) return [...fault.a, ...fault.b];
  return "node" in fault ? [fault.node] : [fault.from, fault.to];
}

/** What two faults may not be together. */
function clashOf(a: ReferenceFault, b: ReferenceFault): string | undefined {
  const clash = (bound: string): string => `${showFault(a)}, ${showFault(b)}: ${bound}`;
  if (showFault(a) === showFault(b)) return clash("twice the same");
  if ("from" in a && "from" in b) {
    const isOneMessage = a.from === b.from && a.to === b.to && a.at === b.at;
    return isOneMessage ? clash("at most one of omission, delay, duplicate") : undefined;
  }
  if (!("node" in a) || !("node" in b) || a.node !== b.node) return undefined;
  if (a.kind === "crash" && b.kind === "crash") return clash("a node crashes at most once");
  if (isAbsence(a) && isAbsence(b))
    return a.at > b.until || b.at > a.until ? undefined : clash("disjoint, with an instant between them");
  const [absence, crash] = isAbsence(a) ? [a, b] : [b, a];
  return isAbsence(absence) && absence.until <= crash.at
    ? undefined
    : clash("all its absences end at or before its crash");
}
