import type { Program } from "../../program/program.js";
import type { GivenUp, Progress, RelationGrowth } from "../../search/verdict.js";
import { enumerate } from "../../wording/lists.js";
import { count } from "../../wording/numbers.js";
import { relationName } from "./tuples.js";

/** What a search was doing when it was stopped, as the end of a sentence. */
export function phaseInWords(progress: Progress): string {
  switch (progress.kind) {
    case "running":
      return `while execution ${progress.known.executions + 1} was run`;
    case "building":
      return `while instant ${progress.instant} of ${progress.eot} was built, after ${count(progress.tuples, "tuple")} and ${count(progress.nodes, "graph node")}`;
    case "encoding":
      return `while clauses were made of ${count(progress.nodes, "graph node")}`;
    case "solving": {
      if (progress.isViolated) return "while the solver looked for fewer faults";
      const most = progress.atMost === undefined ? "" : ` with at most ${count(progress.atMost, "fault")}`;
      const clauses = progress.clauses === undefined ? "" : ` in ${count(progress.clauses, "clause")}`;
      const after = progress.proof === undefined ? "" : `, after ${count(progress.proof.conflicts, "conflict")}`;
      return `while the solver looked for a violation${most}${clauses}${after}`;
    }
    case "found":
      return "while the schedule that was found was run";
    default: {
      const never: never = progress;
      return never;
    }
  }
}

/** Why the lineage over all schedules was abandoned. */
export function givenUpInWords({ detail, at }: GivenUp, program: Program | undefined): string {
  const rule = at === undefined ? undefined : program?.rules[at.rule];
  if (at === undefined || rule === undefined || program === undefined) return detail;
  return `${detail}, in a rule for ${relationName(program, rule.head.relation)} at instant ${at.instant}`;
}

/** How many relations are listed. */
const most = 8;

/** Where the graph's nodes come from, a line for each relation. */
export function growthInWords(growth: readonly RelationGrowth[], program: Program): readonly string[] {
  const lines = growth.slice(0, most).map(({ relation, nodes, tuples, columns }) => {
    const vary = columns.map(({ column, values }) => `${values} values in column ${column}`);
    const at = tuples === 0 ? "" : `; ${count(tuples, "uncertain tuple")} at the end`;
    return `${relationName(program, relation)}: ${count(nodes, "node")}${at}${vary.length === 0 ? "" : `, ${enumerate(vary)}`}`;
  });
  return growth.length > most ? [...lines, `and ${count(growth.length - most, "relation")} more`] : lines;
}
