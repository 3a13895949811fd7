import { expect, test } from "vitest";
import { diagnosticCodes } from "../../src/source/codes.js";
import { inProcess } from "./in-process.js";

test("a code is explained, with a program that has it and the corrected program", async () => {
  expect(await inProcess(["explain", "fact-without-time"])).toEqual({
    stdout: `fact-without-time: a fact that does not say at which instant it holds (error)

A fact holds at one instant, usually the first. A rule with @next carries it to
later instants.

A program that has it:

    post("a");

Corrected:

    post("a")@1;
`,
    stderr: "",
    files: [],
    status: 0,
  });
});

test("a code is found as it is copied from a message, and options of the check are named", async () => {
  const { stdout } = await inProcess(["explain", "warning[nothing-to-lose]"]);
  expect(stdout).toContain(
    "nothing-to-lose: no fault of the budget affects the program (warning, counted by --strict)",
  );
  expect(stdout).toContain("A program that has it, checked with --eot 4 --eff 1:");
});

test("without a code all are listed", async () => {
  const { stdout } = await inProcess(["explain"]);
  expect(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ")[0]),
  ).toEqual(Object.keys(diagnosticCodes));
});

test("an unknown code is refused, with the one that is meant", async () => {
  expect(await inProcess(["explain", "unbound-varible"])).toEqual({
    stdout: "",
    stderr: "ldfi: there is no code unbound-varible; did you mean unbound-variable?\n",
    files: [],
    status: 2,
  });
});
