import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ldfi, root, withoutTimes } from "./ldfi.js";

const once = ["check", "test/programs/shown/once.ded", "--eot", "4", "--eff", "2"];
const violated = ["check", "programs/delivery/simple.ded", "--eot", "4", "--eff", "2"];

describe("a command as its user sees it", () => {
  test.each([
    ["check-github", [...once, "--format", "github", "--quiet"], 1],
    ["check-commit", ["check", "test/programs/shown/commit.ded", "--eot", "6", "--eff", "0", "--crashes", "1"], 1],
    [
      "run-why-not",
      ["run", "test/programs/shown/once.ded", "--eot", "4", "--omit", "a,b,1", "--why-not", 'log("b","hello")@4'],
      0,
    ],
  ] as const)("%s", async (name, args, status) => {
    const ended = ldfi(args);
    expect(ended).toMatchObject({ status, stderr: "" });
    await expect(withoutTimes(ended.stdout)).toMatchFileSnapshot(join(root, "test", "golden", `${name}.txt`));
  });
});

describe("exit statuses", () => {
  test.each([
    [2, "EOT is below 1", ["check", "programs/delivery/simple.ded", "--eot", "0"]],
    [2, "more nodes are to crash than there are", ["check", "programs/delivery/simple.ded", "--crashes", "4"]],
    [2, "a fault strikes no node", ["run", "programs/delivery/simple.ded", "--omit", "a,z,1"]],
    [2, "the tuple does not parse", ["break", "programs/delivery/simple.ded", "log(b)@4"]],
    [2, "a folder stands for a program", ["check", "programs"]],
    [2, "the filter matches nothing", ["test", "programs/delivery", "--filter", "no such thing"]],
    [0, "help is asked for", ["check", "--help"]],
  ])("%i when %s", (status, _, args) => {
    expect(ldfi(args).status).toBe(status);
  });
});

describe("--pin", () => {
  const folder = mkdtempSync(join(tmpdir(), "ldfi-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const lossy = 'b("a", "b")@1; l(Y)@async :- b(X, Y); l(X)@next :- l(X);\npre("b")@3; post(X) :- l(X);\n';

  test.each([
    ["in another order, with a name", '//! run name="kept" eot=3 expect=violated omit=a,b,1', "pinned already, at"],
    ["as a run that has to hold", "//! run omit=a,b,1 eot=3 expect=holds", "has this run, with expect=holds"],
  ])("--pin adds nothing to a file that has the run %s, and says so", (_, line, message) => {
    const text = `${lossy}${line}`;
    const path = join(folder, "has-run.ded");
    writeFileSync(path, text);
    const ended = ldfi(["check", path, "--eot", "3", "--pin", "--quiet"]);
    expect(ended).toMatchObject({ status: 1, stderr: expect.stringContaining(message) });
    expect(ended.stderr).toContain("has-run.ded:3");
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("with standard input besides is an error before the search", () => {
    const files = ["test/programs/shown/once.ded", "-"];
    const ended = ldfi(["check", ...files, "--eot", "3", "--pin"], { input: 'x("a", 1)@1;\n' });
    expect(ended).toMatchObject({ status: 2, stdout: "" });
    expect(ended.stderr).toContain(`error[bad-option]: --pin: `);
    expect(ended.stderr).toContain("standard input");
  });
});

describe("what does not change the output", () => {
  test("several threads", () => {
    const one = ldfi(["test", "programs/delivery", "--jobs", "1"]);
    const two = ldfi(["test", "programs/delivery", "--jobs", "2"]);
    expect(withoutTimes(two.stdout)).toBe(withoutTimes(one.stdout));
  });

  test("the output is the same under another locale and time zone", () => {
    const there = ldfi(violated, { env: { LC_ALL: "tr_TR.ISO-8859-9", TZ: "Pacific/Kiritimati" } });
    expect(withoutTimes(there.stdout)).toBe(withoutTimes(ldfi(violated).stdout));
  });
});
