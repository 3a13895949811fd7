import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { Workspace } from "../../src/language/workspace.js";
import { memoryFiles } from "../program/memory-files.js";
import { askEverything } from "./broken-texts.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

test("ten thousand edits keep no more memory than the first hundred", () => {
  const lines = Array.from({ length: 20 }, (_, i) => `r${i}(X, Y)@next :- r${i}(X, Y), notin s(X);`);
  const before = `include "spec.ded";\nr0("a", "b")@1;\ns("c")@9;\n${lines.join("\n")}\n`;
  const workspace = new Workspace(memoryFiles({ "spec.ded": "post(X) :- r0(X, _);\n" }), () => ["/files/spec.ded"]);
  const used = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const edit = (i: number): void => {
    workspace.change("/files/a.ded", `${before}q${i}(X) :- r0(X, "${"x".repeat(i % 50)}${i % 3 === 0 ? '"' : ""}`);
    if (i % 10 === 0) askEverything(workspace, "/files/a.ded", before.length + 3);
    else workspace.treeOf("/files/a.ded");
  };
  for (let i = 0; i < 500; i++) edit(i);
  const early = used();
  for (let i = 500; i < 10_000; i++) edit(i);
  // A text and its tree take some 100 kB: one kept in a hundred would show.
  expect(used() - early).toBeLessThan(3_000_000);
});
