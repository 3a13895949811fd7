import { Option } from "commander";
import { describe, expect, test } from "vitest";
import { optionsOf, optionTable } from "../../src/cli/options/table.js";
import { commands, isCommand } from "../../src/cli/registry.js";

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
    expect(
      optionTable.flatMap((row): readonly string[] => row.commands).filter((command) => !isCommand(command)),
    ).toEqual([]);
  });
});

describe("the registry", () => {
  test("an entry has the name under which it is found", () => {
    for (const [name, command] of Object.entries(commands)) expect(command.name).toBe(name);
  });

  test("the code of every command can be loaded", async () => {
    for (const command of Object.values(commands)) expect(await command.load()).toBeTypeOf("function");
  });

  test("names of properties of objects are not commands", () => {
    expect(["toString", "__proto__", "constructor", ""].filter(isCommand)).toEqual([]);
  });
});
