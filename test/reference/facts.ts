import type { Expression, FactStatement } from "../../src/syntax/tree.js";
import type { Tuple, Value } from "./values.js";

export interface ReferenceFact {
  readonly relation: string;
  readonly tuple: Tuple;
  readonly instant: number;
}

/** "Several ranges in one fact are their product, the first argument varying slowest." */
export function factsOf({ atom }: FactStatement): readonly ReferenceFact[] {
  if (atom.time?.kind !== "at") throw new Error("a fact needs a time");
  const { instant } = atom.time;
  const tuples = atom.args
    .map(valuesOf)
    .reduce<Tuple[]>((so, values) => so.flatMap((tuple) => values.map((value) => [...tuple, value])), [[]]);
  return tuples.map((tuple) => ({ relation: atom.relation.text, tuple, instant }));
}

/** "Of integers, or of strings that are equal up to the longest run of digits at their end"; leading zeros keep the width. */
function valuesOf(e: Expression): readonly Value[] {
  if (e.kind !== "range") return [constant(e)];
  const [from, to] = [constant(e.from), constant(e.to)];
  if (typeof from === "number" || typeof to === "number") return counted(Number(from), Number(to));
  if (from === to) return [from];
  const digits = /\d+$/.exec(from)?.[0] ?? "";
  const width = digits.startsWith("0") ? digits.length : 0;
  const last = Number(/\d+$/.exec(to)?.[0]);
  return counted(Number(digits), last).map(
    (n) => from.slice(0, from.length - digits.length) + String(n).padStart(width, "0"),
  );
}

function counted(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

function constant(e: Expression): Value {
  if (e.kind !== "integer" && e.kind !== "string") throw new Error("a fact has only constants");
  return e.value;
}

/** `vote("b","no")@1`. Equal facts have equal strings. */
export function showFact({ relation, tuple, instant }: ReferenceFact): string {
  return `${relation}(${tuple.map((value) => JSON.stringify(value)).join()})@${instant}`;
}
