import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ldfi } from "./ldfi.js";

const broken =
  'm(Y)@async :- b(X, Y); b("a", "b")@1; l(X)@next :- m(X); l(X)@next :- l(X);\npre("b")@4; post(X) :- l(X);\n';

let root = "";
let cwd = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "ldfi-"));
  cwd = join(root, "services", "mail");
  mkdirSync(join(root, ".git"));
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, "a b.ded"), broken);
  writeFileSync(join(cwd, "wrong.ded"), "r(X)@next :- r(Y);\n");
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("in a working directory, annotations and SARIF name files from the root of the repository", () => {
  const args = ["check", "a b.ded", "--eot", "4", "--report", "r.sarif"];
  const { status, stdout } = ldfi(args, { cwd, env: { GITHUB_ACTIONS: "true", GITHUB_WORKSPACE: root } });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^::error file=services\/mail\/a b.ded,line=1,col=1,title=ldfi%3A violated::/m);
  // What is to be pasted into a shell in this folder stays as it is.
  expect(stdout).toContain("ldfi run 'a b.ded' --eot 4");
  const uris = readFileSync(join(cwd, "r.sarif"), "utf8").match(/"uri": "[^"]*"/g);
  expect(new Set(uris)).toEqual(new Set(['"uri": "services/mail/a%20b.ded"']));
});

test("so do the annotations of a program that is wrong", () => {
  const { status, stdout } = ldfi(["check", "wrong.ded", "--format", "github"], { cwd });
  expect(status).toBe(2);
  expect(stdout).toMatch(/^::error file=services\/mail\/wrong.ded,line=1,col=3,title=ldfi%3A unbound-variable::/m);
});

test("and JUnit results of a test run", () => {
  writeFileSync(join(cwd, "tested.ded"), `${broken}//! check eot=4 expect=violated\n`);
  const { status, stdout } = ldfi(["test", "tested.ded", "--reporter", "junit"], { cwd });
  expect(status).toBe(0);
  expect(stdout).toContain('classname="tested.ded" name="check eot=4" file="services/mail/tested.ded" line="3"');
});
