// @ts-check
// A deliberate mistake, made in the texts of src without touching the checkout.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The files that a mistake changes, by path from `root`, as they are then; undefined where src has changed so that the
 * mistake can no longer be made.
 *
 * @param {import("./mutants.mjs").Mutant} mutant
 * @param {string} root
 * @returns {ReadonlyMap<string, string> | undefined}
 */
export function mutated({ edits }, root) {
  const files = new Map();
  for (const { file, from, to } of edits) {
    const text = files.get(file) ?? readFileSync(join(root, file), "utf8");
    if (text.split(from).length !== 2) return undefined;
    files.set(
      file,
      text.replace(from, () => to),
    );
  }
  return files;
}
