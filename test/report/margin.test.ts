import { describe, expect, it } from "vitest";
import { lineageDot } from "../../src/report/dot.js";
import { githubCheck } from "../../src/report/github.js";
import { marginHtml } from "../../src/report/html/margin-html.js";
import { checkDocument } from "../../src/report/json/check-document.js";
import { junitCheck } from "../../src/report/junit-check.js";
import { markdownCheck } from "../../src/report/markdown.js";
import { sarifLog } from "../../src/report/sarif.js";
import { plainStyle } from "../../src/report/terminal/palette.js";
import { renderCheck } from "../../src/report/terminal/verdict.js";
import { marginInWords } from "../../src/report/text/margin-words.js";
import type { CheckOptions } from "../../src/search/check.js";
import { checked, measured, measuredText } from "./subject.js";

const { report } = measured(["programs/delivery/retry.ded"], { eot: 4, eff: 2 });
const sentence =
  'post("b", "hello"), the weakest of 3 outcomes, has 3 independent derivations (no two share a message): it takes at least 3 lost messages to remove it';
const ofB =
  'post("b", "hello") has 3 independent derivations (no two share a message): it takes at least 3 lost messages to remove it';
const needs = 'all derivations of post("b", "hello") need a to be up at 1; without that, it is not promised either';

function words(file: string, options: CheckOptions): readonly string[] {
  const { margin, program, verdict } = measured([`programs/${file}`], options).report;
  return margin === undefined ? [] : marginInWords(margin, program, verdict.budget.nodes).slice(-2);
}

describe("what a specification that holds depends on", () => {
  it("is reported for the weakest outcome", () => {
    expect(words("delivery/retry.ded", { eot: 4, eff: 2 })).toEqual([sentence, needs]);
  });

  it("names the messages and the nodes that all derivations share", () => {
    expect(words("delivery/simple.ded", { eot: 4, eff: 1 })).toEqual([
      'all derivations of post("b", "hello") need the message a → b sent at 1',
      'all derivations of post("b", "hello") need a to be up at 1; without that, it is not promised either',
    ]);
  });

  it("does not call a crash fatal because a later one is", () => {
    // Before the crash at 2, what was promised at 1 is on its way; crashed at 1, a promises nothing.
    const text = `first("a", "b")@1; second("a", "b")@2; prep(B, A)@async :- first(A, B); prep(B, A)@next :- prep(B, A);
      comm(B, A)@async :- second(A, B); comm(B, A)@next :- comm(B, A); pre(B, A) :- prep(B, A); post(B, A) :- comm(B, A);`;
    const { margin, program, verdict } = measuredText(text, { eot: 4, eff: 0 }).report;
    expect(margin === undefined ? [] : marginInWords(margin, program, verdict.budget.nodes)).toContain(
      "single points of failure, by a loss or a crash: a (by a crash at 2) and the message a → b sent at 2",
    );
  });

  it("is a number of losses where derivations overlap", () => {
    expect(words("replication/quorum.ded", { eot: 8, eff: 7, crashes: 1 })[0]).toBe(
      'the derivations of post("client", 1) overlap, but no message is in all of them: it takes at least 2 lost messages to remove it',
    );
  });

  it("says how many other outcomes are alike", () => {
    const text = (n: number): string =>
      `to("a","n1".."n${n}")@1; m(Y, X)@async :- to(X, Y); m(Y, X)@next :- m(Y, X); post(Y, X) :- m(Y, X);`;
    const said = (n: number): string => {
      const { margin, program, verdict } = measuredText(text(n), { eot: 3, eff: 0 }).report;
      return margin === undefined ? "" : marginInWords(margin, program, verdict.budget.nodes).join("\n");
    };
    expect(said(2)).toContain('post("n1", "a"), like the other outcome, ');
    expect(said(3)).toContain('post("n1", "a"), like the other 2 outcomes, ');
  });

  it("is in the terminal's report", () => {
    const text = renderCheck(report, plainStyle);
    expect(text).toContain(`          ${sentence}\n          ${needs}\n`);
    expect(text).not.toContain("sent at 2\n");
    expect(renderCheck({ ...report, verbose: true }, plainStyle)).toContain(
      `Outcomes  ${ofB}\n            ${needs}\n            a → b sent at 1\n            a → b sent at 2\n            a → b sent at 3\n`,
    );
  });

  it("is in Markdown, with every derivation", () => {
    expect(markdownCheck(report)).toContain(
      `\n### What the outcomes depend on\n\n- ${ofB}\n  - ${needs}\n  - a → b sent at 1\n  - a → b sent at 2\n  - a → b sent at 3\n`,
    );
  });

  it("is in JUnit as the output of a test that passed", () => {
    const text = junitCheck(report).replaceAll("&quot;", '"');
    expect(text).toContain("<system-out>");
    expect(text).toContain(`\n${ofB}\n  ${needs}\n  a → b sent at 1\n`);
  });

  it("is in SARIF as a result that is not a failure, at a rule of what is promised", () => {
    const { runs } = sarifLog(report, "0") as {
      readonly runs: readonly { readonly results: readonly Record<string, unknown>[] }[];
    };
    const result = runs[0]?.results.find(({ ruleId }) => ruleId === "margin");
    expect(result).toMatchObject({
      kind: "informational",
      level: "none",
      message: { text: expect.stringContaining(sentence) as unknown },
    });
    expect(JSON.stringify(result)).toContain('"uri":"programs/delivery/');
  });

  it("is in an annotation of GitHub's and below the drawing of the lineage", () => {
    expect(githubCheck(report)).toMatch(/^::notice title=ldfi%3A margin::.*has 3 independent derivations/m);
    expect(lineageDot([], report.program, [sentence])).toContain(`  label="${sentence.replaceAll('"', '\\"')}\\l";\n`);
  });

  it("is in JSON, as data", () => {
    expect(checkDocument(report, { tool: { name: "ldfi", version: "0" }, command: "check" })).toMatchObject({
      margin: {
        outcomesComplete: true,
        outcomes: [
          {
            outcome: { relation: "post", args: ["a", "hello"] },
            derivations: [],
            exact: true,
            fewestLosses: "none",
            shared: [],
          },
          {
            outcome: { relation: "post", args: ["b", "hello"] },
            derivations: [1, 2, 3].map((at) => [{ kind: "omission", from: "a", to: "b", at }]),
            exact: true,
            fewestLosses: { schedule: [1, 2, 3].map((at) => ({ kind: "omission", from: "a", to: "b", at })) },
            shared: [{ kind: "crash", node: "a", at: 1 }],
          },
          { outcome: { relation: "post", args: ["c", "hello"] } },
        ],
      },
    });
  });

  it("is in a table of the HTML report, which otherwise says how to measure it", () => {
    const text = (marginHtml(report) ?? "")
      .replaceAll("&#34;", '"')
      .replace(/<[^>]+>/g, " ")
      .replace(/ +/g, " ");
    expect(text).toContain(
      'post("b", "hello") 3 a → b sent at 1 a → b sent at 2 a → b sent at 3 3 a to be up at 1; without that, it is not promised either',
    );
    expect(text).toContain('post("a", "hello") no message needed none do');
    const { margin, ...unmeasured } = report;
    expect(marginHtml(unmeasured)).toContain("ldfi check … --margin");
    expect(marginHtml(checked(["programs/delivery/simple.ded"], { eot: 4, eff: 2 }).report)).toBeUndefined();
  });
});
