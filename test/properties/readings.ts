import type { Tuple } from "../../src/execution/execution.js";
import { integerFrom, Varying } from "../../src/execution/varying.js";
import type { AllSchedules, PossibleTuple } from "../../src/lineage/all-schedules.js";

/** Of possible tuples, those that hold under an assignment of the variables, each once, with the values that they have under it. */
export function tuplesUnder(
  all: AllSchedules,
  possible: readonly PossibleTuple[],
  assignment: (variable: number) => boolean,
): readonly Tuple[] {
  const digits = possible.flatMap(({ args }) => args.flatMap((arg) => (arg instanceof Varying ? arg.digits : [])));
  const present = all.graph.evaluate([...possible.map((p) => p.annotation), ...digits], assignment);
  let next = possible.length;
  const found = new Map<string, Tuple>();
  possible.forEach(({ args }, i) => {
    const values = args.map((arg) => {
      if (!(arg instanceof Varying)) return arg;
      next += arg.digits.length;
      return integerFrom(present.slice(next - arg.digits.length, next));
    });
    if (present[i] === true) found.set(JSON.stringify(values), values);
  });
  return [...found.values()];
}
