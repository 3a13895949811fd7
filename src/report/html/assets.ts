import type { HtmlAssets } from "./html.js";

// The build replaces these names by the bundled script and style sheet of client/.
declare const REPORT_SCRIPT: string;
declare const REPORT_STYLE: string;

/** The client part of a report; `undefined` if this is run from source, without a build. */
export function builtAssets(): HtmlAssets | undefined {
  if (typeof REPORT_SCRIPT === "undefined" || typeof REPORT_STYLE === "undefined") return undefined;
  return { script: REPORT_SCRIPT, style: REPORT_STYLE };
}
