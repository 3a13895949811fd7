import { describe, expect, test } from "vitest";
import type { List } from "../../src/source/file-reader.js";
import type { TestFile } from "../../src/testing/discovery.js";
import { expectationsIn, programsAt, readingOnce } from "../../src/testing/discovery.js";
import type { TestResult } from "../../src/testing/result.js";
import { runFile, runTests } from "../../src/testing/runner.js";
import { filtered, sharded } from "../../src/testing/shard.js";
import { wrongWithAll } from "../../src/testing/survey.js";
import { broadcast } from "../program/broadcasts.js";
import { memoryFiles } from "../program/memory-files.js";

function run(text: string, others: Readonly<Record<string, string>> = {}): readonly TestResult[] {
  const reader = readingOnce(memoryFiles({ "p.ded": text, ...others }));
  return [...runFile(expectationsIn("p.ded", reader), { reader })];
}

const kinds = (results: readonly TestResult[]): readonly string[] => results.map((r) => r.kind);

describe("expectations in a program", () => {
  test("are met or not, by verdict and by number of faults", () => {
    const lines = [
      "//! check eot=4 eff=2 expect=violated",
      "//! check eot=4 eff=2 expect=violated faults=1",
      "//! check eot=4 eff=2 expect=violated faults=2",
      "//! check eot=4 eff=2 expect=holds",
      '//! check eot=4 eff=1 expect=holds vacuous=yes name="nothing can be lost"',
    ];
    const results = run(broadcast + lines.join("\n"));
    expect(kinds(results)).toEqual(["passed", "passed", "failed", "failed", "passed"]);
    expect(results[4]).toMatchObject({ name: "nothing can be lost", line: 11 });
    expect(results[3]).toMatchObject({
      actual: { kind: "violated", schedule: [{ kind: "omission", from: "a", to: "b", at: 1 }] },
    });
  });

  test("that hold must not be vacuous, unless they say so; then they must be", () => {
    const hollow = (results: readonly TestResult[]): readonly string[] =>
      results.map(({ kind, actual }) => `${kind} ${actual.kind === "holds" ? actual.hollow.map((d) => d.code) : ""}`);
    const misspelt = broadcast.replace("bcast(X, M)@1, to", "bcst(X, M)@1, to");
    const lines = (more: string): string =>
      `//! check eot=4 eff=3 expect=holds${more}\n//! run eot=4 expect=holds${more}`;
    expect(hollow(run(misspelt + lines("")))).toEqual(["failed vacuous", "failed vacuous"]);
    expect(hollow(run(misspelt + lines(" vacuous=yes")))).toEqual(["passed vacuous", "passed vacuous"]);
    const acked = broadcast.replace(", to(X, Y)@1;", ", to(X, Y)@1, log(Y, M);");
    expect(hollow(run(acked + lines("")))).toEqual(["passed ", "passed "]);
    expect(hollow(run(acked + lines(" vacuous=yes")))).toEqual(["failed ", "failed "]);
    expect(hollow(run(`${acked}//! run omit=a,b,1 omit=a,c,1 eot=4 expect=holds`))).toEqual(["failed vacuous"]);
    expect(hollow(run(`${broadcast}//! check eot=4 eff=1 expect=holds`))).toEqual(["failed nothing-to-lose"]);
    expect(hollow(run(`${broadcast}//! check eot=4 eff=1 expect=holds vacuous=yes`))).toEqual([
      "passed nothing-to-lose",
    ]);
    const never = `${broadcast.replace(/pre.*\npost.*\n/, "")}never(X) :- lg(X, "z");\n//! check eot=4 eff=3 expect=holds`;
    expect(hollow(run(never))).toEqual(["failed out-of-reach"]);
    expect(hollow(run(never.replace("lg(", "log(")))).toEqual(["passed "]);
  });

  test("outcomes that are to be kept promise something if the run without faults has any", () => {
    const kept = broadcast.replace(/pre.*\n/, "");
    const lines = "//! check eot=4 eff=1 crashes=1 expect=violated\n//! run omit=a,b,2 eot=4 expect=holds";
    expect(kinds(run(kept + lines))).toEqual(["passed", "passed"]);
    const none = kept.replace("log(X, M);\n", 'log(X, M), M == "z";\n').replace("log(X, M)@next :- log(X, M);", "");
    expect(kinds(run(`${none}//! run omit=a,b,2 eot=4 expect=holds`))).toEqual(["failed"]);
  });

  test("show the warnings of the program and, of what holds, of adequacy; with `strict` those that count fail it", () => {
    const text = `${broadcast}odd(X) :- log(X, "z");\n//! check eot=4 eff=2 expect=violated\n//! check eot=3 eff=2 crashes=1 expect=holds post=pre`;
    const reader = readingOnce(memoryFiles({ "p.ded": text }));
    const file = expectationsIn("p.ded", reader);
    const codes = ({ warnings }: TestResult): readonly string[] => warnings.map(({ code }) => code);
    const results = [...runFile(file, { reader })];
    expect(results.map(codes)).toEqual([
      ["unread-relation"],
      ["rule-never-fires", "unread-relation", "unread-relation"],
    ]);
    expect(kinds(results)).toEqual(["passed", "passed"]);
    const strict = [...runFile(file, { reader, strict: true })];
    expect(kinds(strict)).toEqual(["passed", "failed"]);
    expect(strict.map((r) => r.strict)).toEqual([[], [{ code: "rule-never-fires", times: 1 }]]);
  });

  test("replay one schedule", () => {
    const results = run(
      `${broadcast}//! run omit=a,b,1 eot=4 expect=violated\n//! run omit=a,b,2 eot=4 expect=holds\n//! run crash=b,1 eot=4 expect=violated`,
    );
    expect(kinds(results)).toEqual(["passed", "passed", "failed"]);
  });

  test("a fault that affects no message makes the line wrong", () => {
    const results = run(`${broadcast}//! run omit=a,z,1 eot=4 expect=violated\n//! run crash=a,9 eot=4 expect=holds`);
    expect(kinds(results)).toEqual(["wrong", "wrong"]);
  });

  test("take further files into the program", () => {
    const spared = 'pre("q", "m") :- bcast(_, "m"), bcast("zz", "m"); post("q", "m") :- log(_, "m");';
    expect(
      kinds(run(`${broadcast}//! check eot=4 eff=1 with=more.ded expect=holds vacuous=yes`, { "more.ded": spared })),
    ).toEqual(["passed"]);
    expect(kinds(run(`${broadcast}//! check eot=4 eff=1 with=nowhere.ded expect=holds`))).toEqual(["wrong"]);
  });

  test("may expect an error", () => {
    expect(kinds(run('d("a", 0)@1; post(X, 1 / N) :- d(X, N);\n//! check expect=error'))).toEqual(["passed"]);
    expect(kinds(run('d("a", 0)@1; post(X, 1 / N) :- d(X, N);\n//! check expect=holds'))).toEqual(["wrong"]);
  });

  test("read no file twice", () => {
    const files = memoryFiles({
      "p.ded": `include "q.ded";\n//! check eot=4 expect=violated\n//! run eot=4 expect=holds\n//! check eot=4 with=r.ded expect=violated`,
      "q.ded": broadcast,
      "r.ded": 'x("a")@9;',
    });
    const reader = readingOnce(files);
    expect(kinds([...runFile(expectationsIn("p.ded", reader), { reader })])).toEqual(["passed", "passed", "passed"]);
    expect(new Set(files.reads).size).toBe(files.reads.length);
  });

  test("a line that does not parse is an error, not a comment", () => {
    const reader = memoryFiles({
      "p.ded": `${broadcast}//! check eot=four expect=holds\n//! check eot=4 eff=1 expect=holds`,
    });
    const file = expectationsIn("p.ded", reader);
    expect(file.diagnostics.map((d) => d.code)).toEqual(["bad-expectation"]);
    expect(file.cases).toHaveLength(1);
  });
});

describe("discovery", () => {
  const folders: Readonly<Record<string, readonly string[]>> = {
    top: ["b.ded", "a", "notes.md", ".hidden", "a.ded"],
    "top/a": ["z.ded"],
  };
  const list: List = (path) =>
    folders[path] !== undefined
      ? { kind: "folder", entries: folders[path] }
      : path.startsWith("top")
        ? { kind: "file" }
        : { kind: "missing" };

  test("searches folders for programs, in the order of their names", () => {
    expect(programsAt(["top"], list, memoryFiles({})).files).toEqual(["top/a/z.ded", "top/a.ded", "top/b.ded"]);
  });

  test("takes files as named, each once, and reports what is missing", () => {
    const found = programsAt(["top/notes.md", "top/b.ded", "top/../top/b.ded", "nowhere"], list, memoryFiles({}));
    expect(found.files).toEqual(["top/notes.md", "top/b.ded"]);
    expect(found.diagnostics.map((d) => d.code)).toEqual(["file-missing"]);
  });

  test("what cannot be looked at is an error, and so is a link that leads nowhere", () => {
    const listing = (path: string): ReturnType<List> => {
      if (path === "top/a") return { kind: "unreadable", reason: "permission denied" };
      return path === "top/b.ded" || path === "top/notes.md" ? { kind: "missing" } : list(path);
    };
    const found = programsAt(["top"], listing, memoryFiles({}));
    expect(found.files).toEqual(["top/a.ded"]);
    expect(found.diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "file-unreadable: top/a cannot be read: permission denied",
      "file-missing: there is no file or folder top/b.ded",
    ]);
  });

  test("reports what was found, path by path", () => {
    const found = programsAt(["top", "top/a", "top/notes.md", "nowhere"], list, memoryFiles({}));
    expect(found.lookedAt).toEqual([
      { path: "top", programs: ["top/a/z.ded", "top/a.ded", "top/b.ded"], passedOver: 1 },
      { path: "top/a", programs: ["top/a/z.ded"], passedOver: 0 },
      { path: "top/notes.md", programs: ["top/notes.md"], passedOver: 0 },
    ]);
  });
});

describe("what is wrong although no expectation asks", () => {
  const expecting = `${broadcast}//! check eot=4 eff=2 expect=violated\n`;

  /** The codes and places of what is wrong with files in one folder, all of whose expectations are run. */
  function wrong(
    texts: Readonly<Record<string, string>>,
    { paths = ["."], run = () => true }: { paths?: readonly string[]; run?: (path: string) => boolean } = {},
  ): readonly string[] {
    const reader = memoryFiles(texts);
    const list: List = (path) => {
      const folder = path === "." ? "" : `${path}/`;
      const inside = Object.keys(texts).filter((name) => name.startsWith(folder));
      if (texts[path] !== undefined) return { kind: "file" };
      const entries = [...new Set(inside.map((name) => name.slice(folder.length).split("/")[0] ?? ""))];
      return inside.length === 0 ? { kind: "missing" } : { kind: "folder", entries };
    };
    const found = programsAt(paths, list, reader);
    const files = found.files.map((path) => expectationsIn(path, reader));
    const running = new Set(files.filter(({ path, cases }) => cases.length > 0 && run(path)).map(({ path }) => path));
    return wrongWithAll(found, files, running, { reader, includeDirs: [] }).map(({ code, span, message }) =>
      span === undefined ? `${code}: ${message}` : `${code}: ${span.file.path}`,
    );
  }

  test("a program that does not parse, beside those with expectations", () => {
    expect(wrong({ "p.ded": expecting, "q.ded": "r(X :- s(X);" })).toEqual(["syntax: q.ded"]);
    expect(wrong({ "p.ded": expecting, "deep/er/q.ded": "r(X :- s(X);" })).toEqual(["syntax: deep/er/q.ded"]);
  });

  test("a program that is wrong otherwise", () => {
    expect(wrong({ "p.ded": expecting, "q.ded": 'include "nowhere.ded";\nr(X, Y) :- s(X);' })).toEqual([
      "include-missing: q.ded",
      "unbound-variable: q.ded",
    ]);
  });

  test("not what a part of other programs lacks, but that it does not parse", () => {
    const whole = { "p.ded": `include "parts/q.ded";\n${expecting}`, "parts/q.ded": 'include "parts/r.ded";\n' };
    // From parts/q.ded alone, parts/r.ded is not found.
    expect(wrong({ ...whole, "parts/r.ded": 's("a")@1;' })).toEqual([]);
    expect(wrong({ ...whole, "parts/r.ded": 's("a"@1;' })).toEqual(["syntax: parts/r.ded"]);
    const added = { "p.ded": `${broadcast}//! check eot=4 with=more.ded expect=violated\n` };
    expect(wrong({ ...added, "more.ded": 'include "parts/r.ded"; x("a")@9;', "parts/r.ded": 'y("a")@9;' })).toEqual([]);
    expect(wrong({ ...added, "more.ded": "x(a)@9;" })).toEqual(["unquoted-constant: more.ded"]);
  });

  test("one complaint about what two programs include", () => {
    const parts = { "q.ded": 'include "s.ded";', "r.ded": 'include "s.ded";', "s.ded": "x(a)@1;" };
    expect(wrong({ "p.ded": expecting, ...parts })).toEqual(["unquoted-constant: s.ded"]);
  });

  test("a program whose expectations are left out, unless one expects the error", () => {
    const broken = "r(X :- s(X);\n//! check expect=";
    const others = { run: (path: string) => path === "p.ded" };
    expect(wrong({ "p.ded": expecting, "q.ded": `${broken}holds` }, others)).toEqual(["syntax: q.ded"]);
    expect(wrong({ "p.ded": expecting, "q.ded": `${broken}holds` })).toEqual([]);
    expect(wrong({ "p.ded": expecting, "q.ded": `${broken}error` }, others)).toEqual([]);
  });

  test("a path without expectations, with what was looked at", () => {
    const texts = { "a/p.ded": expecting, "b/q.ded": 'x("a")@1;', "b/r.ded": 'x("a")@1;', "c/notes.md": "" };
    expect(wrong(texts, { paths: ["a", "b", "c"] })).toEqual([
      "bad-option: no expectations in b: looked at b/q.ded, b/r.ded",
      "bad-option: no expectations in c: there is no .ded file, but 1 other file",
    ]);
    expect(wrong(texts, { paths: ["b/q.ded"] })).toEqual(["bad-option: no expectations in b/q.ded"]);
    expect(wrong(texts, { paths: ["a", "."] })).toEqual([]);
  });

  test("not a path that holds a part of a program with expectations", () => {
    const texts = { "p.ded": `include "q.ded";\n${expecting}`, "q.ded": 'x("a")@1;' };
    expect(wrong(texts, { paths: ["p.ded", "q.ded"] })).toEqual([]);
  });
});

function fakeFile(path: string, names: readonly string[]): TestFile {
  const cases = names.map((name, i) => ({
    file: path,
    line: i + 1,
    name,
    expectation: {} as TestFile["cases"][number]["expectation"],
  }));
  return { path, cases, diagnostics: [] };
}

describe("a part of the expectations", () => {
  const files = [fakeFile("x.ded", ["one", "two", "three"]), fakeFile("y.ded", ["four", "five"])];
  const names = (part: readonly TestFile[]): readonly string[] => part.flatMap((f) => f.cases.map((c) => c.name));

  test("every expectation is in exactly one shard", () => {
    const parts = [1, 2, 3].map((index) => names(sharded(files, { index, count: 3 })));
    expect(parts).toEqual([["one", "four"], ["two", "five"], ["three"]]);
  });

  test("a filter looks at files and names", () => {
    expect(names(filtered(files, "t"))).toEqual(["two", "three"]);
    expect(names(filtered(files, "y.ded"))).toEqual(["four", "five"]);
  });
});

describe("running many files", () => {
  const files = [fakeFile("slow.ded", ["one"]), fakeFile("fast.ded", ["two", "three"]), fakeFile("last.ded", ["four"])];
  const result = (file: TestFile, name: string): TestResult => ({
    file: file.path,
    line: 1,
    name,
    kind: name === "two" ? "failed" : "passed",
    expected: { outcome: "holds" },
    actual: { kind: "holds", hollow: [], unreached: [] },
    warnings: [],
    parameters: {},
    files: [file.path],
    includeDirs: [],
    executions: 1,
    milliseconds: 1,
  });
  const resultsOf = (file: TestFile): readonly TestResult[] => file.cases.map((c) => result(file, c.name));

  test("reports in the order of the files, whichever ends first", async () => {
    const seen: string[] = [];
    const ended: string[] = [];
    let lastEnded: () => void = () => {};
    const last = new Promise<void>((resolve) => {
      lastEnded = resolve;
    });
    const summary = await runTests(files, {
      run: async (file) => {
        if (file.path === "slow.ded") await last;
        ended.push(file.path);
        if (file.path === "last.ded") lastEnded();
        return resultsOf(file);
      },
      jobs: 3,
      bail: false,
      interrupted: () => false,
      onResult: (r) => seen.push(r.name),
    });
    expect(ended).toEqual(["fast.ded", "last.ded", "slow.ded"]);
    expect(seen).toEqual(["one", "two", "three", "four"]);
    expect(summary).toEqual({ passed: 3, failed: 1, wrong: 0, cutShort: false });
  });

  test("stops after the first failure if asked to", async () => {
    const seen: string[] = [];
    const summary = await runTests(files, {
      run: async (file) => resultsOf(file),
      jobs: 2,
      bail: true,
      interrupted: () => false,
      onResult: (r) => seen.push(r.name),
    });
    expect(seen).toEqual(["one", "two"]);
    expect(summary).toMatchObject({ failed: 1, cutShort: true });
  });

  test("stops when it is interrupted", async () => {
    const summary = await runTests(files, {
      run: async (file) => resultsOf(file),
      jobs: 1,
      bail: false,
      interrupted: () => true,
      onResult: () => undefined,
    });
    expect(summary).toEqual({ passed: 0, failed: 0, wrong: 0, cutShort: true });
  });
});
