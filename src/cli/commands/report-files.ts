import type { Evidence } from "../../evidence/study.js";
import { evidenceOf } from "../../evidence/study.js";
import type { CheckReport } from "../../report/check-report.js";
import { checkDocument } from "../../report/json/check-document.js";
import type { Envelope } from "../../report/json/envelope.js";
import { renderJson } from "../../report/json/json.js";
import type { Verdict } from "../../search/verdict.js";
import { given } from "../given.js";

/** A check as the text of a file; the ending of its name says in which format. */
export type WriteReport = (path: string, report: CheckReport) => string;

type Writer = (report: CheckReport) => string;

interface Context {
  readonly envelope: Envelope;
  readonly maxTuples: number;
}

/** The same, with the runs that reports of one verdict are made from: each is run once for all of them. */
interface Sources extends Context {
  readonly evidence: (verdict: Verdict) => Evidence;
}

/** By ending; each loads its code when it is asked for. */
const formats: Readonly<Record<string, (sources: Sources) => Promise<Writer>>> = {
  ".json":
    async ({ envelope, evidence }) =>
    (report) =>
      renderJson(checkDocument(told(report, evidence), envelope)),
  ".xml": async () => (await import("../../report/junit-check.js")).junitCheck,
  ".md": async ({ evidence }) => {
    const { markdownCheck } = await import("../../report/markdown.js");
    return (report) => markdownCheck(told(report, evidence));
  },
  ".html": async ({ envelope, evidence }) => {
    const { renderHtml } = await import("../../report/html/html.js");
    const { builtAssets } = await import("../../report/html/assets.js");
    const assets = builtAssets() ?? { script: "", style: "" };
    return (report) =>
      renderHtml({ report, evidence: evidence(report.verdict), version: envelope.tool.version }, assets);
  },
  ".sarif": async ({ envelope, evidence }) => {
    const { sarifLog } = await import("../../report/sarif.js");
    return (report) => {
      const found = evidence(report.verdict);
      return renderJson(sarifLog(report, found.kind === "violated" ? found.study : undefined, envelope.tool.version));
    };
  },
  ".dot": async ({ evidence }) => {
    const { lineageDot } = await import("../../report/dot.js");
    const { outcomeGraphs } = await import("../../evidence/outcome-graphs.js");
    const { marginInWords } = await import("../../report/text/margin-words.js");
    return ({ verdict, program, margin }) => {
      const caption = margin === undefined ? [] : marginInWords(margin, program, verdict.budget.nodes);
      return lineageDot(outcomeGraphs(evidence(verdict), verdict.specification), program, caption);
    };
  },
};

/** A file has room for the whole explanation of a violation. */
function told(report: CheckReport, evidence: Sources["evidence"]): CheckReport {
  const { verdict, details } = report;
  if (verdict.kind !== "violated" || details?.study !== undefined) return report;
  const found = evidence(verdict);
  return {
    ...report,
    details: {
      execution: verdict.counterexample.execution,
      ...given({ study: found.kind === "violated" ? found.study : undefined }),
    },
  };
}

/** Loads what the files named need, and nothing else. */
export async function loadReports(paths: readonly string[], context: Context): Promise<WriteReport> {
  const writers = new Map<string, Writer>();
  const known = new WeakMap<Verdict, Evidence>();
  const evidence = (verdict: Verdict): Evidence => {
    const found = known.get(verdict) ?? evidenceOf(verdict, context.maxTuples);
    known.set(verdict, found);
    return found;
  };
  for (const path of paths) {
    const ending = endingOf(path);
    const format = formats[ending] ?? formats[".json"];
    if (format !== undefined && !writers.has(ending)) writers.set(ending, await format({ ...context, evidence }));
  }
  return (path, report) => writers.get(endingOf(path))?.(report) ?? "";
}

function endingOf(path: string): string {
  return /\.[^./\\]*$/.exec(path.toLowerCase())?.[0] ?? "";
}
