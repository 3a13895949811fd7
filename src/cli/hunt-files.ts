import { htmlHunt } from "../report/html/hunt-html.js";
import type { HuntReport } from "../report/hunt-report.js";
import { huntCases, huntMarkdown, huntSarif } from "../report/hunt-reports.js";
import type { Envelope } from "../report/json/envelope.js";
import { huntDocument } from "../report/json/hunt-document.js";
import { renderJson } from "../report/json/json.js";
import { renderJUnit } from "../report/junit.js";
import type { Ending } from "./messages.js";

/** The files that `--report` asks for; the extension of a name decides the format. */
export function huntFiles(paths: readonly string[], report: HuntReport, envelope: Envelope): Ending["files"] {
  return paths.map((path) => ({ path, text: textFor(path, report, envelope) }));
}

function textFor(path: string, report: HuntReport, envelope: Envelope): string {
  if (path.endsWith(".json")) return renderJson(huntDocument(report, envelope));
  if (path.endsWith(".xml")) return renderJUnit(huntCases(report));
  if (path.endsWith(".sarif")) return huntSarif(report, String(envelope.tool.version));
  return path.endsWith(".html") ? htmlHunt(report) : huntMarkdown(report);
}
