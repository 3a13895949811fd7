import { describe, expect, test } from "vitest";
import type { Program } from "../../src/program/program.js";
import { resolveSpecification } from "../../src/program/specification.js";
import type { SweepReport } from "../../src/report/sweep-report.js";
import { renderFrontier } from "../../src/report/terminal/frontier.js";
import { plainStyle } from "../../src/report/terminal/palette.js";
import { renderSweep } from "../../src/report/terminal/sweep.js";
import type { Cell, FrontierOptions } from "../../src/search/frontier.js";
import { frontier, frontierConclusion } from "../../src/search/frontier.js";
import { sweep } from "../../src/search/sweep.js";
import { expectCellsAsChecked, ranges } from "./frontier-cells.js";
import { libraryProgram } from "./library-program.js";

const still = (): number => 0;

/** A cell as the number of faults or `ok`, in brackets when it was not checked. */
function told({ finding, checked }: Cell): string {
  const text =
    finding.kind === "violated"
      ? `${finding.exact ? "" : "≤"}${finding.faults}`
      : finding.kind === "holds"
        ? "ok"
        : "?";
  return checked ? text : `(${text})`;
}

function row(program: Program, options: Omit<FrontierOptions, "now">): readonly string[] {
  return frontier(program, { now: still, ...options }).cells.map(told);
}

describe("a frontier", () => {
  test("asks the largest budget first, and one that holds answers for all within it", () => {
    const cells = row(libraryProgram("delivery/ack"), { ranges: ranges([4, 4], [0, 1]) });
    expect(cells).toEqual(["(ok)", "(ok)", "(ok)", "(ok)", "(ok)", "(ok)", "(ok)", "ok"]);
  });

  test("a schedule of the fewest faults answers for every smaller budget that admits it", () => {
    expect(row(libraryProgram("delivery/simple"), { ranges: ranges([4, 4], [0, 0]) })).toEqual([
      "(ok)",
      "ok",
      "(1)",
      "1",
    ]);
  });

  test("infers nothing from one EOT for another", () => {
    const result = frontier(libraryProgram("delivery/ack"), { now: still, ranges: ranges([4, 6], [1, 1]) });
    expect(result.steps.map((s) => s.parameters)).toEqual([4, 5, 6].map((eot) => ({ eot, eff: eot - 1, crashes: 1 })));
  });

  test("omits an EFF beyond EOT", () => {
    const result = frontier(libraryProgram("delivery/ack"), { now: still, ranges: ranges([2, 4], [0, 0], [3, 4]) });
    expect(result.cells.map((c) => [c.parameters.eot, c.parameters.eff])).toEqual([
      [3, 3],
      [4, 3],
      [4, 4],
    ]);
  });

  test("keeps the cells that are known when the time is up", () => {
    let clock = 0;
    const result = frontier(libraryProgram("delivery/ack"), {
      ranges: ranges([4, 9], [0, 1]),
      timeout: 1,
      now: () => clock,
      onStep: () => (clock += 400),
    });
    expect(result.stopped).toBe("timeout");
    expect(result.cells).toHaveLength(2 * (4 + 5 + 6));
    expect(frontierConclusion(result)).toBe("inconclusive");
  });

  test("calls a number an upper bound where the strategy does not promise the smallest", () => {
    const cells = row(libraryProgram("delivery/classic"), {
      ranges: ranges([5, 5], [0, 0], [3, 4]),
      strategy: "random",
    });
    expect(cells).toEqual(expect.arrayContaining([expect.stringMatching(/^\(?≤\d+\)?$/)]));
  });

  test.each([
    ["delivery/classic", 2],
    ["commit/2pc-timeout", 1],
    ["commit/3pc", 2],
    ["services/tiers", 3],
    ["gossip/counter", 1],
    ["consensus/flp-tie", 1],
  ] as const)("of %s says of every cell what a check of it says", expectCellsAsChecked);
});

function reportOf(name: string): Omit<SweepReport, "result"> {
  const program = libraryProgram(name);
  const { specification } = resolveSpecification(program, {});
  if (specification === undefined) throw new Error("no specification");
  return { program, files: [`programs/${name}.ded`], specification, diagnostics: [], bounds: {}, options: [] };
}

describe("on a terminal", () => {
  test("a sweep prints its verdict, the faults, and a table of its steps", () => {
    const report = reportOf("delivery/retry");
    const result = sweep(report.program, { now: still, crashes: 1, patience: 2 });
    expect(renderSweep({ ...report, result }, plainStyle)).toBe(`\
VIOLATED  at EOT 3, EFF 2, 1 crash: with 2 faults; more time, up to EOT 5, does not repair it

Faults    a crashes at 2
          one message a → b, sent at 1, is lost
Look      ldfi check programs/delivery/retry.ded --eot 3 --eff 2 --crashes 1

Budget    not asked for: delays, duplicates, partitions, restarts, pauses

Steps     EOT  EFF  crashes  verdict                 executions  schedules  time
            1    0        0  holds vacuously                  1          1  1 ms  without faults
            2    0        0  holds                            1          1  1 ms  without faults
            2    0        1  holds                            1          7  1 ms
            3    2        1  violated with 2 faults           2        640  1 ms
            4    2        1  violated with 2 faults           2        832  1 ms  with more time
            5    2        1  violated with 2 faults           2      1,024  1 ms  with more time
            5    2        0  holds                            1         64  1 ms  with fewer crashes
`);
  });

  test("of many steps that differ in EOT alone it has two", () => {
    const report = reportOf("delivery/retry");
    const result = sweep(report.program, { now: still, crashes: 1, patience: 9 });
    expect(renderSweep({ ...report, result }, plainStyle).split("Steps")[1]).toBe(`     \
EOT  EFF  crashes  verdict                 executions  schedules  time
            1    0        0  holds vacuously                  1          1  1 ms  without faults
            2    0        0  holds                            1          1  1 ms  without faults
            2    0        1  holds                            1          7  1 ms
            3    2        1  violated with 2 faults           2        640  1 ms
            4    2        1  violated with 2 faults           2        832  1 ms  with more time
            …                7 more of this kind
           12    2        1  violated with 2 faults           2      2,368  1 ms  with more time
           12    2        0  holds                            1         64  1 ms  with fewer crashes
`);
  });

  test("a frontier prints a table for each number of crashes", () => {
    const report = reportOf("delivery/retry");
    const result = frontier(report.program, { now: still, ranges: ranges([3, 5], [0, 1]) });
    expect(renderFrontier({ ...report, result }, plainStyle)).toBe(`\
VIOLATED  within 6 of 24 budgets, with 2 faults at the least

No crash
EOT \\ EFF     0     1     2     3   4
        3  (ok)  (ok)    ok
        4  (ok)  (ok)  (ok)    ok
        5  (ok)  (ok)  (ok)  (ok)  ok

Up to 1 crash
EOT \\ EFF     0   1    2    3  4
        3  (ok)  ok    2
        4  (ok)  ok  (2)    2
        5  (ok)  ok  (2)  (2)  2

Legend    ok  holds
          2  violated, with two faults and no fewer
          ( )  follows from a budget that was checked
Budget    not asked for: delays, duplicates, partitions, restarts, pauses
Searched  9 checks for 24 budgets, 1 ms
`);
  });

  test("a wide frontier is broken into blocks that fit", () => {
    const report = reportOf("delivery/redundant");
    const result = frontier(report.program, { now: still, ranges: ranges([16, 16], [0, 0]) });
    const lines = renderFrontier({ ...report, result }, plainStyle).split("\n");
    const table = lines.slice(0, lines.indexOf("Legend    ok  holds"));
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(plainStyle.width);
    expect(lines.filter((line) => line.startsWith("EOT \\ EFF"))).toHaveLength(2);
  });
});
