import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ldfi, shell } from "../cli/ldfi.js";
import { expectManners } from "./manners.js";
import { harmless, largePrograms, runaways, strangeTexts } from "./programs.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ldfi-hostile-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe.each([
  ["strange texts", strangeTexts],
  ["large programs", largePrograms],
  ["runaways", runaways],
] as const)("%s", (_, inputs) => {
  test.each(inputs.filter(({ long }) => long !== true))("$name", ({ content, options = [], status, says }) => {
    const ended = ldfi(["check", put("hostile.ded", content), ...options]);
    expectManners(ended);
    expect(ended.stdout + ended.stderr).toMatch(says);
    expect(ended.status).toBe(status);
  });
});

// inputs.long.test.ts has more of them, and of the texts and programs.
describe("files", () => {
  test("folders, devices, and what cannot be found are refused in words", () => {
    symlinkSync("circle.ded", join(folder, "circle.ded"));
    const names = [folder, join(folder, "circle.ded"), join(folder, "none.ded"), `${put("file.ded", harmless)}/x.ded`];
    for (const name of [...names, "/dev/zero"]) {
      const ended = ldfi(["check", name]);
      expectManners(ended);
      expect(ended.status).toBe(2);
      expect(ended.stderr).toMatch(/cannot be read|there is no file/);
    }
  });

  test("a pipe is read when someone writes to it, and waiting for that can be cut short", () => {
    const [pipe, file] = [join(folder, "pipe.ded"), put("file.ded", harmless)];
    expect(shell(`mkfifo '${pipe}'`).status).toBe(0);
    const cut = ldfi(["check", pipe, "--timeout", "0.3"]);
    expectManners(cut);
    expect(cut.status).toBe(3);
    const ended = shell(`(sleep 0.5; cat '${file}' > '${pipe}') & ldfi check '${pipe}'`);
    expectManners(ended);
    expect(ended).toMatchObject({ status: 0, stdout: expect.stringMatching(/^HOLDS/) });
  });

  test("a name as long as a name can be, and longer", () => {
    const program = put("named.ded", harmless);
    const long = join(folder, `${"n".repeat(250)}.json`);
    expect(ldfi(["check", program, "--quiet", "--report", long]).status).toBe(0);
    expect(JSON.parse(readFileSync(long, "utf8"))).toMatchObject({ verdict: "holds" });
    const longer = ldfi(["check", program, "--quiet", "--report", join(folder, `${"n".repeat(300)}.json`)]);
    expectManners(longer);
    expect([longer.status, longer.stdout.slice(0, 5)]).toEqual([2, "HOLDS"]);
    expect(longer.stderr).toContain("the name is too long");
  });

  test("what is to be written replaces neither the program nor what is to be written besides", () => {
    const program = put("precious.ded", harmless);
    symlinkSync("precious.ded", join(folder, "alias.json"));
    const [twice, alias] = [join(folder, "twice.json"), join(folder, "alias.json")];
    for (const options of [
      ["--dimacs", program],
      ["--report", alias],
      ["--report", twice, "--dimacs", twice],
    ]) {
      const ended = ldfi(["check", program, ...options]);
      expectManners(ended);
      expect(ended.status).toBe(2);
      expect(ended.stderr).toMatch(/which it would replace|named twice/);
    }
    expect(readFileSync(program, "utf8")).toBe(harmless);
    expect(existsSync(twice)).toBe(false);
  });

  test("includes 200 deep, in a circle, are one program", () => {
    for (let i = 0; i < 200; i++)
      put(
        `part${i}.ded`,
        `include "part${(i + 1) % 200}.ded"; include "./part${i}.ded"; x${i}("a")@1;${i === 199 ? harmless : ""}`,
      );
    const ended = ldfi(["check", join(folder, "part0.ded")]);
    expectManners(ended);
    expect(ended.status).toBe(0);
  });

  test("an include of a folder, of the file itself, and of a missing file", () => {
    const ended = ldfi([
      "check",
      put("includes.ded", `include "."; include "includes.ded"; include "no.ded"; ${harmless}`),
    ]);
    expectManners(ended);
    expect(ended.status).toBe(2);
    expect(ended.stderr).toMatch(/directory/);
    expect(ended.stderr).toMatch(/no\.ded/);
  });

  test("a truncated program is refused or read, whatever the place", () => {
    for (let end = 1; end < harmless.length; end += 89) {
      const ended = ldfi(["check", "-"], { input: harmless.slice(0, end) });
      expectManners(ended);
    }
  });
});
