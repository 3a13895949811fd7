import { describe, expect, test } from "vitest";
import { parseCommandLine } from "../../src/cli/command-line.js";
import { loadProgram } from "../../src/program/load.js";
import { formatPlace } from "../../src/source/line-index.js";
import { expectationsIn, readingOnce } from "../../src/testing/discovery.js";
import { runFile } from "../../src/testing/runner.js";
import { memoryFiles } from "../program/memory-files.js";
import { inProcess } from "./in-process.js";

/** Every mistake in the options, lines and schedules of faults has its message, its place and its mending. */

const program = `peer("a", "b")@1; peer("b", "c")@1; peer("c", "a")@1; peer(X, Y)@next :- peer(X, Y);
log(Y)@async :- peer(X, Y); log(X)@next :- log(X);
`;

/** What a command says of the program with some lines added to it. */
async function said(
  command: readonly string[],
  lines = "",
): Promise<{ readonly text: string; readonly status: number }> {
  const host = { reader: memoryFiles({ "p.ded": program + lines }) };
  const end = await inProcess([...command, "--no-color"], host);
  return { text: `${end.stdout}${end.stderr}`, status: end.status };
}

/** The errors in the program with some lines added to it, each with its place and its mending. */
function errors(lines: string): string {
  const reader = readingOnce(memoryFiles({ "p.ded": program + lines }));
  const file = expectationsIn("p.ded", reader);
  const results = [...runFile(file, { reader })];
  const met = results.flatMap(({ actual }) => (actual.kind === "error" ? actual.diagnostics : []));
  const stated = loadProgram(["p.ded"], reader).diagnostics;
  return [...file.diagnostics, ...met, ...stated]
    .map(
      ({ span, message, help }) =>
        `${span === undefined ? "nowhere" : formatPlace(span)}: ${message}; ${help ?? "no help"}`,
    )
    .join("\n");
}

describe("a command line that spells a fault wrongly is refused", () => {
  test.each([
    [["--cut", "a,b|b,c,2,3"], "B is named twice"],
    [["--cut", "a|b,c,3,2"], "The cut ends at 2, before it begins."],
    [["--cut", "a|,2,3"], "A name is empty."],
    [["--cut", "a,2,3"], "Give the two sides, first instant and last instant: a|b,c,2,3."],
    [["--delay", "a,b,2,3"], "A message sent at 2 that arrives at 3 is not late."],
    [["--duplicate", "a,b,2,2"], "A message sent at 2 that arrives at 2 is not late."],
    [["--delay", "a,a,2,4"], "A node's message to itself cannot be late."],
    [["--pause", "a,4,4"], "A node that is away from 4 on cannot be back at 4."],
    [["--restart", "a,3"], "Give node, first instant and instant of return: b,3,5."],
    [["--restart", "a,0,3"], "An instant is at least 1."],
  ])("%s", (words, message) => {
    const parsed = parseCommandLine(["run", "p.ded", ...words], { env: {}, stdout: {}, platform: "linux" });
    expect(parsed.kind).toBe("text");
    expect(parsed.kind === "text" ? parsed.stderr.toLowerCase() : "").toContain(message.toLowerCase());
    expect(parsed.kind === "text" ? parsed.stderr : "").toContain("Try: ldfi run --help");
  });

  test.each([
    [["--restarts", "any"], "Give a whole number of at least 0."],
    [["--delays", "-1"], 'Give a whole number of at least 0, or "any".'],
    [["--pauses", "1.5"], "Give a whole number of at least 0."],
    [["--lateness", "0"], "Give a whole number of at least 1."],
    [["--max-faults", "x"], "Give a whole number of at least 0."],
  ])("%s", (words, message) => {
    const parsed = parseCommandLine(["check", "p.ded", ...words], { env: {}, stdout: {}, platform: "linux" });
    expect(parsed.kind === "text" ? parsed.stderr : "").toContain(message);
  });
});

describe("a schedule that cannot be says which bound it breaks, and what there is", () => {
  const schedules = [
    [["crash=a,3", "restart=a,4,5"], "an absence of a node must end before it crashes"],
    [["restart=a,2,4", "pause=a,4,6"], "between two absences of a node there must be an instant at which it is up"],
    [["restart=a,2,5", "pause=a,3,6"], "between two absences of a node there must be an instant at which it is up"],
    [["restart=a,1,4"], "a node cannot be away at instant 1"],
    [["restart=a,3,10"], "a node that is away must be back by 9, the earlier of EFF and EOT"],
    [["restart=z,2,4"], "z is not a node"],
    [["omit=a,b,2", "delay=a,b,2,4"], "a message can have only one of omission, delay and duplicate"],
    [["delay=a,b,2,11"], "a message must arrive by 10"],
    [["duplicate=a,b,2,10"], "a message must arrive by 9"],
    [["cut=a>b,2,3"], "every node must be on a side of a one-way cut, and c is on neither"],
    [["cut=a|z,2,3"], "z is not a node"],
  ] as const;

  test.each(schedules)("as options: %s", async (faults, message) => {
    const options = faults.flatMap((fault) => {
      const [key = "", value = ""] = fault.split("=");
      return [`--${key}`, value];
    });
    const { text, status } = await said(["run", "p.ded", "--eot", "9", ...options]);
    expect(text).toContain(`: ${message}\n  help: the nodes are a, b, c; the instants are 1 … 9`);
    expect(status).toBe(2);
  });

  test.each(schedules)("in a line, with its place: %s", (faults, message) => {
    const line = `//! run ${faults.join(" ")} eot=9 expect=holds`;
    expect(errors(line)).toBe(`p.ded:3:1: ${message}; the nodes are a, b, c; the instants are 1 … 9`);
  });
});

describe("a line that is wrong has a place, and a mending", () => {
  test.each([
    [
      "//! run cut=a,b|b,c,2,3 eot=9 expect=holds",
      "3:13: b is named twice; name each node once: it is on one side of the cut",
    ],
    [
      "//! run delay=a,b,2,3 eot=9 expect=holds",
      "3:15: a message sent at 2 that arrives at 3 is not late; messages arrive one instant after they are sent: give an arrival at 4 or later",
    ],
    [
      "//! check eot=5 restarts=x expect=holds",
      "3:26: `restarts` must be an integer of at least 0, and is `x`; write for example `restarts=1`",
    ],
    [
      "//! check eot=5 spare=z restarts=1 expect=holds",
      "3:1: --spare names z, which is not a node; the nodes are a, b, c",
    ],
    ["//! durable lgo", "3:13: `//! durable` names `lgo`, and no fact and no rule defines it; did you mean `log`?"],
    [
      "//! observer nobody",
      "3:14: `//! observer` names `nobody`, and no fact and no rule defines it; take it out of the line",
    ],
    ["//! durable log\n//! forgets log", "4:13: "],
    [
      "//! observer log",
      "2:1: a message cannot derive `log`, which is an observer relation; observer relations are not part of the protocol: send a relation of the protocol instead",
    ],
    ["//! observer peer", "2:17: "],
    [
      '//! maybe log("a")',
      "3:19: this fact does not say when `log` holds; a fact holds at one instant: add `@1` after it",
    ],
    ['//! one-of log("a")@1 | log("a")@1', "3:25: this input occurs twice; remove one of the two"],
    [
      '//! maybe peer("a","b")@1',
      "3:11: this input is also a fact of the program, so it makes no difference; remove the fact, or take it out of this line",
    ],
  ])("%s", (line, message) => {
    expect(errors(line)).toContain(`p.ded:${message}`);
    expect(errors(line)).not.toContain("no help");
  });

  test("an input that no line offers", async () => {
    const { text, status } = await said(
      ["run", "p.ded", "--eot", "5", "--input", 'log("q")@1'],
      '//! maybe log("b")@1',
    );
    expect(text).toContain('log("q")@1');
    expect(text).toContain("help: ");
    expect(status).toBe(2);
  });

  test("two inputs of one one-of", async () => {
    const lines = '//! one-of log("b")@1 | log("c")@1';
    const inputs = ["--input", 'log("b")@1', "--input", 'log("c")@1'];
    const { text, status } = await said(["run", "p.ded", "--eot", "5", ...inputs], lines);
    expect(text).toContain("help: ");
    expect(status).toBe(2);
  });
});
