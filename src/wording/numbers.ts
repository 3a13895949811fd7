/** A natural number: exact, or its binary logarithm if it is very large. */
export type LargeNumber = bigint | { readonly log2: number };

/** `1 fault`, `2 faults`. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${formatBig(BigInt(n))} ${n === 1 ? noun : plural}`;
}

/** Digits in groups of three up to a million million, from there on a power of two. */
export function formatBig(n: LargeNumber): string {
  if (typeof n !== "bigint") return `about 2^${n.log2.toFixed(1).replace(/\.0$/, "")}`;
  if (n < 1_000_000_000_000n) return inGroups(n);
  const bits = n.toString(2).length - 1;
  return n === 1n << BigInt(bits) ? `2^${bits}` : formatBig({ log2: log2(n) });
}

/** Digits in groups of three. */
export function inGroups(n: bigint | number): string {
  return n.toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

export function formatTime(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(1, Math.round(milliseconds))} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** log2 of n ≥ 1. */
export function log2(n: bigint): number {
  const digits = n.toString(16);
  const leading = digits.slice(0, 13);
  return Math.log2(Number.parseInt(leading, 16)) + 4 * (digits.length - leading.length);
}
