import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseCommandLine } from "../../src/cli/command-line.js";
import { diskFiles } from "../../src/disk/disk-files.js";
import { replayCommand } from "../../src/evidence/replay.js";
import { ldfi, root } from "./ldfi.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ldfi-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sent = 'b("a", "b")@1;\n';

/** A message to b that is sent once: lost, it is missing. */
const once = `
l(Y)@async :- b(X, Y); l(X)@next :- l(X);
pre("b")@3; post(X) :- l(X);
`;

const parts = [
  "-",
  "--eot",
  "a",
  " ",
  "'",
  '"',
  "\\",
  "\n",
  "\t",
  "\u001b[1m",
  "$HOME",
  "`x`",
  "!",
  "*",
  "~",
  "%s",
  "é",
  ",",
  "=",
  "{a,b}",
  ";",
  "#",
];
/** What a file can be called; in a folder of its own, so that no name is taken. */
const fileName = fc
  .array(fc.constantFrom(...parts), { minLength: 1, maxLength: 5 })
  .map((list) => list.join(""))
  .filter((name) => name !== "-");

/** The words that a shell makes of a command. */
function shellWords(command: string): readonly string[] {
  const { stdout, stderr } = spawnSync("sh", ["-c", `ldfi() { printf '%s\\0' "$@"; }; ${command}`], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout.split("\0").slice(0, -1);
}

describe("the command that replays a run", () => {
  test("names the same files, whatever they are called, once a shell has read it", () => {
    fc.assert(
      fc.property(fileName, fileName, (name, include) => {
        const command = replayCommand({
          files: [name],
          eot: 3,
          includeDirs: [include],
          maxTuples: 7,
          schedule: [{ kind: "omission", from: "a", to: "b", at: 1 }],
        });
        expect(command).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        const parsed = parseCommandLine(shellWords(command), { env: {}, stdout: {}, platform: "linux" });
        if (parsed.kind !== "job" || parsed.job.kind !== "run") throw new Error(JSON.stringify(parsed));
        const { job } = parsed;
        // The folder itself tells whether the name that comes out is that of the file that went in.
        const place = mkdtempSync(join(folder, "f-"));
        writeFileSync(join(place, name), sent + once);
        const [file = ""] = job.files;
        expect(diskFiles().read(`${place}/${file}`)).toEqual({ kind: "read", text: sent + once });
        expect(job).toMatchObject({ includeDirs: [include], parameters: { eot: 3, maxTuples: 7 } });
        expect(job.faults).toEqual([{ kind: "omission", from: "a", to: "b", at: 1 }]);
      }),
      { numRuns: 200 },
    );
  });

  test.each(["-x.ded", "--eot", "a b.ded", 'it\'s "odd".ded', "x.ded\n", "$(true)\\n.ded"])(
    "that check prints for the file %j shows the same tables as the file does",
    (name) => {
      const place = mkdtempSync(join(folder, "f-"));
      mkdirSync(join(place, "-lib"));
      writeFileSync(join(place, name), `include "part.ded";\n${once}`);
      writeFileSync(join(place, "-lib", "part.ded"), sent);
      const bin = join(root, "bin", "ldfi.js");
      const checked = ldfi(["check", "--eot", "3", "--include-dir", "-lib", "--", name], { cwd: place });
      expect(checked).toMatchObject({ status: 1, stderr: "" });
      const replay = /^Replay +(.*)$/m.exec(checked.stdout)?.[1] ?? "";
      const line = `ldfi() { "$NODE" "$BIN" "$@" --tables; }; ${replay}`;
      const env = { PATH: process.env.PATH, NODE: process.execPath, BIN: bin };
      const replayed = spawnSync("sh", ["-c", line], { cwd: place, env, encoding: "utf8" });
      const direct = ldfi(["run", "--eot", "3", "--include-dir", "-lib", "--omit", "a,b,1", "--tables", "--", name], {
        cwd: place,
      });
      expect(replayed).toMatchObject({ status: 1, stderr: "", stdout: direct.stdout });
      expect(replayed.stdout).toMatch(/^VIOLATED/);
    },
  );

  test("that test prints for an expectation finds what the expectation found", () => {
    const place = mkdtempSync(join(folder, "f-"));
    mkdirSync(join(place, "lib dir"));
    writeFileSync(join(place, "x.ded"), `include "part.ded";\n${once}//! check eot=3 expect=holds\n`);
    writeFileSync(join(place, "lib dir", "part.ded"), sent);
    const tested = ldfi(["test", "x.ded", "--include-dir", "lib dir"], { cwd: place });
    expect(tested.status).toBe(1);
    expect(tested.stdout).toContain("ldfi run x.ded --eot 3 --include-dir 'lib dir' --omit a,b,1");
  });
});

test("a command without `check` is suggested as a shell can read it", () => {
  expect(ldfi(["my file.ded", "--eot", "4"]).stderr).toContain("Did you mean: ldfi check 'my file.ded' --eot 4\n");
});
