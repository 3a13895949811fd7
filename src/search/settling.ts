import type { Execution } from "../execution/execution.js";
import { run } from "../execution/run.js";
import type { Stopped } from "../execution/stopped.js";
import { stopped } from "../execution/stopped.js";
import { noFaults } from "../faults/schedule.js";
import { relationsOf } from "../program/demands.js";
import type { Program, RelationId } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import type { Search } from "./search.js";
import type { AdequacyWarning } from "./verdict.js";

/** The number of instants after EOT for which a program is run to see when its outcome settles. */
const SETTLING = 30;
/** A relation that does not change during the last this many instants of that run has settled. */
const REST = 5;
/** The limit on the work of that run, in units of some thousand bindings or tuples of one instant. */
const MOST_WORK = 24;

/**
 * Warns if a relation on which the specification depends still changes at EOT in the failure-free run, and settles later. A relation
 * that never settles is a clock, for which a larger EOT would not help.
 */
export function unsettled(search: Search): readonly AdequacyWarning[] {
  const { program, specification, budget } = search.setting;
  const { eot } = budget;
  const moving = supporting(program, specification).filter((relation) => changes(search.failureFree, relation, eot));
  if (moving.length === 0) return [];
  const end = eot + SETTLING;
  const longer = failureFreeUntil(end, search);
  if (longer === undefined) return [];
  const settling = moving.flatMap((relation) => {
    let last = end;
    while (last > eot && !changes(longer, relation, last)) last--;
    return last > end - REST ? [] : [{ relation, settledAt: last + 1 }];
  });
  if (settling.length === 0) return [];
  return [
    {
      kind: "unsettled",
      relations: settling.map((s) => s.relation),
      settledAt: Math.max(...settling.map((s) => s.settledAt)),
    },
  ];
}

/** The failure-free run up to a later EOT; `undefined` if it fails or exceeds the limit on work. */
function failureFreeUntil(eot: number, search: Search): Execution | undefined {
  const { program, budget, maxTuples } = search.setting;
  let work = 0;
  let current = 0;
  const tick = (instant: number): Stopped | undefined => {
    if (instant === current && ++work > MOST_WORK) return stopped("max-runs", "the limit on work for a warning");
    current = instant;
    return search.watchdog.poll();
  };
  // The verdict is known already, so a limit here only suppresses the warning.
  const result = run(program, { nodes: budget.nodes, eot, schedule: noFaults, maxTuples, tick });
  return result.kind === "run" ? result.execution : undefined;
}

function changes(execution: Execution, relation: RelationId, instant: number): boolean {
  if (instant <= 1) return false;
  const now = execution.tuples(relation, instant);
  const before = execution.tuples(relation, instant - 1);
  return now.length !== before.length || now.some((args) => !execution.has(relation, instant - 1, args));
}

/** The relations of the specification and those from which they are derived, by rules of any timing. */
function supporting(program: Program, specification: Specification): readonly RelationId[] {
  const found = new Set<RelationId>(relationsOf(specification));
  for (let grew = true; grew; ) {
    const before = found.size;
    for (const rule of program.rules) {
      if (!found.has(rule.head.relation)) continue;
      for (const literal of rule.body)
        if (literal.kind !== "comparison" && literal.instant === undefined) found.add(literal.relation);
    }
    grew = found.size > before;
  }
  return [...found].sort((a, b) => a - b);
}
