import type { Branch, PairedDerivations } from "../../evidence/paired-derivations.js";
import type { Program } from "../../program/program.js";
import { arrivedInWords } from "../text/arrival-words.js";
import { rulePlace } from "../text/source-text.js";
import { formatTuple, relationName } from "../text/tuples.js";
import { displayWidth } from "../text/width.js";
import { textGlyphs } from "./glyphs.js";
import type { Style } from "./palette.js";
import { labelWidth } from "./section.js";
import type { Tree } from "./tree.js";
import { renderTree } from "./tree.js";

/** Between the columns. */
const gap = 3;

/**
 * Two derivations in two columns, or one below the other if the terminal is too narrow:
 *
 *     executed("b1", "r1", "a1") at 6  nxm.ded:44     executed("b1", "r1", "a2") at 6  nxm.ded:44
 *     └ call("b1", "a1", "r1") at 2, arrived from a1    └ call("b1", "a2", "r1") at 2, arrived from a2
 */
export function sideBySide({ of, pair }: PairedDerivations, program: Program, style: Style): readonly string[] {
  const glyphs = textGlyphs(style.unicode);
  const [left, right] = pair.map((branch) => renderTree([branchTree(branch, program, style)], glyphs)) as [
    readonly string[],
    readonly string[],
  ];
  const name = formatTuple(program, of.relation, of.args);
  const heading = `${name} at ${of.instant} depends on two tuples of ${relationName(program, pair[0].why.tuple.relation)} (without what both depend on):`;
  const width = Math.max(...left.map(displayWidth)) + gap;
  const isNarrow = width + Math.max(...right.map(displayWidth)) > style.width - labelWidth;
  if (isNarrow) return [heading, ...left, ...right];
  const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
    const [l, r] = [left[i] ?? "", right[i] ?? ""];
    return r === "" ? l : l + " ".repeat(width - displayWidth(l)) + r;
  });
  return [heading, ...rows];
}

function branchTree({ why, premises }: Branch, program: Program, style: Style): Tree {
  const { tuple, since, how } = why;
  const name = `${formatTuple(program, tuple.relation, tuple.args)} at ${since}`;
  const { faint } = style.palette;
  const text = ((): string => {
    if (how.kind === "fact") return `${name}: fact`;
    if (how.kind !== "firing") return name;
    const arrived = how.message === undefined ? "" : `, ${arrivedInWords(how.message, textGlyphs(style.unicode))}`;
    return `${name}${arrived}  ${faint(rulePlace(program, how.rule, true))}`;
  })();
  return { text, children: premises.map((premise) => branchTree(premise, program, style)) };
}
