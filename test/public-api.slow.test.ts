import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { root } from "./cli/ldfi.js";
import { memoryFiles } from "./program/memory-files.js";

const url = pathToFileURL(join(root, "dist", "index.js")).href;

describe("the built library", () => {
  test("exports exactly what src/index.ts lists", async () => {
    const source = readFileSync(join(root, "src", "index.ts"), "utf8");
    const listed = [...source.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names = ""]) =>
      names.split(",").map((name) => name.trim().split(" as ").at(-1) ?? ""),
    );
    const built = Object.keys((await import(url)) as object);
    expect(built.sort()).toEqual(listed.filter((name) => name !== "").sort());
  });

  test("checks a program from text to verdict", async () => {
    const { load, prepare, check } = (await import(url)) as typeof import("../src/index.js");
    const text =
      'm("b", "a")@1; got(Y, X)@async :- m(Y, X); ask(X, Y)@async :- m(Y, X), m("b", X); got(X, Y)@next :- got(X, Y); m("a", "b")@1; post(X) :- got("a", X);';
    const { program } = load(["p.ded"], memoryFiles({ "p.ded": text }));
    if (program === undefined) throw new Error("refused");
    const { setting } = prepare(program, { eot: 4 });
    if (setting === undefined) throw new Error("refused");
    const result = check(setting, {});
    expect(result.kind === "verdict" && result.verdict.kind).toBe("holds");
  });

  test("comes with its declarations", () => {
    expect(readFileSync(join(root, "dist", "types", "index.d.ts"), "utf8")).toContain("check");
  });
});
