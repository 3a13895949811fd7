import type { TreeStyle } from "../text/difference-words.js";
import type { TextGlyphs } from "./glyphs.js";
import { textGlyphs } from "./glyphs.js";
import type { Style } from "./palette.js";

/** A line with the lines that belong under it. */
export interface Tree {
  readonly text: string;
  readonly children: readonly Tree[];
}

/** The style of a tree's text. */
export function treeStyle({ palette, unicode }: Style): TreeStyle {
  const marks = textGlyphs(unicode);
  return { marks, lostMark: marks.lost, lost: palette.lost, faint: palette.faint };
}

/** A tree, indented by its branches, with the roots at the margin. */
export function renderTree(trees: readonly Tree[], glyphs: TextGlyphs): readonly string[] {
  return trees.flatMap((tree) => [tree.text, ...branches(tree.children, "", glyphs)]);
}

function branches(children: readonly Tree[], indent: string, glyphs: TextGlyphs): readonly string[] {
  return children.flatMap((child, i) => {
    const last = i === children.length - 1;
    return [
      indent + (last ? glyphs.lastBranch : glyphs.branch) + child.text,
      ...branches(child.children, indent + (last ? "  " : glyphs.trunk), glyphs),
    ];
  });
}
