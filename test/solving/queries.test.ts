import { describe, expect, test } from "vitest";
import type { Stopped } from "../../src/execution/stopped.js";
import { stopped } from "../../src/execution/stopped.js";
import { budget } from "../../src/faults/budget.js";
import { FaultGraph } from "../../src/lineage/fault-graph.js";
import { decide } from "../../src/search/check.js";
import type { Hypotheses } from "../../src/solving/hypotheses.js";
import type { Query } from "../../src/solving/queries.js";
import { queriesOn, query, ReusableSolver, SharedSolver } from "../../src/solving/queries.js";
import { settingOf } from "../search/deciding.js";

const graph = new FaultGraph(budget(["a", "b"], 2, 2, 0));
const lost = graph.lost(0, 1, 1);
const never = (): undefined => undefined;
const noMemory = stopped("memory", "the SAT solver's memory of 8 MiB is exhausted, after 9 clauses");
const always = (): Stopped => noMemory;

describe("when the solver's memory ends", () => {
  test("the search ends, and says what ran out", () => {
    const setting = settingOf(`log("a", "p")@1; log(N, P)@next :- log(N, P);`, { eot: 2, nodes: ["a"] });
    const result = decide(setting, {}, (search) => {
      // A correct run comes first, and is known.
      expect(search.failureFree.eot).toBe(2);
      const found = query(graph, always, (hypotheses) => hypotheses.smallest());
      return found === noMemory ? noMemory : { kind: "holds", method: "lineage", warnings: [] };
    });
    expect(result).toMatchObject({
      kind: "verdict",
      verdict: {
        kind: "inconclusive",
        reason: "memory",
        detail: expect.stringContaining("8 MiB"),
        known: { executions: 1 },
      },
    });
  });

  test("one that was used before gives way to a fresh one, and the work is done again", () => {
    const turns = new ReusableSolver();
    const asked: Hypotheses[] = [];
    const answer = turns.query(
      graph,
      () => (asked.length === 1 ? noMemory : undefined),
      (hypotheses) => {
        asked.push(hypotheses);
        hypotheses.requireSome([lost]);
        return hypotheses.smallest();
      },
    );
    expect(answer).toEqual([{ kind: "omission", from: "a", to: "b", at: 1 }]);
    expect(asked).toHaveLength(2);
    // With a fresh one that has no memory either, that is the answer.
    expect(turns.query(graph, always, (hypotheses) => hypotheses.any())).toBe(noMemory);
  });
});

describe.each<readonly [string, Query]>([
  ["a solver of its own", query],
  ["a solver for one graph", queriesOn(graph)],
  ["a shared solver", new SharedSolver().query],
  ["a shared solver, asked once", new SharedSolver().onlyQuery],
  ["a solver in turns", new ReusableSolver().query],
])("a question put to %s", (_, using) => {
  test("has nothing of the questions before it", () => {
    const some = using(graph, never, (hypotheses) => {
      hypotheses.requireSome([lost]);
      return hypotheses.smallest();
    });
    expect(some).toEqual([{ kind: "omission", from: "a", to: "b", at: 1 }]);
    const none = using(graph, never, (hypotheses) => {
      hypotheses.requireSome([lost ^ 1]);
      return hypotheses.smallest();
    });
    expect(none).toEqual([]);
  });

  test("passes on what is no matter of memory or limits", () => {
    const mistake = (): never => {
      throw new RangeError("a bug");
    };
    expect(() => using(graph, never, mistake)).toThrow(RangeError);
  });
});
