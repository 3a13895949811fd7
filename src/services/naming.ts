import type { Parts } from "../hook/wire.js";
import { digestOf } from "../hook/wire.js";
import { namesOf } from "../hunting/call.js";
import type { HuntFaults } from "../hunting/fault.js";
import type { RunLog, Varying } from "./run-log.js";
import { differing, nothingVaries, together, varyingBetween } from "./run-log.js";

/** What an interrupted hunt has to know to name calls as before. */
export interface NamingState {
  readonly varying: Varying;
  readonly byDigest: readonly string[];
  readonly routes: readonly string[];
  readonly alike: readonly string[];
}

/** A clean run, as far as names are concerned. */
export interface CleanRun {
  readonly log: RunLog;
  /** Routes with parameters that frameworks named. */
  readonly routes: ReadonlySet<string>;
  /** Of the answer to the scenario's request. */
  readonly answer: Parts;
}

/** How calls get names that are the same in every run: what tells them apart, and what of them differs from run to run without meaning anything. */
export class Naming {
  varying: Varying = nothingVaries;
  /** Calls, as `POST cart/lock`, that are told apart by a digest of what they carry. */
  readonly byDigest = new Set<string>();
  /** Calls that ran at the same time under faults alone, that nothing tells apart, and that are numbered as they come. */
  readonly byArrival = new Set<string>();
  /** Names of calls that are alike in everything and come at the same time. */
  alike: ReadonlySet<string> = new Set();
  private recalled = false;
  /** What the calls of one kind by one caller carried when as many first came, in their order. */
  private readonly firstOrder = new Map<string, readonly Parts[]>();

  constructor(public routes: ReadonlySet<string>) {}

  get state(): NamingState {
    const { varying, byDigest, routes, alike } = this;
    return { varying, byDigest: [...byDigest], alike: [...alike], routes: [...routes] };
  }

  recall({ varying, byDigest, routes, alike }: NamingState): void {
    this.varying = varying;
    for (const base of byDigest) this.byDigest.add(base);
    this.routes = new Set(routes);
    this.alike = new Set(alike);
    this.recalled = true;
  }

  /** Calls that fault sets name by digests have to be named so from the first run. Returns those that do. */
  expect(faults: HuntFaults): readonly string[] {
    const names = faults.flatMap((fault) => (fault.kind === "call" ? namesOf(fault.call) : []));
    const bases = names.flatMap((name) => /^(.*)\[[0-9a-f]*\]#(?:\d+|all|any)$/.exec(name)?.[1] ?? []);
    for (const base of bases) this.byDigest.add(base);
    return bases;
  }

  /**
   * Learns from clean runs; returns whether some call gets another name by it, which none does the last time. `root`: the scenario's request.
   */
  learn(runs: readonly CleanRun[], root: string, last: boolean): boolean {
    const logs = runs.map(({ log }) => log);
    const before = this.varying.requests;
    this.varying = withRoot(varyingBetween(logs), root, runs);
    const concurrent = logs.flatMap((log) => this.numbered(log));
    const routes = runs.flatMap((run) => [...run.routes]).filter((route) => !this.routes.has(route));
    this.routes = new Set([...this.routes, ...routes]);
    this.alike = new Set(logs.flatMap((log) => [...log.alike]));
    if (last) return false;
    const other = [...this.byDigest].some((base) => before[base]?.join() !== this.varying.requests[base]?.join());
    for (const base of concurrent) this.byDigest.add(base);
    return other || concurrent.length + routes.length > 0;
  }

  /**
   * Calls of a run whose order means nothing and that are numbered as they came, if that may be changed: they came while another of
   * their kind was open, or carried what others of their kind carried in an earlier run, in another order.
   */
  numbered(log: RunLog): readonly string[] {
    if (this.recalled) return [];
    const concurrent = [...log.concurrent].filter((base) => !this.isSettled(base));
    return [...new Set([...concurrent, ...this.reordered(log)])];
  }

  private isSettled(base: string): boolean {
    return this.byDigest.has(base) || this.byArrival.has(base);
  }

  private reordered(log: RunLog): readonly string[] {
    return [...log.repeated].flatMap(([key, { base, requests }]) => {
      if (this.isSettled(base)) return [];
      const order = `${requests.length} ${key}`;
      const first = this.firstOrder.get(order);
      if (first === undefined) this.firstOrder.set(order, requests);
      return first !== undefined && isReordered(first, requests) ? [base] : [];
    });
  }

  /** Learns from runs with the same faults what tells these calls apart; returns whether any get other names by it. */
  learnApart(logs: readonly RunLog[], bases: readonly string[]): boolean {
    let told = false;
    for (const base of bases) {
      const expected = this.byDigest.has(base);
      const varying = varyingOf(base, logs, expected ? 1 : 2);
      if (varying === undefined && !expected) this.byArrival.add(base);
      else if (varying !== undefined) {
        told ||= !expected;
        this.byDigest.add(base);
        this.varying = { ...this.varying, requests: { ...this.varying.requests, [base]: varying } };
      }
    }
    return told;
  }

  /** Notes what is numbered as it comes. */
  note(log: RunLog): void {
    for (const base of log.concurrent) if (!this.byDigest.has(base)) this.byArrival.add(base);
  }
}

/** Whether both carry the same, but for what varies, in another order. */
function isReordered(first: readonly Parts[], second: readonly Parts[]): boolean {
  return new Set(comparedRuns([first, second])?.digests.map((each) => each.join())).size > 1;
}

/**
 * What differs from run to run of the calls of one kind, if what does not is the same in each run and tells apart so many of the calls.
 */
function varyingOf(base: string, logs: readonly RunLog[], atLeast: number): readonly string[] | undefined {
  const compared = comparedRuns(logs.map((log) => (log.parts.get(base) ?? []).map(({ request }) => request)));
  return compared !== undefined && new Set(compared.digests[0]).size >= atLeast ? compared.varying : undefined;
}

/**
 * What differs from run to run between calls of one kind, and the digests of what does not, by run and in the order of the calls; nothing if
 * the runs do not have the same digests.
 */
function comparedRuns(
  all: readonly (readonly Parts[])[],
): { readonly varying: readonly string[]; readonly digests: readonly (readonly string[])[] } | undefined {
  const [first = [], ...rest] = all;
  // A long body or a stream is not known when the call gets its name.
  if (all.some((calls) => calls.length !== first.length || calls.some(({ long }) => long !== undefined)))
    return undefined;
  const varying = [...new Set(rest.flatMap((calls) => differing(together(first), together(calls))))].sort();
  const digests = all.map((calls) => calls.map((parts) => digestOf(parts, varying)));
  const same = new Set(digests.map((each) => [...each].sort().join())).size === 1;
  return same ? { varying, digests } : undefined;
}

/** What also differs between the answers to the scenario's request. */
function withRoot(varying: Varying, base: string, runs: readonly CleanRun[]): Varying {
  const [first = {}, ...rest] = runs.map(({ answer }) => answer);
  const different = new Set(rest.flatMap((other) => differing(first, other)));
  if (different.size === 0) return varying;
  return { ...varying, answers: { ...varying.answers, [base]: [...different].sort() } };
}
