import { describe, expect, test } from "vitest";
import { strayFaults } from "../../src/faults/admission.js";
import type { Fault } from "../../src/faults/kinds.js";

const crash = (node: string, at: number): Fault => ({ kind: "crash", node, at });
const omit = (from: string, to: string, at: number): Fault => ({ kind: "omission", from, to, at });

describe("faults that affect no message", () => {
  const problems = (...faults: readonly Fault[]): readonly string[] =>
    strayFaults(faults, { nodes: ["a", "b"], eot: 3 }).map(({ problem }) => problem);

  test("name something that is not a node, or an instant after EOT", () => {
    expect(problems(omit("a", "z", 1), crash("z", 4))).toEqual([
      "z is not a node",
      "z is not a node",
      "instant 4 is after EOT",
    ]);
  });

  test("crash a node twice", () => {
    expect(problems(crash("a", 2), crash("b", 1), crash("a", 1))).toEqual(["a crashes at 2 already"]);
  });

  test("are not those that affect a message, even where nothing is sent", () => {
    expect(problems(crash("a", 3), omit("b", "b", 3), omit("b", "a", 1))).toEqual([]);
  });
});
