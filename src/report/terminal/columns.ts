import { displayWidth, padEnd, padStart } from "../text/width.js";

/** How a column is aligned. */
export type Alignment = "left" | "right";

/** Rows of cells as lines, each column as wide as its widest cell. */
export function columns(
  rows: readonly (readonly string[])[],
  alignment: readonly Alignment[],
  gap = "  ",
): readonly string[] {
  const widths = alignment.map((_, i) => Math.max(0, ...rows.map((row) => displayWidth(row[i] ?? ""))));
  return rows.map((row) =>
    alignment
      .map((side, i) => {
        const cell = row[i] ?? "";
        return side === "left" ? padEnd(cell, widths[i] ?? 0) : padStart(cell, widths[i] ?? 0);
      })
      .join(gap)
      .trimEnd(),
  );
}
