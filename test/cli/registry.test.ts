import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Option } from "commander";
import { describe, expect, test } from "vitest";
import { optionsOf, optionTable } from "../../src/cli/options/table.js";
import { commands, isCommand } from "../../src/cli/registry.js";
import { root } from "./ldfi.js";

describe("the table of options", () => {
  test("the name of a row is its long spelling in camel case", () => {
    for (const { flags, name } of optionTable) expect(new Option(flags).attributeName()).toBe(name);
  });

  test("an option has one meaning for each command", () => {
    for (const command of Object.keys(commands)) {
      const spellings = optionsOf(command).flatMap(({ flags }) => flags.match(/(?<=^|, )--?[\w-]+/g) ?? []);
      expect(spellings.filter((spelling, i) => spellings.indexOf(spelling) < i)).toEqual([]);
    }
  });

  test("it names commands alone", () => {
    expect(optionTable.flatMap((row) => row.commands).filter((command) => !isCommand(command))).toEqual([]);
  });
});

describe("the registry", () => {
  test("an entry has the name under which it is found", () => {
    for (const [name, command] of Object.entries(commands)) expect(command.name).toBe(name);
  });

  test("the code of every command can be loaded", async () => {
    for (const command of Object.values(commands)) expect(await command.load()).toBeTypeOf("function");
  });

  test("names of objects in general are no commands", () => {
    expect(["toString", "__proto__", "constructor", ""].filter(isCommand)).toEqual([]);
  });
});

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
