import { TracedRuns } from "../evidence/traced-run.js";
import { noFaults } from "../faults/schedule.js";
import { memoryOf } from "../program/memory.js";
import { rolesOf } from "../program/specification.js";
import { builtAssets } from "../report/html/assets.js";
import { renderPage } from "../report/html/html.js";
import { refusalBody } from "../report/html/refusal-html.js";
import type { ReportBody } from "../report/html/report-body.js";
import { reportBody, survivalBody } from "../report/html/report-body.js";
import type { FilesChecked, FilesSurvived } from "./checked.js";
import { refusalOf, reportOf } from "./render.js";
import { version } from "./version.js";

/** A report as a part of another page. */
export interface ReportMarkup {
  readonly html: string;
  /** Plain data for the script of a report, which makes it interactive; its shape is not part of the library's interface. */
  readonly model?: object;
}

/**
 * An answer as one self-contained HTML file: what `ldfi check --report FILE.html` writes. In a page it can be the `srcdoc` of an `iframe`.
 */
export function renderReport(answer: FilesChecked | FilesSurvived): string {
  const outcome = answer.kind === "verdict" ? answer.verdict.kind : answer.kind === "survives" ? "survives" : "error";
  const title = `${outcome}: ${answer.files.join(" ")}`;
  return renderPage({ title, ...bodyOf(answer), version }, builtAssets() ?? { script: "", style: "" });
}

/**
 * The same as a part of a page, without its script and its style. It shows everything that a report shows at first; the playground makes it
 * interactive with the report's own script.
 */
export function reportMarkup(answer: FilesChecked | FilesSurvived): ReportMarkup {
  return bodyOf(answer);
}

function bodyOf(answer: FilesChecked | FilesSurvived): ReportBody {
  switch (answer.kind) {
    case "verdict":
      return reportBody(reportOf(answer));
    case "survives":
      return survivedBody(answer);
    case "error":
    case "refused":
      return { html: refusalBody(refusalOf(answer)) };
    default: {
      const never: never = answer;
      return never;
    }
  }
}

/** Both runs again, with provenance. */
function survivedBody({ program, specification, run, warnings, options }: FilesSurvived): ReportBody {
  const runs = new TracedRuns(run, memoryOf(run.program, rolesOf(specification)), options.maxTuples);
  const traced = runs.of(run.schedule);
  const failureFree = runs.of(noFaults);
  if (traced === undefined || failureFree === undefined) throw new Error("a run that ended cannot be repeated");
  return survivalBody({ program, specification, run: traced, failureFree, warnings });
}
