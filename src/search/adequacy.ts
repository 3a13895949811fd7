import type { Execution } from "../execution/execution.js";
import { run } from "../execution/run.js";
import type { Stopped } from "../execution/stopped.js";
import { stopped } from "../execution/stopped.js";
import type { Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import { lastOmission } from "../faults/channel-faults.js";
import type { Fault, FaultKind } from "../faults/kinds.js";
import { faultKinds, kindOf } from "../faults/kinds.js";
import { noFaults } from "../faults/schedule.js";
import type { FaultVariable } from "../faults/variables.js";
import type { AllSchedules } from "../lineage/all-schedules.js";
import type { FaultGraph } from "../lineage/fault-graph.js";
import { comparesWithFailureFree, excludedBy, promisesOf, promising, relationsOf } from "../program/demands.js";
import type { Program, RelationId } from "../program/program.js";
import { possibleFacts } from "../program/program.js";
import { waitsForRestart } from "../program/restart.js";
import type { Specification } from "../program/specification.js";
import type { Query } from "../solving/queries.js";
import { hypothesesOn, query } from "../solving/queries.js";
import type { Search } from "./search.js";
import { isPromising } from "./search.js";
import type { AdequacyWarning } from "./verdict.js";

/** How much longer than EOT a program is run to see when its outcome settles. */
const SETTLING = 30;
/** What has not changed for so many instants at the end of that run has settled. */
const REST = 5;
/** How much work that run may be, in units of some thousand bindings or tuples of one instant. */
const MOST_WORK = 24;

/** Everything that makes a `holds` say less than it seems to. */
export function adequacy(search: Search, all: AllSchedules, bad: readonly Annotation[]): readonly AdequacyWarning[] {
  return [
    ...vacuities(search, all),
    ...outOfReach(search, all),
    ...unsettled(search),
    ...nothingToLose(all),
    ...kindsWithoutEffect(all, bad),
    ...buildWarnings(search.setting.program, all),
  ];
}

/** What the lineage over all schedules shows of the program, whatever the verdict. */
export function buildWarnings(program: Program, all: AllSchedules): readonly AdequacyWarning[] {
  const waits = all.graph.variables.budget.restarts > 0 ? undefined : waitsForRestart(program);
  const never = program.rules.flatMap((rule) =>
    all.canFire[rule.id] === true || waits?.(rule) === true ? [] : [rule.id],
  );
  const rules: readonly AdequacyWarning[] = never.length === 0 ? [] : [{ kind: "rule-never-fires", rules: never }];
  return [...rules, ...all.undeliverable.map((message) => ({ kind: "message-to-non-node" as const, ...message }))];
}

/** Nothing is promised under any schedule; or nothing where there is a fault, though something is without. */
function vacuities(search: Search, all: AllSchedules): readonly AdequacyWarning[] {
  const vacuous = vacuity(search, all);
  return vacuous.length > 0 ? vacuous : vacuityUnderFaults(search, all);
}

/**
 * Nothing is promised: `pre` is empty under every schedule of the budget, or the outcomes are in the failure-free run, which defines
 * them, under all inputs. A `pre` that holds something under faults alone is no empty promise. Of a program that cannot fail in evaluation
 * within the budget.
 */
export function vacuity(search: Search, all: AllSchedules, using: Query = query): readonly AdequacyWarning[] {
  if (search.promises) return [];
  const promises = promisesOf(search.setting.specification);
  const isPre = promises.some(({ kind }) => kind === "implied");
  const annotations = promises.map((promise) => somePromise(promising(promise), all)).filter((a) => a !== FALSE);
  if (annotations.length > 0 && isPossible(annotations, all, using, isPre ? Infinity : 0)) return [];
  return [hollow(search.setting.specification, isPre ? "every-schedule" : "failure-free")];
}

/** The same as far as the runs that were made show it: of every schedule, where a strategy runs all that differ. */
export function vacuityOfRuns(search: Search, complete: boolean): readonly AdequacyWarning[] {
  if (search.promises) return [];
  const { specification } = search.setting;
  const isPre = promisesOf(specification).some(({ kind }) => kind === "implied");
  return [hollow(specification, !isPre ? "failure-free" : complete ? "every-schedule" : "runs")];
}

/** The same of a run under one schedule, and of the failure-free run beside it. */
export function vacuityOfRun(
  specification: Specification,
  execution: Execution,
  failureFree: Execution,
): readonly AdequacyWarning[] {
  if (isPromising(specification, execution) || isPromising(specification, failureFree)) return [];
  return [hollow(specification, comparesWithFailureFree(specification) ? "failure-free" : "run")];
}

function hollow(
  specification: Specification,
  under: Extract<AdequacyWarning, { kind: "vacuous" }>["under"],
): AdequacyWarning {
  const promised = promisesOf(specification).map(promising);
  return { kind: "vacuous", relation: promised.length === 1 ? promised[0] : undefined, under };
}

/** Under which schedules a relation is not empty at EOT. */
function somePromise(relation: RelationId, all: AllSchedules): Annotation {
  const { graph } = all;
  return all
    .possible(relation, graph.variables.budget.eot)
    .reduce<Annotation>((any, { annotation }) => graph.or(any, annotation), FALSE);
}

/** Whether some schedule with at most so many faults makes one of the annotations true. Where a limit comes first, it is taken to. */
function isPossible(annotations: readonly Annotation[], { graph }: AllSchedules, using: Query, most: number): boolean {
  if (annotations.includes(TRUE)) return true;
  if (most > 0 && annotations.some((annotation) => survivesSome(graph, annotation))) return true;
  return using(
    graph,
    () => undefined,
    (hypotheses) => {
      hypotheses.requireSome(annotations);
      return most === Infinity ? hypotheses.any() !== false : hypotheses.smallest(most) !== undefined;
    },
  );
}

/** `pre` is there without faults, and empty under every schedule that has one. */
function vacuityUnderFaults(search: Search, all: AllSchedules): readonly AdequacyWarning[] {
  const { specification, budget } = search.setting;
  const { graph } = all;
  const [demand] = promisesOf(specification);
  if (demand?.kind !== "implied") return [];
  const pre = demand.antecedent;
  const some = somePromise(pre, all);
  if (some === TRUE || graph.variables.faults === 0 || survivesSome(graph, some)) return [];
  const hypotheses = hypothesesOn(graph);
  hypotheses.requireSome([some]);
  // A fault that `pre` does not depend on leaves the failure-free tuples where they are.
  const { size, crashes } = hypotheses.literals;
  const late = crashes.some(({ down }) => (down.at(-1)?.at ?? 0) < budget.eot);
  if (size < graph.variables.faults || late) return [];
  return hypotheses.anyWithFault() === false ? [{ kind: "vacuous-under-faults", relation: pre }] : [];
}

/**
 * What is excluded is derived by no rule under any schedule, and each of its rules has a positive atom of a relation that holds nothing under
 * any: no schedule comes near.
 */
function outOfReach({ setting }: Search, all: AllSchedules): readonly AdequacyWarning[] {
  const { program, specification, budget } = setting;
  const possible = new Set([
    ...possibleFacts(program).flatMap(({ relation, instant }) => (instant <= budget.eot ? [relation] : [])),
    ...program.rules.flatMap(({ id, head }) => (all.canFire[id] === true ? [head.relation] : [])),
  ]);
  const { variables } = all.graph;
  const nodes = [...budget.nodes.keys()];
  if (nodes.some((node) => variables.down(node, budget.eot) !== undefined)) possible.add(program.crash);
  if (program.restart !== undefined && nodes.some((node) => variables.restarting(node, 2) !== undefined))
    possible.add(program.restart);
  return excludedBy(specification)
    .filter((relation) => !possible.has(relation))
    .filter((relation) =>
      program.rules.every(
        ({ head, body }) =>
          head.relation !== relation ||
          body.some((literal) => literal.kind === "positive" && !possible.has(literal.relation)),
      ),
    )
    .map((relation) => ({ kind: "out-of-reach", relation }));
}

/** Whether some schedule with a single fault, the last of its kind, makes an annotation true: usually one does, and no solver is needed. */
function survivesSome(graph: FaultGraph, annotation: Annotation): boolean {
  const { budget } = graph.variables;
  const { nodes, eot } = budget;
  const at = lastOmission(budget);
  const crashes: readonly Fault[] = budget.crashes === 0 ? [] : nodes.map((node) => ({ kind: "crash", node, at: eot }));
  const omissions: readonly Fault[] =
    at === 0 ? [] : nodes.slice(1).map((to) => ({ kind: "omission", from: nodes[0] ?? "", to, at }));
  return [...omissions.slice(0, 2), ...crashes.slice(0, 2)].some((fault) => {
    const [holds] = graph.evaluate([annotation], graph.variables.assignment([fault]));
    return holds === true;
  });
}

/**
 * Something that the specification rests on still changes at EOT in the failure-free run, and comes to rest later. What
 * never comes to rest is a clock, and no reason to wait.
 */
function unsettled(search: Search): readonly AdequacyWarning[] {
  const { program, specification, budget } = search.setting;
  const { eot } = budget;
  const moving = supporting(program, specification).filter((relation) => changes(search.failureFree, relation, eot));
  if (moving.length === 0) return [];
  const end = eot + SETTLING;
  const longer = undisturbedUntil(end, search);
  if (longer === undefined) return [];
  const settling = moving.flatMap((relation) => {
    let last = end;
    while (last > eot && !changes(longer, relation, last)) last--;
    return last > end - REST ? [] : [{ relation, settledAt: last + 1 }];
  });
  if (settling.length === 0) return [];
  return [
    {
      kind: "unsettled",
      relations: settling.map((s) => s.relation),
      settledAt: Math.max(...settling.map((s) => s.settledAt)),
    },
  ];
}

/** The run without faults up to a later end of time; nothing if it errs, or is more work than a warning is worth. */
function undisturbedUntil(eot: number, search: Search): Execution | undefined {
  const { program, budget, maxTuples } = search.setting;
  let work = 0;
  let current = 0;
  const tick = (instant: number): Stopped | undefined => {
    if (instant === current && ++work > MOST_WORK) return stopped("max-runs", "more work than a warning is worth");
    current = instant;
    return search.watch.poll();
  };
  // The verdict is known: no limit takes it back.
  const result = run(program, { nodes: budget.nodes, eot, schedule: noFaults, maxTuples, tick });
  return result.kind === "run" ? result.execution : undefined;
}

function changes(execution: Execution, relation: RelationId, instant: number): boolean {
  if (instant <= 1) return false;
  const now = execution.tuples(relation, instant);
  const before = execution.tuples(relation, instant - 1);
  return now.length !== before.length || now.some((args) => !execution.has(relation, instant - 1, args));
}

/** The relations of the specification and those that they are derived from, by any kind of rule. */
function supporting(program: Program, specification: Specification): readonly RelationId[] {
  const found = new Set<RelationId>(relationsOf(specification));
  for (let grew = true; grew; ) {
    const before = found.size;
    for (const rule of program.rules) {
      if (!found.has(rule.head.relation)) continue;
      for (const literal of rule.body)
        if (literal.kind !== "comparison" && literal.instant === undefined) found.add(literal.relation);
    }
    grew = found.size > before;
  }
  return [...found].sort((a, b) => a - b);
}

/** No fault of the budget makes a difference anywhere: the lineage over all schedules mentions none. */
/** By kind of fault, of those that are asked for one by one: the variables by which it would make a difference. */
const variablesOf: { readonly [K in FaultKind]?: readonly FaultVariable["kind"][] } = {
  restart: ["restarting"],
  pause: ["pausing"],
  partition: ["severed"],
  "partial-partition": ["severed"],
  "one-way-partition": ["severed"],
  delay: ["late", "doubled"],
  duplicate: ["late", "doubled"],
};

/** Kinds of faults that are asked for, of which the violations mention no variable. */
function kindsWithoutEffect(all: AllSchedules, bad: readonly Annotation[]): readonly AdequacyWarning[] {
  const { graph } = all;
  const { variables } = graph;
  if (nothingToLose(all).length > 0) return [];
  const mentioned = new Set(graph.inputsOf(bad).map((id) => variables.variable(id).kind));
  const faults = faultKinds.filter((kind) => {
    const own = variablesOf[kind];
    if (own === undefined || variables.budget[kindOf(kind).bound] === 0) return false;
    return !own.some((variable) => mentioned.has(variable));
  });
  return faults.length === 0 ? [] : [{ kind: "kind-without-effect", faults }];
}

function nothingToLose({ graph }: AllSchedules): readonly AdequacyWarning[] {
  const { variables } = graph;
  return graph.mentions((id) => variables.variable(id).kind !== "input") ? [] : [{ kind: "nothing-to-lose" }];
}
