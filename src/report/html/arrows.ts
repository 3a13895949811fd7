import { isLate, leavesSender } from "../../evidence/space-time.js";
import { fateWords } from "../text/fate-words.js";
import type { ArrowModel, Model, RunModel } from "./model.js";

/** How an arrow is drawn: with heads, or with a cross on the line or at its start. */
export type ArrowEnd = "arrives" | "lost" | "unsent";

export function endOf({ fate }: ArrowModel): ArrowEnd {
  if (fate === "delivered") return "arrives";
  return leavesSender[fate] ? "lost" : "unsent";
}

/** Identifies an arrow, independently of its fate in the run. */
export function arrowKey(arrow: Pick<ArrowModel, "from" | "to" | "sent">): string {
  return JSON.stringify([arrow.from, arrow.to, arrow.sent]);
}

/** The arrows of a run that the other run does not have with the same end and tuples. */
export function differing(run: RunModel, other: RunModel): ReadonlySet<number> {
  const story = (a: ArrowModel): string =>
    JSON.stringify([arrowKey(a), a.fate, a.arrivals, [...a.loads].map(([tuple]) => tuple).sort((x, y) => x - y)]);
  const known = new Set(other.arrows.map(story));
  return new Set(run.arrows.flatMap((arrow, i) => (known.has(story(arrow)) ? [] : [i])));
}

/** `log ×2, ack`. */
export function loadsInWords(arrow: ArrowModel, model: Pick<Model, "relations" | "tuples">): string {
  const counts = new Map<string, Set<number>>();
  for (const [tuple] of arrow.loads) {
    const name = model.relations[model.tuples[tuple]?.relation ?? -1] ?? "?";
    counts.set(name, (counts.get(name) ?? new Set()).add(tuple));
  }
  return [...counts].map(([name, tuples]) => (tuples.size === 1 ? name : `${name} ×${tuples.size}`)).join(", ");
}

export function fateInWords(arrow: ArrowModel): string {
  const { state } = fateWords[arrow.fate];
  return isLate(arrow) ? `${state} at ${arrow.arrivals.join(" and ")}` : state;
}
