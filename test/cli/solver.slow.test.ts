import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { onPath } from "../../src/cli/on-path.js";
import { ldfi } from "./ldfi.js";
import { answersOf, broken, holding, installed, solversForTests } from "./solvers.js";

const { folder, fake, expectUnusable, expectRefusedProof } = solversForTests();
// solver.long.test.ts has more solvers, and more that they do wrong.

describe("--solver", () => {
  test.each([
    ["liar", 'console.log("s SATISFIABLE\\nv 0"); process.exitCode = 10;', "its model does not satisfy the clause"],
    [
      "failing",
      'console.error("-----\\nno licence\\nask the server\\nends here\\n-----"); process.exitCode = 1;',
      "(no licence … ends here)",
    ],
  ])("%s: an error, and no verdict", (name, code, problem) => {
    expectUnusable(name, code, problem);
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
    expectRefusedProof(
      "wrong-proof",
      'if (proof) require("node:fs").writeFileSync(proof, "0\\n"); console.log("s UNSATISFIABLE");',
      "the solver's proof is wrong: step 1",
    );
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

  test.runIf(installed.includes("cadical"))("is what a report names in place of the solver's word", () => {
    const proof = join(folder, "named.drat");
    expect(ldfi([...holding, "--solver", "cadical", "--proof", proof]).stdout).toContain(
      `Solver    cadical, whose proof that no schedule is left was checked: ${proof}\n`,
    );
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

describe.skipIf(installed.length === 0)(`with the solvers on the PATH (${installed.join(delimiter)})`, () => {
  test("the first of them comes to the schedules of the built-in solver", () => {
    expect(answersOf("--solver", installed[0] ?? "")).toEqual(answersOf());
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
