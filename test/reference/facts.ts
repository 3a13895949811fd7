import type { Expression, FactStatement } from "../../src/syntax/tree.js";
import type { Tuple, Value } from "./values.js";

export interface ReferenceFact {
  readonly relation: string;
  readonly tuple: Tuple;
  readonly instant: number;
}

export function factOf({ atom }: FactStatement): ReferenceFact {
  if (atom.time?.kind !== "at") throw new Error("a fact needs a time");
  return { relation: atom.relation.text, tuple: atom.args.map(constant), instant: atom.time.instant };
}

function constant(e: Expression): Value {
  if (e.kind !== "integer" && e.kind !== "string") throw new Error("a fact has only constants");
  return e.value;
}

/** `vote("b","no")@1`. Equal facts have equal strings. */
export function showFact({ relation, tuple, instant }: ReferenceFact): string {
  return `${relation}(${tuple.map((value) => JSON.stringify(value)).join()})@${instant}`;
}
