/* Documents as `ldfi check` and `ldfi test` write them, with what a comparison needs. */

export interface Budget {
  readonly [bound: string]: unknown;
}

const usual: Budget = { nodes: ["a", "b", "c"], eot: 6, eff: 4, crashes: 1 };
const implication = { kind: "implication", pre: "pre", post: "post" };
const tool = { name: "ldfi", version: "0.1.0" };

export const lost = (from: string, to: string, at: number): object => ({ kind: "omission", from, to, at });

export interface CheckParts {
  readonly verdict?: "holds" | "violated" | "inconclusive";
  readonly budget?: Budget;
  readonly specification?: object;
  readonly schedule?: readonly object[];
  readonly smallest?: boolean;
  /** With `--all`. */
  readonly minimal?: readonly (readonly object[])[];
  readonly complete?: boolean;
  readonly warnings?: readonly (readonly [kind: string, about: string])[];
  readonly diagnostics?: readonly object[];
  readonly reach?: readonly string[];
}

/** The document of a check. */
export function checkDocument({
  verdict = "holds",
  budget = {},
  specification = implication,
  schedule = [],
  smallest = true,
  minimal,
  complete = true,
  warnings = [],
  diagnostics = [],
  reach,
}: CheckParts): object {
  return {
    format: 1,
    tool,
    command: "check",
    files: ["p.ded"],
    verdict,
    budget: { ...usual, ...budget },
    specification,
    ...(verdict === "violated" ? { counterexample: { faults: schedule.length, schedule, smallest } } : {}),
    ...(minimal === undefined
      ? {}
      : { minimal: { complete, counterexamples: minimal.map((m) => ({ faults: m.length, schedule: m })) } }),
    ...(reach === undefined ? {} : { reach: reach.map((pattern) => ({ pattern, result: "reached" })) }),
    warnings: warnings.map(([kind, about]) => ({ kind, about: [about], message: `${about} at p.ded:7` })),
    diagnostics,
  };
}

export interface ResultParts {
  readonly file?: string;
  readonly line?: number;
  readonly name?: string;
  readonly result?: "passed" | "failed" | "wrong";
  readonly verdict?: "holds" | "violated" | "inconclusive" | "error";
  readonly faults?: number;
  readonly budget?: Budget;
  readonly specification?: object;
  /** Of a `//! run` line. */
  readonly run?: readonly object[];
  readonly hollow?: readonly (readonly [code: string, about: string])[];
}

/** The document of a run of expectations. */
export function testDocument(results: readonly ResultParts[], more: object = {}): object {
  return { format: 1, tool, command: "test", cutShort: false, ...more, results: results.map(resultOf) };
}

function resultOf({
  file = "p.ded",
  line = 9,
  name = "check eot=6",
  result = "passed",
  verdict = "holds",
  faults = 0,
  budget = {},
  specification = implication,
  run,
  hollow = [],
}: ResultParts): object {
  const schedule = Array.from({ length: faults }, (_, i) => lost("a", "b", i + 1));
  return {
    file,
    line,
    name,
    result,
    actual: {
      verdict,
      ...(verdict === "violated" ? { faults, smallest: true, schedule } : {}),
      ...(hollow.length === 0
        ? {}
        : { hollow: hollow.map(([code, about]) => ({ code, about: [about], message: about })) }),
    },
    ...(verdict === "error"
      ? {}
      : {
          specification,
          ...(run === undefined ? { budget: { ...usual, ...budget } } : { run: { eot: 6, schedule: run } }),
        }),
    warnings: [],
  };
}
