import type { AggregateTerm } from "../program/program.js";
import type { ValueId, ValueTable } from "./values.js";

/** The member that a binding adds to the group of an aggregate: the value of its variable, or the tuple of those it ranges over. */
export function memberOf(
  { over }: AggregateTerm,
  binding: ArrayLike<ValueId | undefined>,
  values: ValueTable,
): ValueId {
  const columns = over.map((variable) => binding[variable] as ValueId);
  return over.length === 1 ? (columns[0] as ValueId) : values.tuple(columns);
}

/** What a column of the head shows of a result: of the greatest tuple its own component. */
export function shownBy({ component }: AggregateTerm, result: ValueId, values: ValueTable): ValueId {
  return component === undefined ? result : (values.columnsOf(result)?.[component] ?? result);
}
