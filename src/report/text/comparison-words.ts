import type { Comparison, Finding } from "../../baseline/finding.js";
import { regressionsOf } from "../../baseline/finding.js";
import { visible } from "../../source/strings.js";
import { enumerate } from "../../wording/lists.js";
import type { Marks } from "../../wording/marks.js";
import { unicodeMarks } from "../../wording/marks.js";
import { count } from "../../wording/numbers.js";

/** The comparison in one sentence without a full stop: "2 regressions against base.json". */
export function comparisonInBrief(comparison: Comparison): string {
  const regressions = regressionsOf(comparison).length;
  const undecided = comparison.findings.some(({ weight }) => weight === "undecided");
  const many = regressions === 0 ? "no regression" : count(regressions, "regression");
  const files = enumerate(comparison.baseline.map(visible));
  return `${many}${undecided && regressions === 0 ? ", but a verdict that held is undecided," : ""} against ${files}`;
}

/** In order of importance: regressions, what is undecided, other differences. */
export function inOrder({ findings }: Comparison): readonly Finding[] {
  return (["regression", "undecided", "note"] as const).flatMap((weight) =>
    findings.filter((finding) => finding.weight === weight),
  );
}

/** "regression: crashes: 2 → 1", without the expectation. */
export function findingInWords(finding: Finding, marks: Marks = unicodeMarks): string {
  return `${weightInWords(finding)}: ${finding.of}: ${visible(changeInWords(finding, marks))}`;
}

/** "2 → 1" */
export function changeInWords({ old, new: now }: Finding, { arrow }: Marks = unicodeMarks): string {
  return `${old} → ${now}`.replaceAll("→", arrow);
}

export function weightInWords({ weight, kind }: Finding): string {
  switch (weight) {
    case "regression":
      return "regression";
    case "undecided":
      return "undecided";
    case "note":
      return kind === "incomparable" ? "cannot be compared" : "different";
    default: {
      const never: never = weight;
      return never;
    }
  }
}

/** `ack.ded:12 "survives one crash"`; nothing for a check. */
export function expectationInWords({ expectation }: Finding): string {
  if (expectation === undefined) return "";
  const { file, line, name } = expectation;
  return visible(`${file}${line === undefined ? "" : `:${line}`} "${name}"`);
}
