import type { Program } from "../program/program.js";
import { evaluationDiagnostic } from "../search/evaluation-diagnostic.js";
import type { Replayed } from "../search/replay.js";
import { violates } from "../search/search.js";
import type { CheckResult, Counterexample, Violated, Witness } from "../search/verdict.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { formatValue } from "../source/strings.js";
import type { ExpectedOutcome } from "../syntax/expectation.js";
import type { Actual } from "./result.js";

/** What came out, and what it took. */
export interface Decided {
  readonly actual: Actual;
  readonly executions: number;
}

/** Whether what came out is what was expected; `faults`, where given, is the size of the smallest counterexample. */
export function meets(actual: Actual, expected: ExpectedOutcome, faults: number | undefined): boolean {
  if (actual.kind !== expected) return false;
  return faults === undefined || (actual.kind === "violated" && actual.smallest && actual.schedule.length === faults);
}

/** A program, an option or a line that is wrong. */
export function failureOf(diagnostics: readonly Diagnostic[]): Decided {
  return { actual: { kind: "error", diagnostics }, executions: 0 };
}

export function fromCheck(result: CheckResult, program: Program): Decided {
  if (result.kind === "error") {
    const { error, undecided } = result;
    if (undecided?.reason === "interrupted") return { actual: interrupted(undecided.detail), executions: 0 };
    return failureOf([evaluationDiagnostic(program, error, undecided)]);
  }
  const { verdict } = result;
  const { executions } = verdict.statistics;
  switch (verdict.kind) {
    case "holds":
      return { actual: { kind: "holds" }, executions };
    case "violated":
      return { actual: violated(verdict.counterexample, verdict.smallest, program, verdict.error), executions };
    case "inconclusive":
      return {
        actual: { kind: "inconclusive", detail: verdict.detail, interrupted: verdict.reason === "interrupted" },
        executions,
      };
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

export function fromReplay(replayed: Replayed, program: Program): Decided {
  switch (replayed.kind) {
    case "error":
      return failureOf([evaluationDiagnostic(program, replayed.error)]);
    case "stopped":
      return { actual: interrupted(replayed.detail), executions: 0 };
    case "run": {
      const { run, executions } = replayed;
      return { actual: violates(run) ? violated(run, false, program) : { kind: "holds" }, executions };
    }
    default: {
      const never: never = replayed;
      return never;
    }
  }
}

function interrupted(detail: string): Actual {
  return { kind: "inconclusive", detail, interrupted: true };
}

function violated(
  { schedule, witnesses }: Counterexample,
  smallest: boolean,
  program: Program,
  error?: Violated["error"],
): Actual {
  const inWords = ({ relation, args }: Witness): string =>
    `${program.relations[relation]?.name ?? "?"}(${args.map(formatValue).join(", ")})`;
  const missing = witnesses.filter(({ kind }) => kind === "missing").map(inWords);
  const present = witnesses.filter(({ kind }) => kind === "present").map((w) => `${inWords(w)}@${w.instant}`);
  const besides = error === undefined ? {} : { error: evaluationDiagnostic(program, error) };
  return { kind: "violated", schedule, smallest, missing, present, ...besides };
}
