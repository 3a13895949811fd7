import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseCommandLine } from "../../src/cli/command-line.js";
import { execute } from "../../src/cli/work.js";
import { inProcess, undisturbed } from "./in-process.js";

const folder = mkdtempSync(join(tmpdir(), "ldfi-reports-"));
afterAll(() => rmSync(folder, { recursive: true }));

const broadcast = `
bcast("a", "m")@1; to("a", "b")@1;
log(Y, M)@async :- bcast(X, M), to(X, Y);
log(X, M)@next :- log(X, M);
pre(Y, M) :- bcast(X, M)@1, to(X, Y)@1;
post(X, M) :- log(X, M);
`;

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const three = file(
  "three.ded",
  `${broadcast}//! check eot=4 eff=2 expect=violated\n//! check eot=5 eff=2 expect=violated\n//! run eot=4 expect=holds\n`,
);
const odd = file("odd.ded", `${broadcast}odd(X) :- log(X, "z");\n//! check eot=4 eff=3 expect=holds post=pre\n`);

describe("a test run that was cut short", () => {
  const cutShort = async (...words: readonly string[]) => {
    let asked = 0;
    return inProcess(["test", three, ...words], { interrupted: () => ++asked > 2 });
  };

  test("is undecided in JUnit and in Markdown, as its exit status is", async () => {
    const { status, stdout, files } = await cutShort("--reporter", "junit", "--report", "x.md");
    expect(status).toBe(3);
    expect(stdout).toMatch(/<testsuites [^>]*failures="0" errors="1"/);
    expect(stdout).toContain('<error message="cut short: not every expectation was run">');
    expect(files[0]?.text).toContain("cut short: not every expectation was run");
  });

  test("after a failure that ends it has a case for what was not run, which is not an error", async () => {
    const failing = file("failing.ded", `${broadcast}//! run eot=4 expect=violated\n//! run eot=4 expect=holds\n`);
    const { status, stdout } = await inProcess(["test", failing, "--bail", "--reporter", "junit"]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/<testsuites [^>]*tests="2" failures="1" errors="0" skipped="1"/);
  });
});

describe("with --strict", () => {
  test("every format says that it is the warning, not the verdict, that fails", async () => {
    const { stdout, files } = await inProcess(["test", odd, "--strict", "--reporter", "junit", "--report", "x.md"]);
    expect(stdout).toContain(
      '<failure message="holds, with rule-never-fires, which --strict counts">expected holds, at',
    );
    expect(files[0]?.text).toContain("| holds, with rule-never-fires, which --strict counts |");
  });
});

describe("on GitHub", () => {
  const onGitHub = async (...words: readonly string[]) => {
    const parsed = parseCommandLine(["test", ...words], {
      env: { GITHUB_ACTIONS: "true" },
      stdout: {},
      platform: "linux",
    });
    if (parsed.kind !== "job") throw new Error(parsed.stderr);
    const printed: string[] = [];
    const host = { ...undisturbed, print: (text: string) => printed.push(text), pathName: () => "protocols/p.ded" };
    const { stdout } = await execute(parsed.job.kind, parsed.job, host);
    return (printed.join("") + stdout).split("\n").filter((line) => line.startsWith("::"));
  };

  test("what is not met is annotated at its line, and warnings at theirs", async () => {
    const wrong = file("wrong.ded", `${broadcast}odd(X) :- log(X, "z");\n//! run eot=4 expect=violated\n`);
    const lines = await onGitHub(wrong);
    expect(lines[0]).toMatch(
      /^::error file=protocols\/p\.ded,line=8,title=ldfi%3A run eot=4::holds%0Aexpected violated, at /,
    );
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^::warning file=protocols\/p\.ded,line=7,col=1,title=ldfi%3A unread-relation::/),
    ]);
  });

  test("what is met is not; nor is anything for a reporter that others read", async () => {
    expect(await onGitHub(three)).toEqual([]);
    const wrong = file("wrong2.ded", `${broadcast}//! run eot=4 expect=violated\n`);
    expect(await onGitHub(wrong, "--reporter", "json")).toEqual([]);
    expect(await onGitHub(wrong, "-q")).toHaveLength(1);
  });
});
