import type { Element } from "./xml.js";
import { element, renderXml } from "./xml.js";

/** One test case of a JUnit file. */
export interface JUnitCase {
  readonly suite: string;
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  readonly milliseconds: number;
  readonly result: /** Possibly with details all the same. */
    | { readonly kind: "passed"; readonly output?: string }
    /** The expectation was not met. */
    | { readonly kind: "failed"; readonly message: string; readonly details: string }
    /** It could not be decided. */
    | { readonly kind: "error"; readonly message: string; readonly details: string }
    | { readonly kind: "skipped" };
}

/** Test cases as a JUnit XML file, a suite for each group of cases that follow one another. */
export function renderJUnit(cases: readonly JUnitCase[]): string {
  const suites = new Map<string, JUnitCase[]>();
  for (const c of cases) suites.set(c.suite, [...(suites.get(c.suite) ?? []), c]);
  const children = [...suites].map(([name, list]) =>
    element("testsuite", { name, ...totals(list) }, list.map(testCase)),
  );
  return renderXml(element("testsuites", { name: "ldfi", ...totals(cases) }, children));
}

/** The expectations that were not run, as a case: an error, unless something else has failed the run. */
export function junitCutShort(undecided: boolean): JUnitCase {
  const details = "cut short: not every expectation was run";
  return {
    suite: "ldfi test",
    name: "cut short",
    milliseconds: 0,
    result: undecided ? { kind: "error", message: details, details } : { kind: "skipped" },
  };
}

function totals(cases: readonly JUnitCase[]): Record<string, string | number> {
  const number = (kind: JUnitCase["result"]["kind"]): number => cases.filter((c) => c.result.kind === kind).length;
  const time = cases.reduce((sum, c) => sum + c.milliseconds, 0);
  return {
    tests: cases.length,
    failures: number("failed"),
    errors: number("error"),
    skipped: number("skipped"),
    time: junitSeconds(time),
  };
}

function testCase({ suite, name, file, line, milliseconds, result }: JUnitCase): Element {
  const attributes = { classname: suite, name, file, line, time: junitSeconds(milliseconds) };
  switch (result.kind) {
    case "passed":
      return element(
        "testcase",
        attributes,
        result.output === undefined ? [] : [element("system-out", {}, [result.output])],
      );
    case "skipped":
      return element("testcase", attributes, [element("skipped", {})]);
    case "failed":
      return element("testcase", attributes, [element("failure", { message: result.message }, [result.details])]);
    case "error":
      return element("testcase", attributes, [element("error", { message: result.message }, [result.details])]);
    default: {
      const never: never = result;
      return never;
    }
  }
}

/** A duration as an attribute. */
export function junitSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
