import type { SolverAnswer } from "./external-solver.js";
import type { SatLiteral } from "./solver.js";

/*
 * What solvers print. Two dialects are in use:
 *
 *     the competition's    `s SATISFIABLE` and lines `v 1 -2 … 0`, or `s UNSATISFIABLE`, among comments `c …`
 *     MiniSat's            `SATISFIABLE` or `UNSATISFIABLE` on a line; the model is in a result file: `SAT`, then `1 -2 … 0`
 */

/** How a process ended. */
export interface SolverOutput {
  readonly stdout: string;
  /** The exit status, or `undefined` if a signal ended it. */
  readonly status: number | undefined;
  /** The text of the result file, where there is one. */
  readonly result?: string | undefined;
}

/** An answer, or that the model is wanted in a result file. */
export type ReadAnswer = SolverAnswer | { readonly kind: "model-elsewhere" };

/** By convention a solver's exit status is 10 for satisfiable and 20 for unsatisfiable; some always end with 0. */
const STATUS = { satisfiable: 10, unsatisfiable: 20 } as const;

/** The answer in a solver's output. A status that contradicts it, or any doubt, is no answer. */
export function readAnswer({ stdout, status, result }: SolverOutput): ReadAnswer {
  const lines = stdout.split(/\r?\n/);
  const said = [...new Set(lines.flatMap((line) => /^(?:s\s+)?((?:UN)?SATISFIABLE)\s*$/.exec(line)?.[1] ?? []))];
  const [word, other] = said;
  if (status === undefined) return failed("a signal ended it before it was done");
  if (other !== undefined) return failed("it says both SATISFIABLE and UNSATISFIABLE");
  if (word === undefined) {
    const shown = lines.find((line) => line.trim() !== "")?.slice(0, 80);
    return failed(
      `it ended with status ${status} without SATISFIABLE or UNSATISFIABLE${shown === undefined ? ", and printed nothing" : `; it began with: ${shown}`}`,
    );
  }
  const kind = word === "SATISFIABLE" ? "satisfiable" : "unsatisfiable";
  if (status !== 0 && status !== STATUS[kind]) return failed(`it says ${word}, but its exit status is ${status}`);
  if (kind === "unsatisfiable") return { kind };
  if (result !== undefined) {
    const [head = "", ...rest] = result.split(/\r?\n/);
    return head.trim() === "SAT" ? modelOf(rest.join(" ")) : failed("its result file does not begin with SAT");
  }
  const values = lines.filter((line) => /^v\s/.test(line) || line === "v");
  return values.length === 0 ? { kind: "model-elsewhere" } : modelOf(values.map((line) => line.slice(1)).join(" "));
}

function modelOf(text: string): SolverAnswer {
  const words = text.trim().split(/\s+/);
  const literals: SatLiteral[] = [];
  for (const word of words) {
    const literal = /^-?\d+$/.test(word) ? Number(word) : Number.NaN;
    if (!Number.isSafeInteger(literal)) return failed(`its model has the word ${word.slice(0, 40)}`);
    if (literal === 0) return { kind: "satisfiable", model: literals };
    literals.push(literal);
  }
  return failed("its model has no end");
}

function failed(problem: string): { readonly kind: "failed"; readonly problem: string } {
  return { kind: "failed", problem };
}
