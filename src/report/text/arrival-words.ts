import type { Arrived, Obstacle } from "../../evidence/explanation.js";
import { instantsInWords } from "../../wording/instants.js";
import type { Marks } from "../../wording/marks.js";
import { unicodeMarks } from "../../wording/marks.js";
import { count } from "../../wording/numbers.js";
import { formatNode } from "./tuples.js";

/** When an awaited message arrives: `arrives at 3 while b is down, and again at 5`. */
export function awaitedInWords(
  sent: number,
  { to, arrivals, missed }: Extract<Obstacle, { readonly kind: "late" }>,
  eot: number,
  marks: Marks = unicodeMarks,
): string {
  if (missed.length === 0) return lateInWords(sent, arrivals, eot, marks);
  const others = arrivals.filter((at) => !missed.includes(at));
  const again = others.every((at) => at > eot) ? "after the end of time" : `at ${instantsInWords(others, marks)}`;
  return `arrives at ${instantsInWords(missed, marks)} while ${formatNode(to)} is down, and again ${again}`;
}

/** When a late message arrives: `arrives at 5, 2 instants late`, `arrives at 3 and again at 5`, `arrives after the end of time`. */
export function lateInWords(
  sent: number,
  arrivals: readonly number[],
  eot: number,
  marks: Marks = unicodeMarks,
): string {
  const [first = sent + 1, ...again] = arrivals;
  if (first > eot) return "arrives after the end of time";
  if (first > sent + 1) return `arrives at ${first}, ${count(first - sent - 1, "instant")} late`;
  return `arrives at ${first} and again ${again.every((at) => at > eot) ? "after the end of time" : `at ${instantsInWords(again, marks)}`}`;
}

/** How a message arrived: `arrived from a, sent at 1`, `arrived from a at 5, sent at 2, 2 instants late`. */
export function arrivedInWords({ from, sent, at, again }: Arrived, marks: Marks = unicodeMarks): string {
  const [first = sent + 1] = at;
  const late = first - sent - 1;
  const when = late === 0 && at.length === 1 ? "" : ` at ${instantsInWords(at, marks)}`;
  const how = again ? ", for the second time" : late === 0 ? "" : `, ${count(late, "instant")} late`;
  return `arrived from ${formatNode(from)}${when}, sent at ${sent}${how}`;
}
