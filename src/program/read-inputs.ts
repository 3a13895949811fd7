import type { Inputs } from "../faults/inputs.js";
import { defaultInputs } from "../faults/inputs.js";
import { parseText } from "../syntax/parser.js";
import { formatFact } from "./chosen-inputs.js";
import type { Program } from "./program.js";
import { inputLines } from "./program.js";

export interface WrongInput {
  readonly text: string;
  readonly problem: string;
  readonly help: string;
}

/** Reads input facts. Of a line of which no fact is given, a `maybe` is missing and a `one-of` is its first alternative. */
export function readInputs(
  program: Program,
  texts: readonly string[],
): { readonly inputs: Inputs; readonly wrong: readonly WrongInput[] } {
  const inputs = [...defaultInputs(inputLines(program))];
  const given = new Map<number, string>();
  const wrong: WrongInput[] = [];
  const offers = program.inputs.flatMap(({ facts }) => facts.map((fact) => formatFact(program, fact)));
  const help =
    offers.length === 0
      ? "the program has no `//! maybe` or `//! one-of` line"
      : `the inputs are ${offers.slice(0, 8).join(", ")}${offers.length > 8 ? ", …" : ""}`;
  for (const text of texts) {
    const found = placeOf(program, text);
    if (typeof found === "string") {
      wrong.push({ text, problem: found, help });
      continue;
    }
    const other = given.get(found.line);
    if (other !== undefined && inputs[found.line] !== found.alternative)
      wrong.push({
        text,
        problem: `it excludes ${other}, which is given as well`,
        help: "give one of them",
      });
    given.set(found.line, text);
    inputs[found.line] = found.alternative;
  }
  return { inputs, wrong };
}

/** The line and the alternative that a text names, or what is wrong with it. */
function placeOf(program: Program, text: string): { readonly line: number; readonly alternative: number } | string {
  const { tree, diagnostics } = parseText({ path: "<input>", text: `${text.trim().replace(/;$/, "")};` });
  const [statement, ...more] = tree.statements;
  if (diagnostics.length > 0 || statement?.kind !== "fact" || more.length > 0 || statement.atom.time?.kind !== "at")
    return "this is not a fact with its instant";
  const { relation, args, time } = statement.atom;
  const values = args.map((arg) => (arg.kind === "integer" || arg.kind === "string" ? arg.value : undefined));
  for (const [line, { facts }] of program.inputs.entries()) {
    const alternative = facts.findIndex(
      (fact) =>
        program.relations[fact.relation]?.name === relation.text &&
        fact.instant === time.instant &&
        fact.args.length === values.length &&
        fact.args.every((value, i) => value === values[i]),
    );
    if (alternative >= 0) return { line, alternative };
  }
  return "no line of the program offers this input";
}
