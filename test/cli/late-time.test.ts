import { expect, test } from "vitest";
import { lateTime, withTime } from "../../src/cli/late-time.js";
import type { CutOffEndings, Ending } from "../../src/cli/messages.js";
import { memoryFiles } from "../program/memory-files.js";
import { inProcess } from "./in-process.js";

const program = `
m(Y)@async :- b(X, Y); b("a", "b")@1; l(X)@next :- m(X); l(X)@next :- l(X);
pre("b")@4; post(X) :- l(X);
//! check eot=4 expect=violated
//! check eot=4 eff=0 expect=holds
`;

/** What is left to say at the last sign of progress before anything is decided. */
async function endingIfCutOff(...words: readonly string[]): Promise<Ending> {
  const left: CutOffEndings[] = [];
  await inProcess(words, {
    reader: memoryFiles({ "x.ded": program }),
    progress: (stage, _, said) => {
      if (said !== undefined && stage !== "reporting") left.push(said());
    },
  });
  const [first] = left;
  if (first === undefined) throw new Error("nothing was said");
  return first.interrupted;
}

const remains = /7{10}|129629629/;

test.each([
  ["pretty", /^Searched .* · 12\.3 s$/m],
  ["json", /"total": 12345[,\n}]/],
] as const)("a check that is cut off says in %s how long it took", async (format, time) => {
  const { stdout } = withTime(await endingIfCutOff("check", "x.ded", "--eot", "4", "--format", format), 12_345);
  expect(stdout).toMatch(time);
  expect(stdout).not.toMatch(remains);
});

test.each([
  ["r.xml", / time="12\.345"/],
  ["r.json", /"total": 12345[,\n}]/],
  ["r.html", / · 12\.3 s/],
  ["r.md", /^Searched .* · 12\.3 s$/m],
] as const)("so does its report %s", async (path, time) => {
  const { files } = withTime(await endingIfCutOff("check", "x.ded", "--eot", "4", "--report", path), 12_345);
  expect(files).toEqual([{ path, text: expect.stringMatching(time) }]);
  expect(files[0]?.text).not.toMatch(remains);
});

test.each([
  [[], /^in 12\.3 s$/m],
  [["--reporter", "json"], /^ {2}"milliseconds": 12345,$/m],
] as const)("so do the results of a test run with %j", async (options, time) => {
  const left: CutOffEndings[] = [];
  await inProcess(["test", "programs/delivery/simple.ded", "--jobs", "1", ...options], {
    progress: (_stage, _line, said) => {
      if (said !== undefined) left.push(said());
    },
  });
  expect(left.length).toBeGreaterThan(0);
  for (const { interrupted } of left) {
    const { stdout } = withTime(interrupted, 12_345);
    expect(stdout).toMatch(time);
    expect(stdout).not.toMatch(remains);
  }
});

test("without the time of the thread that prints, such an ending names none that could be believed", async () => {
  expect((await endingIfCutOff("check", "x.ded", "--eot", "4", "--format", "json")).stdout).toContain(String(lateTime));
});
