import { liftedInWords } from "../../faults/budget-words.js";
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

/** How far a program that holds is from failing, and what its weakest outcome depends on, one sentence per line. */
export function marginInWords(
  margin: Margin,
  program: Program,
  nodes: readonly string[],
  marks: Marks = unicodeMarks,
): readonly string[] {
  return [...distanceInWords(margin, nodes, marks), ...weakestInWords(margin, program, marks)];
}

/** The same without what the outcomes depend on. */
export function distanceInWords(
  { beyond, beyondEverything, singlePoints }: Margin,
  nodes: readonly string[],
  marks: Marks = unicodeMarks,
): readonly string[] {
  return [
    ...boundByBound(beyond, nodes, marks),
    ...atAll(beyondEverything, nodes, marks),
    ...singles(singlePoints, marks),
  ];
}

function atAll(found: Margin["beyondEverything"], nodes: readonly string[], marks: Marks): readonly string[] {
  if (found === "undecided") return [];
  if (found === "none") return ["it would hold with any losses and crashes, at any instant"];
  if (found.length < 2) return [];
  const words = scheduleInWords(found, nodes, marks).join("; ");
  return [`with losses and crashes alone, at any instant, it takes ${count(found.length, "fault")}: ${words}`];
}

function boundByBound(beyond: Margin["beyond"], nodes: readonly string[], marks: Marks): readonly string[] {
  const lifted = (outcome: "none" | "undecided"): string =>
    liftedInWords(beyond.filter(({ found }) => found === outcome));
  const violated = beyond.flatMap((bound) => {
    if (typeof bound.found === "string") return [];
    const { schedule } = bound.found;
    const faults = scheduleInWords(schedule, nodes, marks).join("; ");
    return [`${liftedInWords([bound])}, it takes ${count(schedule.length, "fault")}: ${faults}`];
  });
  const [none, undecided] = [lifted("none"), lifted("undecided")];
  return [
    ...(none === "" ? [] : [`it would hold ${none}`]),
    ...violated,
    ...(undecided === "" ? [] : [`whether it would hold ${undecided} was not decided within the limits`]),
  ];
}

function singles(faults: Margin["singlePoints"], marks: Marks): readonly string[] {
  if (faults === "undecided") return ["whether there is a single point of failure was not decided within the limits"];
  if (faults.length === 0)
    return ["no single point of failure: no single lost message, at any instant, and no single crash breaks it"];
  const words = [...faults].sort(compareFaults).map((fault) => culpritInWords(fault, marks));
  return [`single points of failure, by a loss or a crash: ${enumerate(words)}`];
}
