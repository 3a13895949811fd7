import type { Execution } from "../../src/execution/execution.js";
import { run } from "../../src/execution/run.js";
import type { Schedule } from "../../src/faults/schedule.js";
import { inferNodes } from "../../src/program/nodes.js";
import { programOf } from "../program/programs.js";

export interface Setup {
  readonly eot?: number;
  readonly nodes?: readonly string[];
  readonly schedule?: Schedule;
  readonly maxTuples?: number;
}

/** The run of a text, which must come to its end. */
export function runOf(text: string, setup: Setup = {}): Execution {
  const result = resultOf(text, setup);
  if (typeof result === "string") throw new Error(result);
  return result;
}

/** The run of a text; or its error in a few words: kind, relation, instant, binding. */
export function resultOf(text: string, { eot = 3, nodes, schedule = [], maxTuples }: Setup = {}): Execution | string {
  const program = programOf(text);
  const result = run(program, { nodes: nodes ?? inferNodes(program, eot), eot, schedule, maxTuples });
  if (result.kind === "run") return result.execution;
  if (result.kind === "stopped") return result.detail;
  const { kind, relation, instant, binding } = result.error;
  const values = binding.map((b) => `${b.variable}=${b.value}`).join(" ");
  return `${kind} in ${program.relations[relation]?.name ?? "?"} at ${instant}${values === "" ? "" : ` with ${values}`}`;
}

/** The tuples of a relation at an instant, each as its columns with commas between. */
export function tuplesOf(execution: Execution, relation: string, instant: number): readonly string[] {
  const id = execution.program.relationByName.get(relation);
  return id === undefined ? [] : execution.tuples(id, instant).map((args) => args.join());
}

/** The same at every instant. */
export function historyOf(execution: Execution, relation: string): readonly (readonly string[])[] {
  return Array.from({ length: execution.eot }, (_, i) => tuplesOf(execution, relation, i + 1));
}
