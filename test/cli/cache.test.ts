import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RememberedAnswers } from "../../src/cli/answers.js";
import type { Ending } from "../../src/cli/messages.js";
import { broadcast } from "../program/broadcasts.js";
import { inProcess } from "./in-process.js";

let folder = "";
let cache = "";
let program = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ldfi-cache-"));
  [cache, program] = [join(folder, "cache"), join(folder, "p.ded")];
  writeFileSync(program, broadcast);
  build("one build");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The code whose answers are kept. */
function build(code: string): void {
  writeFileSync(join(folder, "work.cjs"), code);
}

function run(...words: readonly string[]): Promise<Ending> {
  return inProcess(words, { workerUrl: pathToFileURL(join(folder, "worker.cjs")) });
}

const check = (...options: readonly string[]) =>
  run("check", program, "--eot", "4", "--eff", "2", "--cache", cache, ...options);

const entries = (): readonly string[] =>
  readdirSync(cache, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));

const isCached = ({ stdout }: Ending): boolean => stdout.includes("an answer from the cache, run again");

test("a check that was asked before is answered from the cache, says so, and is explained with the current lines", async () => {
  const first = await check();
  expect(isCached(first)).toBe(false);
  expect(entries()).toHaveLength(1);
  writeFileSync(program, `// moved\n\n\n${broadcast}`);
  const second = await check();
  expect(isCached(second)).toBe(true);
  expect(second.status).toBe(1);
  expect(second.stdout).toContain("p.ded:6");
  const json = JSON.parse((await check("--format", "json")).stdout);
  expect(json).toMatchObject({ cached: true, verdict: "violated", counterexample: { faults: 1, smallest: true } });
  expect(entries()).toHaveLength(1);
});

test("a thread that checks again remembers its answers, without a folder", async () => {
  const remembered = new RememberedAnswers();
  const again = (): Promise<Ending> => inProcess(["check", program, "--eot", "4", "--eff", "2"], { remembered });
  expect(isCached(await again())).toBe(false);
  writeFileSync(program, `// moved\n${broadcast}`);
  const second = await again();
  expect([isCached(second), second.status]).toEqual([true, 1]);
  expect(second.stdout).toContain("p.ded:4");
  writeFileSync(program, `${broadcast}to("a", "d")@1;`);
  expect(isCached(await again())).toBe(false);
});

test("another budget, another program and another build are other questions", async () => {
  await check();
  expect(isCached(await check("--crashes", "1"))).toBe(false);
  writeFileSync(program, `${broadcast}to("a", "d")@1;`);
  expect(isCached(await check())).toBe(false);
  writeFileSync(program, broadcast);
  build("another build");
  expect(isCached(await check())).toBe(false);
  build("one build");
  expect(isCached(await check())).toBe(true);
});

test("an entry that is truncated, changed or of another question is decided again, and replaced", async () => {
  await check();
  const [entry = ""] = entries();
  const path = join(cache, entry);
  const whole = readFileSync(path, "utf8");
  const damaged = [
    "",
    "null",
    whole.slice(0, -9),
    whole.replace('"violated"', '"holds"'),
    whole.replace('"at":1', '"at":2'),
    whole.replace(/"sum":"[^"]*"/, '"sum":""'),
  ];
  for (const text of damaged) {
    writeFileSync(path, text);
    const again = await check();
    expect(isCached(again)).toBe(false);
    expect(again.status).toBe(1);
    expect(readFileSync(path, "utf8")).toBe(whole);
  }
  await check("--crashes", "1");
  const other = entries().find((name) => name !== entry) ?? "";
  writeFileSync(path, readFileSync(join(cache, other), "utf8"));
  expect(isCached(await check())).toBe(false);
});

test("a folder that cannot be written keeps nothing, says so, and changes no verdict", async () => {
  writeFileSync(cache, "a file");
  const { status, stderr } = await check();
  expect(status).toBe(1);
  expect(stderr).toMatch(/^ldfi: nothing was kept in .*cache: it exists already\n$/);
  const tested = await run("test", program, "--cache", cache);
  expect(tested.stderr).toContain("ldfi: nothing was kept in");
  mkdirSync(join(folder, "bare"));
  const bare = await inProcess(["check", program, "--cache", join(folder, "unused")], {
    workerUrl: pathToFileURL(join(folder, "bare", "worker.cjs")),
  });
  expect(bare.status).toBe(1);
});

test("a question whose formula is asked for is decided; the answer is still kept", async () => {
  const cnf = join(folder, "q.cnf");
  const written: string[] = [];
  const write = (path: string): undefined => {
    written.push(path);
    return undefined;
  };
  await check();
  const words = ["check", program, "--eot", "4", "--eff", "2", "--cache", cache, "--dimacs", cnf];
  const ending = await inProcess(words, { workerUrl: pathToFileURL(join(folder, "worker.cjs")), write });
  expect(isCached(ending)).toBe(false);
  expect(written).toEqual([cnf]);
});

test("expectations are also answered from the cache, and judged as before", async () => {
  const lines = [
    "//! check eot=4 eff=2 expect=violated faults=1",
    "//! check eot=4 eff=1 expect=holds",
    "//! check eot=4 eff=1 expect=holds vacuous=yes",
    "//! run omit=a,b,1 eot=4 expect=violated",
  ];
  writeFileSync(program, broadcast + lines.join("\n"));
  const summary = async (): Promise<readonly string[]> => {
    const { stdout } = await run("test", program, "--reporter", "json", "--cache", cache);
    const results: readonly { readonly result: string; readonly cached?: true }[] = JSON.parse(stdout).results;
    return results.map(({ result, cached = false }) => `${result} ${cached}`);
  };
  // The last two ask for the same.
  expect(await summary()).toEqual(["passed false", "failed false", "passed true", "passed false"]);
  expect(await summary()).toEqual(["passed true", "failed true", "passed true", "passed false"]);
});
