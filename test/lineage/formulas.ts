import fc from "fast-check";
import type { Annotation } from "../../src/faults/annotation.js";
import { constants, FALSE, TRUE } from "../../src/faults/annotation.js";
import type { Budget } from "../../src/faults/budget.js";
import { lastOmission } from "../../src/faults/channel-faults.js";
import { FaultyEnvironment } from "../../src/faults/environment.js";
import type { Schedule } from "../../src/faults/schedule.js";
import { valuesUnder } from "../../src/faults/variables.js";
import type { FaultGraph } from "../../src/lineage/fault-graph.js";
import { engineSchedule } from "../properties/engine-schedule.js";
import { allSchedules } from "../reference/space.js";

/** A Boolean function of the faults, as a tree. */
export type Formula =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "lost"; readonly from: number; readonly to: number; readonly at: number }
  | { readonly kind: "crashed"; readonly node: number; readonly at: number }
  | { readonly kind: "not"; readonly of: Formula }
  | { readonly kind: "and" | "or"; readonly left: Formula; readonly right: Formula };

/** Formulas over the faults of a budget with at least two nodes. */
export function formulas(budget: Budget, depth: number): fc.Arbitrary<Formula> {
  const node = fc.nat(budget.nodes.length - 1);
  const at = fc.integer({ min: 1, max: budget.eot });
  const leaf: fc.Arbitrary<Formula> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(node, node, at)
        .filter(([from, to]) => from !== to)
        .map(([from, to, t]): Formula => ({ kind: "lost", from, to, at: t })),
    },
    { weight: 3, arbitrary: fc.tuple(node, at).map(([n, t]): Formula => ({ kind: "crashed", node: n, at: t })) },
    { weight: 1, arbitrary: fc.boolean().map((value): Formula => ({ kind: "constant", value })) },
  );
  const grown = (levels: number): fc.Arbitrary<Formula> => {
    if (levels === 0) return leaf;
    const below = grown(levels - 1);
    return fc.oneof(
      { weight: 1, arbitrary: leaf },
      { weight: 2, arbitrary: below.map((of): Formula => ({ kind: "not", of })) },
      {
        weight: 6,
        arbitrary: fc
          .tuple(fc.constantFrom("and" as const, "or" as const), below, below)
          .map(([kind, left, right]): Formula => ({ kind, left, right })),
      },
    );
  };
  return grown(depth);
}

/** The formula in the graph. */
export function annotationOf(formula: Formula, graph: FaultGraph): Annotation {
  switch (formula.kind) {
    case "constant":
      return formula.value ? TRUE : FALSE;
    case "lost":
      return graph.lost(formula.from, formula.to, formula.at);
    case "crashed":
      return graph.crashed(formula.node, formula.at);
    case "not":
      return annotationOf(formula.of, graph) ^ 1;
    case "and":
      return graph.and(annotationOf(formula.left, graph), annotationOf(formula.right, graph));
    case "or":
      return graph.or(annotationOf(formula.left, graph), annotationOf(formula.right, graph));
  }
}

/** Truth tables over these schedules, as bits: bit i says whether a formula is true under schedule i. */
export function truthTables(budget: Budget, schedules: readonly Schedule[]): (formula: Formula) => bigint {
  const { nodes } = budget;
  const environments = schedules.map((s) => new FaultyEnvironment(nodes.length, constants, valuesUnder(nodes, s)));
  const everywhere = (1n << BigInt(schedules.length)) - 1n;
  const leaves = new Map<string, bigint>();
  const leaf = (f: Extract<Formula, { kind: "lost" | "crashed" }>): bigint => {
    const name = JSON.stringify(f);
    let table = leaves.get(name);
    if (table === undefined) {
      const bits = environments.map((e) =>
        f.kind === "crashed" ? e.crashed(f.node, f.at) : e.arrivals(f.from, f.to, f.at).length === 0 ? TRUE : FALSE,
      );
      table = BigInt(`0b0${bits.reverse().join("")}`);
      leaves.set(name, table);
    }
    return table;
  };
  const table = (f: Formula): bigint => {
    switch (f.kind) {
      case "constant":
        return f.value ? everywhere : 0n;
      case "lost":
      case "crashed":
        return leaf(f);
      case "not":
        return everywhere ^ table(f.of);
      case "and":
        return table(f.left) & table(f.right);
      case "or":
        return table(f.left) | table(f.right);
    }
  };
  return table;
}

/** The schedules whose bit is set. */
export function chosen(table: bigint, schedules: readonly Schedule[]): readonly Schedule[] {
  const bits = table.toString(2).split("").reverse();
  return schedules.filter((_, i) => bits[i] === "1");
}

/** Every schedule of a budget. */
export function schedulesOf(budget: Budget): readonly Schedule[] {
  return [...allSchedules({ ...budget, eff: lastOmission(budget) + 1 })].map(engineSchedule);
}
