import { describe, expect, test } from "vitest";
import { examineSums, sumSuite } from "./sums.js";

describe("generated programs with sums that are functions of the schedule", () => {
  test.each(sumSuite.properties.map(({ name, claim }) => [claim, name] as const))("%s", (_, name) => {
    expect(examineSums(name, 13, 60).failures).toEqual([]);
  });
});
