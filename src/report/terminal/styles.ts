import { Chalk } from "chalk";
import type { DiagnosticStyle } from "./diagnostics.js";
import { plainStyle } from "./diagnostics.js";
import type { Style } from "./palette.js";
import { palette } from "./palette.js";
import type { TextStyle } from "./text-style.js";

/** The styles of one text, for the two kinds of renderers. */
export function styles(text: TextStyle): { readonly style: Style; readonly diagnostics: DiagnosticStyle } {
  const chalk = new Chalk({ level: text.colour ? 1 : 0 });
  const { unicode, width } = text;
  return {
    style: { palette: palette(chalk), unicode, width },
    diagnostics: text.colour
      ? { bold: chalk.bold, red: chalk.red, yellow: chalk.yellow, cyan: chalk.cyan, dim: chalk.dim }
      : plainStyle,
  };
}
