import { expect, test } from "vitest";
import { memoryFiles } from "../program/memory-files.js";
import { inProcess } from "./in-process.js";

const reader = memoryFiles({
  "votes.ded": `
asked("a", "c")@1; asked("b", "c")@1;
vote(C, X)@async :- asked(X, C);
votes(C, count<X>) :- vote(C, X);
quorum(C) :- votes(C, N), N >= 2;
post(C) :- quorum(C);
`,
});

async function stdout(...words: readonly string[]): Promise<string> {
  return (await inProcess(["run", "votes.ded", "--eot", "2", "--omit", "a,c,1", ...words], { reader })).stdout;
}

test("--why-not takes `_` for any value, and says why nothing matches", async () => {
  expect((await stdout("--why-not", "quorum(_)@2")).split("\n").slice(0, 3)).toEqual([
    "no quorum(_) holds at 2",
    "└ quorum(C) :- votes(C, N), N >= 2  votes.ded:5",
    '  └ ✗ N >= 2 is false  with C = "c", N = 1',
  ]);
});

test("in JSON too, with the members that are there and those that are missing", async () => {
  const { answers } = JSON.parse(await stdout("--why-not", "quorum(_)@2", "--format", "json")) as {
    readonly answers: readonly unknown[];
  };
  expect(answers).toEqual([
    {
      asked: "why-not",
      holds: false,
      pattern: "quorum(_)@2",
      whyNotAny: {
        pattern: "quorum(_)",
        at: 2,
        since: 2,
        attempts: [
          expect.objectContaining({
            at: 2,
            until: 2,
            binding: { C: "c", N: 1 },
            obstacle: {
              kind: "comparison",
              place: expect.anything() as unknown,
              groups: [
                expect.objectContaining({
                  rule: "votes(C, count<X>) :- vote(C, X)",
                  at: 2,
                  variable: "X",
                  present: ["b"],
                  missing: [expect.objectContaining({ tuple: { relation: "vote", args: ["c", "a"], at: 2 } })],
                  unlisted: 0,
                }),
              ],
            },
          }),
        ],
      },
    },
  ]);
});
