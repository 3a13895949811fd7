import type { EvaluationError } from "../execution/execution.js";
import { formatSchedule } from "../faults/notation.js";
import type { Program } from "../program/program.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import { formatValue } from "../source/strings.js";
import type { Undecided } from "./verdict.js";

/**
 * An evaluation error as a diagnostic at the rule: what, when, with which values, under which faults. `undecided`: why it is not known
 * whether another schedule violates.
 */
export function evaluationDiagnostic(program: Program, error: EvaluationError, undecided?: Undecided): Diagnostic {
  const rule = error.rule === undefined ? undefined : program.rules[error.rule];
  const sentence = evaluationSentence(program, error);
  const message =
    undecided === undefined
      ? sentence
      : `${sentence}; whether another schedule violates is not known: ${undecided.detail}`;
  return diagnostic(error.kind, { span: rule?.span, message, help: advice(error) });
}

/** The error in one sentence, without its place. */
export function evaluationSentence(program: Program, error: EvaluationError): string {
  const bound = error.binding.map((b) => `${b.variable} = ${formatValue(b.value)}`);
  const values = bound.length === 0 ? "" : `, with ${bound.join(", ")}`;
  const faults = error.schedule.length === 0 ? "without any fault" : `under ${formatSchedule(error.schedule)}`;
  const rest = `at instant ${error.instant}${values}, ${faults}`;
  switch (error.kind) {
    case "division-by-zero":
      return `division by zero ${rest}`;
    case "integer-overflow":
      return `a result beyond the exact integers, ±9007199254740991, ${rest}`;
    case "too-many-tuples":
      return `more tuples than allowed, last in \`${program.relations[error.relation]?.name ?? "?"}\`, ${rest}`;
    default: {
      const never: never = error.kind;
      return never;
    }
  }
}

function advice(error: EvaluationError): string {
  switch (error.kind) {
    case "division-by-zero":
      return "add a comparison that excludes 0 as the divisor: it is evaluated first";
    case "integer-overflow":
      return "keep the numbers smaller, or bound the recursion that makes them grow";
    case "too-many-tuples":
      return "does a recursion within one instant not terminate? If it does, raise the limit with --max-tuples";
    default: {
      const never: never = error.kind;
      return never;
    }
  }
}
