import { createHash } from "node:crypto";
import { dirname, relative, resolve } from "node:path";
import { stdinPath } from "../../disk/disk-files.js";
import { version } from "../../library/version.js";
import type { Program } from "../../program/program.js";
import { checkProof } from "../../proof/checker.js";
import { readProof } from "../../proof/drat.js";
import { isMalformed, readFormula } from "../../proof/formula.js";
import { renderManifest, sizeOf } from "../../proof/manifest.js";
import type { Verdict } from "../../search/verdict.js";
import { visible } from "../../source/strings.js";
import { exitStatus } from "../exit-status.js";
import type { SolverCommand } from "../external-solver.js";
import { solveWith, writesProofs } from "../external-solver.js";
import type { Host } from "../host.js";
import type { SearchJob } from "../job.js";
import type { FollowUp } from "./search.js";

/** The SHA-256 of some content, in hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The SHA-256 of the texts of all files of a program, in the order of inclusion; file names are not part of it. */
export function programSum({ files }: Program): string {
  return sha256(JSON.stringify(files.map(({ text }) => text)));
}

/** Why no proof could be written whatever the verdict, and what to do; known before the search. */
export function proofObstacle(
  job: SearchJob,
  solver: SolverCommand | undefined,
): { readonly message: string; readonly help: string } | undefined {
  const { strategy } = job.parameters;
  if (strategy !== undefined && strategy !== "lineage")
    return {
      message: `--proof: the strategy ${strategy} has no formula that could be refuted`,
      help: "omit --strategy",
    };
  if (job.files.includes(stdinPath))
    return {
      message: "--proof: the program comes from standard input, so `ldfi verify` could not read it again",
      help: "save it to a file, and name that",
    };
  if (solver !== undefined && !writesProofs(solver))
    return {
      message: "--proof: the command does not say where the solver writes its proof: add {proof}",
      help: "only cadical and kissat do not need it",
    };
  return undefined;
}

/**
 * `--proof FILE`: if the verdict is `holds`, has the solver refute the formula with a proof, checks the proof, and writes it to FILE, the
 * formula to FILE.cnf and a manifest to FILE.json.
 */
export function writeProof(
  { program, verdict, cnf }: { readonly program: Program; readonly verdict: Verdict; readonly cnf: string | undefined },
  job: SearchJob & { readonly proof: string },
  solver: SolverCommand | undefined,
  host: Host,
): FollowUp {
  const path = visible(job.proof);
  const none = (why: string): FollowUp => ({
    message: `ldfi: no proof was written to ${path}: ${why}\n`,
    ...(verdict.kind === "holds" ? { status: exitStatus("wrong-input") } : {}),
  });
  if (verdict.kind !== "holds") return none(`the verdict is ${verdict.kind}`);
  if (cnf === undefined || verdict.method !== "lineage")
    return none("the lineage over all schedules was too large, and alternation does not refute a single formula");
  host.progress("proof", "proving");
  const proved = proofOf(cnf, solver, host);
  if (typeof proved === "string") return none(proved);
  const size = sizeOf(cnf);
  if (isMalformed(size)) return none(size.problem);
  const named = (file: string): string => relative(dirname(resolve(job.proof)), resolve(file));
  const formulaPath = `${job.proof}.cnf`;
  const manifest = renderManifest({
    format: 1,
    ldfi: version,
    program: {
      files: job.files.map(named),
      includeDirs: job.includeDirs.map(named),
      sha256: programSum(program),
    },
    parameters: { ...job.parameters },
    formula: { file: named(formulaPath), sha256: sha256(cnf), ...size },
    proof: { file: named(job.proof), sha256: sha256(proved.proof), format: proved.format, steps: proved.steps },
    ...(job.solver === undefined || proved.steps === 0 ? {} : { solver: job.solver }),
  });
  for (const [file, content] of [
    [job.proof, proved.proof],
    [formulaPath, cnf],
    [`${job.proof}.json`, manifest],
  ] as const) {
    const problem = host.write(file, content);
    if (problem !== undefined) return none(`${visible(file)} could not be written: ${problem}`);
  }
  const steps = proved.steps === 0 ? "the formula is contradictory by itself" : `${proved.steps} steps, checked`;
  return { message: `ldfi: proved: ${path} (${steps}); check it again with: ldfi verify ${path}.json\n`, proof: path };
}

/** A checked proof that the formula has no model, or why there is none. */
function proofOf(
  cnf: string,
  solver: SolverCommand | undefined,
  host: Host,
): { readonly proof: Uint8Array; readonly steps: number; readonly format: "text" | "binary" } | string {
  const formula = readFormula(cnf);
  if (isMalformed(formula)) return formula.problem;
  if (checkProof(formula, []).kind === "refuted") return { proof: new Uint8Array(), steps: 0, format: "text" };
  if (solver === undefined) return "it needs a solver that writes proofs, such as --solver cadical";
  const { answer, proof } = solveWith(solver, cnf, host, true);
  if (answer.kind === "failed") return `the solver's answer cannot be used: ${answer.problem}`;
  if (answer.kind === "satisfiable")
    return "the solver says that the formula has a model, which contradicts the verdict";
  const read = readProof(proof ?? new Uint8Array());
  if (isMalformed(read)) return `the solver's proof cannot be read: ${read.problem}`;
  host.progress("proof check", "checking the proof");
  const checked = checkProof(formula, read.steps, host.interrupted);
  if (checked.kind === "stopped") return "interrupted while the proof was checked";
  if (checked.kind === "refused") return `the solver's proof is wrong: ${checked.problem}`;
  return { proof: proof ?? new Uint8Array(), steps: read.steps.length, format: read.format };
}
