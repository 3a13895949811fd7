import { describe, expect, it } from "vitest";
import { budget } from "../../src/faults/budget.js";
import { FaultVariables } from "../../src/faults/variables.js";
import { FaultGraph } from "../../src/lineage/fault-graph.js";
import { fewestMessages } from "../../src/lineage/fewest-messages.js";

const variables = new FaultVariables(budget(["a", "b", "c"], 6, 6, 1));
const none: ReadonlySet<number> = new Set();

/** The numbers of omissions, by sender, receiver and time. */
function omissions(...messages: readonly (readonly [number, number, number])[]): readonly number[] {
  return messages.map(([from, to, at]) => variables.omit(from, to, at) ?? -1);
}

describe("what an annotation rests on", () => {
  const graph = new FaultGraph(variables.budget);
  const direct = graph.lost(0, 2, 4) ^ 1;
  const detour = graph.and(graph.lost(0, 1, 1) ^ 1, graph.lost(1, 2, 2) ^ 1);
  const either = graph.or(direct, detour);

  it("is the fewest messages, and none that are lost", () => {
    expect(fewestMessages(graph, either, none, none)).toEqual({
      delivered: omissions([0, 2, 4]),
      restsOnLosses: false,
    });
    const lost = new Set(omissions([0, 2, 4]));
    expect([...(fewestMessages(graph, either, lost, none)?.delivered ?? [])].sort()).toEqual(
      [...omissions([0, 1, 1], [1, 2, 2])].sort(),
    );
    expect(fewestMessages(graph, direct, lost, none)).toBeUndefined();
  });

  it("is more messages where that spares a scarce one", () => {
    const found = fewestMessages(graph, either, none, new Set(omissions([0, 2, 4])));
    expect([...(found?.delivered ?? [])].sort()).toEqual([...omissions([0, 1, 1], [1, 2, 2])].sort());
  });

  it("is earlier messages rather than later ones", () => {
    const retried = graph.or(graph.lost(0, 1, 3) ^ 1, graph.lost(0, 1, 2) ^ 1);
    expect(fewestMessages(graph, retried, none, none)?.delivered).toEqual(omissions([0, 1, 2]));
  });

  it("says when it is a loss, too: a retry because the first message did not arrive", () => {
    const retry = graph.and(graph.lost(0, 1, 1), graph.lost(0, 1, 3) ^ 1);
    expect(fewestMessages(graph, retry, none, none)).toBeUndefined();
    expect(fewestMessages(graph, retry, new Set(omissions([0, 1, 1])), none)).toEqual({
      delivered: omissions([0, 1, 3]),
      restsOnLosses: true,
    });
  });

  it("is empty if it is always true, and never a crash", () => {
    expect(fewestMessages(graph, 1, none, none)).toEqual({ delivered: [], restsOnLosses: false });
    expect(fewestMessages(graph, 0, none, none)).toBeUndefined();
    expect(fewestMessages(graph, graph.crashed(0, 2), none, none)).toBeUndefined();
  });
});
