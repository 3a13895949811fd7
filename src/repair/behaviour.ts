import type { Execution, Tuple } from "../execution/execution.js";
import { excludedBy, promisesOf, promising } from "../program/demands.js";
import type { Program, RelationId } from "../program/program.js";
import type { Specification } from "../program/specification.js";

/*
 * What a repair must not change, measured on two runs of one scenario: what is promised, what is done, and when. Relations are
 * compared by name, since an edit can change their numbers.
 */

/** The names of the relations by which runs are compared. */
export interface Observed {
  /** `pre`, or without `pre` the outcomes: the promises, at EOT. */
  readonly promised: readonly string[];
  /** Where promises are kept, at EOT. */
  readonly kept: readonly string[];
  /** What `never` rests on: it must be done as before, or `never` would be empty because nothing happens. At any instant. */
  readonly watched: readonly string[];
  /** These relations and all from which they are derived, by id of the original. */
  readonly relevant: ReadonlySet<RelationId>;
}

/** `isEdited`: the relations that a repair may touch. */
export function observedBy(
  program: Program,
  specification: Specification,
  isEdited: (relation: RelationId) => boolean,
): Observed {
  const nameOf = (id: RelationId): string => program.relations[id]?.name ?? "?";
  const promises = promisesOf(specification);
  const watched = watchedBy(program, excludedBy(specification), isEdited);
  const roles = [...promises.flatMap((promise) => [promising(promise), promise.consequent]), ...watched];
  return {
    promised: [...new Set(promises.map((promise) => nameOf(promising(promise))))],
    kept: [...new Set(promises.map(({ consequent }) => nameOf(consequent)))],
    watched: watched.map(nameOf),
    relevant: feeding(program, roles),
  };
}

/**
 * What `never` reads and, where that is a relation of the specification alone, what it is derived from in turn: in
 *
 *     two(X, Y) :- led(X), led(Y), X != Y;
 *     never(X, Y) :- two(X, Y);
 *
 * `two` is empty without faults and says nothing of what is done; `led` does. Neither does a count, unless `never` reads it itself:
 * where something is done once that was done twice, it is smaller.
 */
function watchedBy(
  program: Program,
  excluded: readonly RelationId[],
  isEdited: (relation: RelationId) => boolean,
): readonly RelationId[] {
  const found = new Set<RelationId>(excluded);
  // A set is iterated in insertion order, and elements added on the way are visited.
  for (const relation of found) {
    if (isEdited(relation) && !isCalculated(program, relation)) continue;
    for (const { head, body } of program.rules)
      if (head.relation === relation)
        for (const literal of body) if (literal.kind === "positive") found.add(literal.relation);
  }
  const direct = (relation: RelationId): boolean =>
    program.rules.some(
      ({ head, body }) =>
        excluded.includes(head.relation) &&
        body.some((literal) => literal.kind === "positive" && literal.relation === relation),
    );
  return [...found].filter(
    (id) =>
      !excluded.includes(id) &&
      id !== program.crash &&
      id !== program.restart &&
      (direct(id) || !isCalculated(program, id)),
  );
}

function isCalculated({ rules }: Program, relation: RelationId): boolean {
  return rules.some(
    ({ head }) =>
      head.relation === relation && head.args.some(({ kind }) => kind === "aggregate" || kind === "arithmetic"),
  );
}

/** Some relations and all from which they are derived. */
function feeding({ rules }: Program, relations: readonly RelationId[]): ReadonlySet<RelationId> {
  const found = new Set(relations);
  for (const relation of found)
    for (const { head, body } of rules)
      if (head.relation === relation)
        for (const literal of body) if (literal.kind !== "comparison") found.add(literal.relation);
  return found;
}

/** Whether every promise of one run is made in another. */
export function promisesAsMuch({ promised, watched }: Observed, before: Execution, after: Execution): boolean {
  return (
    promised.every((name) => within(name, before, after, [before.eot])) &&
    watched.every((name) => everWithin(name, before, after))
  );
}

/** Whether every outcome of one run arrives by EOT in another. */
export function arrivesAsBefore({ kept }: Observed, before: Execution, after: Execution): boolean {
  return kept.every((name) => within(name, before, after, [before.eot]));
}

/** Whether a run promises something. */
export function promisesSomething({ promised, watched }: Observed, execution: Execution): boolean {
  return (
    promised.some((name) => tuplesOf(execution, name, execution.eot).length > 0) ||
    (promised.length === 0 && watched.some((name) => everTuples(execution, name).size > 0))
  );
}

function within(name: string, before: Execution, after: Execution, instants: readonly number[]): boolean {
  const id = after.program.relationByName.get(name);
  return instants.every((instant) =>
    tuplesOf(before, name, instant).every((args) => id !== undefined && after.has(id, instant, args)),
  );
}

function everWithin(name: string, before: Execution, after: Execution): boolean {
  const there = everTuples(after, name);
  return [...everTuples(before, name)].every((key) => there.has(key));
}

function everTuples(execution: Execution, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (let instant = 1; instant <= execution.eot; instant++)
    for (const args of tuplesOf(execution, name, instant)) found.add(JSON.stringify(args));
  return found;
}

function tuplesOf(execution: Execution, name: string, instant: number): readonly Tuple[] {
  const id = execution.program.relationByName.get(name);
  return id === undefined ? [] : execution.tuples(id, instant);
}

/** Whether two runs of a program have the same messages, with the same fates, and the same tuples at every instant, in the relevant relations. */
export function sameRun({ relevant }: Observed, a: Execution, b: Execution): boolean {
  const tuplesAt = (execution: Execution, instant: number): string =>
    JSON.stringify([...relevant].map((id) => execution.tuples(id, instant)));
  const messagesOf = (execution: Execution): string =>
    JSON.stringify(execution.messages().filter(({ relation }) => relevant.has(relation)));
  if (messagesOf(a) !== messagesOf(b)) return false;
  for (let instant = 1; instant <= a.eot; instant++) if (tuplesAt(a, instant) !== tuplesAt(b, instant)) return false;
  return true;
}

/** The first instant from which on the promises and outcomes of a run do not change. */
export function settledAt({ promised, kept, watched }: Observed, execution: Execution): number {
  const names = [...new Set([...promised, ...kept, ...(promised.length === 0 ? watched : [])])];
  for (let instant = execution.eot; instant > 1; instant--) {
    const changes = names.some(
      (name) =>
        JSON.stringify(tuplesOf(execution, name, instant)) !== JSON.stringify(tuplesOf(execution, name, instant - 1)),
    );
    if (changes) return instant;
  }
  return 1;
}

/** How much later a run acts or settles than another of the same scenario. */
export interface Lateness {
  /** Instants, ≥ 0. */
  readonly instants: number;
  /** Whether it still sends at the end, where the other had fallen silent. */
  readonly continues: boolean;
}

/**
 * The lateness of a run: by how much some outcome settles later, the first message of some kind leaves later, or the last message of some
 * kind leaves later. A run that sends something to the end where the other did not is not late by a number: it acts at every instant.
 */
export function latenessOf(observed: Observed, before: Execution, after: Execution): Lateness {
  const settling = settledAt(observed, after) - settledAt(observed, before);
  const arrivesAfter = arrivals(observed, after);
  const arriving = [...arrivals(observed, before)].map(([key, at]) => (arrivesAfter.get(key) ?? at) - at);
  const [sentBefore, sentAfter] = [sendings(before), sendings(after)];
  const starts = [...sentBefore].map(([key, { first }]) => {
    const own = sentAfter.get(key) ?? sentAfter.get(relationOf(key));
    return own === undefined ? 0 : own.first - first;
  });
  // What else is sent, such as a heartbeat to the end, does not hide a message that leaves later.
  const silent = lastOfSilent(before, sentBefore);
  let continues = false;
  const ends = [...sentAfter].map(([key, { last }]) => {
    const own = sentBefore.get(key)?.last ?? silent.get(relationOf(key)) ?? sentBefore.get(relationOf(key))?.last;
    const base = own ?? silent.get("") ?? 0;
    if (last < after.eot - 1 || base >= before.eot - 1) return last - base;
    continues = true;
    return 0;
  });
  return { instants: Math.max(0, settling, ...arriving, ...starts, ...ends), continues };
}

/** For each relation, and for all under "": the last instant at which a message leaves that does not leave until the end. */
function lastOfSilent({ eot }: Execution, sent: ReadonlyMap<string, Sending>): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [key, { last }] of sent) {
    if (!isMessage(key) || last >= eot - 1) continue;
    for (const group of [relationOf(key), ""]) found.set(group, Math.max(last, found.get(group) ?? 0));
  }
  return found;
}

/** From which instant on each promised or kept tuple holds until EOT, and at which instant each tuple that is watched first holds. */
function arrivals({ promised, kept, watched }: Observed, execution: Execution): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const name of new Set([...promised, ...kept])) {
    let later: ReadonlySet<string> = new Set(tuplesOf(execution, name, execution.eot).map((args) => keyOf(name, args)));
    for (let instant = execution.eot; later.size > 0 && instant >= 1; instant--) {
      later = new Set(
        tuplesOf(execution, name, instant)
          .map((args) => keyOf(name, args))
          .filter((key) => later.has(key)),
      );
      for (const key of later) found.set(key, instant);
    }
  }
  for (const name of watched) {
    for (let instant = execution.eot; instant >= 1; instant--)
      for (const args of tuplesOf(execution, name, instant)) found.set(`watched ${keyOf(name, args)}`, instant);
  }
  return found;
}

interface Sending {
  readonly first: number;
  readonly last: number;
}

/** When each message, and any message of each relation, is sent; messages of a node to itself count, those sent at EOT do not. */
function sendings(execution: Execution): ReadonlyMap<string, Sending> {
  const found = new Map<string, Sending>();
  for (const { relation, args, sent } of execution.messages()) {
    if (sent >= execution.eot) continue;
    const name = execution.program.relations[relation]?.name ?? "?";
    for (const key of [name, keyOf(name, args)]) {
      const known = found.get(key);
      found.set(key, { first: Math.min(sent, known?.first ?? sent), last: Math.max(sent, known?.last ?? sent) });
    }
  }
  return found;
}

function keyOf(name: string, args: Tuple): string {
  return JSON.stringify([name, ...args]);
}

function isMessage(key: string): boolean {
  return key.startsWith("[");
}

function relationOf(key: string): string {
  if (!isMessage(key)) return key;
  const [name] = JSON.parse(key) as readonly [string];
  return name;
}
