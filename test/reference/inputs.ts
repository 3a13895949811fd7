import type { ReferenceFact } from "./facts.js";
import { showFact } from "./facts.js";

/** What a `//! maybe` or a `//! one-of` line leaves open. */
export type InputLine =
  | { readonly kind: "maybe"; readonly fact: ReferenceFact }
  | { readonly kind: "one-of"; readonly alternatives: readonly ReferenceFact[] };

export interface Choice {
  readonly line: InputLine;
  /** Of `maybe` 0 (absent) or 1 (present), of `one-of` the index of the alternative. */
  readonly chosen: number;
}

/** A choice for each line, in the order of the text. */
export type Inputs = readonly Choice[];

/** "A `maybe` is absent and a `one-of` is its first alternative unless given." */
export function usualInputs(lines: readonly InputLine[]): Inputs {
  return lines.map((line) => ({ line, chosen: 0 }));
}

/** Every choice, in the order of schedules: "every search ranges over all of them". */
export function allInputs(lines: readonly InputLine[]): readonly Inputs[] {
  let all: readonly Inputs[] = [[]];
  for (const line of lines) {
    const choices = line.kind === "maybe" ? [0, 1] : [...line.alternatives.keys()];
    all = all.flatMap((inputs) => choices.map((chosen) => [...inputs, { line, chosen }]));
  }
  return [...all].sort(compareInputs);
}

/** "Fewest `maybe` facts present, then line by line: absent before present, earlier alternatives first." */
export function compareInputs(a: Inputs, b: Inputs): number {
  const differences = a.map((choice, i) => choice.chosen - (b[i]?.chosen ?? 0));
  return maybesIn(a) - maybesIn(b) || (differences.find((difference) => difference !== 0) ?? 0);
}

function maybesIn(inputs: Inputs): number {
  return inputs.filter(({ line, chosen }) => line.kind === "maybe" && chosen === 1).length;
}

/** "`maybe`: the fact is added or not. `one-of`: exactly one of them is added; nothing is removed." */
export function factsOf(inputs: Inputs): readonly ReferenceFact[] {
  return inputs.flatMap(({ line, chosen }) => {
    if (line.kind === "maybe") return chosen === 1 ? [line.fact] : [];
    const fact = line.alternatives[chosen];
    return fact === undefined ? [] : [fact];
  });
}

/** "Facts in them count as facts in every static question." */
export function possibleFacts(lines: readonly InputLine[]): readonly ReferenceFact[] {
  return lines.flatMap((line) => (line.kind === "maybe" ? [line.fact] : line.alternatives));
}

/** The facts that are added: `vote("b","no")@1`. */
export function showInputs(inputs: Inputs): string {
  return factsOf(inputs).map(showFact).join(" ");
}

/** What `--input` says of each line; throws for what it may not say. */
export function giveInputs(lines: readonly InputLine[], given: readonly string[]): Inputs {
  const stray = given.find((fact) => !possibleFacts(lines).some((possible) => showFact(possible) === fact));
  if (stray !== undefined) throw new Error(`no line offers ${stray}`);
  return lines.map((line) => {
    const offered = (line.kind === "maybe" ? [line.fact] : line.alternatives).map(showFact);
    const [index, ...others] = offered.flatMap((fact, i) => (given.includes(fact) ? [i] : []));
    if (others.length > 0) throw new Error(`two of one line: ${offered.join(" | ")}`);
    return { line, chosen: line.kind === "maybe" ? Number(index !== undefined) : (index ?? 0) };
  });
}
