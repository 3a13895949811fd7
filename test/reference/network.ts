import type { Absence, Cut, ReferenceSchedule } from "./schedules.js";
import { isAbsence, isCut } from "./schedules.js";
import type { Value } from "./values.js";

/** "N is *away* at the instants t … u − 1": the absence by which a place is away, if it is. */
export function absenceAt(schedule: ReferenceSchedule, place: Value | undefined, instant: number): Absence | undefined {
  return schedule.filter(isAbsence).find((f) => f.node === place && f.at <= instant && instant < f.until);
}

/** "A message from F to T sent at t arrives at a set of instants": all that leaves node `from` for node `to` at `sent`. */
export function arrivals(schedule: ReferenceSchedule, from: string, to: string, sent: number): readonly number[] {
  // "∅ … if F is away at t". "An absence does [touch a node's message to itself]: it arrives at t + 1."
  if (absenceAt(schedule, from, sent) !== undefined) return [];
  // "No omission, delay, duplicate, cut or crash touches a node's message to itself."
  if (from === to) return [sent + 1];
  // "∅ … if a cut separates F from T at t, if F has crashed at or before t"
  if (schedule.some((f) => f.kind === "crash" && f.node === from && f.at <= sent)) return [];
  if (schedule.some((f) => isCut(f) && f.at <= sent && sent <= f.until && separates(f, from, to))) return [];
  for (const f of schedule) {
    // "A channel has at most one of omission, delay, duplicate at an instant."
    if (f.kind !== "omission" && f.kind !== "delay" && f.kind !== "duplicate") continue;
    if (f.from !== from || f.to !== to || f.at !== sent) continue;
    if (f.kind === "omission") return [];
    return f.kind === "delay" ? [f.arrives] : [sent + 1, f.arrives];
  }
  return [sent + 1];
}

/** "Messages from A to B and from B to A", or one way: "only messages from A to B are lost". */
function separates({ kind, a, b }: Cut, from: string, to: string): boolean {
  const forth = a.includes(from) && b.includes(to);
  const back = b.includes(from) && a.includes(to);
  return forth || (back && kind !== "one-way-partition");
}
