import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { broadcast } from "../program/broadcasts.js";
import type { Ended } from "./ldfi.js";
import { ldfi } from "./ldfi.js";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ldfi-test-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A folder with these files. */
function project(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, path, ".."), { recursive: true });
    writeFileSync(join(folder, name, path), text);
  }
  return join(folder, name);
}

const met = `${broadcast}//! check eot=4 eff=2 expect=violated\n`;

/** What each format says of a run, and its exit status. */
function everyFormat(path: string, ...options: readonly string[]): Ended & { readonly green: readonly boolean[] } {
  const [xml = "", json = "", md = ""] = ["xml", "json", "md"].map((extension) => join(folder, `report.${extension}`));
  const ended = ldfi(["test", path, ...options, ...[xml, json, md].flatMap((file) => ["--report", file])], {
    env: { GITHUB_ACTIONS: "true" },
  });
  const counts = JSON.parse(readFileSync(json, "utf8")) as { readonly failed: number; readonly wrong: number };
  const junit = readFileSync(xml, "utf8");
  const last = ended.stdout.trimEnd().split("\n").at(-1) ?? "";
  return {
    ...ended,
    green: [
      ended.status === 0,
      /<testsuites [^>]*failures="0" errors="0"/.test(junit) && !/<(failure|error)/.test(junit),
      counts.failed + counts.wrong === 0,
      / passed, 0 failed$/.test(readFileSync(md, "utf8").trimEnd()),
      / passed, 0 failed$/.test(last),
      !/^::error /m.test(ended.stdout),
    ],
  };
}

const green = [true, true, true, true, true, true];
const red = [false, false, false, false, false, false];

describe("exit status, JUnit, JSON, Markdown, annotations and the last line agree", () => {
  test("that what is met is green", () => {
    expect(everyFormat(project("met", { "p.ded": met }))).toMatchObject({ status: 0, green, stderr: "" });
  });

  test("that what is not met is not", () => {
    const path = project("unmet", { "p.ded": `${met}//! check eot=4 eff=2 expect=holds\n` });
    expect(everyFormat(path)).toMatchObject({ status: 1, green: red });
  });

  test.each([
    ["a //! line is wrong", { "p.ded": `${met}//! check eot=4 eff=2 expct=holds\n` }],
    ["only a wrong //! line is there", { "p.ded": `${broadcast}//! check eot=4 eff=2 expct=holds\n` }],
    ["a file without expectations does not parse", { "p.ded": met, "q.ded": "r(X :- s(X);" }],
    ["the program of an expectation does not parse", { "p.ded": `${met}r(X :- s(X);` }],
    ["there are no expectations", { "p.ded": broadcast }],
    ["there are no programs", { "p.txt": met }],
  ])("that it is not where %s", (name, files) => {
    expect(everyFormat(project(name, files))).toMatchObject({ status: 2, green: red });
  });

  const misspelt = broadcast.replace("bcast(X, M)@1, to", "bcst(X, M)@1, to");
  const hollow = `${misspelt}//! check eot=6 eff=6 expect=holds\n`;
  const declared = hollow.replace("holds", "holds vacuous=yes");
  const warned = `${broadcast}odd(X) :- log(X, "z");\n//! check eot=4 eff=3 expect=holds post=pre\n`;

  test("that an expectation that holds vacuously is not met, unless its line says so", () => {
    const ended = everyFormat(project("hollow", { "p.ded": hollow }));
    expect(ended).toMatchObject({ status: 1, green: red });
    expect(ended.stdout).toContain("`pre` is empty at the end of time under every schedule");
    expect(ended.stdout).toContain("did you mean `bcast`?");
    expect(everyFormat(project("declared", { "p.ded": declared }))).toMatchObject({ status: 0, green });
  });

  test("that what counts with --strict is red with it alone; and the warning is shown once", () => {
    const path = project("warned", { "p.ded": warned + warned.slice(warned.indexOf("//!")) });
    const loose = everyFormat(path);
    expect(loose).toMatchObject({ status: 0, green });
    expect(loose.stdout.match(/warning\[rule-never-fires\]/g)).toHaveLength(1);
    for (const jobs of ["1", "2"]) {
      const strict = everyFormat(path, "--strict", "--jobs", jobs);
      expect(strict).toMatchObject({ status: 1, green: red });
      expect(strict.stdout).toContain("with --strict this fails: rule-never-fires");
    }
    expect(everyFormat(project("sound", { "p.ded": met }), "--strict")).toMatchObject({ status: 0, green });
  });

  test("that neither more threads nor -q change it", () => {
    const path = project("several", { "p.ded": hollow, "q.ded": met, "r.ded": declared });
    for (const more of [["--jobs", "2"], ["-q"], ["--bail"]])
      expect(everyFormat(path, ...more)).toMatchObject({ status: 1, green: red });
  });
});

test("a file that cannot be read fails the run, and a link that leads nowhere", () => {
  const path = project("links", { "p.ded": met });
  symlinkSync(join(path, "nowhere"), join(path, "q.ded"));
  const ended = everyFormat(path);
  expect(ended).toMatchObject({ status: 2, green: red });
  expect(ended.stderr).toContain("q.ded");
  rmSync(join(path, "q.ded"));
  writeFileSync(join(path, "q.ded"), new Uint8Array([0xff, 0xfe]));
  expect(everyFormat(path)).toMatchObject({ status: 2, green: red });
});

test("what several programs include is complained about once", () => {
  const path = project("shared", {
    "p.ded": `include "parts/q.ded"; ${met}`,
    "r.ded": `include "parts/q.ded"; ${met}`,
    "parts/q.ded": "x(a)@1;",
  });
  const { status, stderr } = ldfi(["test", path]);
  expect(status).toBe(2);
  expect(stderr.match(/error\[unquoted-constant\]/g)).toHaveLength(1);
});
