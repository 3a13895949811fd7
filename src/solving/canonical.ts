import type { Fault } from "../faults/kinds.js";
import type { Schedule } from "../faults/schedule.js";
import type { FaultLiterals } from "./fault-literals.js";
import type { SatLiteral } from "./solver.js";

/** A solver under a bound on the faults: whether there is a model with these literals too, and what it says. */
export interface BoundedSolver {
  solve(assumptions: readonly SatLiteral[]): boolean;
  /** In the last model. */
  isTrue(literal: SatLiteral): boolean;
  /** A literal that implies some of these. */
  someOf(literals: readonly SatLiteral[]): SatLiteral;
}

/**
 * The first schedule with exactly `size` faults, where none with fewer exists and the last call of the solver gave a
 * model: fault by fault, crashes before omissions, a crash by node and the later the better, an omission
 * by sender, receiver and time. Each choice asks only for what would come before the present model's.
 */
export function canonicalSchedule(solver: BoundedSolver, literals: FaultLiterals, size: number): Schedule {
  const fixed: SatLiteral[] = [];
  const chosen: Fault[] = [];
  /** Makes the last model one that satisfies what is fixed, and these; false if there is none. */
  const model = (...more: readonly SatLiteral[]): boolean =>
    [...fixed, ...more].every((l) => solver.isTrue(l)) || solver.solve([...fixed, ...more]);

  for (const { node, crashes, down } of literals.crashes) {
    if (chosen.length === size) return chosen;
    if (!model(crashes)) continue;
    fixed.push(crashes);
    // Binary search: that a node can crash at some instant or later is monotone in the instant.
    let latest = down.findIndex((d) => solver.isTrue(d.variable));
    for (let end = down.length; latest + 1 < end; ) {
      const middle = (latest + end) >> 1;
      const before = down[middle - 1];
      if (before !== undefined && model(-before.variable)) latest = down.findIndex((d) => solver.isTrue(d.variable));
      else end = middle;
    }
    const [before, at] = [down[latest - 1], down[latest]];
    if (at === undefined) throw new Error("a node crashes at no instant, and so one fault would be too many");
    fixed.push(at.variable);
    if (before !== undefined) fixed.push(-before.variable);
    chosen.push({ kind: "crash", node, at: at.at });
  }

  const { omissions } = literals;
  for (let from = 0; chosen.length < size; ) {
    model();
    const firstTrue = (): number => omissions.findIndex((o, i) => i >= from && solver.isTrue(o.variable));
    let first = firstTrue();
    while (first > from && model(solver.someOf(omissions.slice(from, first).map((o) => o.variable))))
      first = firstTrue();
    const omission = omissions[first];
    if (omission === undefined) throw new Error("a model has fewer faults than there can be");
    fixed.push(omission.variable);
    chosen.push(omission.fault);
    from = first + 1;
  }
  return chosen;
}
