import { stdinPath } from "../../disk/disk-files.js";
import { diskFolders } from "../../disk/disk-folders.js";
import { lintFiles, mend } from "../../language/lint-files.js";
import { version } from "../../library/version.js";
import { githubAnnotations } from "../../report/github.js";
import { renderJson } from "../../report/json/json.js";
import type { LintReport } from "../../report/lint-report.js";
import { lintDocument, lintSarif, lintSummary } from "../../report/lint-report.js";
import { renderDiagnostics, renderReport } from "../../report/terminal/diagnostics.js";
import { styles } from "../../report/terminal/styles.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import { programsAt, readingOnce } from "../../testing/discovery.js";
import type { ExitStatus } from "../exit-status.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import type { Format, TextJob } from "../job.js";
import type { Ending } from "../messages.js";
import { unwritable } from "../outputs.js";

export interface LintJob extends TextJob {
  readonly kind: "lint";
  /** Programs and folders; `-` is standard input. */
  readonly files: readonly string[];
  readonly format: Format | "sarif";
  readonly fix: boolean;
  /** Warnings fail. */
  readonly strict: boolean;
}

/** `ldfi lint PATH…` */
export function lintCommand(job: LintJob, host: Host): Ending {
  host.progress("reading", "reading the programs");
  const reader = readingOnce(host.reader);
  const piped = job.files.includes(stdinPath);
  const found = programsAt(
    job.files.filter((path) => path !== stdinPath),
    diskFolders,
    reader,
  );
  const files = [...(piped ? [stdinPath] : []), ...found.files];
  if (!job.fix) {
    const diagnostics = [...found.diagnostics, ...lintFiles(files, reader, job.includeDirs)];
    return ended({ files, diagnostics }, job, host);
  }
  const { texts, changes, diagnostics } = mend(files, reader, job.includeDirs);
  const problems: Diagnostic[] = [...found.diagnostics];
  for (const [path, text] of texts) {
    const problem = path === stdinPath ? undefined : host.write(path, text);
    if (problem !== undefined) problems.push(unwritable(path, problem));
  }
  const report = { files, diagnostics: [...problems, ...diagnostics], mended: { changes, files: [...texts.keys()] } };
  if (!piped) return ended(report, job, host);
  const read = reader.read(stdinPath);
  const text = texts.get(stdinPath) ?? (read.kind === "read" ? read.text : "");
  const { stdout, status } = ended(report, job, host);
  return { stdout: text, stderr: stdout, files: [], status };
}

function ended(report: LintReport, job: LintJob, host: Host): Ending {
  return { stdout: rendered(report, job, host), stderr: "", files: [], status: statusOf(report, job) };
}

function rendered(report: LintReport, { format, quiet, terminal }: LintJob, { pathName }: Host): string {
  const { diagnostics } = report;
  switch (format) {
    case "json":
      return renderJson(lintDocument(report, { tool: { name: "ldfi", version }, command: "lint" }));
    case "sarif":
      return renderJson(lintSarif(report, version, pathName));
    case "github":
    case "pretty": {
      const { diagnostics: style } = styles(terminal);
      const lines = diagnostics.length === 0 ? "" : `${renderDiagnostics(diagnostics, style)}\n`;
      const text = quiet ? lines : renderReport(diagnostics, style);
      const annotations = format === "github" ? githubAnnotations(diagnostics, pathName) : "";
      const gap = text === "" ? "" : "\n";
      return `${annotations}${text}${quiet ? "" : `${gap}${lintSummary(report)}\n`}`;
    }
    default: {
      const never: never = format;
      return never;
    }
  }
}

function statusOf({ diagnostics }: LintReport, { strict }: LintJob): ExitStatus {
  if (diagnostics.some(({ severity }) => severity === "error")) return exitStatus("wrong-input");
  return exitStatus(strict && diagnostics.length > 0 ? "violated" : "holds");
}
