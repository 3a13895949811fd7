import { expect, test } from "vitest";
import { countedAnswers } from "../program/counted-answers.js";
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

test("a count of answers that are alike says that it does not count those who answer", async () => {
  const files = memoryFiles({
    "answers.ded": countedAnswers,
  });
  const hint =
    'answer("a", "ok") came from b and c: `count<V>` counts answers, not those who answer; put the sender into the tuple, and count it';
  const reports = ["report.html", "report.json"].flatMap((path) => ["--report", path]);
  const words = ["check", "answers.ded", "--eot", "4", "--eff", "0", ...reports];
  const { status, stdout: told, files: written } = await inProcess(words, { reader: files });
  expect(status).toBe(1);
  expect(told).toContain(hint);
  expect(written.map(({ path }) => path)).toEqual(["report.html", "report.json"]);
  for (const { path, text } of written) expect(text, path).toContain("counts answers, not those who answer");
  // One answer is lost: then it is true that one has answered.
  const lost = ["run", "answers.ded", "--eot", "4", "--omit", "b,a,2", "--why-not", 'done("a")@4'];
  const { stdout: said } = await inProcess(lost, { reader: files });
  expect(said).toContain('members V = "ok"');
  expect(said).not.toContain("those who answer");
});

test.each([
  ["a rule that copies the answers", "vote(X, V) :- answer(X, _, V); vote(X, V)@next :- vote(X, V);", ["b", "c"]],
  ["a rule that needs a second tuple", "vote(X, V) :- answer(X, _, V), node(X, _)@1;", undefined],
])("%s stands between the answers and their count", async (_, rules, senders) => {
  const files = memoryFiles({
    "votes.ded": `
node("a", "b")@1; node("a", "c")@1;
ask(Y, X)@async :- node(X, Y);
answer(X, Y, "ok")@async :- ask(Y, X);
${rules}
answers(X, count<V>) :- vote(X, V);
done(X) :- answers(X, 2);
post(X) :- done(X);
`,
  });
  const words = ["run", "votes.ded", "--eot", "3", "--why-not", 'done("a")@3', "--format", "json"];
  const { stdout: text } = await inProcess(words, { reader: files });
  const found: readonly unknown[] = [...JSON.stringify(JSON.parse(text)).matchAll(/"sentByMany":(\[.*?\}\])/g)].map(
    ([, list = ""]) => JSON.parse(list) as unknown,
  );
  const vote = { relation: "vote", args: ["a", "ok"], at: 3 };
  expect(found).toEqual(senders === undefined ? [] : [[{ tuple: vote, senders }]]);
});
