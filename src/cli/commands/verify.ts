import { dirname, join } from "node:path";
import { version } from "../../library/version.js";
import { loadProgram } from "../../program/load.js";
import { checkProof } from "../../proof/checker.js";
import { readProof } from "../../proof/drat.js";
import { isMalformed, readFormula } from "../../proof/formula.js";
import type { Manifest } from "../../proof/manifest.js";
import { parametersIn, readManifest } from "../../proof/manifest.js";
import { progressLine } from "../../report/terminal/progress.js";
import { styles } from "../../report/terminal/styles.js";
import { prepare } from "../../search/check.js";
import { formulaOf } from "../../search/formula.js";
import { visible } from "../../source/strings.js";
import { count } from "../../wording/numbers.js";
import type { ExitStatus } from "../exit-status.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import type { TextJob } from "../job.js";
import type { Ending } from "../messages.js";
import { readBytes } from "../read-bytes.js";
import { programSum, sha256 } from "./proof.js";

export interface VerifyJob extends TextJob {
  readonly kind: "verify";
  readonly manifest: string;
}

/** How a verification ends; the sentences begin in lower case. */
type Outcome =
  | { readonly kind: "verified"; readonly manifest: Manifest; readonly added: number; readonly resolved: number }
  | { readonly kind: "refused"; readonly problem: string }
  | { readonly kind: "unreadable"; readonly problem: string }
  | { readonly kind: "stopped"; readonly problem: string };

const statuses: { readonly [K in Outcome["kind"]]: ExitStatus } = {
  verified: exitStatus("holds"),
  refused: exitStatus("violated"),
  unreadable: exitStatus("wrong-input"),
  stopped: exitStatus("inconclusive"),
};

/** `ldfi verify MANIFEST` */
export function verifyCommand(job: VerifyJob, host: Host): Ending {
  const outcome = verification(job, host);
  const { palette } = styles(job.terminal).style;
  const status = statuses[outcome.kind];
  switch (outcome.kind) {
    case "verified":
      return { stdout: `${palette.good("VERIFIED")}  ${verified(outcome)}`, stderr: "", files: [], status };
    case "refused":
      return { stdout: `${palette.bad("REFUSED")}  ${outcome.problem}\n`, stderr: "", files: [], status };
    case "unreadable":
    case "stopped":
      return { stdout: "", stderr: `ldfi: ${outcome.problem}\n`, files: [], status };
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

function verified({ manifest, added, resolved }: Extract<Outcome, { kind: "verified" }>): string {
  const { program, formula } = manifest;
  const steps =
    added === 0
      ? "unit propagation alone refutes the formula"
      : `${count(added, "clause")} follow from it, ${resolved} of them by resolution on their first literal, up to a contradiction`;
  return `\
${program.files.map(visible).join(", ")} holds within the budget of the manifest

Program   as it was when the proof was made
Formula   made again from the program, and the same: ${count(formula.variables, "variable")}, ${count(formula.clauses, "clause")}
Proof     ${steps}
Believed  that the formula means what the program means: this rests on ldfi's evaluation, which the proof does not cover
`;
}

function verification(job: VerifyJob, host: Host): Outcome {
  const text = bytesAt(job.manifest);
  if (typeof text === "string") return { kind: "unreadable", problem: text };
  const manifest = readManifest(new TextDecoder().decode(text));
  if (isMalformed(manifest)) {
    // The user may have named the proof or the formula instead.
    const beside = `${job.manifest.replace(/\.cnf$/, "")}.json`;
    const help = typeof bytesAt(beside) === "string" ? "" : `; did you mean ${visible(beside)}?`;
    const problem = `${visible(job.manifest)} is not the manifest of a proof: ${manifest.problem}${help}`;
    return { kind: "unreadable", problem };
  }
  const folder = dirname(job.manifest);
  const [formulaBytes, proofBytes] = [
    bytesAt(join(folder, manifest.formula.file)),
    bytesAt(join(folder, manifest.proof.file)),
  ];
  if (typeof formulaBytes === "string") return { kind: "unreadable", problem: formulaBytes };
  if (typeof proofBytes === "string") return { kind: "unreadable", problem: proofBytes };
  if (sha256(formulaBytes) !== manifest.formula.sha256)
    return refused(`${visible(manifest.formula.file)} was changed after the proof was made`);
  if (sha256(proofBytes) !== manifest.proof.sha256)
    return refused(`${visible(manifest.proof.file)} was changed after it was written`);
  const cnf = new TextDecoder().decode(formulaBytes);
  const other = difference(manifest, cnf, folder, job, host);
  if (other !== undefined) return other;
  const formula = readFormula(cnf);
  const proof = readProof(proofBytes);
  if (isMalformed(formula)) return refused(`the formula cannot be read: ${formula.problem}`);
  if (isMalformed(proof)) return refused(`the proof cannot be read: ${proof.problem}`);
  const began = performance.now();
  let stop: string | undefined;
  const result = checkProof(formula, proof.steps, (done) => {
    host.progress("proof", `checking the proof: ${Math.floor(done * 100)} %`);
    if (host.interrupted()) stop = "interrupted before the proof was checked";
    else if (job.timeout !== undefined && performance.now() - began > job.timeout * 1000)
      stop = `the time limit of ${job.timeout} s was reached before the proof was checked`;
    return stop !== undefined;
  });
  switch (result.kind) {
    case "refuted":
      return { kind: "verified", manifest, added: result.added, resolved: result.resolved };
    case "refused":
      return refused(result.problem);
    case "stopped":
      return { kind: "stopped", problem: stop ?? "interrupted" };
    default: {
      const never: never = result;
      return never;
    }
  }
}

/** Compares the formula with the one that the program gives now. */
function difference(
  manifest: Manifest,
  cnf: string,
  folder: string,
  job: VerifyJob,
  host: Host,
): Exclude<Outcome, { kind: "verified" }> | undefined {
  const { files, includeDirs, sha256: sum } = manifest.program;
  host.progress("reading", "reading the program");
  const { program, diagnostics } = loadProgram(
    files.map((file) => join(folder, file)),
    host.reader,
    { includeDirs: includeDirs.map((path) => join(folder, path)) },
  );
  if (program === undefined)
    return { kind: "unreadable", problem: `the program cannot be read: ${diagnostics[0]?.message ?? "it has errors"}` };
  if (programSum(program) !== sum) return refused("the program was changed after the proof was made");
  const { setting, diagnostics: problems } = prepare(program, parametersIn(manifest));
  if (setting === undefined)
    return { kind: "unreadable", problem: `the options of the manifest are wrong: ${problems[0]?.message ?? ""}` };
  const made = formulaOf(setting, {
    timeout: job.timeout,
    interrupted: host.interrupted,
    onProgress: (progress) => host.progress(progress.kind, progressLine(progress)),
  });
  if (made.kind === "none")
    return { kind: "stopped", problem: `the formula could not be built again: ${made.problem}` };
  if (made.cnf === cnf) return undefined;
  const versions =
    manifest.ldfi === version
      ? ""
      : `; it was made by ldfi ${manifest.ldfi}, and this is ${version}, which may encode it differently`;
  return refused(`the formula is not that of the program and the options of the manifest${versions}`);
}

function refused(problem: string): Extract<Outcome, { kind: "refused" }> {
  return { kind: "refused", problem };
}

/** The bytes of a file, or why it could not be read. */
function bytesAt(path: string): Uint8Array | string {
  const read = readBytes(path);
  if (read.kind === "read") return read.bytes;
  return read.kind === "missing"
    ? `there is no file ${visible(path)}`
    : `${visible(path)} cannot be read: ${read.reason}`;
}
