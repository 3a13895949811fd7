import type { Envelope } from "../../report/json/envelope.js";
import { renderJson } from "../../report/json/json.js";
import { repairDocument } from "../../report/json/repair-document.js";
import type { RepairReport } from "../../report/repair-report.js";
import type { Ending } from "../messages.js";

type Render = (report: RepairReport, envelope: Envelope) => string;

/** By the extension of the name. Each loads its code when needed. */
const formats: Readonly<Record<string, () => Promise<Render>>> = {
  ".json": async () => (report, envelope) => renderJson(repairDocument(report, envelope)),
  ".md": async () => (await import("../../report/markdown-repair.js")).markdownRepair,
  ".html": async () => {
    const { renderRepairHtml } = await import("../../report/html/repair-html.js");
    const { builtAssets } = await import("../../report/html/assets.js");
    const style = builtAssets()?.style ?? "";
    return (report, { tool }) => renderRepairHtml(report, tool.version, style);
  },
};

/** The files that `--report` names, for a repair. */
export async function loadRepairReports(
  paths: readonly string[],
  envelope: Envelope,
): Promise<(report: RepairReport) => Ending["files"]> {
  const loaded = await Promise.all(
    paths.map(async (path) => {
      const ending = /\.[^./\\]*$/.exec(path.toLowerCase())?.[0] ?? ".json";
      const load = formats[ending] ?? formats[".json"];
      return { path, render: await load?.() };
    }),
  );
  return (report) =>
    loaded.flatMap(({ path, render }) => (render === undefined ? [] : [{ path, text: render(report, envelope) }]));
}
