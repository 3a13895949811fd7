import type { CheckReport } from "../../report/check-report.js";
import { checkDocument } from "../../report/json/check-document.js";
import type { Envelope } from "../../report/json/envelope.js";
import { refusalDocument } from "../../report/json/envelope.js";
import { renderJson } from "../../report/json/json.js";
import type { Refusal } from "../../report/refusal.js";
import type { PathName } from "../../source/path-name.js";
import type { Ending } from "../messages.js";

/** The files that `--report` names. The extension of a name decides the format. */
export interface ReportFiles {
  readonly of: (report: CheckReport) => Ending["files"];
  /** For when there is no verdict. */
  readonly ofRefusal: (refusal: Refusal) => Ending["files"];
}

export const noReportFiles: ReportFiles = { of: () => [], ofRefusal: () => [] };

interface Format {
  readonly check: (report: CheckReport) => string;
  readonly refusal: (refusal: Refusal) => string;
}

interface Context {
  readonly envelope: Envelope;
  /** For formats in which code hosts expect paths in the repository. */
  readonly pathName: PathName;
}

/** By the extension of the name. Each loads its code when needed. */
const formats: Readonly<Record<string, (context: Context) => Promise<Format>>> = {
  ".json": async ({ envelope }) => ({
    // A file has room for the whole explanation of a violation.
    check: (report) => renderJson(checkDocument({ ...report, verbose: true }, envelope)),
    refusal: (refusal) => renderJson(refusalDocument(refusal, envelope)),
  }),
  ".xml": async ({ pathName }) => {
    const { junitCheck, junitRefusal } = await import("../../report/junit-check.js");
    return { check: junitCheck, refusal: (refusal) => junitRefusal(refusal, pathName) };
  },
  ".md": async () => {
    const { markdownCheck, markdownRefusal } = await import("../../report/markdown.js");
    return { check: markdownCheck, refusal: markdownRefusal };
  },
  ".html": async ({ envelope: { tool } }) => {
    const { renderHtml } = await import("../../report/html/html.js");
    const { renderRefusalHtml } = await import("../../report/html/refusal-html.js");
    const { builtAssets } = await import("../../report/html/assets.js");
    const assets = builtAssets() ?? { script: "", style: "" };
    return {
      check: (report) => renderHtml({ report, version: tool.version }, assets),
      refusal: (refusal) => renderRefusalHtml(refusal, tool.version, assets.style),
    };
  },
  ".sarif": async ({ envelope: { tool }, pathName }) => {
    const { sarifLog, sarifRefusal } = await import("../../report/sarif.js");
    return {
      check: (report) => renderJson(sarifLog(report, tool.version, pathName)),
      refusal: (refusal) => renderJson(sarifRefusal(refusal, tool.version, pathName)),
    };
  },
  ".dot": async () => {
    const { dotCheck, dotRefusal } = await import("../../report/dot.js");
    return { check: dotCheck, refusal: dotRefusal };
  },
};

/** Loads only the code for these files. */
export async function loadReports(paths: readonly string[], context: Context): Promise<ReportFiles> {
  const loaded = new Map<string, Format>();
  for (const path of paths) {
    const ending = endingOf(path);
    const load = formats[ending] ?? formats[".json"];
    if (load !== undefined && !loaded.has(ending)) loaded.set(ending, await load(context));
  }
  const each = (render: (format: Format) => string): Ending["files"] =>
    paths.flatMap((path) => {
      const format = loaded.get(endingOf(path));
      return format === undefined ? [] : [{ path, text: render(format) }];
    });
  return {
    of: (report) => each(({ check }) => check(report)),
    ofRefusal: (refusal) => each((format) => format.refusal(refusal)),
  };
}

function endingOf(path: string): string {
  return /\.[^./\\]*$/.exec(path.toLowerCase())?.[0] ?? "";
}
