import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Started } from "./ldfi.js";
import { answersOf, broken, installed, solversForTests } from "./solvers.js";

const { folder, fake, expectUnusable, expectRefusedProof } = solversForTests();

describe("--solver", () => {
  test.each([
    ["garbage", "process.stdout.write(Buffer.from([255, 254, 0, 115, 32]));", "without SATISFIABLE or UNSATISFIABLE"],
    ["crash", "process.abort();", "a signal ended it"],
    ["silent", "", "and printed nothing"],
    ["confused", 'console.log("s SATISFIABLE"); console.log("s UNSATISFIABLE");', "both SATISFIABLE and UNSATISFIABLE"],
  ])("%s: an error, and no verdict", expectUnusable);

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
});

test.each([
  ["no-proof", 'console.log("s UNSATISFIABLE"); process.exitCode = 20;', "it wrote no proof"],
  [
    "half-proof",
    'if (proof) require("node:fs").writeFileSync(proof, "1 2"); console.log("s UNSATISFIABLE");',
    "the solver's proof cannot be read",
  ],
])("%s: a solver that says there is no model, and cannot show it, leaves no verdict that counts", expectRefusedProof);

describe.skipIf(installed.length < 2)("with the other solvers on the PATH", () => {
  test("each comes to the schedules of the built-in solver", () => {
    const own = answersOf();
    for (const name of installed.slice(1)) expect([name, answersOf("--solver", name)]).toEqual([name, own]);
  });
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
