import { compareFaults } from "../../faults/kinds.js";
import { culpritInWords } from "../../faults/words.js";
import type { Program } from "../../program/program.js";
import type { Margin } from "../../search/margin.js";
import { enumerate } from "../../wording/lists.js";
import type { Marks } from "../../wording/marks.js";
import { unicodeMarks } from "../../wording/marks.js";
import { count } from "../../wording/numbers.js";
import { weakestInWords } from "./derivation-words.js";
import { scheduleInWords } from "./schedule-words.js";

/** How far a program that holds is from failing and what the weakest of its outcomes rests on, a sentence a line. */
export function marginInWords(
  margin: Margin,
  program: Program,
  nodes: readonly string[],
  marks: Marks = unicodeMarks,
): readonly string[] {
  return [...distanceInWords(margin, nodes, marks), ...weakestInWords(margin, program, marks)];
}

/** The same without what the outcomes rest on. */
export function distanceInWords(
  { beyondCrashes, beyondEverything, singlePoints }: Margin,
  nodes: readonly string[],
  marks: Marks = unicodeMarks,
): readonly string[] {
  return [
    ...beyond(beyondCrashes, nodes, marks),
    ...atAll(beyondEverything, nodes, marks),
    ...singles(singlePoints, marks),
  ];
}

function atAll(found: Margin["beyondEverything"], nodes: readonly string[], marks: Marks): readonly string[] {
  if (found === "undecided") return [];
  if (found === "none") return ["if every message and every node could fail, it would hold still"];
  if (found.length < 2) return [];
  const words = scheduleInWords(found, nodes, marks).join("; ");
  return [`if every message and every node could fail, it takes ${count(found.length, "fault")}: ${words}`];
}

function beyond(found: Margin["beyondCrashes"], nodes: readonly string[], marks: Marks): readonly string[] {
  if (found === "none") return ["it would hold with any number of crashes"];
  if (found === "undecided") return ["how many faults it takes with more crashes was not decided within the limits"];
  const { schedule } = found.counterexample;
  return [
    `with any number of crashes, it takes ${count(schedule.length, "fault")}: ${scheduleInWords(schedule, nodes, marks).join("; ")}`,
  ];
}

function singles(faults: Margin["singlePoints"], marks: Marks): readonly string[] {
  if (faults === "undecided") return ["whether there is a single point of failure was not decided within the limits"];
  if (faults.length === 0)
    return ["no single point of failure: no one message, at whatever instant, and no one node is indispensable"];
  const words = [...faults].sort(compareFaults).map((fault) => culpritInWords(fault, marks));
  return [`single points of failure, if they could fail: ${enumerate(words)}`];
}
