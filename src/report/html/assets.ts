import type { HtmlAssets } from "./html.js";

// The build puts the bundled script and style sheet of client/ in the place of these names.
declare const REPORT_SCRIPT: string;
declare const REPORT_STYLE: string;

/** The browser's part of a report; `undefined` where this is run from source, without a build. */
export function builtAssets(): HtmlAssets | undefined {
  if (typeof REPORT_SCRIPT === "undefined" || typeof REPORT_STYLE === "undefined") return undefined;
  return { script: REPORT_SCRIPT, style: REPORT_STYLE };
}
