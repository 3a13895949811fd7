import { describe, expect, test } from "vitest";
import { plainStyle } from "../../../src/report/terminal/palette.js";
import { renderCheck } from "../../../src/report/terminal/verdict.js";
import type { CheckOptions } from "../../../src/search/check.js";
import { checked } from "../subject.js";

/** The lines of a section, without its heading. */
function sectionOf(files: readonly string[], options: CheckOptions, heading: string): readonly string[] {
  const lines = renderCheck(checked(files, options).report, plainStyle).split("\n");
  const start = lines.findIndex((line) => line.startsWith(heading));
  const end = lines.findIndex((line, i) => i > start && !line.startsWith(" "));
  return lines.slice(start, end).map((line) => line.slice(10));
}

describe("Why", () => {
  test("says what a fault did that its tree does not mention", () => {
    expect(sectionOf(["programs/commit/3pc.ded"], { eot: 9, eff: 7, crashes: 1 }, "Why").slice(-5)).toEqual([
      "                  └ ✗ C's message to p, sent at 3, is lost  3pc.ded:40",
      "C crashes at 6",
      '├ it takes away outcome("q", "T1", "abort") for q, sent at 6, and 2 messages that nothing explained above needed',
      expect.stringMatching(/^└ no post\("p", "T1", "agrees"\) at 9 ← .* C crashed at 6$/),
      "what each fault is needed for: -v",
    ]);
  });

  test("adds nothing if its tree mentions every fault", () => {
    expect(sectionOf(["programs/delivery/retry.ded"], { eot: 4, eff: 2, crashes: 1 }, "Why")).toEqual([
      'post("b", "hello") at 4 is missing',
      '└ because log("b", "hello") is missing during 2–4  agreement.ded:10',
      "  ├ ✗ a's messages to b, sent at 2, 3, never leave: a crashed at 2  retry.ded:26",
      "  └ ✗ a's message to b, sent at 1, is lost  retry.ded:26",
      "what each fault is needed for: -v",
    ]);
  });

  test.each([
    [["programs/replication/kafka-isr.ded"], { eot: 6, eff: 4, crashes: 1 }, 5],
    [["programs/delivery/ack.ded"], { eot: 6, eff: 6, crashes: 1 }, 6],
  ] as const)("%s: each fault of the schedule is told of", (files, options, faults) => {
    const { report } = checked(files, options);
    const { verdict } = report;
    if (verdict.kind !== "violated") throw new Error("it holds");
    expect(verdict.counterexample.schedule).toHaveLength(faults);
    const why = sectionOf(files, options, "Why").join("\n");
    for (const fault of verdict.counterexample.schedule) {
      if (fault.kind === "crash") expect(why).toMatch(new RegExp(`${fault.node} crashe[sd] at ${fault.at}|crash\\(`));
      if (fault.kind === "omission") expect(why).toMatch(new RegExp(`${fault.from}('s)? .*${fault.to}`));
    }
  });
});
