import type { Comparison, Finding } from "../baseline/finding.js";
import { regressionsOf } from "../baseline/finding.js";
import type { PathName } from "../source/path-name.js";
import type { JUnitCase } from "./junit.js";
import { findingInWords } from "./text/comparison-words.js";

/**
 * The cases of a test run with a baseline: only a regression is a failure, so that JUnit agrees with the exit status. An expectation that
 * was not met before either passes, with its result as output; a missing expectation is a case of its own.
 */
export function junitCompared(
  cases: readonly JUnitCase[],
  comparison: Comparison,
  pathName: PathName,
): readonly JUnitCase[] {
  const worse = regressionsOf(comparison);
  const undecided = comparison.findings.filter(({ weight }) => weight === "undecided");
  const compared = cases.map((c): JUnitCase => {
    const isOwn = ({ expectation: e }: Finding): boolean =>
      e?.line !== undefined && e.line === c.line && e.file === c.suite;
    const [failures, open] = [worse.filter(isOwn), undecided.filter(isOwn)];
    if (failures.length > 0) return { ...c, result: failure(failures) };
    if (open.length > 0) return { ...c, result: { ...failure(open), kind: "error" } };
    if (c.result.kind !== "failed") return c;
    return { ...c, result: { kind: "passed", output: `${c.result.message}\n${c.result.details}\n` } };
  });
  const gone = worse.flatMap((finding): readonly JUnitCase[] => {
    const { expectation } = finding;
    if (expectation === undefined || expectation.line !== undefined) return [];
    const { file, name } = expectation;
    return [{ suite: file, name, file: pathName(file), milliseconds: 0, result: failure([finding]) }];
  });
  return [...compared, ...gone];
}

function failure(findings: readonly Finding[]): Extract<JUnitCase["result"], { readonly kind: "failed" }> {
  const lines = findings.map((finding) => findingInWords(finding));
  return { kind: "failed", message: lines[0] ?? "", details: lines.join("\n") };
}
