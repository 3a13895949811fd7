import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { SolverAnswer } from "../solving/external-solver.js";
import { readAnswer } from "../solving/solver-output.js";
import type { Host } from "./host.js";
import { readBytes } from "./read-bytes.js";

/*
 * `--solver COMMAND`: the words of a command, in which `{}` stands for the file with the formula and `{proof}` for the file of the proof.
 * Without `{}` the formula comes last, followed by the proof for solvers that are known to write one.
 */

/** Solvers that write a DRAT proof to a second file on their command line. */
const PROOF_WRITERS = new Set(["cadical", "kissat"]);

export interface SolverCommand {
  readonly words: readonly string[];
}

/** Whether the command has a place for the file of the proof. */
export function writesProofs({ words }: SolverCommand): boolean {
  return words.some((word) => word.includes("{proof}")) || PROOF_WRITERS.has(basename(words[0] ?? ""));
}

/** A solver's answer, with the proof if one was requested and there is no model. */
export interface Solved {
  readonly answer: SolverAnswer;
  readonly proof?: Uint8Array;
}

/** A solver's message may repeat its command line: removes the name of the temporary file. */
function withoutPath(answer: ReturnType<typeof readAnswer>, path: string): ReturnType<typeof readAnswer> {
  return answer.kind === "failed" ? failed(answer.problem.replaceAll(path, "{}")) : answer;
}

/** Runs a solver on a formula in DIMACS CNF, in a temporary folder. */
export function solveWith(command: SolverCommand, cnf: string, host: Host, withProof = false): Solved {
  const folder = mkdtempSync(join(tmpdir(), "ldfi-solver-"));
  try {
    const [formula, result, proof] = ["formula.cnf", "result", "proof"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(formula, cnf);
    const words = commandLine(command, formula, withProof ? proof : undefined);
    const answer = withoutPath(run(words, host), formula);
    if (answer.kind === "model-elsewhere") return { answer: run([...words, result], host, result) as SolverAnswer };
    if (!withProof || answer.kind !== "unsatisfiable") return { answer };
    const written = bytesOf(proof);
    return written === undefined ? { answer: failed("it wrote no proof") } : { answer, proof: written };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function commandLine({ words }: SolverCommand, formula: string, proof: string | undefined): readonly string[] {
  const namesFormula = words.some((word) => word.includes("{}"));
  const namesProof = words.some((word) => word.includes("{proof}"));
  const given = words
    // If no proof is needed, the word that names it is dropped.
    .filter((word) => proof !== undefined || word !== "{proof}")
    .map((word) => word.replaceAll("{}", formula).replaceAll("{proof}", proof ?? "/dev/null"));
  return [...given, ...(namesFormula ? [] : [formula]), ...(proof === undefined || namesProof ? [] : [proof])];
}

function run(words: readonly string[], host: Host, resultFile?: string): ReturnType<typeof readAnswer> {
  const end = host.runProcess(words);
  const name = words[0] ?? "";
  if (end.kind === "not-started") return failed(`${name} ${end.problem}`);
  const result = resultFile === undefined ? undefined : bytesOf(resultFile);
  if (resultFile !== undefined && result === undefined)
    return failed("it printed no `v` lines and wrote no result file, so there is no model");
  const { stdout, status, stderr } = end;
  const answer = readAnswer({
    stdout,
    status,
    ...(result === undefined ? {} : { result: new TextDecoder().decode(result) }),
  });
  const said = errorOutput(stderr);
  return answer.kind === "failed" && said !== "" ? failed(`${answer.problem} (${said})`) : answer;
}

/** The first and the last line that has a word in it: some say what is wrong at the beginning, others at the end. */
function errorOutput(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => /\w/.test(line));
  const ends = [lines[0], lines.length > 1 ? lines.at(-1) : undefined].filter((line) => line !== undefined);
  return ends.map((line) => line.trim().slice(0, 200)).join(" … ");
}

function bytesOf(path: string): Uint8Array | undefined {
  const read = readBytes(path);
  return read.kind === "read" ? read.bytes : undefined;
}

function failed(problem: string): { readonly kind: "failed"; readonly problem: string } {
  return { kind: "failed", problem };
}
