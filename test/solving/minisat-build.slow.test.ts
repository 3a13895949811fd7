import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bundle, root } from "../../scripts/bundle.mjs";
import { MinisatSolver } from "../../src/solving/minisat-solver.js";
import { shell, withoutTimes } from "../cli/ldfi.js";
import { Random } from "../properties/random.js";
import { temporaryFolder } from "../temporary-folder.js";

/* The build's MiniSat is WebAssembly with a heap that grows; from the source it is the asm.js that the package ships, which is JavaScript. */

const MEBIBYTE = 2 ** 20;
const folder = temporaryFolder("ldfi-minisat-");

/** The solver as the build has it, with a heap of 8 MiB that grows to `most` MiB, and with its addresses checked. */
async function built(most: number): Promise<typeof MinisatSolver> {
  const outfile = join(folder, `minisat-${most}.mjs`);
  await bundle(join(root, "src/solving/minisat-solver.ts"), outfile, { most: most * MEBIBYTE, checked: true });
  const module: { MinisatSolver: typeof MinisatSolver } = await import(pathToFileURL(outfile).href);
  return module.MinisatSolver;
}

test.each([
  ["", undefined],
  [", with variables eliminated at first", { from: 0, after: 0, most: Infinity }],
  [", with variables eliminated from hard questions", { from: Infinity, after: 20, most: Infinity }],
])("the solver of the build gives the answers and the models of the package's%s", async (_, elimination) => {
  const Built = await built(64);
  const answers = new Set<boolean>();
  const size = fc.integer({ min: 30, max: 160 });
  fc.assert(
    fc.property(fc.integer(), size, fc.integer({ min: 39, max: 46 }), (seed, variables, density) => {
      const random = new Random(seed);
      // Of a third of the variables something is asked and added later.
      const literal = (step: number) => step * random.integer(1, Math.floor(variables / step)) * random.pick([1, -1]);
      const pair = [new Built(elimination), new MinisatSolver(elimination)];
      for (const solver of pair) {
        for (let v = 0; v < variables; v++) solver.newVariable();
        for (let v = 3; v <= variables; v += 3) solver.keep(v);
      }
      for (let round = 0; round < 4; round++) {
        const step = round === 0 ? 1 : 3;
        const length = (variables * density) / (round === 0 ? 12 : 120);
        const clauses = Array.from({ length }, () => [literal(step), literal(step), literal(step)]);
        const assumptions = Array.from({ length: random.integer(0, 4) }, () => literal(3));
        const [one, other] = pair.map((solver) => {
          for (const clause of clauses) solver.addClause(clause);
          const model = answer(solver, assumptions);
          answers.add(model !== undefined);
          return model;
        });
        expect(one).toEqual(other);
      }
    }),
    { numRuns: 80 },
  );
  expect(answers.size).toBe(2);
});

test("where memory does not suffice to eliminate variables, none is", async () => {
  const Built = await built(18);
  const solver = new Built({ from: 0, after: 0, most: Infinity });
  const [variables, clauses] = [20_000, 160_000];
  for (let i = 0; i < variables; i++) solver.newVariable();
  for (let i = 1; i <= clauses; i++)
    solver.addClause([1, 2, 3, 4, 5].map((n) => 1 + ((i * (n * n + n + 1) * 7 + n * 131) % variables)));
  expect(solver.solve([])).toBe(true);
  // Of variables that were eliminated nothing could be asked.
  expect(solver.solve([1, 2, 3])).toBe(true);
});

test("its heap grows while it is asked, with the same answers, until no more is allowed", async () => {
  const Built = await built(68);
  const pair = [new Built(), new MinisatSolver()] as const;
  const begins = pair[0].heapBytes;
  for (const solver of pair) for (let i = 0; i < 4000; i++) solver.newVariable();
  // Of three in a row one is true, and of a hundred that are far apart too, which says little and fills the heap.
  for (let i = 1; i + 2 <= 4000; i++)
    for (const solver of pair) {
      solver.addClause([i, i + 1, i + 2]);
      for (let k = 1; k <= 4; k++) solver.addClause(hundred(i, k));
    }
  expect(pair[0].heapBytes).toBeGreaterThan(begins);
  for (const assumptions of [[], [6], [-10, -11], [-10, -11, -12], [30, 33]]) {
    const [one, other] = pair.map((solver) => answer(solver, assumptions));
    expect(one).toEqual(other);
    expect(one === undefined).toBe(assumptions.length === 3);
  }
  expect(() => {
    for (let i = 1; i < 200_000; i++) pair[0].addClause(hundred(i, 5));
  }).toThrow("stopped");
  expect(pair[0].heapBytes).toBeLessThanOrEqual(68 * MEBIBYTE);
});

test.runIf(process.platform === "linux")(
  "where the address space is limited, ordinary code gives the same report",
  () => {
    const check = "ldfi check programs/replication/kafka-isr.ded --eot 6 --eff 4 --crashes 1";
    const [limited, free] = [`ulimit -v ${8 * MEBIBYTE}; ${check}`, check].map(shell);
    expect(limited?.status).toBe(1);
    expect(withoutTimes(limited?.stdout ?? "")).toBe(withoutTimes(free?.stdout ?? ""));
  },
);

/** The model, if there is one. */
function answer(solver: MinisatSolver, assumptions: readonly number[]): readonly boolean[] | undefined {
  if (!solver.solve(assumptions)) return undefined;
  return Array.from({ length: solver.variables }, (_, v) => solver.value(v + 1));
}

function hundred(i: number, k: number): number[] {
  return Array.from({ length: 100 }, (_, n) => 1 + ((i + n * (37 + k)) % 4000));
}
