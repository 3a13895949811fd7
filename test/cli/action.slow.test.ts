import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { resent as broadcast, once as sentOnce } from "../program/broadcasts.js";
import { root } from "./ldfi.js";

interface Step {
  readonly name: string;
  readonly if?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action: Action = parse(readFileSync(join(root, "action.yml"), "utf8"));
const steps = action.runs.steps.filter(({ run }) => run !== undefined);

const expectations = `//! check eot=5 eff=2 expect=holds name="one loss"
//! check eot=4 eff=4 expect=holds name="all lost"
`;
const resent = broadcast + expectations;
const once = sentOnce + expectations;

let folder = "";
let work = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ldfi-action-"));
  work = join(folder, "work");
  mkdirSync(join(work, "protocols"), { recursive: true });
  // What is built need not be installed again, least of all under the tests that run beside this one.
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin", "npm"), "#!/bin/sh\necho npm was called >&2\nexit 1\n", { mode: 0o755 });
  git("init", "--quiet", "--initial-branch", "main");
  commit(resent, "base");
  git("init", "--quiet", "--bare", join(folder, "origin.git"));
  git("remote", "add", "origin", join(folder, "origin.git"));
  git("push", "--quiet", "origin", "main");
  git("checkout", "--quiet", "-b", "change");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function git(...words: readonly string[]): void {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"];
  const { status, stderr } = spawnSync("git", [...identity, ...words], { cwd: work, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

function commit(text: string, message: string): void {
  writeFileSync(join(work, "protocols", "p.ded"), text);
  git("add", "protocols");
  git("commit", "--quiet", "--allow-empty", "-m", message);
}

/** What expressions of the action stand for. */
function contextOf(given: Readonly<Record<string, string>>, baseRef: string): Readonly<Record<string, string>> {
  const inputs = Object.entries(action.inputs).map(([name, input]) => [`inputs.${name}`, given[name] ?? input.default]);
  return {
    ...Object.fromEntries(inputs),
    "github.action_path": root,
    "github.base_ref": baseRef,
    "runner.temp": folder,
  };
}

/** Whether a step's condition is true; only those forms that the action has. */
function applies({ if: condition = "" }: Step, context: Readonly<Record<string, string>>): boolean {
  const clauses = condition.replace(/^\$\{\{|\}\}$/g, "").split("&&");
  return clauses.every((clause) => {
    const match = /^\s*([\w.]+) (==|!=) '([^']*)'\s*$/.exec(clause);
    if (match === null) return true;
    const [, name = "", operator, value] = match;
    return (context[name] === value) === (operator === "==");
  });
}

interface Ran {
  readonly statuses: Readonly<Record<string, number | null>>;
  readonly stdout: string;
  readonly summary: string;
}

/** Runs the `run:` steps as GitHub does, each in a shell of its own; all that apply, or those that are named. */
function runSteps(given: Readonly<Record<string, string>>, baseRef = "", named?: readonly string[]): Ran {
  const context = contextOf({ cache: join(folder, "cache"), ...given }, baseRef);
  const summary = join(folder, "summary.md");
  writeFileSync(summary, "");
  const statuses: Record<string, number | null> = {};
  let printed = "";
  for (const step of steps) {
    if (!applies(step, context) || named?.includes(step.name) === false) continue;
    const script = join(folder, "step.sh");
    writeFileSync(script, step.run ?? "");
    const env = Object.entries(step.env ?? {}).map(([name, value]) => [
      name,
      value.replace(/^\$\{\{ (.*) \}\}$/, (_, expression: string) => context[expression] ?? `? ${expression}`),
    ]);
    const { status, stdout, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
      cwd: work,
      encoding: "utf8",
      env: {
        PATH: `${join(folder, "bin")}:${process.env.PATH}`,
        GITHUB_ACTIONS: "true",
        GITHUB_WORKSPACE: work,
        GITHUB_STEP_SUMMARY: summary,
        ...Object.fromEntries(env),
      },
    });
    statuses[step.name] = status;
    printed += stdout + stderr;
  }
  return { statuses, stdout: printed, summary: readFileSync(summary, "utf8") };
}

describe("action.yml", () => {
  test("is a composite action whose scripts take inputs from the environment alone, and whose inputs are all used", () => {
    expect(action.runs.using).toBe("composite");
    expect(steps.length).toBeGreaterThan(2);
    for (const { shell, run } of steps) {
      expect(shell).toBe("bash");
      expect(run).not.toContain("${{");
    }
    const text = readFileSync(join(root, "action.yml"), "utf8");
    const used = new Set([...text.matchAll(/inputs\.(\w+)/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual(Object.keys(action.inputs).sort());
  });

  test("runs the expectations, and fails for what is not met where there is nothing to compare with", () => {
    commit(resent, "same");
    const { statuses, stdout } = runSteps({ paths: "protocols" });
    expect(statuses).toEqual({ ldfi: 0, Expectations: 1 });
    expect(stdout).toContain("1 passed, 1 failed");
    expect(stdout).toContain("::error file=protocols/p.ded,line=11,");
    for (const name of ["tests.json", "tests.xml", "tests.md"])
      expect(existsSync(join(work, "ldfi-reports", name))).toBe(true);
  });

  test("on a pull request fails for what became worse alone, with a table in the summary", () => {
    commit(`// moved\n${resent}`, "harmless");
    const check = "protocols/p.ded --eot 5 --eff 2";
    const all = { "The state to compare with": 0, Expectations: 0, Check: 0 };
    const named = Object.keys(all);
    const harmless = runSteps({ paths: "protocols", check }, "main", named);
    expect(harmless.statuses).toEqual(all);
    expect(harmless.stdout).not.toContain("::error");
    expect(harmless.summary).toContain("## ldfi test protocols\n\n### No regression against");
    expect(harmless.summary).toContain("## ldfi check protocols/p.ded\n\n### No regression against");

    commit(once, "worse");
    const worse = runSteps({ paths: "protocols", check }, "main", named);
    expect(worse.statuses).toEqual({ ...all, Expectations: 1, Check: 1 });
    expect(worse.summary).toContain("| **regression** | verdict | holds → violated with 1 fault |");
    expect(worse.summary).toContain('"one loss" | verdict | holds → violated with 1 fault |');
    expect(worse.stdout).toMatch(/::error file=protocols\/p\.ded,line=9,title=[^:]*one loss::regression: verdict/);
    expect(worse.stdout).toMatch(/::error file=protocols\/p\.ded,line=3,col=1,title=ldfi%3A regression::/);
    expect(existsSync(join(folder, "ldfi-base"))).toBe(false);
  });

  test("compares with nothing where the other state cannot be run, and with a file that is named", () => {
    git("checkout", "--quiet", "-B", "broken", "main");
    commit("log(X :-", "broken");
    git("push", "--quiet", "--force", "origin", "broken");
    git("checkout", "--quiet", "change");
    commit(resent, "mended");
    const { statuses, stdout } = runSteps({ paths: "protocols" }, "broken", [
      "The state to compare with",
      "Expectations",
    ]);
    expect(stdout).toContain("nothing is compared with it");
    expect(statuses).toMatchObject({ Expectations: 1 });
    const given = { paths: "protocols", baseline: "ldfi-reports/tests.json", reports: "now" };
    expect(runSteps(given, "", ["Expectations"]).statuses).toEqual({ Expectations: 0 });
  });

  test("an undecided question fails, unless it says otherwise", () => {
    commit(resent, "same");
    const check = "protocols/p.ded --eot 5 --eff 2 --strategy exhaustive --max-runs 1";
    expect(runSteps({ check }, "", ["Check"]).statuses).toEqual({ Check: 3 });
    expect(runSteps({ check, undecided: "pass" }, "", ["Check"]).statuses).toEqual({ Check: 0 });
  });
});
