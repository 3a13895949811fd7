/* The difference of two texts, line by line, as a unified diff has it. */

export type DiffLine = { readonly kind: "same" | "removed" | "added"; readonly text: string };

export interface Hunk {
  /** The first line, from 1, and the number of lines, in the text before and after. */
  readonly before: { readonly start: number; readonly lines: number };
  readonly after: { readonly start: number; readonly lines: number };
  readonly lines: readonly DiffLine[];
}

/** The difference in one file. */
export interface FileDiff {
  readonly path: string;
  readonly hunks: readonly Hunk[];
}

/** Lines around a change. */
const CONTEXT = 2;

/** The hunks that turn one text into another. Edits are few and small, so the common start and end of both texts are set aside first. */
export function diffOf(path: string, before: string, after: string): FileDiff {
  const lines = difference(linesOf(before), linesOf(after));
  const hunks: Hunk[] = [];
  const near = lines.map((_, i) =>
    lines.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some(({ kind }) => kind !== "same"),
  );
  let [old, now] = [1, 1];
  let hunk: { before: number; after: number; lines: DiffLine[] } | undefined;
  const close = (): void => {
    if (hunk === undefined) return;
    const count = (without: DiffLine["kind"]): number =>
      (hunk?.lines ?? []).filter(({ kind }) => kind !== without).length;
    hunks.push({
      before: { start: hunk.before, lines: count("added") },
      after: { start: hunk.after, lines: count("removed") },
      lines: hunk.lines,
    });
    hunk = undefined;
  };
  for (const [i, line] of lines.entries()) {
    if (near[i] === true) {
      hunk ??= { before: old, after: now, lines: [] };
      hunk.lines.push(line);
    } else close();
    if (line.kind !== "added") old++;
    if (line.kind !== "removed") now++;
  }
  close();
  return { path, hunks };
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/** The lines of both texts in order, with as many in common as possible. */
function difference(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++;
  const same = (lines: readonly string[]): readonly DiffLine[] => lines.map((text) => ({ kind: "same", text }));
  return [
    ...same(before.slice(0, start)),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ];
}

/** By the lengths of longest common subsequences of all pairs of ends. */
function middle(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const length = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row === undefined) continue;
      row[j] = before[i] === after[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, now] = [before[i], after[j]];
    if (old !== undefined && now !== undefined && old === now) {
      lines.push({ kind: "same", text: old });
      i++;
      j++;
    } else if (old !== undefined && (now === undefined || length(i + 1, j) >= length(i, j + 1))) {
      lines.push({ kind: "removed", text: old });
      i++;
    } else if (now !== undefined) {
      lines.push({ kind: "added", text: now });
      j++;
    }
  }
  return lines;
}
