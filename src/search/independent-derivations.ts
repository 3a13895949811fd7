import type { TupleAt } from "../execution/execution.js";
import { obligationsOf } from "../execution/obligations.js";
import type { Stopped } from "../execution/stopped.js";
import { isStopped } from "../execution/stopped.js";
import type { Annotation } from "../faults/annotation.js";
import type { Omission } from "../faults/channel-faults.js";
import { isOmission, omissionOf } from "../faults/channel-faults.js";
import type { Fault } from "../faults/kinds.js";
import { compareFaults } from "../faults/kinds.js";
import type { Crash } from "../faults/node-faults.js";
import { crashOf } from "../faults/node-faults.js";
import type { Schedule } from "../faults/schedule.js";
import type { AllSchedules } from "../lineage/all-schedules.js";
import { fewestMessages } from "../lineage/fewest-messages.js";
import type { Hypotheses } from "../solving/hypotheses.js";
import type { Query } from "../solving/queries.js";
import type { Search } from "./search.js";

/**
 * Derivations of an outcome that share no message. A derivation is represented by the messages that it needs: a set M such that the
 * outcome is present whenever all of M are delivered, *whatever else is lost*. So n pairwise disjoint sets prove that n − 1 losses
 * never remove the outcome; and if n losses can, there are at most n:
 *
 *     a sends to b at 1, 2 and 3:     {a → b at 1}   {a → b at 2}   {a → b at 3}     the loss of these three removes log(b)
 *
 * Found greedily, one after the other: a cheap derivation of the run in which the messages of the earlier ones are lost. If it depends
 * on one of those losses (a retry because of a missing acknowledgement), the solver decides whether its messages are sufficient without
 * it, and which others are needed. A number that no cut confirms is a lower bound.
 */
export interface IndependentDerivations {
  /** At EOT. */
  readonly outcome: TupleAt;
  /** The messages of each derivation, pairwise disjoint. Empty if the outcome needs no message. */
  readonly derivations: readonly (readonly Omission[])[];
  /** A smallest set of messages whose loss removes the outcome; `none` if it is present even if every message is lost. */
  readonly fewestLosses: Schedule | "none";
  /** The single omissions and crashes that remove the outcome. Of the crashes of a node, the latest that does. */
  readonly shared: readonly Fault[];
}

/** Whether as many losses as there are derivations remove the outcome, so that the number of derivations is largest. */
export function isExact({ derivations, fewestLosses }: IndependentDerivations): boolean {
  return fewestLosses === "none" || fewestLosses.length === derivations.length;
}

/**
 * Calls `found` with the independent derivations of each outcome that the failure-free run promises, so that those found within the
 * limits are kept. `all`: a lineage in which every message can be lost and every node can crash.
 */
export function independentDerivations(
  search: Search,
  all: AllSchedules,
  using: Query,
  found: (outcome: IndependentDerivations) => void,
): Stopped | undefined {
  const { failureFree } = search;
  const outcomes = obligationsOf(search.setting.specification, failureFree, () => failureFree);
  const annotations = outcomes.map(({ relation, args }) => all.annotationOf(relation, failureFree.eot, args));
  const crashes = fatalCrashes(search, all, annotations);
  if (isStopped(crashes)) return crashes;
  const known = new Map<Annotation, Packing>();
  for (const [i, { relation, args }] of outcomes.entries()) {
    const annotation = annotations[i] as Annotation;
    const packing = known.get(annotation) ?? pack(search, all, annotation, using);
    if (isStopped(packing)) return packing;
    known.set(annotation, packing);
    const shared = [...(crashes[i] ?? []), ...packing.shared].sort(compareFaults);
    found({ ...packing, outcome: { relation, instant: failureFree.eot, args }, shared });
  }
  return undefined;
}

type Packing = Pick<IndependentDerivations, "derivations" | "fewestLosses"> & { readonly shared: readonly Omission[] };

function pack(search: Search, all: AllSchedules, annotation: Annotation, using: Query): Packing | Stopped {
  const { graph } = all;
  const { budget } = search.setting;
  return using(graph, search.onOtherCall, (gone) => {
    gone.requireSome([goneWhere(all, annotation)]);
    for (const id of budget.nodes.keys()) {
      const down = graph.variables.down(id, budget.eot);
      if (down !== undefined) gone.requireSome([graph.input(down) ^ 1]);
    }
    const fewestLosses = gone.smallest();
    if (isStopped(fewestLosses)) return fewestLosses;
    const derivations = fewestLosses === undefined ? [] : disjoint(search, all, annotation, gone, fewestLosses);
    if (isStopped(derivations)) return derivations;
    const [first, second] = derivations;
    const isShared = (message: Omission): boolean => takenAway(all, [annotation], [message])[0] === true;
    const shared = second === undefined ? (first ?? []).filter(isShared) : [];
    return { derivations, fewestLosses: fewestLosses ?? "none", shared };
  });
}

/** Pairwise disjoint derivations, at most as many as messages in `cut`. `gone`: the schedules without crashes under which the outcome is missing. */
function disjoint(
  search: Search,
  all: AllSchedules,
  annotation: Annotation,
  gone: Hypotheses,
  cut: Schedule,
): readonly (readonly Omission[])[] | Stopped {
  const derivations: (readonly Omission[])[] = [];
  const used = new Set<number>();
  const numberOf = (fault: Fault): number => omissionNumber(search, all, fault);
  // Each derivation needs a message of every cut. For this cut to confirm their number, each should use only one of its messages.
  const scarce = new Set(cut.map(numberOf));
  while (derivations.length < cut.length) {
    const end = search.watchdog.poll();
    if (end !== undefined) return end;
    const grounds = fewestMessages(all.graph, annotation, used, scarce, search.failureFree.inputs);
    if (grounds === undefined) break;
    const messages = grounds.delivered.map((id) => omissionOfVariable(search, all, id));
    const sufficient = grounds.restsOnLosses ? enough(gone, messages, (m) => used.has(numberOf(m))) : messages;
    if (sufficient === undefined) break;
    if (isStopped(sufficient)) return sufficient;
    const isMissing = (others: readonly Omission[]): boolean => isMissingWith(all, annotation, others.map(numberOf));
    const derivation = withoutSuperfluous(gone, [...sufficient].sort(compareSent), isMissing);
    if (isStopped(derivation)) return derivation;
    derivations.push(derivation);
    for (const message of derivation) used.add(numberOf(message));
  }
  return derivations;
}

/** The schedules under which the outcome is missing and evaluation does not fail. */
function goneWhere({ graph, failing }: AllSchedules, annotation: Annotation): Annotation {
  return graph.and(annotation ^ 1, failing ^ 1);
}

/**
 * These messages with as many others as are needed for the outcome to be present whatever else is lost; `undefined` if the loss of
 * messages that other derivations use removes it nevertheless.
 */
function enough(
  gone: Hypotheses,
  messages: readonly Omission[],
  isUsed: (message: Omission) => boolean,
): readonly Omission[] | undefined | Stopped {
  const needed = [...messages];
  for (let losses = gone.avoiding(needed); losses !== undefined; losses = gone.avoiding(needed)) {
    if (isStopped(losses)) return losses;
    const free = losses.filter((message) => !isUsed(message));
    if (free.length === 0) return undefined;
    needed.push(...free);
  }
  return needed;
}

/** Whether the outcome is missing where these messages are delivered, all others are lost, and nobody crashes. With open inputs: not known. */
function isMissingWith(all: AllSchedules, annotation: Annotation, delivered: readonly number[]): boolean {
  const { graph } = all;
  if (graph.variables.lines.length > 0) return false;
  const isLost = (id: number): boolean => graph.variables.variable(id).kind === "omit" && !delivered.includes(id);
  return graph.evaluate([goneWhere(all, annotation)], isLost)[0] === true;
}

/**
 * A minimal subset of sufficient messages that is still sufficient. `isMissing`: whether the outcome is missing where only these are
 * delivered, in which case the solver need not be asked for losses that remove it.
 */
function withoutSuperfluous(
  gone: Hypotheses,
  messages: readonly Omission[],
  isMissing: (delivered: readonly Omission[]) => boolean,
): readonly Omission[] | Stopped {
  if (messages.length < 2) return messages;
  let kept = messages;
  for (const message of [...messages].reverse()) {
    const fewer = kept.filter((other) => other !== message);
    if (isMissing(fewer)) continue;
    const without = gone.avoiding(fewer);
    if (isStopped(without)) return without;
    if (without === undefined) kept = fewer;
  }
  return kept;
}

/** By outcome: for each node whose crash alone removes it, the latest such crash. */
function fatalCrashes(
  search: Search,
  all: AllSchedules,
  annotations: readonly Annotation[],
): readonly (readonly Crash[])[] | Stopped {
  const { nodes, eot } = search.setting.budget;
  const fatal: Crash[][] = annotations.map(() => []);
  if (annotations.length === 0) return fatal;
  for (const node of nodes) {
    const spared = new Set(annotations.keys());
    for (let at = eot; at >= 1 && spared.size > 0; at--) {
      const end = search.watchdog.poll();
      if (end !== undefined) return end;
      const crash = crashOf(node, at);
      takenAway(all, annotations, [crash]).forEach((away, i) => {
        if (away && spared.delete(i)) fatal[i]?.push(crash);
      });
    }
  }
  return fatal;
}

/** Which of the outcomes a schedule removes. */
function takenAway(
  { graph, failing }: AllSchedules,
  annotations: readonly Annotation[],
  schedule: Schedule,
): readonly boolean[] {
  const [fails, ...present] = graph.evaluate([failing, ...annotations], graph.variables.assignment(schedule));
  return present.map((there) => !there && fails === false);
}

function omissionOfVariable({ setting }: Search, { graph }: AllSchedules, id: number): Omission {
  const v = graph.variables.variable(id);
  const { nodes } = setting.budget;
  if (v.kind !== "omit") throw new RangeError(`fault variable ${id} is no omission`);
  return omissionOf({ from: nodes[v.from] ?? "", to: nodes[v.to] ?? "", at: v.at });
}

function omissionNumber({ setting }: Search, { graph }: AllSchedules, fault: Fault): number {
  const { nodes } = setting.budget;
  if (!isOmission(fault)) throw new RangeError(`a ${fault.kind} is no omission`);
  return graph.variables.omit(nodes.indexOf(fault.from), nodes.indexOf(fault.to), fault.at) ?? -1;
}

/** In the order in which they are sent. */
function compareSent(a: Omission, b: Omission): number {
  return a.at - b.at || compareFaults(a, b);
}
