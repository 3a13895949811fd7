import { describe, expect, test } from "vitest";
import { stopped } from "../../src/execution/stopped.js";
import { TRUE } from "../../src/faults/annotation.js";
import { budget } from "../../src/faults/budget.js";
import { FaultGraph } from "../../src/lineage/fault-graph.js";
import { dimacs } from "../../src/solving/dimacs.js";
import { Hypotheses } from "../../src/solving/hypotheses.js";
import { MinisatSolver } from "../../src/solving/minisat-solver.js";
import type { BetweenParts, SatLiteral } from "../../src/solving/solver.js";
import { ContrarySolver } from "./contrary-solver.js";
import { allOf, listedClaims, newGraph, shown } from "./hypothesis-claims.js";

// hypotheses.long.test.ts asks more of each.
describe("against a list of all schedules", () => {
  test.each(listedClaims)("$claim", ({ few, expectOf }) => expectOf(few));
});

test.each([MinisatSolver, ContrarySolver])(
  "a crash is as late as it may be, wherever in time that is: $name",
  (AnySolver) => {
    const longer = budget(["a", "b"], 12, 0, 1);
    const instants = Array.from({ length: 12 }, (_, i) => i + 1);
    for (const latest of instants) {
      const graph = new FaultGraph(longer);
      const hypotheses = new Hypotheses(graph, new AnySolver());
      hypotheses.requireSome(instants.map((at) => graph.lost(0, 1, at)));
      hypotheses.requireSome([graph.lost(0, 1, latest)]);
      expect(shown(hypotheses.smallest())).toBe(`crash(a,${latest})`);
    }
  },
);

describe("what is known", () => {
  test("a bound below the smallest finds nothing, and is not asked again", () => {
    const graph = newGraph();
    const bounded: (number | undefined)[] = [];
    const hypotheses = new Hypotheses(graph, new MinisatSolver(), (atMost) => {
      bounded.push(atMost);
      return undefined;
    });
    hypotheses.requireSome([graph.and(graph.and(graph.lost(0, 1, 1), graph.lost(1, 2, 1)), graph.lost(2, 0, 1))]);
    expect(hypotheses.smallest(1)).toBeUndefined();
    expect(hypotheses.ruledOut).toBe(1);
    bounded.length = 0;
    expect(shown(hypotheses.smallest())).toBe("crash(a,1) crash(b,1) omit(c,a,1)");
    expect(hypotheses.ruledOut).toBe(2);
    expect(bounded.filter((k) => k === 0 || k === 1)).toEqual([]);
  });

  test("what was blocked is not said to be ruled out", () => {
    const graph = newGraph();
    const hypotheses = new Hypotheses(graph, new MinisatSolver());
    hypotheses.requireSome([graph.lost(0, 1, 1), graph.and(graph.lost(1, 2, 1), graph.lost(2, 0, 1))]);
    allOf(hypotheses);
    expect(hypotheses.ruledOut).toBe(0);
  });

  test("nothing is left of what cannot be", () => {
    const graph = newGraph();
    const hypotheses = new Hypotheses(graph, new MinisatSolver());
    hypotheses.requireSome([]);
    expect([hypotheses.any(), hypotheses.anyWithFault(), hypotheses.smallest()]).toEqual([false, false, undefined]);
  });

  test("who is asked before a call of the solver may end the question, and all after it", () => {
    const end = stopped("timeout", "the time is up");
    const graph = newGraph();
    let left = 2;
    const hypotheses = new Hypotheses(graph, new MinisatSolver(), () => (left-- > 0 ? undefined : end));
    hypotheses.requireSome([graph.lost(0, 1, 1)]);
    expect(shown(hypotheses.smallest())).toBe("timeout");
    left = 100;
    expect([hypotheses.any(), hypotheses.anyWithFault(), hypotheses.avoiding([])]).toEqual([end, end, end]);
    expect(hypotheses.ruledOut).toBe(0);
  });

  test("so may who is asked again while it takes long", () => {
    const end = stopped("interrupted", "that is enough");
    const graph = newGraph();
    const slow = new (class extends MinisatSolver {
      override solve(assumptions: readonly SatLiteral[], between?: BetweenParts): boolean {
        between?.(2000);
        return super.solve(assumptions, between);
      }
    })();
    const seen: unknown[] = [];
    const hypotheses = new Hypotheses(graph, slow, (atMost, ruledOut, conflicts) => {
      seen.push([atMost, ruledOut, conflicts]);
      return atMost === 0 && conflicts === 2000 ? end : undefined;
    });
    hypotheses.requireSome([graph.lost(0, 1, 1)]);
    expect(hypotheses.smallest()).toBe(end);
    expect(seen).toEqual([
      [undefined, -1, undefined],
      [undefined, -1, 2000],
      [0, -1, undefined],
      [0, -1, 2000],
    ]);
    expect([hypotheses.any(), hypotheses.some]).toEqual([
      end,
      expect.objectContaining({ schedule: expect.anything() }),
    ]);
  });

  test("what is always true needs no fault", () => {
    const hypotheses = new Hypotheses(newGraph(), new MinisatSolver());
    hypotheses.requireSome([TRUE]);
    expect(hypotheses.smallest()).toEqual([]);
  });
});

describe("DIMACS", () => {
  test("the comments name the variable of each fault, and a title of several lines remains a comment", () => {
    const graph = newGraph();
    const text = dimacs(graph, [graph.and(graph.lost(0, 1, 1), graph.crashed(2, 2))], ["first\nsecond"]);
    expect(text).toMatch(/^c first second$/m);
    expect(
      text
        .match(/^c \d+ .*$/gm)
        ?.map((line) => line.split(" ")[2])
        .sort(),
    ).toEqual(["down(a,1)", "down(c,1)", "down(c,2)", "omit(a,b,1)"]);
  });
});
