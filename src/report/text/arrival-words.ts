import type { Arrived } from "../../evidence/why.js";
import { instantsInWords } from "./instants.js";
import type { Marks } from "./marks.js";
import { unicodeMarks } from "./marks.js";
import { count } from "./numbers.js";
import { formatNode } from "./tuples.js";

/** When a message comes that does not come in time: `arrives at 5, 2 instants late`, `arrives at 3 and again at 5`, `arrives after the end`. */
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

/** How a message came that did: `arrived from a, sent at 1`, `arrived from a at 5, sent at 2, 2 instants late`. */
export function arrivedInWords({ from, sent, at, again }: Arrived, marks: Marks = unicodeMarks): string {
  const [first = sent + 1] = at;
  const late = first - sent - 1;
  const when = late === 0 && at.length === 1 ? "" : ` at ${instantsInWords(at, marks)}`;
  const how = again ? ", for the second time" : late === 0 ? "" : `, ${count(late, "instant")} late`;
  return `arrived from ${formatNode(from)}${when}, sent at ${sent}${how}`;
}
