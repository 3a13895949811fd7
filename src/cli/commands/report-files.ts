import { evidenceOf, study } from "../../counterexample/study.js";
import type { CheckReport } from "../../report/check-report.js";
import { checkDocument } from "../../report/json/check-document.js";
import type { Envelope } from "../../report/json/envelope.js";
import { renderJson } from "../../report/json/json.js";
import { given } from "../given.js";

/** A check as the text of a file; the ending of its name says in which format. */
export type WriteReport = (path: string, report: CheckReport) => string;

type Writer = (report: CheckReport) => string;

interface Context {
  readonly envelope: Envelope;
  readonly maxTuples: number;
}

/** By ending; each loads its code when it is asked for. */
const formats: Readonly<Record<string, (context: Context) => Promise<Writer>>> = {
  ".json": async ({ envelope, maxTuples }) => (report) => renderJson(checkDocument(told(report, maxTuples), envelope)),
  ".xml": async () => (await import("../../report/junit.js")).junitCheck,
  ".md": async ({ maxTuples }) => {
    const { markdownCheck } = await import("../../report/markdown.js");
    return (report) => markdownCheck(told(report, maxTuples));
  },
  ".html": async ({ envelope, maxTuples }) => {
    const { renderHtml } = await import("../../report/html/html.js");
    const { builtAssets } = await import("../../report/html/assets.js");
    const assets = builtAssets() ?? { script: "", style: "" };
    return (report) => renderHtml({ report, evidence: evidenceOf(report.verdict, maxTuples), version: envelope.tool.version }, assets);
  },
  ".sarif": async ({ envelope, maxTuples }) => {
    const { sarifLog } = await import("../../report/sarif.js");
    return (report) => {
      const evidence = evidenceOf(report.verdict, maxTuples);
      return renderJson(sarifLog(report, evidence.kind === "violated" ? evidence.study : undefined, envelope.tool.version));
    };
  },
  ".dot": async ({ maxTuples }) => {
    const { lineageDot } = await import("../../report/dot.js");
    const { outcomeGraphs } = await import("../../counterexample/outcome-graphs.js");
    const { marginInWords } = await import("../../report/margin-words.js");
    return ({ verdict, program, margin }) => {
      const caption = margin === undefined ? [] : marginInWords(margin, program, verdict.budget.nodes);
      return lineageDot(outcomeGraphs(evidenceOf(verdict, maxTuples), verdict.specification), program, caption);
    };
  },
};

/** A file has room for the whole explanation of a violation. */
function told(report: CheckReport, maxTuples: number): CheckReport {
  const { verdict, details } = report;
  if (verdict.kind !== "violated" || details?.study !== undefined) return report;
  return { ...report, details: { execution: verdict.counterexample.execution, ...given({ study: study(verdict, maxTuples) }) } };
}

/** Loads what the files named need, and nothing else. */
export async function loadReports(paths: readonly string[], context: Context): Promise<WriteReport> {
  const writers = new Map<string, Writer>();
  for (const path of paths) {
    const ending = endingOf(path);
    const format = formats[ending] ?? formats[".json"];
    if (format !== undefined && !writers.has(ending)) writers.set(ending, await format(context));
  }
  return (path, report) => writers.get(endingOf(path))?.(report) ?? "";
}

function endingOf(path: string): string {
  return /\.[^./\\]*$/.exec(path.toLowerCase())?.[0] ?? "";
}
