import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Stopped } from "../../src/execution/stopped.js";
import { isStopped, stopped } from "../../src/execution/stopped.js";
import { TRUE } from "../../src/faults/annotation.js";
import type { Budget } from "../../src/faults/budget.js";
import { budget } from "../../src/faults/budget.js";
import { isCrash } from "../../src/faults/node-faults.js";
import { formatSchedule } from "../../src/faults/notation.js";
import type { Schedule } from "../../src/faults/schedule.js";
import { FaultGraph } from "../../src/lineage/fault-graph.js";
import { dimacs } from "../../src/solving/dimacs.js";
import { Hypotheses } from "../../src/solving/hypotheses.js";
import { MinisatSolver } from "../../src/solving/minisat-solver.js";
import type { Formula } from "../lineage/formulas.js";
import { annotationOf, chosen, formulas, schedulesOf, truthTables } from "../lineage/formulas.js";
import { inReportOrder, isAtMost, minimalOnes } from "../reference/order.js";
import { ContrarySolver } from "./contrary-solver.js";

const bounds = budget(["a", "b", "c"], 3, 2, 2);
const schedules = [...schedulesOf(bounds)].sort(inReportOrder);
const newGraph = (): FaultGraph => new FaultGraph(bounds);
const shown = (schedule: Schedule | undefined | Stopped): string =>
  schedule === undefined ? "none" : isStopped(schedule) ? schedule.reason : formatSchedule(schedule);

/** The schedules that are given, each blocked before the next is asked for. */
function allOf(hypotheses: Hypotheses): readonly Schedule[] {
  const given: Schedule[] = [];
  for (let next = hypotheses.smallest(); next !== undefined; next = hypotheses.smallest()) {
    if (isStopped(next)) throw new Error(next.detail);
    given.push(next);
    hypotheses.block(next);
  }
  return given;
}

function isWithin(schedule: Schedule, { crashes, omissions, maxFaults }: Budget): boolean {
  const crashing = schedule.filter(isCrash).length;
  return crashing <= crashes && schedule.length - crashing <= omissions && schedule.length <= maxFaults;
}

/** One requirement: some of these. */
const requirement = fc.array(formulas(bounds, 4), { minLength: 1, maxLength: 2 });
const table = truthTables(bounds, schedules);
/** The schedules that meet all requirements. */
const meeting = (...requirements: readonly (readonly Formula[])[]): readonly Schedule[] =>
  chosen(
    requirements.map((some) => some.map(table).reduce((a, b) => a | b)).reduce((a, b) => a & b),
    schedules,
  );

describe("against a list of all schedules", () => {
  test("the schedule given is the first of the smallest that meet all requirements, as they come in", () => {
    let found = 0;
    fc.assert(
      fc.property(fc.array(requirement, { minLength: 1, maxLength: 3 }), (requirements) => {
        const graph = newGraph();
        const hypotheses = new Hypotheses(graph, new MinisatSolver());
        for (const [i, some] of requirements.entries()) {
          hypotheses.requireSome(some.map((f) => annotationOf(f, graph)));
          const left = meeting(...requirements.slice(0, i + 1));
          expect(hypotheses.any()).toBe(left.length > 0);
          expect(shown(hypotheses.smallest())).toBe(shown(left[0]));
          if ((left[0]?.length ?? 0) > 0) found++;
          expect(hypotheses.ruledOut).toBeLessThan(left[0]?.length ?? Infinity);
        }
      }),
      { numRuns: 40, seed: 4 },
    );
    expect(found).toBeGreaterThan(20);
  });

  test("limited to one smaller budget after another, it is the first of the smallest within that budget", () => {
    const smaller = [{ crashes: 0 }, { crashes: 1, omissions: 1 }, { maxFaults: 1 }, {}].map((fewer) => ({
      ...bounds,
      ...fewer,
    }));
    const seen = new Set<number>();
    fc.assert(
      fc.property(requirement, (some) => {
        const graph = newGraph();
        const hypotheses = new Hypotheses(graph, new MinisatSolver());
        hypotheses.requireSome(some.map((f) => annotationOf(f, graph)));
        for (const [i, budget] of smaller.entries()) {
          hypotheses.restrict(budget);
          const [first] = meeting(some).filter((schedule) => isWithin(schedule, budget));
          expect(hypotheses.any()).toBe(first !== undefined);
          expect(shown(hypotheses.smallest())).toBe(shown(first));
          if (first !== meeting(some)[0]) seen.add(i);
        }
      }),
      { numRuns: 40, seed: 8 },
    );
    expect([...seen].sort()).toEqual([0, 1, 2]);
  });

  test("so it is when the solver's models are as large as they can be", () => {
    fc.assert(
      fc.property(requirement, (some) => {
        const graph = newGraph();
        const hypotheses = new Hypotheses(graph, new ContrarySolver());
        hypotheses.requireSome(some.map((f) => annotationOf(f, graph)));
        expect(shown(hypotheses.smallest())).toBe(shown(meeting(some)[0]));
      }),
      { numRuns: 20, seed: 10 },
    );
  });

  test("blocking each schedule that is given leaves the minimal ones, one after the other", () => {
    fc.assert(
      fc.property(requirement, (some) => {
        const graph = newGraph();
        const hypotheses = new Hypotheses(graph, new MinisatSolver());
        hypotheses.requireSome(some.map((f) => annotationOf(f, graph)));
        const given = allOf(hypotheses);
        const matching = meeting(some);
        expect(given.map(shown)).toEqual(minimalOnes(matching).map((s) => shown(s)));
        const left = matching.filter((schedule) => !given.some((g) => isAtMost(g, schedule)));
        expect(left).toEqual([]);
      }),
      { numRuns: 25, seed: 5 },
    );
  });

  test("a schedule with a fault is distinguished from the one without", () => {
    fc.assert(
      fc.property(requirement, (some) => {
        const graph = newGraph();
        const annotations = some.map((f) => annotationOf(f, graph));
        const hypotheses = new Hypotheses(graph, new MinisatSolver());
        hypotheses.requireSome(annotations);
        if (annotations.includes(TRUE)) return;
        // Faults that no annotation mentions are not known here: they make no difference.
        const mentioned = hypotheses.literals.omissions.map((o) => formatSchedule([o.fault]));
        const matching = meeting(some).filter(
          (s) => s.length > 0 && s.every((f) => f.kind === "crash" || mentioned.includes(formatSchedule([f]))),
        );
        if (!hypotheses.anyWithFault())
          expect(matching.filter((s) => s.some((f) => f.kind === "omission"))).toEqual([]);
        else expect(matching.length).toBeGreaterThan(0);
      }),
      { numRuns: 25, seed: 6 },
    );
  });
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

  test("what is always true needs no fault", () => {
    const hypotheses = new Hypotheses(newGraph(), new MinisatSolver());
    hypotheses.requireSome([TRUE]);
    expect(hypotheses.smallest()).toEqual([]);
  });
});

describe("DIMACS", () => {
  /** Reads what was written, and asks MiniSat. */
  function satisfiable(text: string): boolean {
    const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("c"));
    const [header, ...clauses] = lines;
    const [, , variables, count] = (header ?? "").split(" ");
    expect(clauses.length).toBe(Number(count));
    const solver = new MinisatSolver();
    for (let i = 0; i < Number(variables); i++) solver.newVariable();
    for (const line of clauses) {
      const literals = line.split(" ").map(Number);
      expect(literals.pop()).toBe(0);
      expect(literals.every((l) => l !== 0 && Math.abs(l) <= Number(variables))).toBe(true);
      solver.addClause(literals);
    }
    return solver.solve([]);
  }

  test("the file is satisfiable exactly if some schedule makes one of the annotations true", () => {
    let unsatisfiable = 0;
    fc.assert(
      fc.property(requirement, requirement, (some, others) => {
        const graph = newGraph();
        // Conjunctions, so that some have no model.
        const annotations = some.flatMap((f) =>
          others.map((g) => graph.and(annotationOf(f, graph), annotationOf(g, graph))),
        );
        const expected = meeting(some, others).length > 0;
        expect(satisfiable(dimacs(graph, annotations, ["a title"]))).toBe(expected);
        if (!expected) unsatisfiable++;
      }),
      { numRuns: 40, seed: 7 },
    );
    expect(unsatisfiable).toBeGreaterThan(1);
  });

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
