import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { onPath } from "../../src/cli/on-path.js";
import { ldfi, Started } from "./ldfi.js";

const folder = mkdtempSync(join(tmpdir(), "ldfi-external-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A solver of a few lines of JavaScript: `file` is the formula. */
function fake(name: string, code: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!${process.execPath}\nconst [, , file, proof] = process.argv;\n${code}\n`);
  chmodSync(path, 0o755);
  return path;
}

const broken = ["check", "programs/delivery/simple.ded", "--eot", "4", "--eff", "2"];
const holding = ["check", "programs/delivery/ack.ded", "--eot", "6", "--crashes", "1"];

describe("--solver", () => {
  test.each([
    ["liar", 'console.log("s SATISFIABLE\\nv 0"); process.exitCode = 10;', "its model does not satisfy the clause"],
    ["garbage", "process.stdout.write(Buffer.from([255, 254, 0, 115, 32]));", "without SATISFIABLE or UNSATISFIABLE"],
    ["crash", "process.abort();", "a signal ended it"],
    ["silent", "", "and printed nothing"],
    ["confused", 'console.log("s SATISFIABLE"); console.log("s UNSATISFIABLE");', "both SATISFIABLE and UNSATISFIABLE"],
    [
      "failing",
      'console.error("-----\\nno licence\\nask the server\\nends here\\n-----"); process.exitCode = 1;',
      "(no licence … ends here)",
    ],
  ])("%s: an error, and no verdict", (name, code, problem) => {
    const ended = ldfi([...broken, "--solver", fake(name, code)]);
    expect(ended.stdout).toMatch(/^INCONCLUSIVE {2}the solver's answer cannot be used: /);
    expect(ended.stdout).toContain(problem);
    expect(ended.status).toBe(2);
  });

  test("a solver that is missing, or is not a solver", () => {
    expect(ldfi([...broken, "--solver", "no-such-solver"]).stdout).toContain(
      "no-such-solver cannot be started: there is no such program on the PATH",
    );
    writeFileSync(join(folder, "text"), "hello");
    expect(ldfi([...broken, "--solver", join(folder, "text")]).stdout).toContain(
      "cannot be started: it is not executable",
    );
    const unclosed = ldfi([...broken, "--solver", "cadical 'x"]);
    expect([unclosed.status, unclosed.stderr]).toEqual([2, expect.stringContaining("every quote is closed")]);
  });

  test("one that never ends is killed at the time limit, and with what it started", async () => {
    const marker = join(folder, "child-pid");
    const code = `const { spawn } = require("node:child_process");
const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
require("node:fs").writeFileSync(${JSON.stringify(marker)}, process.pid + " " + child.pid);
setInterval(() => {}, 1000);`;
    const started = new Started([...broken, "--timeout", "5", "--solver", fake("endless", code)]);
    const ended = await started.ended;
    expect(ended.status).toBe(3);
    expect(ended.stdout).toContain("the time limit of 5 s was reached");
    const pids = readFileSync(marker, "utf8").split(" ").map(Number);
    expect(pids).toHaveLength(2);
    for (const pid of pids) await gone(pid);
  });

  test("says that it took the solver's word", () => {
    const yes = fake("no-model", 'console.log("s UNSATISFIABLE"); process.exitCode = 20;');
    expect(ldfi([...holding, "--solver", yes]).stdout).toMatch(
      /^Solver {4}.*on its word that no schedule is left; --proof/m,
    );
    expect(JSON.parse(ldfi([...holding, "--solver", yes, "--format", "json"]).stdout)).toMatchObject({ solver: yes });
  });
});

describe("--proof", () => {
  test("a solver that says there is no model, and cannot show it, leaves no verdict that counts", () => {
    const proof = join(folder, "none.drat");
    for (const [name, code, problem] of [
      ["no-proof", 'console.log("s UNSATISFIABLE"); process.exitCode = 20;', "it wrote no proof"],
      [
        "wrong-proof",
        'if (proof) require("node:fs").writeFileSync(proof, "0\\n"); console.log("s UNSATISFIABLE");',
        "the solver's proof is wrong: step 1",
      ],
      [
        "half-proof",
        'if (proof) require("node:fs").writeFileSync(proof, "1 2"); console.log("s UNSATISFIABLE");',
        "the solver's proof cannot be read",
      ],
    ] as const) {
      const ended = ldfi([...holding, "--solver", `${fake(name, code)} {} {proof}`, "--proof", proof]);
      expect(ended.stderr).toContain(problem);
      expect(ended.status).toBe(2);
      expect(existsSync(proof)).toBe(false);
    }
  });

  test("that is asked for beside --pin leaves the pinned line as it is", () => {
    const program = join(folder, "pinned.ded");
    writeFileSync(
      program,
      'p("a")@1; q("b", X)@async :- p("a"), p(X); pre("x") :- p(_); pre(X)@next :- pre(X); post("x") :- q(_, _); q(N, X)@next :- q(N, X);',
    );
    const ended = ldfi(["check", program, "--eot", "3", "--eff", "2", "--pin", "--proof", join(folder, "pinned.drat")]);
    expect(ended.status).toBe(1);
    expect(ended.stderr).toContain("the verdict is violated");
    expect(readFileSync(program, "utf8")).toMatch(/\n\/\/! run omit=a,b,1 .*expect=violated/);
  });

  test("is not written for a violation", () => {
    const ended = ldfi([...broken, "--solver", "cadical", "--proof", join(folder, "violated.drat")]);
    if (onPath("cadical", process.env.PATH)) expect(ended.stderr).toContain("the verdict is violated");
    expect(existsSync(join(folder, "violated.drat"))).toBe(false);
  });

  test.each([
    [["--proof", "p"], "it needs a solver that writes proofs, such as --solver cadical"],
    [["--proof", "p", "--strategy", "alternate"], "the strategy alternate has no formula that could be refuted"],
    [
      ["--proof", "p", "--solver", "minisat"],
      "the command does not say where the solver writes its proof: add {proof}",
    ],
    [["--proof", "p", "--report", "p.json"], "is named twice"],
  ])("%j is an error that says what to do", (options, problem) => {
    const ended = ldfi([...holding, ...options]);
    expect([ended.status, ended.stderr]).toEqual([2, expect.stringContaining(problem)]);
  });

  test("of what needs no solver is empty, and verified", () => {
    const program = join(folder, "still.ded");
    writeFileSync(program, 'p("a")@1; p(X)@next :- p(X); pre(X) :- p(X); post(X) :- p(X);');
    const proof = join(folder, "still.drat");
    const ended = ldfi(["check", program, "--proof", proof]);
    expect([ended.status, ended.stderr]).toEqual([
      0,
      expect.stringContaining("the formula is contradictory by itself"),
    ]);
    expect(readFileSync(proof, "utf8")).toBe("");
    expect(ldfi(["verify", `${proof}.json`]).stdout).toMatch(/^VERIFIED/);
    for (const other of [proof, `${proof}.cnf`])
      expect(ldfi(["verify", other])).toMatchObject({
        status: 2,
        stderr: expect.stringContaining(`did you mean ${proof}.json?`),
      });
  });
});

/** `.ci/run` installs them. */
const installed = ["cadical", "minisat", "picosat"].filter((name) => onPath(name, process.env.PATH));

const questions = [
  broken,
  holding,
  [...broken, "--crashes", "1", "--all"],
  ["check", "programs/consensus/raft-votes-twice.ded", "--eot", "7", "--omissions", "0", "--restarts", "1"],
];

describe.skipIf(installed.length === 0)(`with the solvers on the PATH (${installed.join(delimiter)})`, () => {
  function answers(...words: readonly string[]): unknown {
    return questions.map((question) => {
      const { stdout } = ldfi([...question, "--format", "json", ...words]);
      const { verdict, counterexample, minimal } = JSON.parse(stdout) as Record<string, unknown>;
      return { verdict, counterexample, minimal };
    });
  }
  let own: unknown;
  beforeAll(() => {
    own = answers();
  });

  test.each(installed)("%s comes to the schedules of the built-in solver", (name) => {
    expect(answers("--solver", name)).toEqual(own);
  });

  test.skipIf(!installed.includes("cadical"))(
    "a proof is written, verified, and refused once anything is changed",
    () => {
      const program = join(folder, "mended.ded");
      const text = readFileSync("programs/delivery/ack.ded", "utf8");
      writeFileSync(
        program,
        text.replace(
          /include "([^"]+)"/g,
          (_, path: string) => `include "${join(process.cwd(), "programs/delivery", path)}"`,
        ),
      );
      const proof = join(folder, "mended.drat");
      const manifest = `${proof}.json`;
      const made = ldfi(["check", program, "--eot", "6", "--crashes", "1", "--solver", "cadical", "--proof", proof]);
      expect([made.status, made.stderr]).toEqual([
        0,
        expect.stringMatching(/^ldfi: proved: .* steps, checked\); check it again with: ldfi verify /),
      ]);
      const verify = (): { readonly status: number | null; readonly stdout: string } => ldfi(["verify", manifest]);
      expect(verify()).toMatchObject({ status: 0, stdout: expect.stringMatching(/^VERIFIED/) });
      const changed = (path: string, change: (content: Buffer) => Buffer | string, problem: string): void => {
        const before = readFileSync(path);
        writeFileSync(path, change(before));
        expect(verify()).toMatchObject({ status: 1, stdout: expect.stringContaining(problem) });
        writeFileSync(path, before);
      };
      changed(proof, (bytes) => bytes.subarray(0, bytes.length / 2), "was changed after it was written");
      changed(
        `${proof}.cnf`,
        (cnf) =>
          cnf
            .toString()
            .replace(/^(-?)(\d+) 0$/m, "-$1$2 0")
            .replace("--", ""),
        "was changed after the proof was made",
      );
      changed(
        program,
        (source) => `${source.toString()}\nother("a")@1;`,
        "the program was changed after the proof was made",
      );
      changed(
        manifest,
        (json) => json.toString().replace('"eot": 6', '"eot": 5'),
        "the formula is not that of the program",
      );
      expect(verify().status).toBe(0);
    },
  );
});

/** Waits until a process has ended. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    // A process that has ended stays in the table until its parent, or the system, has noticed.
    if (existsSync(`/proc/${pid}/stat`) && /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
