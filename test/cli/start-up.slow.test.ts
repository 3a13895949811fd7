import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./ldfi.js";

/** What the main thread can come to load, whatever it is asked: the built file and all that it imports, at once or later. */
function closure(path: string, seen = new Map<string, string>()): ReadonlyMap<string, string> {
  if (seen.has(path)) return seen;
  const text = readFileSync(path, "utf8");
  seen.set(path, text);
  for (const [, target = ""] of text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g))
    if (!target.startsWith("../commands/")) closure(join(dirname(path), target), seen);
  return seen;
}

test("the main thread, which answers --help and --version, holds neither the parser nor the solver", () => {
  const loaded = closure(join(root, "dist", "cli", "main.js"));
  const text = [...loaded.values()].join("\n");
  expect(loaded.size).toBeGreaterThan(1);
  expect(text).toContain("look for faults that make a program break its specification");
  for (const mark of ["EmbeddedActionsParser", "CstParser", "C_MINISAT", "MiniSat"]) expect(text).not.toContain(mark);
  const worker = readFileSync(join(root, "dist", "cli", "work.cjs"), "utf8");
  expect(worker).toContain("EmbeddedActionsParser");
  expect(worker).toContain("C_MINISAT");
});
