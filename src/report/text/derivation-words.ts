import type { Fault } from "../../faults/kinds.js";
import { compareFaults } from "../../faults/kinds.js";
import { messageInWords, needInWords } from "../../faults/words.js";
import type { Program } from "../../program/program.js";
import type { IndependentDerivations } from "../../search/independent-derivations.js";
import { isExact } from "../../search/independent-derivations.js";
import type { Margin } from "../../search/margin.js";
import { enumerate } from "../../wording/lists.js";
import type { Marks } from "../../wording/marks.js";
import { unicodeMarks } from "../../wording/marks.js";
import { count } from "../../wording/numbers.js";
import { formatTuple } from "./tuples.js";

/** What one outcome depends on: a sentence, what all its derivations share, and the messages of each. */
export interface ToldDerivations {
  readonly text: string;
  readonly cells?: Cells;
  readonly shared: readonly string[];
  readonly derivations: readonly string[];
}

/** The same for a table. */
export interface Cells {
  readonly name: string;
  readonly derivations: string;
  readonly fewestLosses: string;
  readonly needs: string;
}

/** What the weakest outcome depends on, one sentence per line: how many derivations, and what all of them share. */
export function weakestInWords(margin: Margin, program: Program, marks: Marks = unicodeMarks): readonly string[] {
  const { outcomes, outcomesComplete } = margin;
  const [weakest] = weakestFirst(outcomes);
  const what = outcomes.length === 0 ? "the outcomes have" : "the other outcomes have";
  const undecided = outcomesComplete
    ? []
    : [`how many independent derivations ${what} was not decided within the limits`];
  if (weakest === undefined) return undecided;
  const others = outcomes.length - 1;
  const alike = outcomes.every(
    (other) => lossesOf(other) === lossesOf(weakest) && other.derivations.length === weakest.derivations.length,
  );
  const among =
    others === 0
      ? ""
      : alike
        ? `, like the other ${others === 1 ? "outcome" : count(others, "outcome")},`
        : `, the weakest of ${outcomes.length} outcomes,`;
  const { text, shared } = derivationsInWords(weakest, margin, program, marks, among);
  return [text, ...shared, ...undecided];
}

/** Outcomes, and derivations of one of them, that are listed. */
const mostOutcomes = 12;
const mostDerivations = 40;

/** What each outcome depends on, the weakest first; the last line of a long list says how many more there are. */
export function outcomesInWords(
  margin: Margin,
  program: Program,
  marks: Marks = unicodeMarks,
): readonly ToldDerivations[] {
  const weakest = weakestFirst(margin.outcomes)
    .slice(0, mostOutcomes)
    .map((found) => {
      const { derivations, ...rest } = derivationsInWords(found, margin, program, marks);
      const more = derivations.length - mostDerivations;
      return {
        ...rest,
        derivations: more <= 0 ? derivations : [...derivations.slice(0, mostDerivations), `and ${more} more`],
      };
    });
  const more = margin.outcomes.length - weakest.length;
  return more <= 0
    ? weakest
    : [...weakest, { text: `and ${count(more, "outcome")} more, none of them weaker`, shared: [], derivations: [] }];
}

/** The same as lines of text. */
export function outcomeLines(margin: Margin, program: Program, marks: Marks = unicodeMarks): readonly string[] {
  return outcomesInWords(margin, program, marks).flatMap(({ text, shared, derivations }) => [
    text,
    ...[...shared, ...derivations].map((line) => `  ${line}`),
  ]);
}

/** The outcomes that the fewest losses remove first. */
function weakestFirst(outcomes: readonly IndependentDerivations[]): readonly IndependentDerivations[] {
  return [...outcomes].sort((a, b) =>
    lossesOf(a) === lossesOf(b) ? a.derivations.length - b.derivations.length : lossesOf(a) - lossesOf(b),
  );
}

function lossesOf({ fewestLosses }: IndependentDerivations): number {
  return fewestLosses === "none" ? Infinity : fewestLosses.length;
}

/** What one outcome depends on; `among` follows its name. */
function derivationsInWords(
  found: IndependentDerivations,
  margin: Margin,
  program: Program,
  marks: Marks = unicodeMarks,
  among = "",
): ToldDerivations {
  const { outcome, derivations, fewestLosses } = found;
  const name = formatTuple(program, outcome.relation, outcome.args);
  const listed = derivations.map((messages) => enumerate(messages.map((message) => messageInWords(message, marks))));
  const subject = `${name}${among}`;
  const text =
    fewestLosses === "none"
      ? `${subject} needs no message, so no loss can remove it`
      : losses(subject, found, fewestLosses.length);
  const needs = needsInWords(found, margin, marks);
  const cells: Cells = {
    name,
    derivations:
      fewestLosses === "none" ? "no message needed" : `${isExact(found) ? "" : "at least "}${derivations.length}`,
    fewestLosses: fewestLosses === "none" ? "none do" : `${fewestLosses.length}`,
    needs: needs.join("; "),
  };
  return { text, cells, shared: needs.map((need) => `all derivations of ${name} need ${need}`), derivations: listed };
}

function losses(subject: string, found: IndependentDerivations, fewest: number): string {
  const { length } = found.derivations;
  if (fewest === 1) return `${subject} has no two independent derivations: the loss of one message removes it`;
  const away = `it takes at least ${fewest} lost messages to remove it`;
  if (length < 2) return `the derivations of ${subject} overlap, but no message is in all of them: ${away}`;
  return `${subject} has ${isExact(found) ? "" : "at least "}${length} independent derivations (no two share a message): ${away}`;
}

/** What removes the outcome together with its promise is listed separately: it is not a single point of failure. */
function needsInWords({ shared }: IndependentDerivations, { singlePoints }: Margin, marks: Marks): readonly string[] {
  const violates = (fault: Fault): boolean =>
    singlePoints === "undecided" || singlePoints.some((other) => sameCulprit(fault, other));
  const fatal = shared.filter(violates).map((fault) => needInWords(fault, marks));
  const excused = shared.filter((fault) => !violates(fault)).map((fault) => needInWords(fault, marks));
  return [
    ...(fatal.length === 0 ? [] : [enumerate(fatal)]),
    ...(excused.length === 0 ? [] : [`${enumerate(excused)}; without that, it is not promised either`]),
  ];
}

/** Whether two faults are the loss of one message, or faults of one node with the same effect. */
function sameCulprit(a: Fault, b: Fault): boolean {
  if ("node" in a && "node" in b) return a.kind === b.kind && a.node === b.node;
  return compareFaults(a, b) === 0;
}
