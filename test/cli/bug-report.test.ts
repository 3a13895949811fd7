import { expect, test } from "vitest";
import { bugReport, ranOutOfMemory } from "../../src/cli/bug-report.js";
import { version } from "../../src/library/version.js";

test("a report of a bug names version, platform and command line, and no path of this machine", () => {
  const text = bugReport(new TypeError("x is undefined"), ["check", "my program.ded"]);
  expect(text).toContain("TypeError: x is undefined");
  expect(text).toContain(`ldfi ${version}, node ${process.version}`);
  expect(text).toContain("ldfi check 'my program.ded'");
  expect(text).not.toContain(process.cwd());
  expect(text).not.toMatch(/^\s+at /m);
});

test("what is thrown need not be an error", () => {
  expect(bugReport("oops", [])).toContain("oops");
});

test("running out of memory is a limit and not a bug", () => {
  expect(ranOutOfMemory(Object.assign(new Error("x"), { code: "ERR_WORKER_OUT_OF_MEMORY" }))).toBe(true);
  expect(ranOutOfMemory(new RangeError("Map maximum size exceeded"))).toBe(true);
  expect(ranOutOfMemory(new RangeError("Maximum call stack size exceeded"))).toBe(false);
  expect(ranOutOfMemory("oops")).toBe(false);
});
