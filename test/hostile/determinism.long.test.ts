import { describe, test } from "vitest";
import { expectSameAnywhere, expectSameInAnyOrder } from "./same-output.js";

describe("the same output, byte for byte but for the times", () => {
  test.each([
    ["commit/2pc", "json"],
    ["replication/kafka-isr", "pretty"],
  ])("%s as %s, time and again, in another locale and time zone", (name, format) => {
    expectSameAnywhere(name, format);
  });

  test.each([10, 19, 36])("generated program %i, its statements in files in one order or the other", (seed) => {
    expectSameInAnyOrder(seed);
  });
});
