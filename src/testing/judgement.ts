import type { Program } from "../program/program.js";
import { evaluationDiagnostic } from "../search/evaluation-diagnostic.js";
import type { Replayed } from "../search/replay.js";
import { violates } from "../search/search.js";
import type { AdequacyWarning, CheckResult, Counterexample, Violated, Witness } from "../search/verdict.js";
import { subjectsOf } from "../search/warning-subjects.js";
import type { DiagnosticCode } from "../source/codes.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import { formatValue } from "../source/strings.js";
import type { Actual, TestResult } from "./result.js";

/** The actual outcome, and the number of runs. */
export interface Decided {
  readonly actual: Actual;
  readonly executions: number;
  /** Reasons why the outcome may say less than it seems to. */
  readonly warnings: readonly Diagnostic[];
  /** The question; absent if it is wrong. */
  readonly question?: TestResult["question"];
  /** The answer is from the cache. */
  readonly cached?: true;
}

/** The sentence of an adequacy warning. */
export type InWords = (warning: AdequacyWarning, program: Program) => string;

/** The warnings with which a `holds` is hollow: it would hold whatever the protocol did. */
const hollowCodes: readonly DiagnosticCode[] = ["vacuous", "out-of-reach", "nothing-to-lose"];

/**
 * Whether the actual outcome is the expected one. `faults`: the expected size of the smallest counterexample. A `holds` must not be
 * hollow, or with `vacuous` it must be; otherwise every `reach` line must be reached.
 */
export function meets(actual: Actual, { outcome, faults, vacuous }: TestResult["expected"]): boolean {
  switch (actual.kind) {
    case "holds":
      return (
        outcome === "holds" &&
        actual.hollow.length > 0 === (vacuous === true) &&
        (vacuous === true || actual.unreached.length === 0)
      );
    case "violated":
      return outcome === "violated" && (faults === undefined || (actual.smallest && actual.schedule.length === faults));
    case "inconclusive":
    case "error":
      return outcome === actual.kind;
    default: {
      const never: never = actual;
      return never;
    }
  }
}

/** The outcome of a program, an option or a `//!` line with errors. */
export function failureOf(diagnostics: readonly Diagnostic[]): Decided {
  return { actual: { kind: "error", diagnostics }, executions: 0, warnings: [] };
}

function held(warnings: readonly AdequacyWarning[], executions: number, program: Program, inWords: InWords): Decided {
  const diagnostics = warnings.map((warning) =>
    diagnostic(warning.kind, { message: inWords(warning, program), about: subjectsOf(warning, program) }),
  );
  const isHollow = ({ code }: Diagnostic): boolean => hollowCodes.includes(code);
  const isUnreached = ({ code }: Diagnostic): boolean => code === "not-reached";
  return {
    actual: { kind: "holds", hollow: diagnostics.filter(isHollow), unreached: diagnostics.filter(isUnreached) },
    executions,
    warnings: diagnostics.filter((d) => !isHollow(d) && !isUnreached(d)),
  };
}

export function fromCheck(result: CheckResult, program: Program, inWords: InWords): Decided {
  if (result.kind === "error") {
    const { error, undecided } = result;
    if (undecided?.reason === "interrupted") return interrupted(undecided.detail);
    return failureOf([evaluationDiagnostic(program, error, undecided)]);
  }
  const { verdict } = result;
  const { executions } = verdict.statistics;
  const cached = verdict.cached === true ? { cached: true as const } : {};
  switch (verdict.kind) {
    case "holds":
      return { ...held(verdict.warnings, executions, program, inWords), ...cached };
    case "violated": {
      const actual = violated(verdict.counterexample, verdict.smallest, program, verdict.error);
      return { actual, executions, warnings: [], ...cached };
    }
    case "inconclusive":
      return {
        actual: { kind: "inconclusive", detail: verdict.detail, interrupted: verdict.reason === "interrupted" },
        executions,
        warnings: [],
      };
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

export function fromReplay(replayed: Replayed, program: Program, inWords: InWords): Decided {
  switch (replayed.kind) {
    case "error":
      return failureOf([evaluationDiagnostic(program, replayed.error)]);
    case "stopped":
      return interrupted(replayed.detail);
    case "run": {
      const { run, executions, warnings } = replayed;
      return violates(run)
        ? { actual: violated(run, false, program), executions, warnings: [] }
        : held(warnings, executions, program, inWords);
    }
    default: {
      const never: never = replayed;
      return never;
    }
  }
}

function interrupted(detail: string): Decided {
  return { actual: { kind: "inconclusive", detail, interrupted: true }, executions: 0, warnings: [] };
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
