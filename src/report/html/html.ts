import type { CheckReport } from "../check-report.js";
import { scriptJson } from "./markup.js";
import { htmlPage } from "./page.js";
import { reportBody } from "./report-body.js";

/** The parts that the build makes: the browser's script and the style sheet. */
export interface HtmlAssets {
  readonly script: string;
  readonly style: string;
}

export interface HtmlInput {
  readonly report: CheckReport;
  readonly version: string;
}

/** A check as one HTML file that needs nothing besides itself. */
export function renderHtml({ report, version }: HtmlInput, { script, style }: HtmlAssets): string {
  const { html, model } = reportBody(report);
  const scripts =
    model === undefined
      ? ""
      : `<script type="application/json" id="model">${scriptJson(model)}</script><script>${script.replaceAll("</script", "<\\/script")}</script>`;
  return htmlPage({
    title: `${report.verdict.kind}: ${report.files.join(" ")}`,
    body: [html],
    scripts,
    style,
    version,
  });
}
