import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCommandLine } from "../../src/cli/command-line.js";
import type { RunJob } from "../../src/cli/commands/run.js";
import type { Replay } from "../../src/evidence/replay.js";
import { pinLine, replayArguments, replayCommand } from "../../src/evidence/replay.js";
import type { Fault } from "../../src/faults/kinds.js";
import type { Schedule } from "../../src/faults/schedule.js";
import { schedule } from "../../src/faults/schedule.js";
import { quoteString, unescapeCodePoints } from "../../src/source/strings.js";
import { parseDirectives } from "../../src/syntax/directives.js";
import type { Expectation } from "../../src/syntax/expectation.js";
import { parseText } from "../../src/syntax/parser.js";
import { dangerous, oddString } from "../source/odd-names.js";
import { shellWords } from "./shell-words.js";

const replay: Replay = {
  files: ["simple.ded"],
  eot: 4,
  includeDirs: [],
  schedule: [
    { kind: "crash", node: "c", at: 2 },
    { kind: "omission", from: "a", to: "b", at: 1 },
  ],
};

test("the command names the files, the end of time and every fault", () => {
  expect(replayCommand(replay)).toBe("ldfi run simple.ded --eot 4 --crash c,2 --omit a,b,1");
});

test("what was given on the command line is given again", () => {
  const words = replayArguments({
    ...replay,
    schedule: [],
    nodes: ["a", "b"],
    pre: "p",
    post: "q",
    includeDirs: ["lib"],
  });
  expect(words.slice(4)).toEqual(["--nodes", "a,b", "--pre", "p", "--post", "q", "--include-dir", "lib"]);
});

function job(words: readonly string[]): RunJob {
  const parsed = parseCommandLine(words, { env: {}, stdout: {}, platform: "linux" });
  if (parsed.kind !== "job") throw new Error(parsed.stderr);
  if (parsed.job.kind !== "run") throw new Error("another command");
  return parsed.job;
}

function expectation(line: string): Expectation | undefined {
  const { directives, diagnostics } = parseDirectives(
    parseText({ path: "x.ded", text: `r("a")@1;\n${line}\ns("b")@1;\n` }).tree,
  );
  expect(diagnostics).toEqual([]);
  expect(directives).toHaveLength(1);
  return directives[0];
}

const instant = fc.integer({ min: 1, max: 20 });
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant("crash" as const), node: oddString, at: instant }),
  fc
    .record({ kind: fc.constant("omission" as const), from: oddString, to: oddString, at: instant })
    .filter(({ from, to }) => from !== to),
);
const faults: fc.Arbitrary<Schedule> = fc.array(fault, { maxLength: 4 }).map(schedule);
const nodes = fc.array(oddString, { minLength: 1, maxLength: 4 });

describe("whatever the names are", () => {
  test("the command is fit for a terminal, and asks for the same schedule, nodes and tuple", () => {
    fc.assert(
      fc.property(faults, nodes, oddString, (s, some, value) => {
        const tuple = `r(${quoteString(value)})@2`;
        const command = replayCommand({ ...replay, schedule: s, nodes: some, ask: { question: "why-not", tuple } });
        expect(command).not.toMatch(dangerous);
        const { faults: read, parameters, whyNot } = job(shellWords(command).slice(1));
        expect(read).toEqual(s);
        expect(parameters.nodes).toEqual(some);
        const [statement] = parseText({ path: "<tuple>", text: `${unescapeCodePoints(whyNot ?? "")};` }).tree
          .statements;
        expect(statement?.kind === "fact" && statement.atom.args).toMatchObject([{ kind: "string", value }]);
      }),
      { numRuns: 500 },
    );
  });

  test("the pinned line is fit for a terminal, and says the same", () => {
    fc.assert(
      fc.property(
        faults,
        nodes,
        fc.array(
          oddString.filter((file) => file !== "" && !/[\n\r]|\p{Cs}/u.test(file)),
          { maxLength: 2 },
        ),
        (s, some, files) => {
          const pinned = pinLine({ ...replay, schedule: s, nodes: some }, files);
          const line = pinned.kind === "line" ? pinned.line : pinned.reason;
          if (files.length === 0) expect(line).not.toMatch(dangerous);
          expect(expectation(line)).toMatchObject({
            kind: "run",
            schedule: s,
            nodes: [...new Set(some)],
            eot: 4,
            expect: "violated",
            with: files,
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});

test("a line cannot name a file with a line break in its name, and says so", () => {
  expect(pinLine(replay, ["a\nb.ded"])).toMatchObject({
    kind: "impossible",
    reason: expect.stringContaining("line break"),
  });
});
