import { expect, test } from "vitest";
import { huntCases } from "../../src/report/hunt-reports.js";
import { renderHunt } from "../../src/report/terminal/hunt.js";
import { plainStyle } from "../../src/report/terminal/palette.js";
import { reservationsOf } from "../../src/report/text/hunt-words.js";
import { huntReport } from "./hunt-report.js";

test("a reader learns of services whose calls nothing shows, and of proxies that nothing came through", () => {
  const report = huntReport();
  const before = reservationsOf(report);
  const found = reservationsOf({ ...report, dark: ["ledger"], unusedProxies: ["pay to bank (127.0.0.1:9301)"] });
  expect(found.filter((one) => !before.includes(one))).toEqual([
    "these services have no hook, no edge from them, and send no spans, so calls that they make are not seen:\n  ledger",
    "nothing came through these proxies; are their callers configured to use them?\n  pay to bank (127.0.0.1:9301)",
  ]);
});

test("a request that fails without faults is shown with its calls", () => {
  const { result, ...report } = huntReport();
  if (result.verdict.kind !== "violated") throw new Error(result.verdict.kind);
  const { failing } = result.verdict.findings[0];
  const [call, ...calls] = failing.calls;
  if (call === undefined) throw new Error("no call");
  const { injected: _, recorded: __, ...plain } = call;
  const observation = { ...failing, calls: [plain, ...calls] };
  const text = renderHunt({ ...report, result: { ...result, verdict: { kind: "unfit", observation } } }, plainStyle);
  expect(text).toContain("VIOLATED  without any fault: full, but two payments for one <order>\n");
  expect(text).toMatch(/Calls +shop +200\n +POST payment\/pay#1 +failed: ECONNRESET\n +POST payment\/pay#2 +200\n/);
});

test("the time of a hunt is counted once in JUnit, however much it found", () => {
  const report = huntReport();
  const { verdict } = report.result;
  if (verdict.kind !== "violated") throw new Error(verdict.kind);
  const [first] = verdict.findings;
  const two = { ...report, result: { ...report.result, verdict: { ...verdict, findings: [first, first] as const } } };
  expect(huntCases(two).map(({ milliseconds }) => milliseconds)).toEqual([1234, 0]);
});
