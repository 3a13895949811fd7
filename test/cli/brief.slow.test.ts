import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { largestGraph, looksBrief, mostChannels } from "../../src/cli/brief.js";
import { briefJob } from "../../src/cli/brief-work.js";
import { parseCommandLine } from "../../src/cli/command-line.js";
import { ldfi } from "./ldfi.js";

const folder = mkdtempSync(join(tmpdir(), "ldfi-brief-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const simple = "programs/delivery/simple.ded";

test("a check looks brief that is of one small file within a few instants, with nothing to write and no time limit", () => {
  expect(looksBrief(["check", simple])).toBe(true);
  expect(looksBrief(["check", simple, "--eot", "4"])).toBe(true);
  expect(looksBrief(["check", "--eot", "4", simple, "--eff", "2", "--crashes", "1", "--format", "json"])).toBe(true);
  const others = [
    ["run", simple, "--eot", "4"],
    ["check", simple, "--eot", "11"],
    ["check", simple, "-t", "11"],
    ["check", simple, "--help"],
    ["check", simple, "--eot", "4", "--timeout", "9"],
    ["check", simple, "--eot", "4", "--report", "x.html"],
    ["check", simple, simple, "--eot", "4"],
    ["check", "-", "--eot", "4"],
    ["check", "programs/none.ded", "--eot", "4"],
    ["check", folder],
    ["check", "/dev/null"],
    ["check", written("long.ded", "// ".padEnd(5000, "x")), "--eot", "4"],
  ];
  for (const argv of others) expect(looksBrief(argv), argv.join(" ")).toBe(false);
});

test("its command line is read as any other", () => {
  const surroundings = { env: { GITHUB_ACTIONS: "true", FORCE_COLOR: "1" }, stdout: {}, platform: "linux" };
  for (const argv of [
    ["check", simple],
    ["check", "--eot", "4", simple, "--eff", "2", "--crashes", "1", "--format", "json"],
    ["check", simple, "-t", "4", "-f", "2", "-c", "any", "--eot", "5"],
    ["check", simple, "--eff", "-1"],
    ["check", simple, "--eot", "x"],
    ["check", simple, "--format", "xml"],
    ["check", simple, "--eff"],
  ]) {
    const parsed = parseCommandLine(argv, surroundings);
    expect(briefJob(argv, surroundings), argv.join(" ")).toEqual(parsed.kind === "job" ? parsed.job : undefined);
  }
});

const steady = (text: string): string => text.replace(/\d+(\.\d+)? m?s\b/g, "…").replace(/in …/g, "");

/** The same check by the main thread and by a thread of its own, which a time limit asks for. */
function both(file: string, ...rest: readonly string[]): void {
  const [one, other] = [[], ["--timeout", "100"]].map((more) => ldfi(["check", file, ...rest, ...more]));
  expect(other?.status).toBeLessThan(3);
  expect({ ...one, stdout: steady(one?.stdout ?? "") }).toEqual({ ...other, stdout: steady(other?.stdout ?? "") });
}

test("the output is the same whichever thread checks: violated, holds, an error in the program", () => {
  both(simple, "--eot", "4", "--eff", "2");
  both("programs/delivery/retry.ded", "--eot", "4", "--eff", "2");
  both(written("broken.ded", 'pre("x") :- ;'), "--eot", "4");
});

test("a check of many nodes is begun again in a thread", () => {
  // Twelve nodes that all send to all.
  const names = Array.from({ length: 12 }, (_, i) => `"n${i}"`);
  const file = written(
    "all.ded",
    `${names.flatMap((a) => names.map((b) => `p(${a},${b})@1;`)).join("")}
    p(A,B)@next :- p(A,B);
    got(B,A)@async :- p(A,B);
    got(B,A)@next :- got(B,A);
    pre(A,B) :- p(A,B);
    post(A,B) :- got(B,A), p(A,B);`,
  );
  expect(looksBrief(["check", file, "--eot", "9", "--eff", "8"])).toBe(true);
  const { stdout } = ldfi(["check", file, "--eot", "9", "--eff", "8", "--format", "json"]);
  expect(JSON.parse(stdout).statistics.graphNodes).toBeGreaterThan(largestGraph);
  both(file, "--eot", "9", "--eff", "8");
});

test("a check of few nodes whose graph grows is begun again in a thread", () => {
  const file = "programs/gossip/counter.ded";
  const words = [file, "--eot", "8", "--eff", "7", "--crashes", "1"];
  expect(looksBrief(["check", ...words])).toBe(true);
  const { stdout } = ldfi(["check", ...words, "--format", "json"]);
  const { statistics, budget } = JSON.parse(stdout);
  expect(statistics.graphNodes).toBeGreaterThan(largestGraph);
  expect(budget.nodes.length ** 2 * 8).toBeLessThanOrEqual(mostChannels);
  both(file, ...words.slice(1));
});
