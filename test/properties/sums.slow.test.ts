import { describe, expect, test } from "vitest";
import { examineSums } from "./sums.js";

/** Of what `npm run fuzz -- --sums` asks of thousands of seeds, the cheapest, for the first few. */
describe("generated programs with sums that are functions of the schedule", () => {
  test.each(["annotations", "verdict", "sharing"])("%s", (name) => {
    const { failures, varying } = examineSums(name, 1, 12);
    expect(failures).toEqual([]);
    expect(varying).toBeGreaterThan(6);
  });
});
