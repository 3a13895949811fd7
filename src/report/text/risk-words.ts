import { formatSchedule } from "../../faults/notation.js";
import { formatInputs } from "../../program/chosen-inputs.js";
import type { Program } from "../../program/program.js";
import type { Contribution, Risk } from "../../risk/risk.js";
import { formatName } from "../../source/names.js";
import { enumerate } from "../../wording/lists.js";
import type { Marks } from "../../wording/marks.js";
import { inGroups } from "../../wording/numbers.js";

/** The most schedules, and parts, that are listed. */
const MOST_LISTED = 5;

/** The probability that the promise is broken, and what contributes to it. */
export function riskInWords(risk: Risk, program: Program, { arrow }: Marks): readonly string[] {
  switch (risk.kind) {
    case "none":
      return [`not known: ${risk.why}`];
    case "bounds":
      return [`between ${formatProbability(risk.least)} and ${formatProbability(risk.most)}: ${risk.why}`];
    case "exact": {
      const { probability, complete, contributions } = risk;
      const schedules = risk.schedules.filter((share) => share.probability > 0);
      const inputs = formatInputs(program, risk.inputs);
      const worst = inputs.length === 0 ? "" : `, with the worst inputs: ${enumerate(inputs)}`;
      const lines = [`${formatProbability(probability)}${inWords(probability)}${worst}`];
      for (const share of schedules.slice(0, MOST_LISTED))
        lines.push(`${percent(share.probability, probability)} through ${formatSchedule(share.schedule)}`);
      const rest = schedules.length - MOST_LISTED;
      if (rest > 0) lines.push(`and ${rest} more minimal schedules`);
      if (!complete) lines.push("not all minimal schedules were found");
      for (const part of contributions.slice(0, MOST_LISTED))
        lines.push(`${percent(part.probability, probability)} less if ${withoutInWords(part, arrow)}`);
      return lines;
    }
    default: {
      const never: never = risk;
      return never;
    }
  }
}

function withoutInWords({ names }: Contribution, arrow: string): string {
  const [from = "", to] = names;
  return to === undefined
    ? `${formatName(from)} cannot crash`
    : `no message ${formatName(from)} ${arrow} ${formatName(to)} is lost`;
}

/** Three significant digits: `0.0123`, `3.46e-9`. */
function formatProbability(p: number): string {
  return p === 0 || p === 1 ? String(p) : String(Number(p.toPrecision(3)));
}

/** `, about 1 in 81`. */
function inWords(p: number): string {
  if (p === 0 || p > 0.5) return "";
  const one = Math.round(1 / p);
  return one > 1e15 ? "" : `, about 1 in ${inGroups(one)}`;
}

function percent(part: number, whole: number): string {
  const share = whole === 0 ? 0 : (100 * part) / whole;
  return `${Number(share.toPrecision(3))} %`;
}
