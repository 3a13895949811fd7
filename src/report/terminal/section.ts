import type { Style } from "./palette.js";

/** The width of the margin. */
export const labelWidth = 10;

/** A heading in the margin and its lines beside it. */
export function section(
  label: string,
  lines: readonly string[],
  style: Style,
  paint = style.palette.heading,
): readonly string[] {
  const gap = " ".repeat(Math.max(1, labelWidth - label.length));
  return lines.map((line, i) => (i === 0 ? paint(label) + gap : " ".repeat(labelWidth)) + line);
}
