import { expect, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.js";
import { ldfi } from "./ldfi.js";
import { describeOddNodes, isFitForTerminals, oddProgram } from "./odd-nodes.js";

const folder = temporaryFolder();

// odd-names.long.test.ts has others.
describeOddNodes(folder, ["b\nc", "b\u001b[31mred", "it's \\"]);

test("nodes that are given twice are pinned once", () => {
  const path = oddProgram(folder, "b");
  expect(ldfi(["check", path, "--eot", "3", "--nodes", "a,b,a", "--pin"]).status).toBe(1);
  expect(ldfi(["test", path])).toMatchObject({ status: 0 });
});

test("the command that break prints asks for the same tuple", () => {
  const path = oddProgram(folder, "b\r\u001b");
  const { stdout } = ldfi(["break", path, 'l("b\\u{d}\\u{1b}")@2', "--eot", "3"]);
  expect(stdout).toContain(`--omit 'a,"b\\u{d}\\u{1b}",1' --why-not 'l("b\\u{d}\\u{1b}")@2'`);
});

test("an option that is refused is printed safely", () => {
  const refused = ldfi(["run", oddProgram(folder, "b"), "--crash", '"b\u001b[31m']);
  expect(refused.status).toBe(2);
  expect(isFitForTerminals(refused.stderr)).toBe(true);
});
