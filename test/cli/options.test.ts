import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Parsed } from "../../src/cli/command-line.js";
import { parseCommandLine } from "../../src/cli/command-line.js";
import type { CheckJob } from "../../src/cli/commands/check.js";
import type { RunJob } from "../../src/cli/commands/run.js";
import { optionTable } from "../../src/cli/options/table.js";
import type { Job } from "../../src/cli/registry.js";
import { commands } from "../../src/cli/registry.js";
import { boundRows } from "../../src/faults/bounds.js";
import { notations } from "../../src/faults/notation.js";
import { parseDirectives } from "../../src/syntax/directives.js";
import { keysOf } from "../../src/syntax/expectation-lines.js";
import { parseText } from "../../src/syntax/parser.js";
import { root } from "./ldfi.js";

const surroundings = { env: {}, stdout: {}, platform: "linux" };
const parse = (...argv: readonly string[]): Parsed => parseCommandLine(argv, surroundings);

function job(...argv: readonly string[]): Job {
  const parsed = parse(...argv);
  if (parsed.kind !== "job") throw new Error(parsed.stderr);
  return parsed.job;
}

function refusal(...argv: readonly string[]): string {
  const parsed = parse(...argv);
  if (parsed.kind !== "text") throw new Error("accepted");
  expect(parsed.status).toBe(2);
  expect(parsed.stdout).toBe("");
  return parsed.stderr;
}

describe("the command line", () => {
  test("options become the library's values", () => {
    expect(
      job(
        "check",
        "x.ded",
        "--eot",
        "6",
        "--eff",
        "4",
        "--crashes",
        "1",
        "--nodes",
        "a,b",
        "--strategy",
        "random",
        "--seed",
        "7",
      ),
    ).toMatchObject({
      kind: "check",
      files: ["x.ded"],
      parameters: { eot: 6, eff: 4, crashes: 1, nodes: ["a", "b"], strategy: "random", seed: 7 },
    });
  });

  test("what is not given is left to the library", () => {
    expect(job("check", "x.ded")).toMatchObject({ parameters: {}, format: "pretty", all: false });
  });

  test("Molly's spellings mean the same", () => {
    const plain = job("check", "x.ded", "--eot", "4", "--eff", "2", "--crashes", "1", "--nodes", "a,b");
    expect(job("check", "x.ded", "--EOT", "4", "--EFF=2", "-c", "1", "-N", "a,b")).toEqual(plain);
    expect(job("check", "x.ded", "-t", "4", "-f", "2", "-c", "1", "-N", "a,b")).toEqual(plain);
  });

  test("a dash is standard input", () => {
    expect(job("check", "-")).toMatchObject({ files: ["-"] });
  });

  test("faults of a run are repeatable", () => {
    expect(job("run", "x.ded", "--omit", "a,b,1", "--omit", "b,a,2", "--crash", "c,2")).toMatchObject({
      faults: [
        { kind: "crash", node: "c", at: 2 },
        { kind: "omission", from: "a", to: "b", at: 1 },
        { kind: "omission", from: "b", to: "a", at: 2 },
      ],
    });
  });

  test("names may be empty or odd, in quotes, with the escapes of programs", () => {
    expect(
      job("run", "x.ded", "--nodes", '"",a', "--omit", 'a,"",1', "--crash", String.raw`"x,\ty\u{1b}",3`),
    ).toMatchObject({
      parameters: { nodes: ["", "a"] },
      faults: [
        { kind: "crash", node: "x,\ty\u001b", at: 3 },
        { kind: "omission", from: "a", to: "", at: 1 },
      ],
    });
  });

  test("tables are asked for at an instant or at the end", () => {
    expect(job("run", "x.ded", "--tables", "3")).toMatchObject({ tables: 3 });
    expect(job("run", "x.ded", "--tables")).toMatchObject({ tables: "eot" });
  });

  test("the last word of break is the tuple", () => {
    expect(job("break", "x.ded", "y.ded", 'r("a",1)@5')).toMatchObject({
      files: ["x.ded", "y.ded"],
      tuple: 'r("a",1)@5',
    });
    expect(refusal("break", "x.ded")).toContain("name a program and a tuple");
  });

  test("shards are parts of a whole", () => {
    expect(job("test", "programs", "--shard", "2/4")).toMatchObject({ shard: { index: 2, count: 4 } });
    expect(refusal("test", "programs", "--shard", "5/4")).toContain("1/4");
  });

  test("on GitHub the default format annotates", () => {
    const parsed = parseCommandLine(["check", "x.ded"], { ...surroundings, env: { GITHUB_ACTIONS: "true" } });
    expect(parsed).toMatchObject({ job: { format: "github" } });
  });
});

describe("a wrong command line is refused in one message", () => {
  test.each([
    [["check", "x.ded", "--eot", "four"], "Give a whole number"],
    [["check", "x.ded", "--eot", "1.5"], "Give a whole number"],
    [["check", "x.ded", "--strategy", "magic"], "lineage"],
    [["check", "x.ded", "--timeout", "0"], "seconds above 0"],
    [["check", "x.ded", "--nodes", "a,,b"], "A name is empty"],
    [["check", "x.ded", "--report", "x.pdf"], ".json"],
    [["check"], "missing required argument"],
    [["check", "x.ded", "--frobnicate"], "unknown option"],
    [["check", "x.ded", "--omit", "a,b,1"], "unknown option '--omit': it is an option of ldfi run"],
    [["run", "x.ded", "--delays", "1"], "Did you mean --delay?"],
    [["chekc", "x.ded"], "Did you mean check?"],
    [["help", "chekc"], "Did you mean check?"],
    [["x.ded", "--eot", "4"], "Did you mean: ldfi check x.ded --eot 4"],
    [["run", "x.ded", "--omit", "a,a,1"], "cannot be lost"],
    [["run", "x.ded", "--omit", "a,b"], "a,b,1"],
    [["run", "x.ded", "--crash", "a,0"], "at least 1"],
    [["run", "x.ded", "--omit", "a,,1"], 'write it as ""'],
    [["run", "x.ded", "--omit", 'a,"b,1'], "in double quotes"],
  ])("%j", (argv, message) => {
    expect(refusal(...argv)).toContain(message);
  });

  test("that says what is wrong, what to give instead, and where to read on", () => {
    expect(refusal("check", "x.ded", "--eot", "four")).toBe(
      "ldfi: option '-t, --eot <n>': 'four' is not valid. Give a whole number.\nTry: ldfi check --help\n",
    );
    expect(refusal("run", "x.ded", "--omit", "a,b")).toBe(
      "ldfi: option '--omit <F,T,t>': 'a,b' is not valid. Give sender, receiver and instant: a,b,1. An instant is at least 1.\n" +
        "Try: ldfi run --help\n",
    );
    expect(refusal("test", "p", "--bail", "--baseline", "b.json")).toContain("use only one of them");
    for (const idle of [["--baseline", "b.json"], ["--pin"], ["--all"], ["--margin"]])
      expect(refusal("check", "x.ded", "--estimate", ...idle)).toContain(`${idle[0]}`);
    expect(refusal("--frobnicate")).toBe("ldfi: unknown option '--frobnicate'\nTry: ldfi --help\n");
  });

  test("no command at all shows the help", () => {
    expect(refusal()).toContain("Usage: ldfi");
  });
});

describe("help", () => {
  test.each(["", ...Object.keys(commands)])("of %j reads as it is kept, in 80 columns", async (command) => {
    const parsed = parse(...(command === "" ? [] : [command]), "--help");
    expect(parsed).toMatchObject({ kind: "text", status: 0, stderr: "" });
    const { stdout } = parsed as Extract<Parsed, { kind: "text" }>;
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    await expect(stdout).toMatchFileSnapshot(join(root, "test", "golden", "help", `${command || "ldfi"}.txt`));
  });

  test("shows examples that are command lines", () => {
    for (const { name, examples } of Object.values(commands)) {
      expect(examples.length).toBeGreaterThan(0);
      for (const { line } of examples) {
        const words = line.replace(/^.*\bldfi /, "").match(/'[^']*'|\S+/g) ?? [];
        expect(job(...words.map((word) => word.replace(/^'(.*)'$/, "$1")))).toMatchObject({ kind: name });
      }
    }
  });

  test("is as narrow as the terminal", () => {
    const parsed = parseCommandLine(["check", "--help"], { ...surroundings, stdout: { isTTY: true, columns: 72 } });
    const { stdout } = parsed as Extract<Parsed, { kind: "text" }>;
    const options = stdout.slice(0, stdout.indexOf("Options:")).split("\n");
    expect(options.filter((line) => line.length > 72)).toEqual([]);
  });

  test("names every choice of an option", () => {
    for (const { arity, help } of optionTable)
      if (arity.kind === "choice") for (const word of arity.choices) expect(help).toContain(word);
  });

  test.each([
    ["help", "run"],
    ["run", "-h"],
    ["run", "x.ded", "--help"],
  ])("is found by %j %j", (...argv) => {
    expect(parse(...argv)).toEqual(parse("run", "--help"));
  });
});

test("a bound is spelt and read as the key of a `//!` line", () => {
  for (const { key, bound, canBeAny } of boundRows) {
    expect(job("check", "x.ded", `--${key}`, "3")).toMatchObject({ parameters: { [bound]: 3 } });
    if (canBeAny) expect(job("check", "x.ded", `--${key}`, "any")).toMatchObject({ parameters: { [bound]: Infinity } });
    else expect(refusal("check", "x.ded", `--${key}`, "any")).toContain("Give a whole number of at least");
  }
  for (const { word, example } of notations)
    expect(job("run", "x.ded", `--${word}`, example)).toMatchObject({ faults: [expect.anything()] });
});

test("run reads the bounds that check was given, and a run does not depend on them", () => {
  const plain = job("run", "x.ded", "--eot", "4");
  const { parameters, ...rest } = job("run", "x.ded", "--eot", "4", "--eff", "2", "--crashes", "1") as RunJob;
  expect(parameters).toEqual({ eot: 4, eff: 2, crashes: 1 });
  expect({ ...rest, parameters: { eot: 4 } }).toEqual(plain);
});

describe("an option and the key of a `//!` line that have one name say the same", () => {
  const values: Readonly<Record<string, string>> = {
    eot: "7",
    eff: "5",
    nodes: "a,b,c",
    spare: "b",
    pre: "p",
    post: "q",
    never: "r",
    promise: "s",
  };
  const valueFor = (key: string): string => values[key] ?? notations.find(({ word }) => word === key)?.example ?? "2";
  const onlyKeys = ["with", "expect", "vacuous", "name", "faults"];

  test.each(["check", "run"] as const)("of %s", (sort) => {
    const shared = keysOf(sort).filter((key) => !onlyKeys.includes(key));
    for (const key of shared) {
      const line = `//! ${sort} expect=violated ${key}=${valueFor(key)}`;
      const { directives, diagnostics } = parseDirectives(parseText({ path: "x.ded", text: line }).tree);
      expect(diagnostics).toEqual([]);
      const [expectation] = directives;
      const said = job(sort, "x.ded", `--${key}`, valueFor(key)) as CheckJob | RunJob;
      if (expectation?.kind === "run" && said.kind === "run") {
        expect(said.faults).toEqual(expectation.schedule);
        expect(said.inputs).toEqual(expectation.inputs);
      }
      expect(expectation).toMatchObject(said.parameters);
      expect(Object.keys(said.parameters)).toHaveLength(
        said.kind === "run" && said.faults.length + said.inputs.length > 0 ? 0 : 1,
      );
    }
  });
});
