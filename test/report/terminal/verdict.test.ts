import { describe, expect, test } from "vitest";
import { plainStyle } from "../../../src/report/terminal/palette.js";
import { renderCheck } from "../../../src/report/terminal/verdict.js";
import { checkedText } from "../subject.js";

/** A broadcast without retries to `n` nodes, checked without faults. */
function checkedAmong(n: number): ReturnType<typeof checkedText>["report"] {
  const nodes = Array.from({ length: n }, (_, i) => `n${String(i + 1).padStart(2, "0")}`);
  const members = nodes.map((node) => `member("n01", "${node}")@1;`).join("\n");
  const text = `bcast("n01", "m")@1;\n${members}\nlog(N, M)@async :- bcast(S, M), member(S, N);\nlog(N, M)@next :- log(N, M);`;
  return checkedText(text, { eot: 3, eff: 0, nodes }).report;
}

function section(report: ReturnType<typeof checkedAmong>, name: string, unicode = true): string | undefined {
  return renderCheck(report, { ...plainStyle, unicode })
    .split("\n")
    .find((line) => line.startsWith(name));
}

describe("what a verdict rests on", () => {
  test("names twelve nodes one by one, and of more the first and the last", () => {
    expect(section(checkedAmong(12), "Budget")).toBe(
      "Budget    12 nodes (n01, n02, n03, n04, n05, n06, n07, n08, n09, n10, n11, n12), EOT 3, EFF 0, crashes 0",
    );
    expect(section(checkedAmong(13), "Budget")).toBe(
      "Budget    13 nodes (n01, n02, n03, …, n13), EOT 3, EFF 0, crashes 0",
    );
    expect(section(checkedAmong(13), "Budget", false)).toContain("(n01, n02, n03, ..., n13)");
  });

  test("names them all where details are asked for", () => {
    const report = checkedAmong(13);
    expect(report.verdict.kind).toBe("holds");
    expect(section({ ...report, verbose: true }, "Budget")).toContain("n11, n12, n13)");
  });

  test("ends each warning with its code", () => {
    expect(section(checkedAmong(2), "Warning")).toMatch(/^Warning {3}no fault of the budget .* \[nothing-to-lose\]$/);
  });

  test("groups the digits of large numbers", () => {
    const report = checkedAmong(2);
    const { statistics } = report.verdict;
    const large = { ...statistics, graphNodes: 95_181, clauses: 1_136_034, space: 10n ** 11n };
    const line = section({ ...report, verdict: { ...report.verdict, statistics: large } }, "Searched");
    expect(line).toContain("1 execution for 100,000,000,000 schedules");
    expect(line).toContain("lineage of 95,181 nodes, 1,136,034 clauses");
  });
});
