import type { Inputs } from "../faults/inputs.js";
import { defaultInputs } from "../faults/inputs.js";
import { formatValue } from "../source/strings.js";
import type { Fact, Program } from "./program.js";
import { inputLines } from "./program.js";

/*
 * Choices of inputs as users write and read them: the facts that are present, as in `vote("b", "no")@1`.
 */

/** The facts that a choice of inputs adds, in the order of the lines. */
export function chosenFacts(program: Program, inputs: Inputs): readonly Fact[] {
  return program.inputs.flatMap(({ facts }, line) => {
    const choice = inputs[line];
    return choice === undefined ? [] : facts.slice(choice, choice + 1);
  });
}

/** The facts that a choice of inputs adds, as texts. */
export function formatInputs(program: Program, inputs: Inputs): readonly string[] {
  return chosenFacts(program, inputs).map((fact) => formatFact(program, fact));
}

/** The inputs to pass with `--input` to repeat a choice: the facts that are not present by default. */
export function givenInputs(program: Program, inputs: Inputs): readonly string[] {
  const usual = defaultInputs(inputLines(program));
  const differing = inputs.map((choice, line) => (choice === usual[line] ? undefined : choice));
  return formatInputs(program, differing);
}

/** `vote("b", "no")@1` */
export function formatFact(program: Program, { relation, args, instant }: Fact): string {
  return `${program.relations[relation]?.name ?? "?"}(${args.map(formatValue).join(", ")})@${instant}`;
}
