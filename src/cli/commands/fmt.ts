import { stdinPath } from "../../disk/disk-files.js";
import { diskFolders } from "../../disk/disk-folders.js";
import { renderReport } from "../../report/terminal/diagnostics.js";
import { styles } from "../../report/terminal/styles.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import { missingProgram } from "../../source/meant-program.js";
import { visible } from "../../source/strings.js";
import { formatSource } from "../../syntax/format.js";
import { programsAt } from "../../testing/discovery.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import type { TextJob } from "../job.js";
import type { Ending } from "../messages.js";
import { unwritable } from "../outputs.js";

export interface FmtJob extends TextJob {
  readonly kind: "fmt";
  /** Programs and folders; `-` is standard input. */
  readonly files: readonly string[];
  /** List the files that are not in the canonical form, and write none. */
  readonly check: boolean;
}

/** The result for one file. */
type Outcome =
  | { readonly kind: "unchanged" }
  | { readonly kind: "changed"; readonly text: string }
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] };

/** `ldfi fmt PATH…` */
export function fmtCommand(job: FmtJob, host: Host): Ending {
  const named = job.files.filter((path) => path !== stdinPath);
  const { files, diagnostics } = programsAt(named, diskFolders, host.reader);
  const problems: Diagnostic[] = [...diagnostics];
  const lines: string[] = [];
  let text = "";
  for (const path of job.files.includes(stdinPath) ? [stdinPath, ...files] : files) {
    const outcome = format(path, host);
    if (outcome.kind === "refused") problems.push(...outcome.diagnostics);
    // Standard input is copied to standard output even if it is unchanged.
    else if (path === stdinPath && !job.check) text = outcome.kind === "changed" ? outcome.text : textOf(path, host);
    else if (outcome.kind === "changed") {
      const problem = job.check ? undefined : host.write(path, outcome.text);
      if (problem === undefined) lines.push(path === stdinPath ? "<stdin>" : path);
      else problems.push(unwritable(path, problem));
    }
  }
  return {
    stdout:
      text +
      (job.quiet
        ? ""
        : lines.map((path) => `${job.check ? "not formatted" : "formatted"}: ${visible(path)}\n`).join("")),
    stderr: renderReport(problems, styles(job.terminal).diagnostics),
    files: [],
    status: exitStatus(problems.length > 0 ? "wrong-input" : job.check && lines.length > 0 ? "violated" : "holds"),
  };
}

function format(path: string, host: Host): Outcome {
  const read = host.reader.read(path);
  const name = path === stdinPath ? "<stdin>" : path;
  switch (read.kind) {
    case "missing":
      return refused(diagnostic("file-missing", missingProgram(path, host.reader, name)));
    case "unreadable":
      return refused(diagnostic("file-unreadable", { message: `${name} cannot be read: ${read.reason}` }));
    case "read": {
      const formatted = formatSource({ path: name, text: read.text });
      if (formatted.kind === "refused") return formatted;
      return formatted.text === read.text ? { kind: "unchanged" } : { kind: "changed", text: formatted.text };
    }
    default: {
      const never: never = read;
      return never;
    }
  }
}

function textOf(path: string, host: Host): string {
  const read = host.reader.read(path);
  return read.kind === "read" ? read.text : "";
}

function refused(problem: Diagnostic): Outcome {
  return { kind: "refused", diagnostics: [problem] };
}
