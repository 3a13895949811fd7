import { Evidence } from "../evidence/evidence.js";
import type { Replay } from "../evidence/replay.js";
import { givenInputs } from "../program/chosen-inputs.js";
import type { CheckReport } from "../report/check-report.js";
import { checkDocument } from "../report/json/check-document.js";
import type { CheckDocument } from "../report/json/check-types.js";
import { refusalDocument } from "../report/json/envelope.js";
import type { JsonObject } from "../report/json/json.js";
import { renderDiagnostics } from "../report/terminal/diagnostics.js";
import { styles } from "../report/terminal/styles.js";
import { renderCheck } from "../report/terminal/verdict.js";
import type { FilesChecked, FilesDecided } from "./checked.js";
import { demandRight } from "./option-error.js";
import { renderShapes, wrongOptions } from "./options.js";
import type { RenderOptions } from "./render-options.js";
import { version } from "./version.js";

/**
 * The text of an answer: what `ldfi check` prints for a verdict, or the diagnostics if the check was refused or failed. It does not contain
 * the warnings that accompany a verdict: render `checked.diagnostics` with `renderDiagnostics`.
 */
export function renderVerdict(checked: FilesChecked, options: RenderOptions = {}): string {
  demandRight("renderVerdict", wrongOptions("renderVerdict", options, renderShapes));
  const { colour = false, unicode = true, width = 80, verbose = false } = options;
  const { style, diagnostics } = styles({ colour, unicode, width });
  return checked.kind === "verdict"
    ? renderCheck({ ...reportOf(checked), verbose }, style)
    : `${renderDiagnostics(checked.diagnostics, diagnostics)}\n`;
}

/**
 * An answer as plain data: the document that `ldfi check --format json` prints, with the whole explanation of a violation. It follows
 * `schema/check.schema.json`; `JSON.stringify` preserves it.
 */
export function verdictDocument(checked: FilesChecked): CheckDocument {
  const envelope = { tool: { name: "ldfi", version }, command: "check" } as const;
  const document: JsonObject =
    checked.kind === "verdict"
      ? checkDocument({ ...reportOf(checked), verbose: true }, envelope)
      : refusalDocument(refusalOf(checked), envelope);
  // Schema and types describe the same document; a test compares them.
  return document as unknown as CheckDocument;
}

type Refused = Exclude<FilesChecked, FilesDecided>;

/** The report if nothing was decided. */
export function refusalOf(checked: Refused): Parameters<typeof refusalDocument>[0] {
  const { files, diagnostics } = checked;
  if (checked.kind === "refused") return { files, diagnostics };
  const { program, error, undecided } = checked;
  return { files, diagnostics, failure: { program, error, ...(undecided === undefined ? {} : { undecided }) } };
}

/** The report of an answer, made on first use: this runs the counterexample again. */
const reports = new WeakMap<FilesDecided, CheckReport>();

export function reportOf(checked: FilesDecided): CheckReport {
  const known = reports.get(checked);
  if (known !== undefined) return known;
  const { program, files, verdict, diagnostics, strict, options } = checked;
  const replay = replayOf(checked);
  const report: CheckReport = {
    program,
    files,
    verdict,
    diagnostics,
    evidence: new Evidence(verdict, options.maxTuples),
    ...(strict === undefined ? {} : { strict }),
    ...(replay === undefined ? {} : { replay }),
  };
  reports.set(checked, report);
  return report;
}

function replayOf({ program, files, verdict, options }: FilesDecided): Replay | undefined {
  if (verdict.kind !== "violated") return undefined;
  const { schedule, execution } = verdict.counterexample;
  const inputs = givenInputs(program, execution.inputs);
  const { nodes, pre, post, never, promise, maxTuples } = options;
  return {
    files,
    eot: verdict.budget.eot,
    includeDirs: options.includeDirs ?? [],
    schedule,
    ...(inputs.length === 0 ? {} : { inputs }),
    ...(nodes === undefined ? {} : { nodes }),
    ...(pre === undefined ? {} : { pre }),
    ...(post === undefined ? {} : { post }),
    ...(never === undefined ? {} : { never }),
    ...(promise === undefined ? {} : { promise }),
    ...(maxTuples === undefined ? {} : { maxTuples }),
  };
}
