import { run } from "../../../src/execution/run.js";
import type { Bounds } from "../../../src/faults/budget.js";
import { sizeOfSpace } from "../../../src/faults/space.js";
import { buildAllSchedules } from "../../../src/lineage/all-schedules.js";
import { memoryOf } from "../../../src/program/memory.js";
import type { Program } from "../../../src/program/program.js";
import { inputLines } from "../../../src/program/program.js";
import type { CheckOptions } from "../../../src/search/check.js";
import { check, prepare } from "../../../src/search/check.js";
import type { Setting } from "../../../src/search/search.js";
import type { CheckResult } from "../../../src/search/verdict.js";
import type { Query } from "../../../src/solving/queries.js";
import { showFact } from "../../reference/facts.js";
import type { ReferenceBudget } from "../../reference/space.js";
import { engineSchedule } from "../engine-schedule.js";
import { loadText } from "../loading.js";
import type { CheckAnswer, CheckQuestion, Engine, RunAnswer, RunQuestion } from "./engine.js";

/** The checker of src behind the interface that the properties of faults know; `using`: what answers the questions about its lineage. */
export function checkerEngine(load: (text: string) => Program = loadOrThrow, using?: Query): Engine {
  const resultOf = (question: CheckQuestion, more: CheckOptions): CheckResult =>
    check(settingOf(load, question), { ...optionsOf(question), ...more }, using);
  return {
    check: (question, strategy) => {
      const more = strategy === undefined ? {} : { strategy, maxRuns: strategy === "random" ? 40 : 3000 };
      return answerOf(resultOf(question, more));
    },
    minimal: (question) => {
      const result = resultOf(question, { all: true });
      if (result.kind === "error") return [];
      const { verdict } = result;
      if (verdict.kind === "holds") return [];
      if (verdict.kind !== "violated" || verdict.minimal?.complete !== true) return undefined;
      return verdict.minimal.counterexamples.map(({ schedule }) => schedule);
    },
    space: (question) => {
      const { program, budget } = settingOf(load, question);
      return sizeOfSpace(budget, inputLines(program));
    },
    run: (question) => runAnswer(load(question.text), question),
    graph: (question) => graphOf(settingOf(load, question)),
  };
}

function loadOrThrow(text: string): Program {
  const loaded = loadText(text);
  if ("refused" in loaded) throw new Error(`${loaded.refused} in\n${text}`);
  return loaded.program;
}

function settingOf(load: (text: string) => Program, question: CheckQuestion): Setting {
  const { setting, diagnostics } = prepare(load(question.text), optionsOf(question));
  if (setting === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
  return setting;
}

function optionsOf({ budget, pre, post, never }: CheckQuestion): CheckOptions {
  return { ...numericBudget(budget), pre, post, ...{ never } };
}

/** The same budget with Infinity for `any`. */
export function numericBudget(budget: ReferenceBudget): CheckOptions & Bounds {
  return Object.fromEntries(
    Object.entries(budget).map(([bound, value]) => [bound, value === "any" ? Number.POSITIVE_INFINITY : value]),
  );
}

function answerOf(result: CheckResult): CheckAnswer {
  if (result.kind === "error") return { kind: "error" };
  const { verdict } = result;
  switch (verdict.kind) {
    case "holds":
      return { kind: "holds" };
    case "inconclusive":
      return { kind: "undecided", reason: verdict.detail };
    case "violated": {
      const { schedule, execution } = verdict.counterexample;
      const inputs = execution.inputs.flatMap((choice, line) =>
        choice === undefined ? [] : factsOf(execution.program, line).slice(choice, choice + 1),
      );
      return { kind: "violated", schedule, inputs };
    }
  }
}

/** The lineage over all schedules: its nodes, in the order in which they were made, and what each tuple's annotation is. */
function graphOf({ program, budget, maxTuples, memory }: Setting): string | undefined {
  const all = buildAllSchedules(program, budget, { maxTuples, keepAll: true, memory });
  if (all.kind !== "built") return undefined;
  const { graph } = all;
  const nodes = Array.from({ length: graph.size - 1 }, (_, i) => {
    const node = i + 1;
    return graph.isInput(node)
      ? `input ${graph.variables.name(graph.variableOf(node))}`
      : `${graph.leftOf(node)} ${graph.rightOf(node)}`;
  });
  const tuples = program.relations.flatMap(({ id, name }) =>
    Array.from({ length: budget.eot }, (_, t) => t + 1).flatMap((t) =>
      all.possible(id, t).map(({ args, annotation }) => `${name}(${args.join()})@${t} ${annotation}`),
    ),
  );
  return [...nodes, ...tuples, `failing ${all.failing}`].join("\n");
}

/** The facts that a line of inputs offers, as text. */
function factsOf(program: Program, line: number): readonly string[] {
  return (program.inputs[line]?.facts ?? []).map(({ relation, args, instant }) =>
    showFact({ relation: program.relations[relation]?.name ?? "?", tuple: args, instant }),
  );
}

function runAnswer(program: Program, question: RunQuestion): RunAnswer {
  const { nodes, eot, schedule, inputs, pre = "pre", post = "post", never = "never" } = question;
  const memory = memoryOf(
    program,
    [pre, post, never].flatMap((name) => program.relationByName.get(name) ?? []),
  );
  const chosen = program.inputs.map(({ kind }, line) => {
    const index = factsOf(program, line).findIndex((fact) => inputs.includes(fact));
    return index >= 0 ? index : kind === "maybe" ? undefined : 0;
  });
  const result = run(program, { nodes, eot, schedule: engineSchedule(schedule), inputs: chosen, memory });
  switch (result.kind) {
    case "stopped":
      return { kind: "undecided", reason: result.detail };
    case "error":
      return { kind: "error", instant: result.error.instant };
    case "run": {
      const { execution } = result;
      return {
        kind: "model",
        tuples: (name, t) => {
          const relation = program.relationByName.get(name);
          return relation === undefined ? [] : execution.tuples(relation, t);
        },
      };
    }
  }
}
