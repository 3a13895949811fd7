import { setUp } from "../execution/setup.js";
import type { Program } from "../program/program.js";
import type { Diagnostics } from "../source/diagnostic.js";
import { DEFAULT_EOT } from "./bounds.js";
import { evaluationDiagnostic } from "./evaluation-diagnostic.js";

/** The program for the EOT of some options, its static relations and facts evaluated; `undefined` if that ends in an error, which is reported. */
export function setUpFor(
  program: Program,
  { eot = DEFAULT_EOT, maxTuples }: { readonly eot?: number | undefined; readonly maxTuples?: number | undefined },
  diagnostics: Diagnostics,
): Program | undefined {
  const result = setUp(program, eot, maxTuples);
  if (result.kind === "set-up") return result.program;
  diagnostics.add([evaluationDiagnostic(result.program, result.error)]);
  return undefined;
}

/** The same for advice about a program: as it is, if the evaluation ends in an error. */
export function setUpForAdvice(program: Program, eot = DEFAULT_EOT): Program {
  const result = setUp(program, eot);
  return result.kind === "set-up" ? result.program : program;
}
