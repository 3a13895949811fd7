import { describe, test } from "vitest";
import { expectInterruptible, expectKnownEndings, expectLateAtAnyStage, violated } from "./cut-off.js";

describe("a check that is cut off", () => {
  test.each(["lineage", "alternate", "exhaustive"])(
    "by the strategy %s, at any of its steps, ends undecided, or with its verdict once that is known",
    (strategy) => expectInterruptible(strategy, 20),
  );

  test("by its time limit, at any stage, ends undecided, or with its verdict once that is known", () =>
    expectLateAtAnyStage(violated));

  test("from outside says at every stage and for every reason what is known by then", () =>
    expectKnownEndings(violated));
});
