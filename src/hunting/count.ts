import type { CallId } from "./call.js";
import { isGroup } from "./call.js";

/**
 * The number of fault sets with at most `budget` faults over calls and the services that they call: at most one fault a call, or a group of
 * calls, all of which or one of which is disturbed.
 */
export function countFaultSets(
  calls: ReadonlyMap<CallId, string>,
  kinds: number,
  downs: boolean,
  budget: number,
): number {
  const none = [1, ...new Array<number>(budget).fill(0)];
  const byService = new Map<string, readonly number[]>();
  for (const [id, service] of calls) {
    const ways = [1, isGroup(id) ? 2 * kinds : kinds];
    byService.set(service, together(byService.get(service) ?? none, ways));
  }
  // A service is down, or some of the calls into it are disturbed.
  const all = [...byService.values()].reduce(
    (counts, own) => together(counts, downs ? own.map((n, k) => (k === 1 ? n + 1 : n)) : own),
    none,
  );
  return all.reduce((sum, n) => sum + n, 0);
}

/** The ways to have so many faults in two parts, by the ways in each. */
function together(a: readonly number[], b: readonly number[]): readonly number[] {
  return a.map((_, k) => a.slice(0, k + 1).reduce((sum, ways, used) => sum + ways * (b[k - used] ?? 0), 0));
}
