import { runRecorded } from "../../src/execution/run.js";
import { formatSchedule } from "../../src/faults/notation.js";
import type { Schedule } from "../../src/faults/schedule.js";
import { Explainer } from "../../src/lineage/explanations.js";
import { FaultGraph } from "../../src/lineage/fault-graph.js";
import { RunView } from "../../src/lineage/run-view.js";
import type { CheckOptions } from "../../src/search/check.js";
import { check } from "../../src/search/check.js";
import type { CheckResult } from "../../src/search/verdict.js";
import { evaluateProgram, tuplesAt } from "../reference/evaluate.js";
import type { Survey } from "../reference/exhaustive.js";
import { inReportOrder } from "../reference/order.js";
import { showSchedule } from "../reference/schedules.js";
import { allSchedules } from "../reference/space.js";
import type { DraftLiteral, DraftStatement } from "./draft.js";
import { constant, variable, wildcard } from "./draft.js";
import { engineSchedule } from "./engine-schedule.js";
import type { Random } from "./random.js";
import type { Property, Subject } from "./subject.js";
import { failed, passed, skipped, subjectOf } from "./subject.js";

/** So many runs `random` is allowed. */
const FEW_RUNS = 30;

/** Every way to ask, and whether its answer is exact. */
const ways: readonly { readonly name: string; readonly options: CheckOptions; readonly exact: boolean }[] = (
  ["lineage", "exhaustive", "alternate", "random"] as const
).flatMap((strategy) =>
  [false, true].map((all) => ({
    name: `${strategy}${all ? " --all" : ""}`,
    options: { strategy, all, ...(strategy === "random" ? { maxRuns: FEW_RUNS, seed: 1 } : {}) },
    exact: strategy !== "random",
  })),
);

export const errors: Property = {
  name: "errors",
  claim: "a violation comes before an error, which stands beside it: the same one whatever the strategy",
  check: (original, random) => {
    const subject = fragile(original, random);
    if (subject === undefined) return skipped("no place for a division");
    const truth = subject.truth();
    if (truth.kind === "too-large") return skipped("too large");
    const expected = inWords(truth);
    for (const { name, options, exact } of ways) {
      const result = check(subject.setting, options);
      const found = resultInWords(result);
      if (exact ? found !== expected : !isPossible(result, truth))
        return failed(`${name}: ${found}; expected ${expected}`);
    }
    return passed(expected.replaceAll(/ (\{\}|((crash|omit)\([^)]*\) ?)+)/g, ""));
  },
};

export const explanationsOfErrors: Property = {
  name: "explained errors",
  claim:
    "the explanation of a run that ends in an error covers its own schedule, and none whose run goes on to its end",
  check: (original, random) => {
    const subject = fragile(original, random);
    if (subject === undefined) return skipped("no place for a division");
    const truth = subject.truth();
    if (truth.kind !== "complete" || truth.erring.length === 0) return skipped("no error");
    const erring = new Set(truth.erring.map(showSchedule));
    const { program, setting, budget } = subject;
    const covered: number[] = [];
    for (const schedule of random.shuffled(truth.erring).slice(0, 4).map(engineSchedule)) {
      const run = runRecorded(program, { ...budget, schedule }, undefined);
      if (run.kind !== "error") return failed(`the run goes on to its end, under ${formatSchedule(schedule)}`);
      const graph = new FaultGraph(setting.budget);
      const explainer = new Explainer(new RunView(program, run.timeline, run.values), run.execution, graph);
      const phi = explainer.failure(run.error);
      const covers = (other: Schedule): boolean => graph.evaluate([phi], graph.variables.assignment(other))[0] === true;
      if (!covers(schedule)) return failed(`does not cover its own schedule: ${formatSchedule(schedule)}`);
      const all = [...allSchedules(budget)].map(engineSchedule).filter(covers);
      const wrong = all.find((other) => !erring.has(showSchedule(other)));
      if (wrong !== undefined)
        return failed(`covers too much: the run under ${formatSchedule(schedule)} explains ${showSchedule(wrong)}`);
      covered.push(all.length);
    }
    return passed(covered.some((n) => n > 1) ? "covers more than itself" : "covers itself");
  },
};

/** The verdict that the schedules come to, run one by one: the counterexample before the error, and the first of each. */
function inWords(truth: Exclude<Survey, { kind: "too-large" }>): string {
  if (truth.kind === "error") return "error {}";
  const [violation] = truth.minimal;
  const [error] = [...truth.erring].sort(inReportOrder);
  if (violation?.length === 0) return "violated {}";
  const beside = error === undefined ? "" : `error ${showSchedule(error)}`;
  if (violation === undefined) return beside === "" ? "holds" : beside;
  return `violated ${showSchedule(violation)}${beside === "" ? "" : `, ${beside}`}`;
}

function resultInWords(result: CheckResult): string {
  if (result.kind === "error")
    return `error ${showSchedule(result.error.schedule)}${result.undecided === undefined ? "" : ", undecided"}`;
  const { verdict } = result;
  if (verdict.kind !== "violated") return verdict.kind;
  const { error, counterexample } = verdict;
  return `violated ${showSchedule(counterexample.schedule)}${error === undefined ? "" : `, error ${showSchedule(error.schedule)}`}`;
}

/** Whether a search that does not look at every schedule may say this. */
function isPossible(result: CheckResult, truth: Exclude<Survey, { kind: "too-large" }>): boolean {
  if (truth.kind === "error") return result.kind === "error" && result.error.schedule.length === 0;
  const violating = truth.violating.map(showSchedule);
  const erring = truth.erring.map(showSchedule);
  if (result.kind === "error")
    return result.undecided !== undefined && erring.includes(showSchedule(result.error.schedule));
  const { verdict } = result;
  if (verdict.kind === "inconclusive") return !violating.includes("{}");
  if (verdict.kind === "holds" || !violating.includes(showSchedule(verdict.counterexample.schedule))) return false;
  const [first] = [...truth.erring].sort(inReportOrder);
  const expected = first === undefined || violating.includes("{}") ? undefined : showSchedule(first);
  const found = verdict.error && showSchedule(verdict.error.schedule);
  // The last run that was allowed found the violation: what was met has to do.
  if (verdict.statistics.executions >= FEW_RUNS) return found === undefined || erring.includes(found);
  return found === expected;
}

/** The program with arithmetic besides that fails depending on what holds at a node: mostly it does not without faults. */
function fragile(original: Subject, random: Random): Subject | undefined {
  const { draft } = original.case;
  const run = evaluateProgram(original.reference, { ...original.budget, schedule: [] });
  const relations = original.program.relations.filter((r) => r.id !== original.program.crash);
  if (run.kind !== "model" || original.budget.nodes.length === 0) return undefined;
  const added: DraftStatement[] = [];
  const count = random.integer(1, 2);
  for (let i = 0; i < count; i++) {
    const relation = random.pick(relations);
    const node = random.pick(original.budget.nodes);
    const at = random.integer(1, original.budget.eot);
    const there = [...tuplesAt(run.instants, relation.name, at).values()].some(([place]) => place === node);
    const usual = random.chance(0.9);
    const atom = {
      relation: relation.name,
      args: Array.from({ length: relation.arity }, (_, c) => (c === 0 ? variable("N") : wildcard)),
    };
    const condition: DraftLiteral = { kind: there === usual ? "negated" : "positive", atom };
    added.push(...(random.chance(0.75) ? division(i, node, at, condition, random) : overflow(i, node, at, condition)));
  }
  const found = subjectOf({ ...original.case, draft: { statements: [...draft.statements, ...added] } });
  return "refused" in found ? undefined : found;
}

function division(
  i: number,
  node: string,
  at: number,
  condition: DraftLiteral,
  random: Random,
): readonly DraftStatement[] {
  const quotient = { kind: "arithmetic", operator: "/", left: constant(1), right: variable("Z") } as const;
  const zero = { kind: "positive", atom: { relation: `zero${i}`, args: [variable("N"), variable("Z")] } } as const;
  const inBody = random.chance(0.3);
  return [
    { kind: "fact", relation: `zero${i}`, args: [node, 0], at },
    {
      kind: "rule",
      timing: random.pick(["now", "now", "next"]),
      head: { relation: `quotient${i}`, args: [variable("N"), inBody ? constant(1) : quotient] },
      body: [
        zero,
        condition,
        ...(inBody ? [{ kind: "comparison", operator: ">", left: quotient, right: constant(0) } as const] : []),
      ],
    },
  ];
}

/** A sum that leaves the exact integers by one member that comes and goes. */
function overflow(i: number, node: string, at: number, condition: DraftLiteral): readonly DraftStatement[] {
  const atom = (relation: string, value: string): DraftLiteral => ({
    kind: "positive",
    atom: { relation, args: [variable("N"), variable(value)] },
  });
  return [
    { kind: "fact", relation: `huge${i}`, args: [node, Number.MAX_SAFE_INTEGER], at },
    {
      kind: "rule",
      timing: "now",
      head: { relation: `member${i}`, args: [variable("N"), variable("X")] },
      body: [atom(`huge${i}`, "X")],
    },
    {
      kind: "rule",
      timing: "now",
      head: { relation: `member${i}`, args: [variable("N"), constant(5)] },
      body: [atom(`huge${i}`, "_X"), condition],
    },
    {
      kind: "rule",
      timing: "now",
      head: { relation: `total${i}`, args: [variable("N"), { kind: "aggregate", function: "sum", variable: "X" }] },
      body: [atom(`member${i}`, "X")],
    },
  ];
}
