import { version } from "../../library/version.js";
import { htmlTraces } from "../../report/html/trace-html.js";
import { refusalDocument } from "../../report/json/envelope.js";
import { renderJson } from "../../report/json/json.js";
import { traceDocument } from "../../report/json/trace-document.js";
import { renderReport } from "../../report/terminal/diagnostics.js";
import { styles } from "../../report/terminal/styles.js";
import { renderTraces } from "../../report/terminal/trace.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import { analyse } from "../../tracing/analysis.js";
import { readTraces } from "../../tracing/read.js";
import type { Span } from "../../tracing/span.js";
import { requestsOf } from "../../tracing/trace-calls.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import type { Format, TextJob } from "../job.js";
import type { Ending } from "../messages.js";
import { readBytes } from "../read-bytes.js";

export interface TraceJob extends TextJob {
  readonly kind: "trace";
  readonly files: readonly string[];
  readonly format: Format;
  /** The most calls in a cut. */
  readonly faults?: number;
  readonly scenario?: string;
}

const envelope = { tool: { name: "ldfi", version }, command: "trace" };

/** `ldfi trace FILE…` */
export function traceCommand(job: TraceJob, host: Host): Ending {
  const spans: Span[] = [];
  const problems: Diagnostic[] = [];
  for (const path of job.files) {
    host.progress("reading", `reading ${path}`);
    const file = readBytes(path);
    if (file.kind !== "read") {
      problems.push(
        file.kind === "missing"
          ? diagnostic("file-missing", { message: `there is no file ${path}`, help: "name a file of traces" })
          : diagnostic("file-unreadable", { message: `${path} cannot be read: ${file.reason}` }),
      );
      continue;
    }
    try {
      const read = readTraces(file.bytes);
      if (read.kind === "read") spans.push(...read.spans);
      else problems.push(notTraces(path, read.message));
    } catch (error) {
      problems.push(notTraces(path, error instanceof Error ? error.message : String(error)));
    }
  }
  const requests = requestsOf(spans);
  const analysis = analyse(requests, job.scenario, job.faults ?? 2);
  if (problems.length === 0 && (analysis === undefined || analysis.successes === 0)) {
    const names = [...new Set(requests.map(({ scenario }) => scenario))].slice(0, 5).join("; ");
    const help = names === "" ? "export whole traces" : `the requests are: ${names}`;
    problems.push(diagnostic("no-trace", { message: "there is no trace of a successful request", help }));
  }
  if (problems.length > 0 || analysis === undefined) return refused(job, problems);
  const text =
    job.format === "json"
      ? renderJson(traceDocument(job.files, analysis, envelope))
      : renderTraces(analysis, styles(job.terminal).style);
  const files = job.reports.map((path) => ({
    path,
    text: path.endsWith(".html")
      ? htmlTraces(job.files, analysis, version)
      : renderJson(traceDocument(job.files, analysis, envelope)),
  }));
  return { stdout: text, stderr: "", files, status: exitStatus("holds") };
}

function notTraces(path: string, message: string): Diagnostic {
  const help = "give traces as OTLP (JSON or protobuf), Jaeger JSON or Zipkin v2 JSON";
  return diagnostic("no-trace", { message: `${path}: ${message}`, help });
}

function refused(job: TraceJob, diagnostics: readonly Diagnostic[]): Ending {
  const status = exitStatus("wrong-input");
  if (job.format === "json")
    return {
      stdout: renderJson(refusalDocument({ files: job.files, diagnostics }, envelope)),
      stderr: "",
      files: [],
      status,
    };
  const text = renderReport(diagnostics, styles(job.terminal).diagnostics);
  return { stdout: "", stderr: text, files: [], status };
}
