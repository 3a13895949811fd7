/*
 * What the environment may do: the lines of inputs of a program. A `maybe` line has one alternative, which is there or not; of a
 * `one-of` line exactly one alternative is there. They are choices, not faults: they cost nothing in "fewest faults".
 */

/** The shape of a line of inputs, as far as choices go. */
export interface InputLine {
  readonly kind: "maybe" | "one-of";
  /** How many facts are offered, ≥ 1; of a `maybe` line one. */
  readonly alternatives: number;
}

/** A choice for each line, in the order of the program: the index of the alternative, or `undefined` for a `maybe` that is not there. */
export type Inputs = readonly (number | undefined)[];

/** What holds where nothing is said: no `maybe`, the first alternative of each `one-of`. */
export function defaultInputs(lines: readonly InputLine[]): Inputs {
  return lines.map(({ kind }) => (kind === "maybe" ? undefined : 0));
}

/** The order in which inputs are reported: fewest `maybe` facts present; then line by line, absent before present, earlier alternatives first. */
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

/** How many inputs there are: 2 for each `maybe`, as many as there are alternatives for each `one-of`. */
export function inputChoices(lines: readonly InputLine[]): bigint {
  return lines.reduce((n, { kind, alternatives }) => n * BigInt(kind === "maybe" ? 2 : alternatives), 1n);
}

/** Every choice of inputs, in the order in which they are reported. */
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
