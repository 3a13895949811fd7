import { evaluateProgram, tuplesAt } from "../../reference/evaluate.js";
import { survey } from "../../reference/exhaustive.js";
import { showFact } from "../../reference/facts.js";
import { factsOf, giveInputs, possibleFacts } from "../../reference/inputs.js";
import type { ReferenceProgram } from "../../reference/program.js";
import { collect } from "../../reference/program.js";
import type { ReferenceFault } from "../../reference/schedules.js";
import { countSchedules } from "../../reference/space.js";
import { specificationOf } from "../../reference/specification.js";
import { parse } from "../loading.js";
import type { CheckQuestion, Engine, Names } from "./engine.js";

/** How an engine misunderstands what it is told. */
export interface Misreading {
  readonly text?: (text: string) => string;
  /** What a fault is taken for; undefined where it is overlooked. */
  readonly fault?: (fault: ReferenceFault) => ReferenceFault | undefined;
}

/** The reference evaluator as an engine; with a misreading, a broken one. */
export function referenceEngine({ text = (t) => t, fault }: Misreading = {}): Engine {
  const programOf = (source: string): ReferenceProgram => collect([parse(text(source))]);
  const evaluate: typeof evaluateProgram = (program, setting) => {
    const schedule = setting.schedule.flatMap((f) => (fault === undefined ? f : (fault(f) ?? [])));
    return evaluateProgram(program, { ...setting, schedule });
  };
  const surveyOf = (question: CheckQuestion): ReturnType<typeof survey> => {
    const program = programOf(question.text);
    return survey(program, specificationFor(program, question), question.budget, fault === undefined, evaluate);
  };
  return {
    check: (question) => {
      const found = surveyOf(question);
      if (found.kind === "too-large") return { kind: "undecided", reason: found.kind };
      if (found.kind === "error") return { kind: "error" };
      if (found.first === undefined) return { kind: found.erring.length > 0 ? "error" : "holds" };
      const { schedule, inputs } = found.first;
      return { kind: "violated", schedule, inputs: factsOf(inputs).map(showFact) };
    },
    minimal: (question) => {
      const found = surveyOf(question);
      return found.kind === "complete" ? found.minimal : undefined;
    },
    space: (question) => BigInt(countSchedules(question.budget, programOf(question.text).inputs)),
    run: ({ text: source, nodes, eot, schedule, inputs, ...names }) => {
      const program = programOf(source);
      const { roles } = specificationFor(program, names);
      const offered = possibleFacts(program.inputs).map(showFact);
      const given = giveInputs(
        program.inputs,
        inputs.filter((fact) => offered.includes(fact)),
      );
      const run = evaluate(program, { nodes, eot, schedule, inputs: given, roles });
      switch (run.kind) {
        case "too-large":
          return { kind: "undecided", reason: run.kind };
        case "error":
          return { kind: "error", instant: run.instant };
        case "model":
          return { kind: "model", tuples: (relation, t) => [...tuplesAt(run.instants, relation, t).values()] };
      }
    },
    graph: () => undefined,
  };
}

function specificationFor(program: ReferenceProgram, { pre, post, never }: Names): ReturnType<typeof specificationOf> {
  return specificationOf(program, pre, post, never);
}
