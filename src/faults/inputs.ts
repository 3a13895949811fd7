/*
 * Inputs: facts that the environment of a program may supply. A `maybe` line has one alternative, which is present or not; of a
 * `one-of` line exactly one alternative is present. They are choices, not faults, and do not count in "fewest faults".
 */

/** The choice that an input line offers. */
export interface InputLine {
  readonly kind: "maybe" | "one-of";
  /** The number of facts, ≥ 1; 1 for a `maybe` line. */
  readonly alternatives: number;
}

/** A choice for each line, in the order of the program: the index of the alternative, or `undefined` for an absent `maybe`. */
export type Inputs = readonly (number | undefined)[];

/** The default inputs: no `maybe`, the first alternative of each `one-of`. */
export function defaultInputs(lines: readonly InputLine[]): Inputs {
  return lines.map(({ kind }) => (kind === "maybe" ? undefined : 0));
}

/** The order in which inputs are reported: by the number of `maybe` facts present; then line by line, absent before present, earlier alternatives first. */
export function compareInputs(a: Inputs, b: Inputs, lines: readonly InputLine[]): number {
  const present = (inputs: Inputs): number =>
    lines.reduce((n, { kind }, i) => n + (kind === "maybe" && inputs[i] !== undefined ? 1 : 0), 0);
  const fewer = present(a) - present(b);
  if (fewer !== 0) return fewer;
  for (const i of lines.keys()) {
    const order = (a[i] ?? -1) - (b[i] ?? -1);
    if (order !== 0) return order;
  }
  return 0;
}

/** The number of inputs: the product of 2 for each `maybe` and the number of alternatives for each `one-of`. */
export function inputChoices(lines: readonly InputLine[]): bigint {
  return lines.reduce((n, { kind, alternatives }) => n * BigInt(kind === "maybe" ? 2 : alternatives), 1n);
}

/** All inputs, in the order in which they are reported. */
export function* allInputs(lines: readonly InputLine[]): Generator<Inputs> {
  const some = function* (from: number): Generator<Inputs> {
    const line = lines[from];
    if (line === undefined) {
      yield [];
      return;
    }
    const choices = [...(line.kind === "maybe" ? [undefined] : []), ...Array(line.alternatives).keys()];
    for (const choice of choices) for (const rest of some(from + 1)) yield [choice, ...rest];
  };
  yield* [...some(0)].sort((a, b) => compareInputs(a, b, lines));
}
