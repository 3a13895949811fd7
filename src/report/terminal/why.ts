import type { How, Premise, Why, WhyNot } from "../../evidence/explanation.js";
import type { Program, RuleId } from "../../program/program.js";
import { formatPlace } from "../../source/line-index.js";
import { count } from "../../wording/numbers.js";
import { keptInWords } from "../text/absence-words.js";
import { arrivedInWords } from "../text/arrival-words.js";
import { rulePlace, ruleText } from "../text/source-text.js";
import { formatPattern, formatTuple } from "../text/tuples.js";
import { textGlyphs } from "./glyphs.js";
import type { Style } from "./palette.js";
import type { Tree } from "./tree.js";

/** How to show an absence that a derivation depends on. */
export type AbsenceTree = (whyNot: WhyNot) => Tree;

/**
 * How a tuple was derived, read downward.
 *
 *     log("c", "hi") at 5, held since 2
 *     └ arrived from a, sent at 1: log(X, P)@async :- bcast(N, P), node(N, X);  simple.ded:7
 *       ├ bcast("a", "hi") at 1: fact  simple.ded:2
 *       └ …
 */
export function whyTree(why: Why, program: Program, style: Style, absent?: AbsenceTree): Tree {
  const { tuple, since, kept, how } = why;
  const name = formatTuple(program, tuple.relation, tuple.args);
  const stretch = [
    ...(since === tuple.instant ? [] : [`held since ${since}`]),
    ...(kept.length === 0 ? [] : [keptInWords(kept, textGlyphs(style.unicode))]),
  ];
  const when = [`${name} at ${tuple.instant}`, ...stretch].join(", ");
  const { faint } = style.palette;
  switch (how.kind) {
    case "fact":
      return {
        text: `${how.everywhere === true ? `${name}: everywhere` : `${when}: fact`}  ${faint(formatPlace(how.span))}`,
        children: [],
      };
    case "built-in":
      return { text: `${when}: the schedule's ${how.relation}`, children: [] };
    case "above":
      return { text: `${when}, as explained above`, children: [] };
    case "deeper":
      return { text: `${when}, and so on`, children: [] };
    case "firing": {
      const more = why.alternatives > 0 ? faint(` (and in ${count(why.alternatives, "other way")})`) : "";
      return { text: when + more, children: [firing(how, program, style, absent)] };
    }
    default: {
      const never: never = how;
      return never;
    }
  }
}

function firing(
  how: Extract<How, { kind: "firing" }>,
  program: Program,
  style: Style,
  absent: AbsenceTree | undefined,
): Tree {
  const marks = textGlyphs(style.unicode);
  const { message, keptOver } = how;
  const steps = [
    ...(message === undefined ? [] : [arrivedInWords(message, marks)]),
    ...(keptOver === undefined ? [] : [keptInWords([keptOver], marks)]),
  ];
  const coming = steps.length === 0 ? "" : `${steps.join(", ")}: `;
  return {
    text: `${coming}${ruleReference(how.rule, program, style)}`,
    children: how.premises.map((premise) => premiseTree(premise, program, style, absent)),
  };
}

function premiseTree(premise: Premise, program: Program, style: Style, absent: AbsenceTree | undefined): Tree {
  switch (premise.kind) {
    case "tuple":
      return whyTree(premise.why, program, style, absent);
    case "absence":
      if (premise.whyNot !== undefined && absent !== undefined) return absent(premise.whyNot);
      return {
        text: `no ${formatPattern(program, premise.relation, premise.pattern)} at ${premise.instant}`,
        children: [],
      };
    default: {
      const never: never = premise;
      return never;
    }
  }
}

/** The rule's text and place. */
export function ruleReference(rule: RuleId, program: Program, style: Style): string {
  return `${ruleText(program, rule)}  ${style.palette.faint(rulePlace(program, rule, true))}`;
}
