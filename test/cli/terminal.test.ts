import { describe, expect, test } from "vitest";
import { terminalOf } from "../../src/cli/terminal.js";

const tty = { isTTY: true, columns: 100 };
const flags = { noColour: false, ascii: false };
const utf8 = { LANG: "de_DE.UTF-8" };

function decide(env: Readonly<Record<string, string>>, stdout: { isTTY?: boolean; columns?: number }, given = flags) {
  return terminalOf({ env, stdout, platform: "linux" }, given);
}

describe("colour", () => {
  test("at a terminal only", () => {
    expect(decide({}, tty).colour).toBe(true);
    expect(decide({}, {}).colour).toBe(false);
  });

  test("NO_COLOR, a dumb terminal and --no-color switch it off", () => {
    expect(decide({ NO_COLOR: "1" }, tty).colour).toBe(false);
    expect(decide({ NO_COLOR: "" }, tty).colour).toBe(true);
    expect(decide({ TERM: "dumb" }, tty).colour).toBe(false);
    expect(decide({ FORCE_COLOR: "1" }, tty, { ...flags, noColour: true }).colour).toBe(false);
  });

  test("FORCE_COLOR switches it on in a pipe, and off with 0", () => {
    expect(decide({ FORCE_COLOR: "1" }, {}).colour).toBe(true);
    expect(decide({ FORCE_COLOR: "0" }, tty).colour).toBe(false);
  });
});

describe("the character set", () => {
  test("a pipe carries the same characters under every locale", () => {
    expect(decide({ LANG: "C" }, {}).unicode).toBe(true);
  });

  test("at a terminal the locale decides, and --ascii always", () => {
    expect(decide(utf8, tty).unicode).toBe(true);
    expect(decide({ LANG: "C" }, tty).unicode).toBe(false);
    expect(decide({ ...utf8, TERM: "linux" }, tty).unicode).toBe(false);
    expect(decide(utf8, {}, { ...flags, ascii: true }).unicode).toBe(false);
  });
});

test("a pipe is 80 columns wide", () => {
  expect(decide({}, {}).width).toBe(80);
  expect(decide({}, tty).width).toBe(100);
});
