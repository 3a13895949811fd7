import fc from "fast-check";
import { expect } from "vitest";
import type { Stopped } from "../../src/execution/stopped.js";
import { isStopped } from "../../src/execution/stopped.js";
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
export const newGraph = (): FaultGraph => new FaultGraph(bounds);
export const shown = (schedule: Schedule | undefined | Stopped): string =>
  schedule === undefined ? "none" : isStopped(schedule) ? schedule.reason : formatSchedule(schedule);

/** The schedules that are given, each blocked before the next is asked for. */
export function allOf(hypotheses: Hypotheses): readonly Schedule[] {
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

function expectFirstOfSmallest(runs: number): void {
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
    { numRuns: runs, seed: 4 },
  );
  expect(found).toBeGreaterThan(runs / 2);
}

function expectFirstWithinBudgets(runs: number): void {
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
    { numRuns: runs, seed: 8 },
  );
  expect([...seen].sort()).toEqual([0, 1, 2]);
}

function expectFirstOfLargeModels(runs: number): void {
  fc.assert(
    fc.property(requirement, (some) => {
      const graph = newGraph();
      const hypotheses = new Hypotheses(graph, new ContrarySolver());
      hypotheses.requireSome(some.map((f) => annotationOf(f, graph)));
      expect(shown(hypotheses.smallest())).toBe(shown(meeting(some)[0]));
    }),
    { numRuns: runs, seed: 10 },
  );
}

function expectMinimalOnes(runs: number): void {
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
    { numRuns: runs, seed: 5 },
  );
}

function expectDistinguished(runs: number): void {
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
      if (!hypotheses.anyWithFault()) expect(matching.filter((s) => s.some((f) => f.kind === "omission"))).toEqual([]);
      else expect(matching.length).toBeGreaterThan(0);
    }),
    { numRuns: runs, seed: 6 },
  );
}

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

function expectSatisfiable(runs: number): void {
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
    { numRuns: runs, seed: 7 },
  );
  expect(unsatisfiable).toBeGreaterThan(1);
}

/** What a list of all schedules confirms, with so many of its cases as are enough for every day. */
export const listedClaims: readonly {
  readonly claim: string;
  readonly few: number;
  readonly expectOf: (runs: number) => void;
}[] = [
  {
    claim: "the schedule given is the first of the smallest that meet all requirements, as they come in",
    few: 16,
    expectOf: expectFirstOfSmallest,
  },
  {
    claim: "limited to one smaller budget after another, it is the first of the smallest within that budget",
    few: 16,
    expectOf: expectFirstWithinBudgets,
  },
  {
    claim: "so it is when the solver's models are as large as they can be",
    few: 8,
    expectOf: expectFirstOfLargeModels,
  },
  {
    claim: "blocking each schedule that is given leaves the minimal ones, one after the other",
    few: 10,
    expectOf: expectMinimalOnes,
  },
  { claim: "a schedule with a fault is distinguished from the one without", few: 10, expectOf: expectDistinguished },
  {
    claim: "a DIMACS file is satisfiable exactly if some schedule makes one of the annotations true",
    few: 16,
    expectOf: expectSatisfiable,
  },
];
