import { parse } from "../properties/loading.js";
import { broken } from "./admissible.js";
import { evaluateProgram } from "./evaluate.js";
import { giveInputs } from "./inputs.js";
import { readSchedule } from "./notation.js";
import { collect } from "./program.js";
import { anything } from "./space.js";

export interface Around {
  readonly nodes?: readonly string[];
  readonly eot?: number;
  /** In the notation, and admissible. */
  readonly schedule?: string;
  /** As of `--input`. */
  readonly inputs?: readonly string[];
}

/** What holds, as lines `relation t: tuple tuple …`; of the named relations only. Or the error. */
export function model(text: string, relations: string, around: Around = {}): readonly string[] | string {
  const { nodes = ["a", "b"], eot = 1 } = around;
  const program = collect([parse(text)]);
  const schedule = readSchedule(around.schedule ?? "", nodes);
  const problem = broken(schedule, anything(nodes, eot));
  if (problem !== undefined) throw new Error(problem);
  const inputs = giveInputs(program.inputs, around.inputs ?? []);
  const run = evaluateProgram(program, { nodes, eot, schedule, inputs });
  if (run.kind === "error") return `${run.problem} at ${run.instant}`;
  if (run.kind === "too-large") return "too large";
  return relations.split(" ").flatMap((relation) =>
    run.instants.map((instant, i) => {
      const tuples = [...(instant.get(relation)?.values() ?? [])].map((t) => t.join(",")).sort();
      return [`${relation} ${i + 1}:`, ...tuples].join(" ");
    }),
  );
}

/** The same in one line, of the instants at which something holds: `got 2: b,hi  got 3: b,hi`. */
export function held(text: string, relations: string, around: Around = {}): string {
  const lines = model(text, relations, around);
  return typeof lines === "string" ? lines : lines.filter((line) => !line.endsWith(":")).join("  ");
}
