import type { TestFile } from "./discovery.js";

/** The `index`-th of `count` parts, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** The expectations whose file or name contains a text. */
export function filtered(files: readonly TestFile[], text: string): readonly TestFile[] {
  return withCases(files, (c) => c.file.includes(text) || c.name.includes(text));
}

/** One part of the expectations, dealt out in turn, so that parts have equal size whatever the files are. */
export function sharded(files: readonly TestFile[], { index, count }: Shard): readonly TestFile[] {
  let dealt = 0;
  return withCases(files, () => dealt++ % count === index - 1);
}

function withCases(
  files: readonly TestFile[],
  keep: (testCase: TestFile["cases"][number]) => boolean,
): readonly TestFile[] {
  return files
    .map((file) => ({ ...file, cases: file.cases.filter(keep) }))
    .filter((file) => file.cases.length + file.diagnostics.length > 0);
}
