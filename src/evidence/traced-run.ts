import type { Execution, TupleAt } from "../execution/execution.js";
import type { Derivation, Provenance } from "../lineage/derivations.js";
import { runWithProvenance } from "../lineage/provenance.js";
import type { Traced } from "./difference.js";

/** What has to be known to run a schedule. */
export type Bounds = Pick<Execution, "program" | "nodes" | "eot" | "schedule">;

/**
 * Runs a schedule with lineage, to be asked often: an explanation walks over the same tuples again and again, and
 * each is read from the record once. `undefined` if the program fails in evaluation.
 */
export function tracedRun({ program, nodes, eot, schedule }: Bounds, maxTuples?: number): Traced | undefined {
  const result = runWithProvenance(program, { nodes, eot, schedule, maxTuples });
  return result.kind === "error"
    ? undefined
    : { execution: result.execution, provenance: remembering(result.provenance) };
}

function remembering(provenance: Provenance): Provenance {
  const known = new Map<string, readonly Derivation[]>();
  return {
    derivationsOf(tuple: TupleAt): readonly Derivation[] {
      const key = JSON.stringify([tuple.relation, tuple.instant, tuple.args]);
      const found = known.get(key) ?? provenance.derivationsOf(tuple);
      known.set(key, found);
      return found;
    },
  };
}
