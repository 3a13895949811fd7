import type { Execution } from "../execution/execution.js";
import type { Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import { lastOmission, omission, omissionOf } from "../faults/channel-faults.js";
import type { Fault } from "../faults/kinds.js";
import { faultKinds, kindOf } from "../faults/kinds.js";
import { crash, crashOf } from "../faults/node-faults.js";
import type { AllSchedules } from "../lineage/all-schedules.js";
import type { FaultGraph } from "../lineage/fault-graph.js";
import { comparesWithFailureFree, exclusionsOf, promisesOf, promising, relationsOf } from "../program/demands.js";
import { protocolRelations } from "../program/lint/protocol.js";
import type { Program, RelationId } from "../program/program.js";
import { possibleFacts } from "../program/program.js";
import { waitsForRestart } from "../program/restart.js";
import type { Specification } from "../program/specification.js";
import { conditionsOf } from "../program/specification.js";
import type { Query } from "../solving/queries.js";
import { query } from "../solving/queries.js";
import { isPromising } from "./promising.js";
import type { ReachFinding } from "./reach-findings.js";
import type { Search } from "./search.js";
import { unsettled } from "./settling.js";
import type { AdequacyWarning, OnlyUnderFaults } from "./verdict.js";

/** The warnings that a `holds` may mean less than it seems to. */
export function adequacy(
  search: Search,
  all: AllSchedules,
  bad: readonly Annotation[],
  using: Query = query,
): readonly AdequacyWarning[] {
  return [
    ...vacuities(search, all, using),
    ...outOfReach(search, all),
    ...unsettled(search),
    ...nothingToLose(all),
    ...kindsWithoutEffect(all, bad),
    ...buildWarnings(search.setting.program, all, using),
    ...neverFilled(search, all),
  ];
}

/** The warnings that what `reach` lines name happens under no schedule. */
export function unreached(reach: readonly ReachFinding[]): readonly AdequacyWarning[] {
  return reach.flatMap((finding) =>
    finding.kind === "not-reached" ? [{ kind: finding.kind, reach: finding.reach }] : [],
  );
}

/**
 * Warns of relations of the protocol that no schedule fills: they have rules, none of which fires, and no fact or input up to EOT. Those with
 * a `reach` line are left to it.
 */
function neverFilled({ setting }: Search, all: AllSchedules): readonly AdequacyWarning[] {
  const { program, specification, budget } = setting;
  const stated = new Set(
    possibleFacts(program).flatMap(({ relation, instant }) => (instant <= budget.eot ? [relation] : [])),
  );
  const named = new Set([...relationsOf(specification), ...program.reaches.map(({ relation }) => relation)]);
  const protocol = protocolRelations(program, { nodes: budget.nodes });
  const waits = budget.restarts > 0 ? undefined : waitsForRestart(program);
  const relations = program.relations.flatMap(({ id }) => {
    if (stated.has(id) || named.has(id) || !protocol.has(id)) return [];
    const own = program.rules.filter(({ head }) => head.relation === id);
    const isEmpty = own.length > 0 && own.every((rule) => all.canFire[rule.id] !== true && waits?.(rule) !== true);
    return isEmpty ? [id] : [];
  });
  return relations.length === 0 ? [] : [{ kind: "relation-never-filled", relations }];
}

/** The relations and rules that the failure-free run leaves empty and idle, and some schedule does not. */
export function onlyUnderFaults({ failureFree, setting }: Search, all: AllSchedules): OnlyUnderFaults {
  const { program, budget } = setting;
  const firings = failureFree.firings();
  const rules = program.rules.flatMap(({ id }) => (all.canFire[id] === true && firings[id] === 0 ? [id] : []));
  const heads = new Set(rules.map((id) => program.rules[id]?.head.relation));
  const isEmpty = (relation: RelationId): boolean =>
    Array.from({ length: budget.eot }, (_, i) => i + 1).every((t) => failureFree.tuples(relation, t).length === 0);
  const relations = program.relations.flatMap(({ id }) => (heads.has(id) && isEmpty(id) ? [id] : []));
  return { relations, rules };
}

/** The warnings that follow from the lineage over all schedules, whatever the verdict. */
export function buildWarnings(program: Program, all: AllSchedules, using: Query = query): readonly AdequacyWarning[] {
  const waits = all.graph.variables.budget.restarts > 0 ? undefined : waitsForRestart(program);
  const never = program.rules.flatMap((rule) =>
    all.canFire[rule.id] === true || waits?.(rule) === true ? [] : [rule.id],
  );
  const rules: readonly AdequacyWarning[] = never.length === 0 ? [] : [{ kind: "rule-never-fires", rules: never }];
  const strays = all.undeliverable.flatMap(({ annotations, ...message }): readonly AdequacyWarning[] =>
    isPossible(annotations, all, using, Infinity) ? [{ kind: "message-to-non-node", ...message }] : [],
  );
  return [...rules, ...strays];
}

/** Warns of each promise by which nothing is promised under any schedule, or nothing under any schedule with a fault. */
function vacuities(search: Search, all: AllSchedules, using: Query): readonly AdequacyWarning[] {
  return conditionsOf(search.setting.specification).flatMap((named) => {
    const vacuous = vacuityOf(named, search, all, using);
    return vacuous.length > 0 ? vacuous : vacuityUnderFaults(named, search, all, using);
  });
}

type NamedCondition = ReturnType<typeof conditionsOf>[number];

/**
 * Warns of each promise by which nothing is promised: `pre` is empty under every schedule of the budget, or the outcomes are empty in the
 * failure-free run, which defines them, under all inputs. Precondition: evaluation does not fail under any schedule of the budget.
 */
export function vacuity(search: Search, all: AllSchedules, using: Query = query): readonly AdequacyWarning[] {
  return conditionsOf(search.setting.specification).flatMap((named) => vacuityOf(named, search, all, using));
}

function vacuityOf(
  named: NamedCondition,
  search: Search,
  all: AllSchedules,
  using: Query = query,
): readonly AdequacyWarning[] {
  if (search.hasPromised(named.promise)) return [];
  const promises = promisesOf(named.condition);
  const isPre = promises.some(({ kind }) => kind === "implied");
  const annotations = promises.map((promise) => somePromise(promising(promise), all)).filter((a) => a !== FALSE);
  if (annotations.length > 0 && isPossible(annotations, all, using, isPre ? Infinity : 0)) return [];
  return [vacuousWarning(named, isPre ? "every-schedule" : "failure-free")];
}

/** The warnings of `vacuity`, judged by the runs that were made; `complete` if they cover every schedule. */
export function vacuityOfRuns(search: Search, complete: boolean): readonly AdequacyWarning[] {
  return conditionsOf(search.setting.specification).flatMap((named) => {
    if (search.hasPromised(named.promise)) return [];
    const isPre = promisesOf(named.condition).some(({ kind }) => kind === "implied");
    return [vacuousWarning(named, !isPre ? "failure-free" : complete ? "every-schedule" : "runs")];
  });
}

/** The warnings of `vacuity`, judged by the run of one scenario and the failure-free run. */
export function vacuityOfRun(
  specification: Specification,
  execution: Execution,
  failureFree: Execution,
): readonly AdequacyWarning[] {
  return conditionsOf(specification).flatMap((named) => {
    const { condition } = named;
    if (isPromising(condition, execution) || isPromising(condition, failureFree)) return [];
    return [vacuousWarning(named, comparesWithFailureFree(condition) ? "failure-free" : "run")];
  });
}

function vacuousWarning(
  { promise, condition }: NamedCondition,
  under: Extract<AdequacyWarning, { kind: "vacuous" }>["under"],
): AdequacyWarning {
  const promised = promisesOf(condition).map(promising);
  return { kind: "vacuous", relation: promised.length === 1 ? promised[0] : undefined, under, promise };
}

/** The schedules under which a relation is not empty at EOT. */
function somePromise(relation: RelationId, all: AllSchedules): Annotation {
  const { graph } = all;
  return all
    .possible(relation, graph.variables.budget.eot)
    .reduce<Annotation>((any, { annotation }) => graph.or(any, annotation), FALSE);
}

/** Whether some schedule with at most `most` faults makes one of the annotations true; true also if a limit stops the query. */
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

/** Warns if `pre` is empty under every schedule that has a fault. */
function vacuityUnderFaults(
  { promise, condition }: NamedCondition,
  search: Search,
  all: AllSchedules,
  using: Query,
): readonly AdequacyWarning[] {
  const { budget } = search.setting;
  const { graph } = all;
  const [demand] = promisesOf(condition);
  if (demand?.kind !== "implied") return [];
  const pre = demand.antecedent;
  const some = somePromise(pre, all);
  if (some === TRUE || graph.variables.faults === 0 || survivesSome(graph, some)) return [];
  return using(
    graph,
    () => undefined,
    (hypotheses) => {
      hypotheses.requireSome([some]);
      // If some fault does not affect `pre`, the schedule with only that fault has the tuples of the failure-free run.
      const { size, crashes } = hypotheses.literals;
      const late = crashes.some(({ down }) => (down.at(-1)?.at ?? 0) < budget.eot);
      if (size < graph.variables.faults || late) return [];
      return hypotheses.anyWithFault() === false ? [{ kind: "vacuous-under-faults", relation: pre, promise }] : [];
    },
  );
}

/**
 * Warns of an excluded relation that is empty under every schedule because each of its rules has a positive atom whose relation is empty
 * under every schedule.
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
  return exclusionsOf(specification)
    .filter(({ relation }) => !possible.has(relation))
    .filter(({ relation }) =>
      program.rules.every(
        ({ head, body }) =>
          head.relation !== relation ||
          body.some((literal) => literal.kind === "positive" && !possible.has(literal.relation)),
      ),
    )
    .map(({ relation, promise }) => ({ kind: "out-of-reach", relation, promise }));
}

/** Whether some schedule with one late fault makes an annotation true. Usually one does, which saves a call of the solver. */
function survivesSome(graph: FaultGraph, annotation: Annotation): boolean {
  const { budget } = graph.variables;
  const { nodes, eot } = budget;
  const at = lastOmission(budget);
  const crashes: readonly Fault[] = budget.crashes === 0 ? [] : nodes.map((node) => crashOf(node, eot));
  const omissions: readonly Fault[] =
    at === 0 ? [] : nodes.slice(1).map((to) => omissionOf({ from: nodes[0] ?? "", to, at }));
  return [...omissions.slice(0, 2), ...crashes.slice(0, 2)].some((fault) => {
    const [holds] = graph.evaluate([annotation], graph.variables.assignment([fault]));
    return holds === true;
  });
}

/** Warns of kinds of faults that the budget has and whose variables do not occur in the violations. */
function kindsWithoutEffect(all: AllSchedules, bad: readonly Annotation[]): readonly AdequacyWarning[] {
  const { graph } = all;
  const { variables } = graph;
  if (nothingToLose(all).length > 0) return [];
  const mentioned = new Set(graph.inputsOf(bad).map((id) => variables.variable(id).kind));
  const faults = faultKinds.filter((kind) => {
    // Losses are there by default, and what crashes cannot do is said by other warnings.
    if (kind === crash.kind || kind === omission.kind) return false;
    const { bound, variables: own } = kindOf(kind);
    return variables.budget[bound] > 0 && !own.some((variable) => mentioned.has(variable));
  });
  return faults.length === 0 ? [] : [{ kind: "kind-without-effect", faults }];
}

/** Warns if no fault of the budget has any effect: the lineage over all schedules mentions no fault variable. */
function nothingToLose({ graph }: AllSchedules): readonly AdequacyWarning[] {
  const { variables } = graph;
  return graph.mentions((id) => variables.variable(id).kind !== "input") ? [] : [{ kind: "nothing-to-lose" }];
}
