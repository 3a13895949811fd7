import type { Budget } from "../../faults/budget.js";
import { lastOmission } from "../../faults/channel-faults.js";
import { duringInWords } from "./instants.js";
import type { Marks } from "./marks.js";
import { unicodeMarks } from "./marks.js";
import { count } from "./numbers.js";

/** What a budget allows, as the end of a sentence: "any messages sent before 3 lost, at most 1 of 3 nodes crashed". */
export function budgetInWords(budget: Budget, marks: Marks = unicodeMarks): string {
  const last = lastOmission(budget);
  const losses =
    last === 0 ? "no message lost" : `any messages sent ${duringInWords({ from: 1, to: last }, marks)} lost`;
  const crashes = budget.crashes === 0 ? "no crash" : `up to ${count(budget.crashes, "crash", "crashes")}`;
  return `${losses}, ${crashes}`;
}

/** "with 2 faults", "without any fault". */
export function withFaults(n: number): string {
  return n === 0 ? "without any fault" : `with ${count(n, "fault")}`;
}
