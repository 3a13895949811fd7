import { expect, test } from "vitest";
import { plainStyle } from "../../../src/report/terminal/palette.js";
import { failureLines } from "../../../src/report/terminal/tests.js";
import { expectationsIn } from "../../../src/testing/discovery.js";
import { runFile } from "../../../src/testing/runner.js";
import { memoryFiles } from "../../program/memory-files.js";

/** What is said of each line of a mended protocol that is not met. */
function failures(...lines: readonly string[]): readonly (readonly string[])[] {
  const program = `
m("a", "b")@1; m("a", "b")@2;
got(Y)@async :- m(_X, Y);
got(X)@next :- got(X);
pre("b")@4; post(X) :- got(X);`;
  const reader = memoryFiles({ "p.ded": `${lines.join("\n")}${program}` });
  return [...runFile(expectationsIn("p.ded", reader), { reader })]
    .filter(({ kind }) => kind !== "passed")
    .map((result) => failureLines(result, plainStyle));
}

test("a pinned line that no longer violates says so, and names the choice", () => {
  expect(failures("//! run omit=a,b,1 eot=4 expect=violated")).toEqual([
    [
      "expected violated, at p.ded:1",
      "this schedule no longer violates: if that was intended, write `expect=holds` to keep it as a test, or delete the line",
    ],
  ]);
  expect(failures("//! run omit=a,b,1 eot=4 expect=holds")).toEqual([]);
});

test("nothing of the kind is said about a whole budget", () => {
  expect(failures("//! check omissions=1 eot=4 eff=3 expect=violated")).toEqual([["expected violated, at p.ded:1"]]);
});
