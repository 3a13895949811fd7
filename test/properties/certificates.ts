import type { Fault } from "../../src/faults/kinds.js";
import { formatSchedule } from "../../src/faults/notation.js";
import type { Schedule } from "../../src/faults/schedule.js";
import { schedule } from "../../src/faults/schedule.js";
import { check } from "../../src/search/check.js";
import { dpll, readDimacs } from "../reference/dpll.js";
import { evaluateProgram } from "../reference/evaluate.js";
import { witnessesOf } from "../reference/specification.js";
import type { Property, Subject } from "./subject.js";
import { failed, passed, skipped } from "./subject.js";

export const certificates: Property = {
  name: "dimacs",
  claim: "another solver comes to the same verdict from the CNF, and its models are schedules that violate",
  check: (subject) => {
    // With an odd name the table of variables is not read back here.
    if (subject.budget.nodes.some((node) => !/^\w+$/.test(node))) return skipped("odd names");
    const texts: string[] = [];
    const result = check(subject.setting, { onDimacs: (text) => texts.push(text) });
    const [text] = texts;
    if (text === undefined) return skipped("no question");
    const { clauses, names } = readDimacs(text);
    if (clauses.length > 1500) return skipped("too large");
    const model = dpll(clauses, 300);
    if (model === undefined) return skipped("too hard");
    const holds = result.kind === "verdict" && result.verdict.kind === "holds";
    if (holds !== (model === "unsatisfiable"))
      return failed(
        `the verdict is ${holds ? "holds" : "not holds"}; the CNF is ${model === "unsatisfiable" ? model : "satisfiable"}`,
      );
    if (model === "unsatisfiable") return passed(model);
    const faults = scheduleOf(model, names);
    const problem = problemWith(subject, faults);
    return problem === undefined
      ? passed("satisfiable")
      : failed(`a model is no counterexample: ${problem}; under ${formatSchedule(faults)}`);
  },
};

function scheduleOf(model: ReadonlySet<number>, names: ReadonlyMap<number, string>): Schedule {
  const faults: Fault[] = [];
  for (const [variable, name] of names) {
    if (!model.has(variable)) continue;
    const [, kind, first = "", second = "", third = ""] = /^(\w+)\((\w+),(\w+)(?:,(\w+))?\)$/.exec(name) ?? [];
    if (kind === "down") faults.push({ kind: "crash", node: first, at: Number(second) });
    if (kind === "omit") faults.push({ kind: "omission", from: first, to: second, at: Number(third) });
  }
  return schedule(faults);
}

function problemWith(subject: Subject, faults: Schedule): string | undefined {
  const { reference, budget, specification } = subject;
  if (faults.filter((f) => f.kind === "crash").length > budget.crashes) return "too many crashes";
  const failureFree = evaluateProgram(reference, { ...budget, schedule: [] });
  const run = evaluateProgram(reference, { ...budget, schedule: faults });
  if (run.kind !== "model" || failureFree.kind !== "model") return undefined;
  return witnessesOf(specification, run.instants, failureFree.instants).length > 0 ? undefined : "the run is correct";
}
