import type { Progress } from "../../search/verdict.js";
import { count, formatBig, inGroups } from "../../wording/numbers.js";

/** The phase of a search, for the live line. */
export function progressLine(progress: Progress): string {
  const { known } = progress;
  switch (progress.kind) {
    case "running":
      return `running execution ${known.executions + 1}${known.givenUp === undefined ? "" : ` · lineage abandoned: ${known.givenUp.detail}`}`;
    case "building":
      return `building instant ${progress.instant} of ${progress.eot} · ${count(progress.tuples, "tuple")}, ${count(progress.nodes, "graph node")}`;
    case "encoding":
      return `making clauses of ${count(progress.nodes, "graph node")}`;
    case "solving": {
      const space = known.space === undefined ? "" : ` among ${formatBig(known.space)} schedules`;
      const proof =
        progress.proof === undefined
          ? ""
          : ` · ${count(progress.proof.conflicts, "conflict")}, ${inGroups(progress.proof.perSecond)} a second`;
      const clauses = progress.clauses === undefined ? proof : ` · ${count(progress.clauses, "clause")}${proof}`;
      if (progress.atMost === undefined) return `looking for a violation${space}${clauses}`;
      if (progress.isViolated)
        return `violated; looking for the fewest faults, ${count((known.ruledOut ?? -1) + 1, "fault")} or more${clauses}`;
      const ruledOut =
        known.ruledOut === undefined || known.ruledOut === 0
          ? ""
          : ` · fewer than ${count(known.ruledOut + 1, "fault")} ruled out`;
      return `looking for a violation with at most ${count(progress.atMost, "fault")}${ruledOut}${clauses}`;
    }
    case "found":
      return `found one with ${count(progress.schedule.length, "fault")}, running it`;
    default: {
      const never: never = progress;
      return never;
    }
  }
}
