import { formatName } from "../source/names.js";
import { duringInWords } from "../wording/instants.js";
import { enumerate } from "../wording/lists.js";
import type { Marks } from "../wording/marks.js";
import { unicodeMarks } from "../wording/marks.js";
import { count } from "../wording/numbers.js";
import type { Budget } from "./budget.js";
import { lastOmission } from "./channel-faults.js";
import { kindOf } from "./kinds.js";
import type { LiftedBound } from "./lifted-bounds.js";

/** What a budget allows, as the end of a sentence: "any messages sent before 3 lost, at most 1 of 3 nodes crashed". */
export function budgetInWords(budget: Budget, marks: Marks = unicodeMarks): string {
  const { lateness, maxFaults, spare } = budget;
  const late = `up to ${count(lateness, "instant")} late`;
  const parts = [
    lossesInWords(budget, marks),
    ...some(budget.delays, "message", "messages", late),
    ...some(budget.duplicates, "message", "messages", `coming again, ${late}`),
    ...some(budget.partitions, "partition", "partitions"),
    ...some(budget.partialPartitions, "partial partition", "partial partitions"),
    ...some(budget.oneWayPartitions, "one-way partition", "one-way partitions"),
    ...some(budget.restarts, "restart", "restarts"),
    ...some(budget.pauses, "pause", "pauses"),
    ...(budget.crashes === 0 ? ["no crash"] : some(budget.crashes, "crash", "crashes")),
    ...(maxFaults === Infinity ? [] : [`at most ${count(maxFaults, "fault")} in all`]),
    ...(spare.length === 0 ? [] : [`${enumerate(spare.map(formatName))} spared`]),
  ];
  return parts.join(", ");
}

function lossesInWords(budget: Budget, marks: Marks): string {
  const last = lastOmission(budget);
  if (last === 0 || budget.omissions === 0) return "no message lost";
  const sent = `sent ${duringInWords({ from: 1, to: last }, marks)}`;
  return budget.omissions === Infinity
    ? `any messages ${sent} lost`
    : `up to ${count(budget.omissions, "message")} ${sent} lost`;
}

/**
 * The kinds of fault that the budget does not admit, in plain words: "crashes, delays, partitions". The verdict says nothing about them, which
 * only readers who know all options would notice otherwise. Empty if all were asked for.
 */
export function notAskedFor(budget: Budget): readonly string[] {
  const { partitions, partialPartitions, oneWayPartitions } = budget;
  const cuts = [
    ...(partitions === 0 ? ["complete partitions"] : []),
    ...(partialPartitions === 0 ? ["partial partitions"] : []),
    ...(oneWayPartitions === 0 ? ["one-way partitions"] : []),
  ];
  return [
    ...(budget.omissions === 0 || lastOmission(budget) === 0 ? ["losses"] : []),
    ...(budget.crashes === 0 ? ["crashes"] : []),
    ...(budget.delays === 0 ? ["delays"] : []),
    ...(budget.duplicates === 0 ? ["duplicates"] : []),
    ...(cuts.length === 3 ? ["partitions"] : cuts),
    ...(budget.restarts === 0 ? ["restarts"] : []),
    ...(budget.pauses === 0 ? ["pauses"] : []),
  ];
}

/** Losses, crashes, delays, duplicates, partitions, restarts, pauses. */
const ALL_KINDS = 7;

/** The same in one line beside a budget. */
export function notAskedForInWords(budget: Budget): string | undefined {
  const kinds = notAskedFor(budget);
  if (kinds.length === ALL_KINDS && kinds.includes("partitions")) return "not asked for: any kind of fault";
  return kinds.length === 0 ? undefined : `not asked for: ${kinds.join(", ")}`;
}

/** "up to 2 pauses", "any messages up to 1 instant late"; nothing if there may be none. */
function some(most: number, one: string, many: string, what = ""): readonly string[] {
  if (most === 0) return [];
  const so = what === "" ? "" : ` ${what}`;
  return [most === Infinity ? `any ${many}${so}` : `up to ${count(most, one, many)}${so}`];
}

/** Bounds that are lifted, one or another: "with any number of crashes or delays; with up to 2 partitions". Empty if there are none. */
export function liftedInWords(bounds: readonly LiftedBound[]): string {
  const { any, numbered } = namesOf(bounds);
  const inAll = bounds.some(({ kind }) => kind === undefined) ? ["with any number of faults in all"] : [];
  return [
    ...(any.length === 0 ? [] : [`with any number of ${enumerate(any, "or")}`]),
    ...(numbered.length === 0 ? [] : [`with up to ${enumerate(numbered, "or")}`]),
    ...inAll,
  ].join("; ");
}

function namesOf(bounds: readonly LiftedBound[]): {
  readonly any: readonly string[];
  readonly numbered: readonly string[];
} {
  const any: string[] = [];
  const numbered: string[] = [];
  for (const { kind, most } of bounds) {
    if (kind === undefined) continue;
    const { noun, plural } = kindOf(kind);
    if (most === Infinity) any.push(plural);
    else numbered.push(count(most, noun, plural));
  }
  return { any, numbered };
}

/** "with 2 faults", "without any fault". */
export function withFaults(n: number): string {
  return n === 0 ? "without any fault" : `with ${count(n, "fault")}`;
}
