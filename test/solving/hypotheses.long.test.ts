import { describe, test } from "vitest";
import {
  expectDistinguished,
  expectFirstOfLargeModels,
  expectFirstOfSmallest,
  expectFirstWithinBudgets,
  expectMinimalOnes,
  expectSatisfiable,
} from "./hypothesis-claims.js";

describe("against a list of all schedules", () => {
  test.each([
    [
      "the schedule given is the first of the smallest that meet all requirements, as they come in",
      expectFirstOfSmallest,
    ],
    [
      "limited to one smaller budget after another, it is the first of the smallest within that budget",
      expectFirstWithinBudgets,
    ],
    ["so it is when the solver's models are as large as they can be", expectFirstOfLargeModels],
    ["blocking each schedule that is given leaves the minimal ones, one after the other", expectMinimalOnes],
    ["a schedule with a fault is distinguished from the one without", expectDistinguished],
    ["the file is satisfiable exactly if some schedule makes one of the annotations true", expectSatisfiable],
  ])("%s", (_, expectIt) => {
    expectIt(100);
  });
});
