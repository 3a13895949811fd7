import type { DiagnosticCode } from "../source/codes.js";
import { checkPages } from "./check-pages.js";
import type { Page } from "./page.js";
import { servicePages } from "./service-pages.js";
import { textPages } from "./text-pages.js";

/** The page of each code. */
const pages: Readonly<Record<DiagnosticCode, Page>> = { ...textPages, ...checkPages, ...servicePages };

export function pageOf(code: DiagnosticCode): Page {
  return pages[code];
}

/** The two examples of a page, each under its heading, which has no full stop. */
export function examplesOf({
  kind = "program",
  wrong,
  right,
  options,
  rightOptions = options,
}: Page): readonly Example[] {
  return [
    { heading: `A ${kind} that has it${checkedWith(options)}`, text: wrong },
    { heading: `Corrected${checkedWith(rightOptions)}`, text: right },
  ];
}

export interface Example {
  readonly heading: string;
  readonly text: string;
}

function checkedWith(options: string | undefined): string {
  return options === undefined || options === "" ? "" : `, checked with ${options}`;
}
