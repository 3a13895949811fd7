import type { Absence } from "../../faults/node-faults.js";
import { duringInWords } from "../../wording/instants.js";
import { enumerate } from "../../wording/lists.js";
import type { Marks } from "../../wording/marks.js";
import { unicodeMarks } from "../../wording/marks.js";
import { formatNode } from "./tuples.js";

/** `b is away during 3–4`. */
export function awayInWords(absence: Absence, marks: Marks = unicodeMarks): string {
  return `${formatNode(absence.node)} is away ${whileAway(absence, marks)}`;
}

/** `kept while b was away during 3–4 and at 7`, of a tuple; the absences are those of one node. */
export function keptInWords(absences: readonly Absence[], marks: Marks = unicodeMarks): string {
  const [first] = absences;
  if (first === undefined) return "";
  const periods = enumerate(absences.map((absence) => whileAway(absence, marks)));
  return `kept while ${formatNode(first.node)} was away ${periods}`;
}

/** `forgotten when b restarted at 3`. */
export function forgottenInWords({ node, at }: Absence): string {
  return `forgotten when ${formatNode(node)} restarted at ${at}`;
}

function whileAway({ at, until }: Absence, marks: Marks): string {
  return duringInWords({ from: at, to: until - 1 }, marks);
}
