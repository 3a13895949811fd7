import type { DiagnosticCode } from "../source/codes.js";
import { checkPages } from "./check-pages.js";
import type { Page } from "./page.js";
import { textPages } from "./text-pages.js";

/** The page of each code. A code without one does not compile. */
export const pages: Readonly<Record<DiagnosticCode, Page>> = { ...textPages, ...checkPages };
