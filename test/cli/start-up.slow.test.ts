import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./ldfi.js";

const built = (name: string): string => readFileSync(join(root, "dist", "cli", name), "utf8");

test("what --help and --version load holds neither the parser nor the solver", () => {
  const text = built("main.cjs") + built("supervisor.cjs");
  expect(text).toContain("look for faults that make a program break its specification");
  for (const mark of ["EmbeddedActionsParser", "CstParser", "C_MINISAT", "MiniSat"]) expect(text).not.toContain(mark);
  const worker = built("work.cjs");
  expect(worker).toContain("EmbeddedActionsParser");
  expect(worker).toContain("C_MINISAT");
});

test("what a brief check loads holds no second solver and nothing that is loaded on demand", () => {
  const text = built("brief.cjs");
  expect(text).toContain("EmbeddedActionsParser");
  expect(text.split("C_MINISAT=(function").length).toBe(2);
  for (const mark of ["<!doctype html>", "CommanderError", "node:worker_threads"]) {
    expect(text.toLowerCase()).not.toContain(mark.toLowerCase());
    expect((built("work.cjs") + built("supervisor.cjs")).toLowerCase()).toContain(mark.toLowerCase());
  }
});

test("--version loads nothing but the main file", () => {
  // Anything that is loaded later is named there, and loaded by the other branch.
  expect([...built("main.cjs").matchAll(/require\w*\("(\.[^"]*)"\)/g)].map(([, name]) => name)).toEqual([
    "./language-server.cjs",
  ]);
  expect(built("main.cjs").length).toBeLessThan(10_000);
});
