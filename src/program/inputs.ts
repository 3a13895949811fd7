import type { Diagnostics } from "../source/diagnostic.js";
import type { Span } from "../source/source.js";
import type { FactStatement } from "../syntax/tree.js";
import type { Draft } from "./draft.js";

/** Reports inputs that repeat an unconditional fact or another input. */
export function checkInputs({ facts, inputs }: Draft, diagnostics: Diagnostics): void {
  if (inputs.length === 0) return;
  const stated = new Map(facts.map((fact) => [keyOf(fact), fact.span]));
  const offered = new Map<string, Span>();
  for (const fact of inputs.flatMap((input) => input.facts)) {
    const key = keyOf(fact);
    const [plain, before] = [stated.get(key), offered.get(key)];
    if (plain !== undefined)
      diagnostics.report("repeated-input", {
        span: fact.span,
        message: "this input is also a fact of the program, so it makes no difference",
        help: "remove the fact, or take it out of this line",
        related: [{ span: plain, message: "the fact" }],
      });
    else if (before !== undefined)
      diagnostics.report("repeated-input", {
        span: fact.span,
        message: "this input occurs twice",
        help: "remove one of the two",
        related: [{ span: before, message: "first here" }],
      });
    else offered.set(key, fact.span);
  }
}

/** Equal for equal facts. Arguments other than constants, and missing instants, are reported elsewhere. */
function keyOf({ atom: { relation, args, time } }: FactStatement): string {
  const values = args.map((arg) => (arg.kind === "integer" || arg.kind === "string" ? arg.value : null));
  return JSON.stringify([relation.text, values, time?.kind === "at" ? time.instant : null]);
}
