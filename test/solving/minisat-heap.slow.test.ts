import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { bundle, root } from "../../scripts/bundle.mjs";
import type { MinisatSolver } from "../../src/solving/minisat-solver.js";

// Only a build has heaps of other sizes than the package's.
const folder = mkdtempSync(join(tmpdir(), "ldfi-heap-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const MEBIBYTE = 2 ** 20;

test("a solver whose small heap is full goes on in one of the usual size, with the same answers", async () => {
  const outfile = join(folder, "minisat.mjs");
  await bundle(join(root, "src/solving/minisat-solver.ts"), outfile, 68 * MEBIBYTE);
  const { MinisatSolver: Built }: { MinisatSolver: typeof MinisatSolver } = await import(pathToFileURL(outfile).href);
  const small = new Built("small", 8 * MEBIBYTE);
  const usual = new Built();
  const answers: boolean[] = [];
  for (const solver of [small, usual]) for (let i = 0; i < 4000; i++) solver.newVariable();
  // Of three in a row one is true, and of a hundred that are far apart too, which says little and fills the heap.
  for (let i = 1; i + 2 <= 4000; i++)
    for (const solver of [small, usual]) {
      solver.addClause([i, i + 1, i + 2]);
      for (let k = 1; k <= 4; k++)
        solver.addClause(Array.from({ length: 100 }, (_, n) => 1 + ((i + n * (37 + k)) % 4000)));
    }
  for (const assumptions of [[], [6], [-10, -11], [-10, -11, -12], [30, 33]]) {
    const [one, other] = [small, usual].map((solver) => solver.solve(assumptions));
    expect(one).toBe(other);
    answers.push(one === true);
    if (one === true) for (const literal of assumptions) expect(small.value(Math.abs(literal))).toBe(literal > 0);
  }
  expect(new Set(answers).size).toBe(2);
  expect(small.heapBytes).toBe(usual.heapBytes);
}, 120_000);
