import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import type { Ended } from "../cli/ldfi.js";
import { Started, shell } from "../cli/ldfi.js";

const folder = mkdtempSync(join(tmpdir(), "ldfi-solver-interrupted-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inWords =
  /^INCONCLUSIVE {2}(?:the search was )?interrupted while the solver looked for a violation(?: with at most \d+ faults?)? in ([1-9][\d,]*) clauses(?:, after [1-9][\d,]* conflicts)?; without faults the specification holds\n/;

/** What is said of a check that a signal ended inside a call of the solver, once and in numbers that agree. */
function expectToldWhere({ status, stdout, stderr }: Ended): void {
  expect([status, stderr]).toEqual([3, ""]);
  const [, clauses] = inWords.exec(stdout) ?? [];
  expect(clauses).toBeDefined();
  expect(stdout).toMatch(new RegExp(`^Searched .* · lineage of [1-9][\\d,]* nodes, ${clauses} clauses$`, "m"));
}

describe("a signal inside a call of the solver", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "%s while another program is the solver, which it ends too",
    async (signal) => {
      const pipe = join(folder, `asked-${signal}`);
      expect(shell(`mkfifo '${pipe}'`).status).toBe(0);
      const solver = join(folder, `waiting-${signal}`);
      writeFileSync(solver, `#!${process.execPath}\nrequire("node:fs").readFileSync(${JSON.stringify(pipe)});\n`);
      chmodSync(solver, 0o755);
      const started = new Started([
        "check",
        "programs/delivery/ack.ded",
        "--eot",
        "6",
        "--crashes",
        "1",
        "--solver",
        solver,
      ]);
      const asked = await started.opened(pipe);
      started.signal(signal);
      expectToldWhere(await started.ended);
      await nobodyReads(asked);
    },
  );

  test("SIGINT while MiniSat works", async () => {
    const program = join(folder, "nests.ded");
    writeFileSync(program, nests());
    const cnf = join(folder, "asked.cnf");
    const check = ["check", program, "--eot", "3", "--nodes", [...holes, ...pigeons].join(","), "--dimacs", cnf];
    let ended: Ended | undefined;
    // The formula is written before the solver starts. That it has started is not to be seen from outside: it is given more and more time.
    for (let wait = 250; wait <= 16_000 && (ended === undefined || !inWords.test(ended.stdout)); wait *= 2) {
      rmSync(cnf, { force: true });
      const started = new Started(check);
      while (!existsSync(cnf)) await setTimeout(20);
      await setTimeout(wait);
      started.signal("SIGINT");
      ended = await started.ended;
    }
    if (ended === undefined) throw new Error("the check was not started");
    expectToldWhere(ended);
  });
});

/** Waits until a pipe has no reader any more: what is written to it then is refused. */
async function nobodyReads(pipe: FileHandle): Promise<void> {
  try {
    for (;;) {
      await pipe.write(" ");
      await setTimeout(5);
    }
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: "EPIPE" });
  } finally {
    await pipe.close();
  }
}

const holes = Array.from({ length: 12 }, (_, i) => `h${i}`);
const pigeons = Array.from({ length: 13 }, (_, i) => `p${i}`);

/** That no set of losses leaves each pigeon a hole of its own: true, and for resolution exponentially long to prove (Haken 1985). */
function nests(): string {
  return `${pigeons.map((p) => `pigeon("${p}")@1;`).join(" ")} pigeon(P)@next :- pigeon(P);
    ${pigeons.flatMap((p) => holes.map((h) => `way("${p}", "${h}")@1;`)).join(" ")}
    in(H, P)@async :- way(P, H); late("x")@2;
    homeless("x") :- pigeon(P), notin in(_, P); crowded("x") :- in(H, P), in(H, Q), P < Q;
    never("x") :- late("x"), notin homeless("x"), notin crowded("x");`;
}
