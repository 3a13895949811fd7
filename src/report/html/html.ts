import type { CheckReport } from "../check-report.js";
import { scriptJson } from "./markup.js";
import { pack } from "./packed.js";
import { htmlPage } from "./page.js";
import type { ReportBody } from "./report-body.js";
import { reportBody } from "./report-body.js";

/** The client's script and style sheet, which the build makes. */
export interface HtmlAssets {
  readonly script: string;
  readonly style: string;
}

export interface HtmlInput {
  readonly report: CheckReport;
  readonly version: string;
}

/** A check as one self-contained HTML file. */
export function renderHtml({ report, version }: HtmlInput, assets: HtmlAssets): string {
  const title = `${report.verdict.kind}: ${report.files.join(" ")}`;
  return renderPage({ title, ...reportBody(report), version }, assets);
}

interface PageInput extends ReportBody {
  readonly title: string;
  readonly version: string;
}

/** A report as one self-contained HTML file. */
export function renderPage({ title, html, model, version }: PageInput, { script, style }: HtmlAssets): string {
  const scripts =
    model === undefined
      ? ""
      : `<script type="application/json" id="model">${scriptJson(pack(model))}</script><script>${script.replaceAll("</script", "<\\/script")}</script>`;
  return htmlPage({ title, body: [html], scripts, style, version });
}
