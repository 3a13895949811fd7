import { fileWord, shellCommand } from "../../source/shell.js";
import { visible } from "../../source/strings.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import type { TextJob } from "../job.js";
import type { Ending } from "../messages.js";
import type { PatternName } from "../patterns.js";
import { patterns, workflow } from "../patterns.js";
import { programPath } from "../program-path.js";

export interface InitJob extends TextJob {
  readonly kind: "init";
  /** Empty: that of the pattern. */
  readonly name: string;
  readonly pattern?: PatternName;
  readonly ci: boolean;
}

const workflowPath = ".github/workflows/protocol.yml";
const unchanged = "exists already and was not changed";

/**
 * `ldfi init [NAME]`. No file is overwritten. If one of them exists, none is written; but to a program that exists a workflow is added,
 * if one is asked for.
 */
export function initCommand({ name, pattern = "delivery", ci }: InitJob, host: Host): Ending {
  const path = programPath(name === "" ? pattern : name);
  const kept = ci && host.reader.read(path).kind === "read";
  const files = [
    ...(kept ? [] : [{ path, text: patterns[pattern] }]),
    ...(ci ? [{ path: workflowPath, text: workflow(shellCommand([path])) }] : []),
  ];
  const there = files.find((file) => host.reader.read(file.path).kind !== "missing");
  if (there !== undefined) return refused(`${visible(there.path)} ${unchanged}`);
  const problems: string[] = [];
  const written: string[] = [];
  for (const file of files) {
    const problem = host.create(file.path, file.text);
    if (problem === undefined) written.push(file.path);
    else problems.push(`${visible(file.path)} could not be written: ${problem}`);
  }
  const lines = written.map((file) => `wrote ${visible(file)}\n`);
  if (kept) lines.push(`${visible(path)} ${unchanged}\n`);
  if (problems.length > 0) return { ...refused(problems.join("; ")), stdout: lines.join("") };
  const next = shellCommand(["ldfi", "test", fileWord(path)]);
  return { stdout: `${lines.join("")}\nNext: ${next}\n`, stderr: "", files: [], status: exitStatus("holds") };
}

function refused(problem: string): Ending {
  return { stdout: "", stderr: `ldfi: ${problem}\n`, files: [], status: exitStatus("wrong-input") };
}
