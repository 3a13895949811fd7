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
  /** What `never` reads: it must be done as before, or `never` would be empty because nothing happens. At any instant. */
  readonly watched: readonly string[];
}

export function observedBy(program: Program, specification: Specification): Observed {
  const nameOf = (id: RelationId): string => program.relations[id]?.name ?? "?";
  const promises = promisesOf(specification);
  const excluded = excludedBy(specification);
  const watched = program.rules.flatMap(({ head, body }) =>
    excluded.includes(head.relation)
      ? body.flatMap((literal) =>
          literal.kind === "positive" && !excluded.includes(literal.relation) ? [literal.relation] : [],
        )
      : [],
  );
  return {
    promised: [...new Set(promises.map((promise) => nameOf(promising(promise))))],
    kept: [...new Set(promises.map(({ consequent }) => nameOf(consequent)))],
    watched: [...new Set(watched)].filter((id) => id !== program.crash && id !== program.restart).map(nameOf),
  };
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

/** Whether two runs of a program have the same messages, with the same fates, and the same tuples at every instant. */
export function sameRun(a: Execution, b: Execution): boolean {
  const tuplesAt = (execution: Execution, instant: number): string =>
    JSON.stringify(execution.program.relations.map(({ id }) => execution.tuples(id, instant)));
  if (JSON.stringify(a.messages()) !== JSON.stringify(b.messages())) return false;
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
 * The lateness of a run: by how much the outcome settles later, the first message of some kind leaves later, or the last message leaves
 * later. A run that sends to the end where the other did not is not late by a number: it acts at every instant.
 */
export function latenessOf(observed: Observed, before: Execution, after: Execution): Lateness {
  const settling = settledAt(observed, after) - settledAt(observed, before);
  const [sentBefore, sentAfter] = [sendings(before), sendings(after)];
  const starts = [...sentBefore].map(([key, { first }]) => {
    const own = sentAfter.get(key) ?? sentAfter.get(relationOf(key));
    return own === undefined ? 0 : own.first - first;
  });
  const lasts = (sent: typeof sentBefore): number => Math.max(0, ...[...sent.values()].map(({ last }) => last));
  const [lastBefore, lastAfter] = [lasts(sentBefore), lasts(sentAfter)];
  const continues = lastAfter >= after.eot - 1 && lastBefore < before.eot - 1;
  const ends = continues ? 0 : lastAfter - lastBefore;
  return { instants: Math.max(0, settling, ends, ...starts), continues };
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
    for (const key of [name, JSON.stringify([name, ...args])]) {
      const known = found.get(key);
      found.set(key, { first: Math.min(sent, known?.first ?? sent), last: Math.max(sent, known?.last ?? sent) });
    }
  }
  return found;
}

function relationOf(key: string): string {
  if (!key.startsWith("[")) return key;
  const [name] = JSON.parse(key) as readonly [string];
  return name;
}
