import { describe, expect, test } from "vitest";
import { compareAnswers } from "../../src/baseline/compare-answers.js";
import { compareTests } from "../../src/baseline/compare-tests.js";
import type { Finding } from "../../src/baseline/finding.js";
import { readCheck, readTests } from "../../src/baseline/read.js";
import { sameFile } from "../../src/baseline/same-file.js";
import type { CheckParts, ResultParts } from "./documents.js";
import { checkDocument, lost, testDocument } from "./documents.js";

const answerOf = (parts: CheckParts, strict = false) => {
  const read = readCheck(JSON.stringify(checkDocument(parts)), { strict });
  if (read.kind === "problem") throw new Error(read.problem);
  return read.value;
};

const resultsOf = (parts: readonly ResultParts[]) => {
  const read = readTests(JSON.stringify(testDocument(parts)), { strict: false });
  if (read.kind === "problem") throw new Error(read.problem);
  return read.value;
};

const inWords = ({ weight, of, old, new: now }: Finding): string => `${weight}: ${of}: ${old} → ${now}`;

const compared = (old: CheckParts, now: CheckParts, strict = false): readonly string[] =>
  compareAnswers(answerOf(old, strict), answerOf(now, strict)).map(inWords);

/** Every expectation is run. */
const comparedTests = (old: readonly ResultParts[], now: readonly ResultParts[]): readonly string[] =>
  compareTests(resultsOf(old), resultsOf(now), resultsOf(now)).map(
    (finding) => `${finding.expectation?.file}:${finding.expectation?.line ?? "gone"} ${inWords(finding)}`,
  );

const one = [lost("a", "b", 1)];
const two = [lost("a", "b", 1), lost("a", "c", 1)];
const violated = { verdict: "violated", schedule: two } as const;

describe("a regression of a check is", () => {
  test("a verdict that was `holds` and is not; undecided is none, and is no success", () => {
    expect(compared({}, { verdict: "violated", schedule: one })).toEqual([
      "regression: verdict: holds → violated with 1 fault",
    ]);
    expect(compared({}, { verdict: "inconclusive" })).toEqual(["undecided: verdict: holds → inconclusive"]);
    expect(compared(violated, {})).toEqual(["note: verdict: violated with 2 faults → holds"]);
    expect(compared(violated, { verdict: "inconclusive" })).toEqual([
      "note: verdict: violated with 2 faults → inconclusive",
    ]);
    expect(compared({}, {})).toEqual([]);
    expect(compared(violated, violated)).toEqual([]);
  });

  test("fewer faults to a violation, where the earlier ones were proved to be the fewest", () => {
    expect(compared(violated, { ...violated, schedule: one })).toEqual([
      "regression: fewest faults: 2 faults → 1 fault",
    ]);
    expect(compared({ ...violated, schedule: one }, violated)).toEqual(["note: fewest faults: 1 fault → 2 faults"]);
    expect(compared({ ...violated, smallest: false }, { ...violated, schedule: one })).toEqual([
      "note: fewest faults: 2 faults, perhaps fewer → 1 fault",
    ]);
  });

  test("a minimal schedule that was not there, where both list all of them", () => {
    const other = [lost("b", "c", 2)];
    const [old, now] = [
      { ...violated, minimal: [two] },
      { ...violated, minimal: [two, other] },
    ];
    expect(compared(old, now)).toEqual(["regression: minimal schedule: not there → omit(b,c,2)"]);
    expect(compared(now, old)).toEqual([]);
    expect(compared(violated, now)).toEqual([]);
    expect(compared(old, violated)).toEqual([]);
    expect(compared({ ...old, complete: false }, now)).toEqual([
      "note: minimal schedule: not found, of some that were not all → omit(b,c,2)",
    ]);
  });

  test("no minimal schedule that the earlier budget does not admit", () => {
    const late = [lost("b", "c", 5)];
    const now = { ...violated, minimal: [two, late], budget: { eff: 6, eot: 8 } };
    expect(compared({ ...violated, minimal: [two] }, now)).toEqual([
      "note: minimal schedule: outside of the budget → omit(b,c,5)",
      "note: EOT: 6 → 8",
      "note: EFF: 4 → 6",
    ]);
  });

  test.each([
    [{ eot: 5 }, "EOT: 6 → 5"],
    [{ eff: 3 }, "EFF: 4 → 3"],
    [{ omissions: 2 }, "omissions: any → 2"],
    [{ maxFaults: 3 }, "max-faults: any → 3"],
    [{ nodes: ["a", "b"] }, "nodes: a, b, c → a, b"],
    [{ spare: ["c"] }, "spared nodes: none → c"],
  ])("a budget that shrank: %o", (budget, words) => {
    expect(compared({}, { budget })).toEqual([`regression: ${words}`]);
    expect(compared({ budget }, {}).filter((finding) => !finding.startsWith("note"))).toEqual([]);
  });

  test("one bound that shrank while another grew", () => {
    expect(compared({ budget: { crashes: 2 } }, { budget: { crashes: 1, restarts: 2, eot: 9 } })).toEqual([
      "note: EOT: 6 → 9",
      "regression: crashes: 2 → 1",
      "note: restarts: not admitted → 2",
    ]);
    const late = { delays: "any", lateness: 3 };
    expect(compared({ budget: late }, { budget: { ...late, delays: 4, lateness: 2 } })).toEqual([
      "regression: delays: any → 4",
      "regression: lateness: 3 → 2",
    ]);
  });

  test("a kind of fault that is no longer admitted, even if only for lack of time", () => {
    expect(compared({}, { budget: { crashes: 0 } })).toEqual(["regression: crashes: 1 → not admitted"]);
    expect(compared({ budget: { partitions: 1 } }, {})).toEqual(["regression: partitions: 1 → not admitted"]);
    expect(compared({}, { budget: { eff: 1 } })).toEqual([
      "regression: EFF: 4 → 1",
      "regression: omissions: any → not admitted",
    ]);
  });

  test("a condition or a `reach` line that is not asked for any more", () => {
    const never = { kind: "implication", pre: "pre", post: "post", never: "two" };
    expect(compared({ specification: never }, {})).toEqual(["regression: promise: two never → not asked for"]);
    expect(compared({}, { specification: never })).toEqual(["note: promise: not asked for → two never"]);
    const promises = (...names: readonly string[]): object => ({
      kind: "promises",
      promises: names.map((name) => ({ name, kind: "never", never: `bad_${name}` })),
    });
    expect(compared({ specification: promises("x", "y") }, { specification: promises("x") })).toEqual([
      "regression: promise y: bad_y never → not asked for",
    ]);
    expect(compared({ reach: ['leader("b")', "done(_)"] }, { reach: ["done(_)"] })).toEqual([
      'regression: reach: leader("b") → not asked for',
    ]);
  });

  test("a new warning of adequacy, whatever its line", () => {
    const idle = ["rule-never-fires", "p(X) :- q(X)"] as const;
    expect(compared({}, { warnings: [["vacuous", "pre"]] })).toEqual(["regression: warning vacuous: none → pre"]);
    expect(compared({ warnings: [idle] }, { warnings: [idle, ["rule-never-fires", "r(X) :- q(X)"]] })).toEqual([
      "regression: warning rule-never-fires: none → r(X) :- q(X)",
    ]);
    expect(compared({ warnings: [idle] }, {})).toEqual([]);
  });

  test("after a violation, only a warning that it contradicts", () => {
    const now = {
      warnings: [
        ["vacuous", "pre"],
        ["unsettled", "log"],
      ],
    } as const;
    expect(compared(violated, now)).toEqual([
      "note: verdict: violated with 2 faults → holds",
      "regression: warning vacuous: none → pre",
      "note: warning unsettled: not known → log",
    ]);
  });

  test("with --strict, what it counts of the text, too", () => {
    const now = { diagnostics: [{ code: "remote-read", severity: "warning", message: "reads q of another node" }] };
    expect(compared({}, now)).toEqual([]);
    expect(compared({}, now, true)).toEqual(["regression: warning remote-read: none → reads q of another node"]);
    expect(compared(now, now, true)).toEqual([]);
  });
});

test("what cannot be compared is reported as such, and is not a regression by itself", () => {
  const others = { nodes: ["x", "y", "z"] };
  expect(compared({}, { budget: others })).toEqual(["note: nodes: a, b, c → x, y, z"]);
  expect(compareAnswers(answerOf({}), answerOf({ budget: others })).map(({ kind }) => kind)).toEqual(["incomparable"]);
  const fewer = { ...violated, schedule: [lost("x", "y", 1)], budget: others };
  expect(compareAnswers(answerOf(violated), answerOf(fewer)).map(({ kind }) => kind)).toEqual([
    "incomparable",
    "incomparable",
  ]);
  const renamed = { specification: { kind: "implication", pre: "sent", post: "post" } };
  expect(compared({}, renamed)).toEqual(["note: promise: pre → post → sent → post"]);
});

describe("expectations", () => {
  test("are known by name, wherever their line and folder are", () => {
    const old = [{ file: "/base/protocols/p.ded", line: 3, name: "survives" }];
    expect(comparedTests(old, [{ file: "protocols/p.ded", line: 40, name: "survives" }])).toEqual([]);
    expect(
      comparedTests(old, [{ file: "protocols/p.ded", line: 40, name: "survives", verdict: "violated", faults: 1 }]),
    ).toEqual(["protocols/p.ded:40 regression: verdict: holds → violated with 1 fault"]);
  });

  test("that are gone are a regression", () => {
    const old = [{ name: "one" }, { name: "two", run: [lost("a", "b", 1)] }, { file: "q.ded", name: "three" }];
    expect(comparedTests(old, [{ name: "one" }])).toEqual([
      "p.ded:gone regression: expectation: holds → gone",
      "q.ded:gone regression: expectation: holds → gone",
    ]);
  });

  test("with the same text are counted", () => {
    expect(comparedTests([{ name: "one" }, { name: "one", line: 10 }], [{ name: "one" }])).toEqual([
      "p.ded:gone regression: expectation: holds → gone",
    ]);
  });

  test("whose line changed are compared with what replaced them", () => {
    const old = [{ name: "check eot=6 crashes=1" }];
    const more = { line: 9, name: "check eot=8 crashes=1", budget: { eot: 8, eff: 7 } };
    const less = { line: 10, name: "check eot=6", budget: { crashes: 0 } };
    expect(comparedTests(old, [less, more])).toEqual(["p.ded:9 note: EOT: 6 → 8", "p.ded:9 note: EFF: 4 → 7"]);
    expect(comparedTests(old, [less])).toEqual(["p.ded:10 regression: crashes: 1 → not admitted"]);
    const other = { ...more, specification: { kind: "never", never: "two" } };
    expect(comparedTests(old, [other])).toEqual(["p.ded:gone regression: expectation: holds → gone"]);
  });

  test("that replay another schedule cannot be compared; one schedule in place of a budget is less", () => {
    const named = { name: "kept" };
    const run = (...run: readonly object[]) => [{ ...named, run }];
    expect(comparedTests(run(lost("a", "b", 1)), run(lost("a", "b", 2)))).toEqual([
      "p.ded:9 note: budget: omit(a,b,1) up to 6 → omit(a,b,2) up to 6",
    ]);
    expect(comparedTests([named], run(lost("a", "b", 1)))).toEqual([
      "p.ded:9 regression: budget: every schedule of a budget → omit(a,b,1) up to 6",
    ]);
  });

  test("that hold vacuously now are a regression, be it expected", () => {
    expect(comparedTests([{}], [{ hollow: [["vacuous", "pre"]] }])).toEqual([
      "p.ded:9 regression: warning vacuous: none → pre",
    ]);
  });

  test("that still are not met, are new and not met, or are not met because something was fixed, are not regressions", () => {
    const failing = { result: "failed", verdict: "violated", faults: 1 } as const;
    expect(comparedTests([failing], [failing])).toEqual([]);
    expect(comparedTests([], [failing])).toEqual([
      "p.ded:9 note: expectation: not there → not met: violated with 1 fault",
    ]);
    expect(comparedTests([{ ...failing, result: "passed" }], [{ result: "failed" }])).toEqual([
      "p.ded:9 note: verdict: violated with 1 fault → holds",
      "p.ded:9 note: expectation: met: violated with 1 fault → not met: holds",
    ]);
  });

  test("of another part, which are not run here, are not gone", () => {
    const [old] = [resultsOf([{ name: "one" }, { name: "two" }, { name: "three" }])];
    const now = resultsOf([{ name: "one" }]);
    const expected = [
      { file: "p.ded", line: 9, name: "one" },
      { file: "p.ded", line: 11, name: "two" },
      { file: "p.ded", line: 13, name: "three, changed" },
    ];
    expect(compareTests(old, now, expected).map(inWords)).toEqual([
      "note: expectation: holds → gone, or changed in a part that was not run",
    ]);
    expect(compareTests(old, now, expected.slice(0, 2)).map(inWords)).toEqual([
      "regression: expectation: holds → gone",
    ]);
  });
});

describe("an invalid baseline is refused with the reason", () => {
  const problemOf = (text: string): string => {
    const read = readCheck(text, { strict: false });
    return read.kind === "problem" ? read.problem : "none";
  };
  const document = JSON.stringify(checkDocument({}));
  const without = (name: string): string => JSON.stringify({ ...checkDocument({}), [name]: undefined });

  test("cut off anywhere", () => {
    for (let length = 0; length < document.length; length += 7)
      expect(problemOf(document.slice(0, length))).toBe("is not a whole JSON document: it may be cut off");
    expect(problemOf(document)).toBe("none");
    expect(problemOf(`\uFEFF${document}\n`)).toBe("none");
  });

  test.each([
    "null",
    "[]",
    "{}",
    "3",
    '{"format":1}',
    '{"format":1,"tool":{"name":"jest"}}',
    '{"tool":{"name":"ldfi"}}',
  ])("foreign: %s", (text) => expect(problemOf(text)).toBe("is not a report of ldfi"));

  test("of another command", () => {
    expect(problemOf(JSON.stringify(testDocument([])))).toBe("is a report of `ldfi test`, not of `ldfi check`");
  });

  test("older, or newer", () => {
    expect(problemOf(JSON.stringify({ ...checkDocument({}), format: 0 }))).toBe(
      "is of ldfi 0.1.0, in format 0: this ldfi compares format 1",
    );
    for (const name of ["budget", "specification", "warnings", "diagnostics", "files", "verdict"])
      expect(problemOf(without(name))).toBe(
        `lacks \`${name}\`: it is of an older ldfi (it says 0.1.0), or was changed`,
      );
    const warned = checkDocument({ warnings: [["vacuous", "pre"]] });
    expect(problemOf(JSON.stringify(warned).replace("about", "around"))).toMatch(/^lacks `about`/);
    expect(problemOf(JSON.stringify(checkDocument(violated)).replace('"omission"', '"emission"'))).toMatch(
      /^lacks `schedule/,
    );
  });

  test("a run of expectations that did not run all of them, or lacks their questions", () => {
    const problem = (text: string): string => {
      const read = readTests(text, { strict: false });
      return read.kind === "problem" ? read.problem : "none";
    };
    expect(problem(JSON.stringify(testDocument([{}], { cutShort: true })))).toBe(
      "is of a run that was cut short: not every expectation was run",
    );
    expect(problem(JSON.stringify(testDocument([{}])).replace("budget", "bounds"))).toMatch(
      /^lacks `results\[0\]\.budget`: it is of an older ldfi/,
    );
    expect(problem(JSON.stringify(testDocument([{ verdict: "error", result: "wrong" }])))).toBe("none");
  });
});

test("files are the same where one name is the end of the other, part by part", () => {
  const same: readonly (readonly [string, string])[] = [
    ["p.ded", "p.ded"],
    ["./a/p.ded", "a/p.ded"],
    ["p.ded", "/base/a/p.ded"],
    ["a\\p.ded", "x/a/p.ded"],
    ["-", "-"],
  ];
  const others: readonly (readonly [string, string])[] = [
    ["p.ded", "pp.ded"],
    ["a/p.ded", "b/p.ded"],
    ["p.ded", "p.ded/q.ded"],
    ["", "p.ded"],
    ["-", "p.ded"],
  ];
  expect(same.map(([a, b]) => sameFile(a, b))).toEqual(same.map(() => true));
  expect(others.map(([a, b]) => sameFile(a, b))).toEqual(others.map(() => false));
});
