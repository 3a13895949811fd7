import type { CallId } from "./call.js";

/** The number of fault sets with at most `budget` faults over calls and the services that they call: at most one fault a call. */
export function countFaultSets(
  calls: ReadonlyMap<CallId, string>,
  kinds: number,
  downs: boolean,
  budget: number,
): number {
  const byService = new Map<string, number>();
  for (const service of calls.values()) byService.set(service, (byService.get(service) ?? 0) + 1);
  // counts[k]: sets with k faults over the services so far. A service is down, or some of the calls into it are disturbed.
  let counts = [1, ...new Array<number>(budget).fill(0)];
  for (const size of byService.values()) {
    const own = Array.from({ length: budget + 1 }, (_, k) => binomial(size, k) * kinds ** k);
    if (downs && budget >= 1) own[1] = (own[1] ?? 0) + 1;
    counts = counts.map((_, k) =>
      own.slice(0, k + 1).reduce((sum, ways, used) => sum + ways * (counts[k - used] ?? 0), 0),
    );
  }
  return counts.reduce((sum, n) => sum + n, 0);
}

function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 0; i < k; i++) result = (result * (n - i)) / (i + 1);
  return k > n ? 0 : Math.round(result);
}
