import type { Comparison, Finding } from "../../baseline/finding.js";
import { regressionsOf } from "../../baseline/finding.js";
import { comparisonInBrief, expectationInWords, findingInWords, inOrder } from "../text/comparison-words.js";
import { textGlyphs } from "./glyphs.js";
import type { Style } from "./palette.js";
import { section } from "./section.js";

/** The result of `--baseline` in the report of a check. */
export function comparisonSection(comparison: Comparison | undefined, style: Style): readonly string[] {
  if (comparison === undefined) return [];
  const { bad, heading } = style.palette;
  const lines = [comparisonInBrief(comparison), ...inOrder(comparison).map((finding) => line(finding, style))];
  return section("Baseline", lines, style, regressionsOf(comparison).length > 0 ? bad : heading);
}

/** The same below the results of `ldfi test`. */
export function renderComparison(comparison: Comparison, style: Style): string {
  const lines = inOrder(comparison).map((finding) => {
    const place = expectationInWords(finding);
    return `  ${place === "" ? "" : `${place}  `}${line(finding, style)}\n`;
  });
  return `\n${style.palette.heading("Baseline")}\n${lines.join("")}  ${comparisonInBrief(comparison)}\n`;
}

function line(finding: Finding, style: Style): string {
  const { bad, unsure } = style.palette;
  const text = findingInWords(finding, textGlyphs(style.unicode));
  switch (finding.weight) {
    case "regression":
      return bad(text);
    case "undecided":
      return unsure(text);
    case "note":
      return text;
    default: {
      const never: never = finding.weight;
      return never;
    }
  }
}
