import type { Execution, TupleAt } from "../execution/execution.js";
import type { Fault } from "../faults/kinds.js";
import type { Schedule } from "../faults/schedule.js";
import { dependents } from "../program/dependents.js";
import type { RelationId } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import type { Witness } from "../search/verdict.js";
import { witnessesOf } from "../search/witnesses.js";
import type { Traced, TracedRuns } from "./traced-run.js";

/** The counterexample's schedule without one fault: shows what the fault is needed for. */
export interface Neighbour {
  /** The fault that is left out. */
  readonly without: Fault;
  readonly schedule: Schedule;
  readonly run: Traced;
  /** Empty when the run is correct; never so when the schedule is a smallest counterexample. */
  readonly witnesses: readonly Witness[];
  /** Absent if the two runs have the same tuples at every instant. */
  readonly parting?: Parting;
}

/** The first instant at which two runs differ, and a tuple that only one of them has. */
export interface Parting {
  readonly tuple: TupleAt;
  readonly heldBy: "neighbour" | "failing";
  /** Further tuples that differ at the same instant. */
  readonly others: number;
}

/** The run that differs from a failing one by lacking one of its faults; `undefined` if the program fails in evaluation there. */
export function neighbourOf(
  without: Fault,
  failing: Execution,
  specification: Specification,
  failureFree: Execution,
  runs: TracedRuns,
): Neighbour | undefined {
  const schedule = failing.schedule.filter((fault) => fault !== without);
  const run = runs.of(schedule);
  if (run === undefined) return undefined;
  const parting = partingOf(run.execution, failing, without);
  const witnesses = witnessesOf(specification, run.execution, () => failureFree);
  return { without, schedule, run, witnesses, ...(parting === undefined ? {} : { parting }) };
}

/**
 * The first difference between two runs, of which only the failing one has a fault. Up to its instant a fault can change nothing but the
 * relations that read `crash`, which holds at every instant, even before the crash: they differ from the start and are uninformative, and
 * are considered only if nothing else differs.
 */
function partingOf(neighbour: Execution, failing: Execution, { at }: Fault): Parting | undefined {
  const { program } = failing;
  const foreseeing = dependents(program, program.crash);
  const ids = program.relations.map(({ id }) => id).filter((id) => id !== program.crash);
  const groups = [
    { relations: ids.filter((id) => !foreseeing.has(id)), from: at },
    { relations: ids.filter((id) => foreseeing.has(id)), from: 1 },
  ];
  for (const { relations, from } of groups) {
    for (let instant = from; instant <= failing.eot; instant++) {
      const found = relations.flatMap((relation) => [
        ...only(neighbour, failing, relation, instant).map((tuple) => ({ tuple, heldBy: "neighbour" as const })),
        ...only(failing, neighbour, relation, instant).map((tuple) => ({ tuple, heldBy: "failing" as const })),
      ]);
      const arrived = found.find(({ tuple, heldBy }) => heldBy === "neighbour" && isMessage(neighbour, tuple));
      const first = arrived ?? found[0];
      if (first !== undefined) return { ...first, others: found.length - 1 };
    }
  }
  return undefined;
}

function only(having: Execution, lacking: Execution, relation: RelationId, instant: number): readonly TupleAt[] {
  const tuples = having.tuples(relation, instant);
  return tuples.filter((args) => !lacking.has(relation, instant, args)).map((args) => ({ relation, instant, args }));
}

function isMessage(execution: Execution, tuple: TupleAt): boolean {
  return execution
    .messages()
    .some(
      (m) =>
        m.relation === tuple.relation &&
        m.arrivals.includes(tuple.instant) &&
        m.from !== m.to &&
        m.args.every((value, i) => value === tuple.args[i]),
    );
}
