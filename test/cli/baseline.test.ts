import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addToJobSummary } from "../../src/cli/job-summary.js";
import type { Ending } from "../../src/cli/messages.js";
import { once, resent } from "../program/broadcasts.js";
import { inProcess } from "./in-process.js";
import { root } from "./ldfi.js";

let folder = "";
let program = "";
let base = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ldfi-baseline-"));
  program = join(folder, "p.ded");
  base = join(folder, "base.json");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command on a text, with the reports that it writes. */
async function on(text: string, words: readonly string[]): Promise<Ending> {
  writeFileSync(program, text);
  const ending = await inProcess(words);
  for (const { path, text: report } of ending.files) writeFileSync(path, report);
  return ending;
}

const check = (text: string, ...options: readonly string[]) => on(text, ["check", program, ...options]);
const expectations = (text: string, ...options: readonly string[]) => on(text, ["test", program, ...options]);

test("check: a violation that was there before passes; one that was not, or a smaller budget, fails in every format", async () => {
  await check(once, "--eot", "4", "--eff", "2", "--report", base);
  const same = await check(`// moved\n\n${once}`, "--eot", "4", "--eff", "2", "--baseline", base);
  expect(same.status).toBe(0);
  expect(same.stdout).toContain("Baseline  no regression against");

  await check(resent, "--eot", "5", "--eff", "2", "--crashes", "0", "--report", base);
  const reports = [".json", ".xml", ".md", ".sarif"].map((ending) => join(folder, `now${ending}`));
  const worse = await check(
    once,
    ...["--eot", "5", "--eff", "2", "--baseline", base],
    ...reports.flatMap((path) => ["--report", path]),
  );
  expect(worse.status).toBe(1);
  expect(worse.stdout).toContain("Baseline  1 regression against");
  expect(worse.stdout).toContain("regression: verdict: holds → violated with 1 fault");
  const [json = "", xml, markdown, sarif] = reports.map((path) => readFileSync(path, "utf8"));
  expect(JSON.parse(json).baseline).toMatchObject({
    files: [base],
    regressions: 1,
    findings: [{ result: "regression", kind: "verdict", old: "holds", new: "violated with 1 fault" }],
  });
  expect(xml).toContain('failures="1"');
  expect(markdown).toContain("| **regression** | verdict | holds → violated with 1 fault |");
  expect(sarif).toContain('"ruleId": "regression"');

  const shrunk = await check(resent, "--eot", "4", "--eff", "1", "-q", "--baseline", base);
  expect(shrunk.status).toBe(1);
  expect(shrunk.stderr).toContain("ldfi: regression: EFF: 2 → 1\n");
});

test("check: what held and is undecided exits with 3, unless less was asked as well", async () => {
  await check(resent, "--eot", "5", "--eff", "2", "--report", base);
  const limited = ["--strategy", "exhaustive", "--max-runs", "2", "--baseline", base];
  const undecided = await check(resent, "--eot", "5", "--eff", "2", ...limited);
  expect(undecided.status).toBe(3);
  expect(undecided.stdout).toContain("undecided: verdict: holds → inconclusive");
  expect((await check(resent, "--eot", "4", "--eff", "2", ...limited)).status).toBe(1);
});

test("check: green in JUnit and SARIF is what the exit status says", async () => {
  await check(once, "--eot", "4", "--eff", "2", "--report", base);
  const [xml, sarif] = [join(folder, "same.xml"), join(folder, "same.sarif")];
  await check(once, "--eot", "4", "--eff", "2", "--baseline", base, "--report", xml, "--report", sarif);
  expect(readFileSync(xml, "utf8")).toContain('failures="0" errors="0"');
  expect(readFileSync(sarif, "utf8")).not.toContain('"level": "error"');
});

test("check: a new minimal schedule is a regression only where --all was used at both times", async () => {
  const budget = ["--eot", "4", "--eff", "2"];
  // What c promised was promised to b alone, before.
  const narrow = once.replace("to(X, Y)@1;", 'to(X, Y)@1, Y != "c";');
  await check(narrow, ...budget, "--all", "--report", base);
  const found = await check(once, ...budget, "--all", "--baseline", base);
  expect(found.stdout).toContain("regression: minimal schedule: not there → omit(a,c,1)");
  expect(found.status).toBe(1);
  const unlisted = await check(once, ...budget, "--baseline", base);
  expect(unlisted.stdout).not.toContain("minimal schedule:");
  expect(unlisted.status).toBe(0);
});

test("check: a promise that is no longer made is a regression, a warning at another line is not", async () => {
  const hollow = resent.replace("pre(Y, M) :- bcast(X, M)@1", "pre(Y, M) :- bcast(X, M)@2");
  await check(once, "--eot", "4", "--eff", "2", "--report", base);
  const vacuous = await check(hollow, "--eot", "4", "--eff", "2", "--baseline", base);
  expect(vacuous.status).toBe(1);
  expect(vacuous.stdout).toContain("regression: warning vacuous: none → pre");
  await check(hollow, "--eot", "4", "--eff", "2", "--report", base);
  expect((await check(`\n\n${hollow}`, "--eot", "4", "--eff", "2", "--baseline", base)).status).toBe(0);
});

test("on GitHub, the table is added to the summary of the job, and a regression is annotated at the line to blame", async () => {
  const options = ["--eot", "5", "--eff", "2", "--format", "github", "--baseline", base];
  await check(resent, "--eot", "5", "--eff", "2", "--report", base);
  const worse = await check(once, ...options);
  expect(worse.summary).toBe(
    `## ldfi check ${program}\n\n### 1 regression against ${base}\n\n|  | what | old → new |\n| --- | --- | --- |\n| **regression** | verdict | holds → violated with 1 fault |\n\n`,
  );
  const places = `file=${program},line=3,col=1`;
  expect(worse.stdout).toContain(`::error ${places},title=ldfi%3A regression::regression: verdict: holds → violated`);
  const idle = `${resent}idle(X)@next :- bcast(X, "n"); idle(X)@next :- idle(X);`;
  expect((await check(idle, ...options)).stdout).toContain(
    `::error file=${program},line=10,col=1,title=ldfi%3A regression::regression: warning rule-never-fires: none`,
  );
  await check(once, "--eot", "5", "--eff", "2", "--report", base);
  const same = await check(once, ...options);
  expect(same.stdout).toContain(`::warning ${places},title=ldfi%3A violated::`);
  expect(same.stdout).not.toContain("::error");
  expect(same.summary).toContain("Nothing changed.");
  expect((await check(once, "--format", "github")).summary).toBeUndefined();

  const file = join(folder, "summary.md");
  writeFileSync(file, "of another step\n");
  expect(addToJobSummary(same.summary, file)).toBe("");
  expect(readFileSync(file, "utf8")).toBe(`of another step\n${same.summary}`);
  expect(addToJobSummary(same.summary, join(folder, "no", "summary.md"))).toContain("there is no such folder");
  expect(addToJobSummary(same.summary, undefined)).toBe("");
});

test("test: only what became worse fails", async () => {
  const lines = (...all: readonly string[]): string => all.map((line) => `//! ${line}\n`).join("");
  const holds = 'check eot=5 eff=2 expect=holds name="survives"';
  const broken = "check eot=4 eff=4 expect=holds";
  await expectations(resent + lines(holds, broken), "--report", base);

  const same = await expectations(`${lines(broken)}${resent}${lines(holds)}`, "--baseline", base);
  expect(same.stdout).toContain("1 passed, 1 failed");
  expect(same.stdout).toContain("no regression against");
  expect(same.status).toBe(0);

  const [xml, json] = [join(folder, "now.xml"), join(folder, "now.json")];
  const worse = await expectations(once + lines(holds), "--baseline", base, "--report", xml, "--report", json);
  expect(worse.status).toBe(1);
  expect(worse.stdout).toContain(`${program}:9 "survives"  regression: verdict: holds → violated with 1 fault`);
  expect(worse.stdout).toContain('"check eot=4 eff=4"  regression: expectation: violated with 3 faults → gone');
  expect(readFileSync(xml, "utf8")).toContain('failures="2"');
  expect(JSON.parse(readFileSync(json, "utf8")).baseline.regressions).toBe(2);

  const filtered = await expectations(resent + lines(holds), "--filter", "survives", "--baseline", base);
  expect(filtered.status).toBe(0);

  // A name hides the bounds of its line.
  const smaller = await expectations(resent + lines(holds.replace("eff=2", "eff=1"), broken), "--baseline", base);
  expect(smaller.stdout).toContain('"survives"  regression: EFF: 2 → 1');
  expect(smaller.status).toBe(1);
});

test("documents with a comparison, and of cached answers, keep to the published schemas", async () => {
  const valid = (schema: string, text: string): unknown => {
    const ajv = new Ajv2020({ allowUnionTypes: true, strictRequired: false, strictTypes: false });
    const validate = ajv.compile(JSON.parse(readFileSync(join(root, "schema", schema), "utf8")));
    return validate(JSON.parse(text)) ? [] : validate.errors;
  };
  writeFileSync(join(folder, "work.cjs"), "code");
  const workerUrl = pathToFileURL(join(folder, "worker.cjs"));
  const cached = ["--cache", join(folder, "cache")];
  const line = '//! check eot=5 eff=2 expect=holds name="survives"\n//! run eot=5 expect=holds\n';
  for (const [command, format, schema] of [
    ["check", "--format", "check.schema.json"],
    ["test", "--reporter", "test.schema.json"],
  ] as const) {
    await on(resent + line, [command, program, "--report", base]);
    writeFileSync(program, once + line.replace("name=", "crashes=1 name=").replace("run eot=5 ", "run eot=4 "));
    const words = [command, program, format, "json", "--baseline", base, ...cached];
    for (const again of [false, true]) {
      const { stdout, status } = await inProcess(words, { workerUrl });
      expect(status).toBe(1);
      expect(stdout.includes('"cached": true')).toBe(again);
      expect(valid(schema, stdout)).toEqual([]);
    }
  }
});

test("a baseline that is truncated, foreign, older or missing is an error that says so, and so is one that a report would replace", async () => {
  await check(resent, "--report", base);
  const whole = readFileSync(base, "utf8");
  const refused = async (text: string, ...options: readonly string[]): Promise<string> => {
    writeFileSync(base, text);
    const { status, stderr } = await check(resent, "--baseline", base, ...options);
    expect(status).toBe(2);
    return stderr;
  };
  expect(await refused(whole.slice(0, -40))).toContain("is not a whole JSON document: it may be cut off");
  expect(await refused('{"numTotalTests": 3}')).toContain("is not a report of ldfi");
  expect(await refused(whole.replace('"format": 1', '"format": 0'))).toContain("format 0");
  expect(await refused(whole.replace('"specification"', '"spec"'))).toContain(
    "lacks `specification`: it is of an older ldfi",
  );
  expect(await refused(whole.replaceAll("p.ded", "q.ded"))).toContain("is of another program");
  expect(await refused(whole, "--report", base)).toContain("is the file that --baseline compares with");
  expect(readFileSync(base, "utf8")).toBe(whole);
  rmSync(base);
  const missing = await check(resent, "--baseline", base);
  expect(missing).toMatchObject({ status: 2 });
  expect(missing.stderr).toContain("there is no file");

  await expectations(`${resent}//! check eot=5 eff=2 expect=holds\n`, "--report", base);
  const tests = readFileSync(base, "utf8");
  expect(await refused(tests)).toContain("is a report of `ldfi test`, not of `ldfi check`");
  writeFileSync(base, tests.replaceAll("p.ded", "q.ded"));
  const foreign = await expectations(`${resent}//! check eot=5 eff=2 expect=holds\n`, "--baseline", base);
  expect(foreign).toMatchObject({ status: 2 });
  expect(foreign.stderr).toContain("is of other programs");
});
