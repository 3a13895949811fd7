import { formatHuntFaults } from "../hunting/fault.js";
import type { HuntReport } from "./hunt-report.js";
import { renderJson } from "./json/json.js";
import type { JUnitCase } from "./junit.js";
import type { SarifResult } from "./sarif-log.js";
import { sarifRun } from "./sarif-log.js";
import { renderHunt } from "./terminal/hunt.js";
import { plainStyle } from "./terminal/palette.js";
import { huntFaultInWords, huntHeadline, huntReplay, huntSentence } from "./text/hunt-words.js";

/* A hunt for other tools: JUnit, SARIF, Markdown. */

/** One case a finding, or one for the hunt. */
export function huntCases(report: HuntReport): readonly JUnitCase[] {
  const { name, file, milliseconds, result } = report;
  const { verdict, facts } = result;
  const common = { suite: name, file, milliseconds };
  const sentence = huntSentence(verdict, facts);
  const details = renderHunt(report, plainStyle);
  switch (verdict.kind) {
    case "violated":
      // The time of the hunt belongs to no finding alone; a suite has the sum of its cases.
      return verdict.findings.map((finding, i) => ({
        ...common,
        milliseconds: i === 0 ? milliseconds : 0,
        name: formatHuntFaults(finding.faults),
        result: { kind: "failed", message: finding.failing.outcome, details },
      }));
    case "unfit":
      return [{ ...common, name: "no fault", result: { kind: "failed", message: sentence, details } }];
    case "covered":
      return [{ ...common, name: "every fault set", result: { kind: "passed", output: details } }];
    case "sometimes":
    case "inconclusive":
      return [{ ...common, name: "every fault set", result: { kind: "error", message: sentence, details } }];
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

/** Findings stand at the beginning of the hunt file. */
export function huntSarif({ file, result }: HuntReport, version: string): string {
  const { verdict, facts } = result;
  const locations = [
    { physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: 1, startColumn: 1 } } },
  ];
  const found: SarifResult[] =
    verdict.kind === "violated"
      ? verdict.findings.map(({ faults, failing }) => ({
          ruleId: "hunt-violated",
          level: "error",
          message: {
            text: `${faults.map(huntFaultInWords).join("; ")}: ${failing.outcome}. Repeat: ${huntReplay(file, faults)}`,
          },
          locations,
        }))
      : verdict.kind === "unfit"
        ? [{ ruleId: "hunt-violated", level: "error", message: { text: huntSentence(verdict, facts) }, locations }]
        : [];
  const sometimes = facts.sometimes.map(
    ({ faults, failing }): SarifResult => ({
      ruleId: "hunt-sometimes",
      level: "warning",
      message: { text: `${formatHuntFaults(faults)}: ${failing.outcome}, now and then` },
      locations,
    }),
  );
  return renderJson(sarifRun([...found, ...sometimes], verdict.kind !== "inconclusive", version));
}

/** The verdict as a heading, and the terminal's text below it. */
export function huntMarkdown(report: HuntReport): string {
  const { verdict } = report.result;
  const body = renderHunt(report, plainStyle).trimEnd();
  const fence = "`".repeat(Math.max(3, ...[...body.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `## ${report.name.replace(/[\\`*_{}[\]<>#|]/g, "\\$&")}: ${huntHeadline(verdict)}\n\n${fence}text\n${body}\n${fence}\n`;
}
