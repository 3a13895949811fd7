import type { CheckReport } from "../../report/check-report.js";
import { checkDocument } from "../../report/json/check-document.js";
import type { Envelope } from "../../report/json/envelope.js";
import { renderJson } from "../../report/json/json.js";

/** A check as the text of a file; the ending of its name says in which format. */
export type WriteReport = (path: string, report: CheckReport) => string;

type Writer = (report: CheckReport) => string;

/** By ending; each loads its code when it is asked for. */
const formats: Readonly<Record<string, (envelope: Envelope) => Promise<Writer>>> = {
  // A file has room for the whole explanation of a violation.
  ".json": async (envelope) => (report) => renderJson(checkDocument({ ...report, verbose: true }, envelope)),
  ".xml": async () => (await import("../../report/junit-check.js")).junitCheck,
  ".md": async () => (await import("../../report/markdown.js")).markdownCheck,
  ".html": async ({ tool }) => {
    const { renderHtml } = await import("../../report/html/html.js");
    const { builtAssets } = await import("../../report/html/assets.js");
    const assets = builtAssets() ?? { script: "", style: "" };
    return (report) => renderHtml({ report, version: tool.version }, assets);
  },
  ".sarif": async ({ tool }) => {
    const { sarifLog } = await import("../../report/sarif.js");
    return (report) => renderJson(sarifLog(report, tool.version));
  },
  ".dot": async () => (await import("../../report/dot.js")).dotCheck,
};

/** Loads what the files named need, and nothing else. */
export async function loadReports(paths: readonly string[], envelope: Envelope): Promise<WriteReport> {
  const writers = new Map<string, Writer>();
  for (const path of paths) {
    const ending = endingOf(path);
    const format = formats[ending] ?? formats[".json"];
    if (format !== undefined && !writers.has(ending)) writers.set(ending, await format(envelope));
  }
  return (path, report) => writers.get(endingOf(path))?.(report) ?? "";
}

function endingOf(path: string): string {
  return /\.[^./\\]*$/.exec(path.toLowerCase())?.[0] ?? "";
}
