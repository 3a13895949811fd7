import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { expect } from "vitest";
import { ldfi } from "./ldfi.js";

/** A program that a lost message violates. */
export const lossy = 'b("a", "b")@1; l(Y)@async :- b(X, Y); l(X)@next :- l(X);\npre("b")@3; post(X) :- l(X);\n';

/** `--pin` adds nothing to a program whose third line is this run, and says so. */
export function expectNothingPinned(path: string, line: string, message: string): void {
  const text = `${lossy}${line}`;
  writeFileSync(path, text);
  const ended = ldfi(["check", path, "--eot", "3", "--pin", "--quiet"]);
  expect(ended).toMatchObject({ status: 1, stderr: expect.stringContaining(message) });
  expect(ended.stderr).toContain(`${basename(path)}:3`);
  expect(readFileSync(path, "utf8")).toBe(text);
}

/** `--pin` on these files, of which one is standard input, is an error before the search. */
export function expectPinRefused(files: readonly string[], input: string, message: string): void {
  const ended = ldfi(["check", ...files, "--eot", "3", "--pin"], { input });
  expect(ended).toMatchObject({ status: 2, stdout: "" });
  expect(ended.stderr).toContain("error[bad-option]: --pin: ");
  expect(ended.stderr).toContain(message);
}
