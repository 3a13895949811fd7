import type { Fault, Schedule } from "./schedule.js";
import { compareNames } from "./schedule.js";

/**
 * Whether `a` does at least the damage of `b`: holds all its omissions, and crashes all its crashed nodes as early or
 * earlier. The minimal counterexamples are those minimal in this order.
 */
export function isAtLeast(a: Schedule, b: Schedule): boolean {
  return b.every((fault) => a.some((other) => covers(other, fault)));
}

function covers(a: Fault, b: Fault): boolean {
  if (a.kind === "crash") return b.kind === "crash" && a.node === b.node && a.at <= b.at;
  return b.kind === "omission" && a.from === b.from && a.to === b.to && a.at === b.at;
}

/**
 * Which of two counterexamples is told first: the one with fewer faults; then fault by fault, crashes before omissions, a
 * crash by node and the later the better, an omission by sender, receiver and time.
 */
export function comparePreference(a: Schedule, b: Schedule): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i], b[i]];
    if (x === undefined || y === undefined) break;
    const order = compareFault(x, y);
    if (order !== 0) return order;
  }
  return 0;
}

function compareFault(a: Fault, b: Fault): number {
  if (a.kind === "crash") return b.kind === "crash" ? compareNames(a.node, b.node) || b.at - a.at : -1;
  if (b.kind === "crash") return 1;
  return compareNames(a.from, b.from) || compareNames(a.to, b.to) || a.at - b.at;
}
