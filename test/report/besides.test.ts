import { describe, expect, test } from "vitest";
import { loadReports } from "../../src/cli/commands/report-files.js";
import type { CheckReport } from "../../src/report/check-report.js";
import { githubCheck } from "../../src/report/github.js";
import { sweepDocument } from "../../src/report/json/sweep-document.js";
import { plainStyle } from "../../src/report/terminal/palette.js";
import { renderSweep } from "../../src/report/terminal/sweep.js";
import { renderResult } from "../../src/report/terminal/tests.js";
import { renderCheck } from "../../src/report/terminal/verdict.js";
import { evaluationDiagnostic } from "../../src/search/evaluation-diagnostic.js";
import { sweep } from "../../src/search/sweep.js";
import { expectationsIn } from "../../src/testing/discovery.js";
import { runFile } from "../../src/testing/runner.js";
import { memoryFiles } from "../program/memory-files.js";
import { checkedText } from "./subject.js";

/* A violation with an error of another schedule beside it: every report shows both. */

const text = `
  peer("a","b")@1; peer("a","c")@1; peer("d","c")@1;
  m(M, N)@async :- peer(N, M);
  z("b", 0)@2;
  div(N, 1 / Z) :- z(N, Z), notin m(N, _);
  t("a")@3; t(N)@next :- t(N); pre("x") :- t("a");
  g(N)@next :- m(N, _); g(N)@next :- g(N);
  post("x") :- g("c");`;

const sentence = 'division by zero at instant 2, with N = "b", Z = 0, under omit(a,b,1)';
const envelope = { tool: { name: "ldfi", version: "0" }, command: "check" };

function subject(): CheckReport {
  return checkedText(text, { eot: 3, eff: 2 }).report;
}

describe("an error beside the violation is shown", () => {
  test("on the terminal, below what was violated", () => {
    const shown = renderCheck(subject(), plainStyle).split("\n");
    expect(shown[0]).toBe("VIOLATED  with 2 faults, and no schedule with fewer does");
    expect(shown.filter((line) => line.startsWith("Besides"))).toEqual([`Besides   ${sentence}`]);
  });

  test("in the annotations of a pull request, at the rule", () => {
    expect(githubCheck(subject())).toContain(
      'title=ldfi%3A division-by-zero::division by zero at instant 2, with N = "b", Z = 0, under omit(a,b,1)',
    );
  });

  test.each([
    ["r.json", /"verdict": "violated"[\s\S]*"error": \{\s*"kind": "division-by-zero"/],
    ["r.xml", /<failure[\s\S]*Besides {3}division by zero at instant 2/],
    ["r.md", /: violated[\s\S]*Besides {3}division by zero at instant 2/],
    ["r.html", /class="verdict">Violated[\s\S]*<dt>Besides<\/dt><dd>division by zero at instant 2/],
    ["r.sarif", /"ruleId": "violated"[\s\S]*"ruleId": "division-by-zero",\s*"level": "error"/],
    ["r.dot", /label="besides, division by zero at instant 2[\s\S]*subgraph/],
  ])("in %s", async (path, both) => {
    const reports = await loadReports([path], { envelope, pathName: (name) => name });
    expect(reports.of(subject())).toEqual([{ path, text: expect.stringMatching(both) }]);
  });

  test("in a sweep", () => {
    const { program, files, diagnostics, verdict } = subject();
    const result = sweep(program, { patience: 1 });
    const report = {
      program,
      files,
      diagnostics,
      specification: verdict.specification,
      bounds: {},
      options: [],
      result,
    };
    expect(renderSweep(report, plainStyle)).toMatch(/^VIOLATED {2}at EOT 3, EFF 2[\s\S]*\nBesides {3}division by zero/);
    expect(sweepDocument(report, envelope)).toMatchObject({
      verdict: "violated",
      error: { kind: "division-by-zero" },
    });
  });

  test("in a test run, whose expectation of the violation is met", () => {
    const reader = memoryFiles({ "p.ded": `${text}\n//! check eot=3 eff=2 expect=violated faults=2` });
    const [result] = [...runFile(expectationsIn("p.ded", reader), { reader })];
    expect(result?.kind).toBe("passed");
    expect(result === undefined ? "" : renderResult(result, plainStyle)).toContain(
      `violated with 2 faults; besides, ${sentence}`,
    );
  });
});

test("an error found before a limit says that the search did not end", () => {
  const { program } = subject();
  const { verdict } = subject();
  const error = verdict.kind === "violated" ? verdict.error : undefined;
  if (error === undefined) throw new Error("no error");
  const undecided = {
    reason: "timeout",
    detail: "the time limit of 1 s was reached",
    known: { executions: 3 },
  } as const;
  expect(evaluationDiagnostic(program, error, undecided).message).toBe(
    `${sentence}; whether another schedule violates is not known: the time limit of 1 s was reached`,
  );
});
