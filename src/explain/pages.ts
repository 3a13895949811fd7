import type { DiagnosticCode } from "../source/codes.js";
import { checkPages } from "./check-pages.js";
import type { Page } from "./page.js";
import { textPages } from "./text-pages.js";

/** The page of each code; a test sees to it that none is missing. */
const pages: Readonly<Partial<Record<DiagnosticCode, Page>>> = { ...textPages, ...checkPages };

export function pageOf(code: DiagnosticCode): Page {
  return pages[code] ?? { text: "" };
}
