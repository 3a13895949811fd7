import type { Execution, TupleAt } from "../execution/execution.js";
import { formatSchedule } from "../faults/notation.js";
import type { Schedule } from "../faults/schedule.js";
import type { Derivation, Provenance } from "../lineage/derivations.js";
import { runWithProvenance } from "../lineage/provenance.js";
import type { Memory } from "../program/memory.js";

/** A run with provenance. */
export interface Traced {
  readonly execution: Execution;
  readonly provenance: Provenance;
}

/** The runs with provenance of one program with the same bounds and inputs: each schedule is run once, on first use. */
export class TracedRuns {
  private readonly known = new Map<string, { readonly run: Traced | undefined }>();

  constructor(
    private readonly bounds: Pick<Execution, "program" | "nodes" | "eot" | "inputs">,
    private readonly memory: Memory,
    private readonly maxTuples?: number,
  ) {}

  /** `undefined` if the program fails in evaluation under this schedule. */
  of(schedule: Schedule): Traced | undefined {
    const key = formatSchedule(schedule);
    const known = this.known.get(key) ?? { run: this.trace(schedule) };
    this.known.set(key, known);
    return known.run;
  }

  private trace(schedule: Schedule): Traced | undefined {
    const { bounds, memory, maxTuples } = this;
    const { program, nodes, eot, inputs } = bounds;
    const result = runWithProvenance(program, { nodes, eot, inputs, memory, schedule, maxTuples });
    return result.kind === "run"
      ? { execution: result.execution, provenance: remembering(result.provenance) }
      : undefined;
  }
}

/** Explanations visit the same tuples repeatedly, so each is read from the record once. */
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
