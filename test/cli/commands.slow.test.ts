import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectGolden } from "./golden.js";
import { commandThatWorks, ldfi, root, shell, withoutTimes } from "./ldfi.js";
import { expectNothingPinned, expectPinRefused, lossy } from "./pins.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ldfi-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const once = ["check", "test/programs/shown/once.ded", "--eot", "4", "--eff", "2"];
const violated = ["check", "programs/delivery/simple.ded", "--eot", "4", "--eff", "2"];
const lasting = ["check", "programs/consensus/paxos-synod.ded", "--eot", "600", "--eff", "599", "--crashes", "3"];

// commands.long.test.ts has more of them, and of the exit statuses.
describe("a command as its user sees it", () => {
  test.each([
    ["check-violated", once, 1],
    ["check-holds", ["check", "test/programs/shown/retry.ded", "--eot", "4", "--eff", "2"], 0],
    ["check-all", [...once, "--all", "--ascii"], 1],
    ["check-json", [...once, "--format", "json"], 1],
    ["run-violated", ["run", "test/programs/shown/once.ded", "--eot", "4", "--omit", "a,b,1", "--tables"], 1],
    ["run-why", ["run", "test/programs/shown/once.ded", "--eot", "4", "--why", 'log("c", _)'], 0],
    [
      "break",
      ["break", "test/programs/shown/retry.ded", 'log("b","hello")@4', "--eot", "4", "--eff", "2", "--crashes", "1"],
      1,
    ],
    ["test", ["test", "test/programs/shown/once.ded"], 0],
  ] as const)("%s", expectGolden);

  test("a wrong program is refused on standard error, with nothing on standard output", async () => {
    const ended = ldfi(["check", "-"], { input: 'r("a",1);\nr(X)@next :- r(X,Y), foo(a);\n' });
    expect(ended).toMatchObject({ status: 2, stdout: "" });
    await expect(ended.stderr).toMatchFileSnapshot(join(root, "test", "golden", "refused.txt"));
  });

  test("an error in evaluation is reported with its rule, binding and schedule", async () => {
    const ended = ldfi(["check", "-", "--eot", "3"], { input: 'd("a", 0)@1;\npost(X, Y) :- d(X, Z), Y == 7 / Z;\n' });
    expect(ended).toMatchObject({ status: 2, stdout: "" });
    await expect(ended.stderr).toMatchFileSnapshot(join(root, "test", "golden", "division-by-zero.txt"));
  });
});

describe("exit statuses", () => {
  test.each([
    [0, "a version is asked for", ["--version"]],
    [
      1,
      "--why asks for a tuple that is not there",
      ["run", "programs/delivery/simple.ded", "--eot", "4", "--why", 'log("b","x")@4'],
    ],
    [2, "the command line is wrong", ["check", "programs/delivery/simple.ded", "--eot", "x"]],
    [2, "there is nothing to test", ["test", "bin"]],
    [3, "the executions run out", ["check", "programs/delivery/ack.ded", "--strategy", "random", "--max-runs", "3"]],
    [3, "the time runs out", [...lasting, "--timeout", "0.4"]],
  ])("%i when %s", (status, _, args) => {
    expect(ldfi(args).status).toBe(status);
  });

  const fails = "throw new TypeError('x is not a node')";
  test.each([
    ["in the thread", [fails]],
    ["in a brief check, and then in the thread", [fails, fails]],
  ] as const)("70 is a bug, which says so, says what to report, and shows no stack trace: %s", (_, [thread, brief]) => {
    const command = commandThatWorks(join(folder, "copy"), thread, brief);
    const broken = ldfi(violated, { command });
    expect(broken.status).toBe(70);
    expect(broken.stdout).toBe("");
    expect(broken.stderr).toContain("bug in ldfi");
    expect(broken.stderr).toContain("TypeError: x is not a node");
    expect(broken.stderr).toContain("ldfi check programs/delivery/simple.ded --eot 4");
    expect(broken.stderr).not.toMatch(/^\s+at /m);
  });
});

describe("an end from outside", () => {
  test("a time limit is kept, with one document on standard output", () => {
    const ended = ldfi([...lasting, "--timeout", "0.5", "--format", "json"]);
    expect(ended.status).toBe(3);
    expect(JSON.parse(ended.stdout)).toMatchObject({ verdict: "inconclusive", reason: "timeout" });
  });

  test("a reader that closes the pipe is not an error", () => {
    const piped = `"$0" bin/ldfi.js run programs/delivery/redundant.ded --eot 40 --tables | head -n 1`;
    const { stdout, stderr } = spawnSync("bash", ["-c", piped, process.execPath], { cwd: root, encoding: "utf8" });
    expect(stdout).toMatch(/^HOLDS/);
    expect(stderr).toBe("");
  });
});

describe("files that are written", () => {
  test("reports, each in the format of its extension", () => {
    const [json, xml, md] = ["r.json", "r.xml", "r.md"].map((name) => join(folder, name)) as [string, string, string];
    const ended = ldfi([...violated, "--report", json, "--report", xml, "--report", md]);
    expect(ended.status).toBe(1);
    expect(JSON.parse(readFileSync(json, "utf8"))).toMatchObject({ verdict: "violated" });
    expect(readFileSync(xml, "utf8")).toContain("<failure");
    expect(readFileSync(md, "utf8")).toContain("## programs/delivery/simple.ded: violated");
  });

  test("a report that cannot be written does not cost the verdict", () => {
    const ended = ldfi([...violated, "--report", join(folder, "no", "r.json")]);
    expect(ended.status).toBe(2);
    expect(ended.stdout).toMatch(/^VIOLATED/);
    expect(ended.stderr).toContain("there is no such folder");
  });

  test("--dimacs writes the question", () => {
    const path = join(folder, "q.cnf");
    ldfi([...violated, "--dimacs", path]);
    expect(readFileSync(path, "utf8")).toMatch(/^p cnf \d+ \d+$/m);
  });

  test("--pin keeps the counterexample, once, where ldfi test finds it", () => {
    for (const name of ["agreement.ded", "group.ded"])
      cpSync(join(root, "programs/delivery", name), join(folder, name));
    const path = program(
      "pinned.ded",
      readFileSync(join(root, "programs/delivery/simple.ded"), "utf8")
        .replace(/^\/\/!.*\n/gm, "")
        .trimEnd(),
    );
    const args = ["check", path, "--eot", "4", "--eff", "2", "--pin", "--quiet"];
    ldfi(args);
    ldfi(args);
    const pins = readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("//!"));
    expect(pins).toEqual(["//! run omit=a,b,1 eot=4 expect=violated"]);
    expect(ldfi(["test", path])).toMatchObject({ status: 0 });
  });

  // commands.long.test.ts has other lines, and standard input beside a file.
  test("--pin adds nothing to a file that has the run as ldfi writes it, and says so", () => {
    const line = "//! run omit=a,b,1 eot=3 expect=violated";
    expectNothingPinned(join(folder, "has-run.ded"), line, "pinned already, at");
  });

  test("--pin adds a run that differs in what it asks", () => {
    const path = program("other-run.ded", `${lossy}//! run omit=a,b,1 eot=4 expect=violated\n`);
    expect(ldfi(["check", path, "--eot", "3", "--pin"]).stderr).toContain("pinned in");
    expect(readFileSync(path, "utf8")).toMatch(/eot=4 expect=violated\n\/\/! run omit=a,b,1 eot=3 expect=violated\n$/);
  });

  test("--pin on standard input is an error before the search", () => {
    expectPinRefused(["-"], lossy, "no line can be added to standard input");
  });

  test("--pin on a pipe of the shell's is an error before the search", () => {
    const ended = shell(`ldfi check <(cat '${program("lossy.ded", lossy)}') --eot 3 --pin`);
    expect(ended).toMatchObject({ status: 2, stdout: "" });
    expect(ended.stderr).toContain("it is not a regular file");
  });
});

describe("the count at the end of a test run", () => {
  const lastLine = (text: string): string => text.trimEnd().split("\n").at(-1) ?? "";

  test.each([
    ["every expectation is met", "//! run eot=3 expect=holds", 0, "1 passed, 0 failed"],
    ["one is not", "//! run eot=3 expect=holds\n//! run eot=3 expect=violated", 1, "1 passed, 1 failed"],
    ["a line is wrong", "//! run eot=3 expect=holds\n//! check eot=x expect=holds", 2, "1 passed, 1 failed"],
    ["the program is wrong", "r(a)@1;\n//! run eot=3 expect=holds", 2, "0 passed, 1 failed"],
  ])("stands alone on its line when %s", (_, lines, status, count) => {
    const path = program("counted.ded", `s("a", 1)@1;\ns(X, Y)@next :- s(X, Y);\n${lines}\n`);
    const ended = ldfi(["test", path]);
    expect(ended.status).toBe(status);
    expect(lastLine(ended.stdout)).toBe(count);
  });

  test("is the same over several threads", () => {
    const one = ldfi(["test", "programs/delivery/simple.ded", "programs/delivery/retry.ded", "--jobs", "1"]);
    const two = ldfi(["test", "programs/delivery/simple.ded", "programs/delivery/retry.ded", "--jobs", "2"]);
    expect(withoutTimes(two.stdout)).toBe(withoutTimes(one.stdout));
  });
});

describe("options of check", () => {
  test("--strict fails a check that may be vacuous", () => {
    const path = program("vacuous.ded", 'r("a", 1)@1;\npre(X) :- r(X, 2);\npost(X) :- r(X, _);\n');
    expect(ldfi(["check", path]).status).toBe(0);
    const strict = ldfi(["check", path, "--strict"]);
    expect(strict.status).toBe(1);
    expect(strict.stdout).toContain("vacuously");
  });

  test("--quiet prints the verdict line only", () => {
    expect(ldfi([...violated, "--quiet"]).stdout).toBe("VIOLATED  with 1 fault, and no schedule with fewer does\n");
  });

  test("the replay command shows the same violation", () => {
    const replay = JSON.parse(ldfi([...violated, "--format", "json"]).stdout) as { counterexample: { replay: string } };
    const [, ...args] = replay.counterexample.replay.split(" ");
    expect(ldfi(args)).toMatchObject({ status: 1 });
  });

  test("colour is used when forced, and carries no meaning of its own", () => {
    const coloured = ldfi(violated, { env: { FORCE_COLOR: "1" } }).stdout;
    expect(coloured).toContain("\u001b[");
    const plain = stripVTControlCharacters(coloured);
    expect(withoutTimes(plain)).toBe(withoutTimes(ldfi(violated).stdout));
  });
});
