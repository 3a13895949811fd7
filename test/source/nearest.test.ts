import { describe, expect, it } from "vitest";
import { nearest } from "../../src/source/nearest.js";

describe("the nearest name", () => {
  it.each([
    ["lgo", ["log", "node"], "log"],
    ["mising_log", ["missing_log", "log"], "missing_log"],
    ["Log", ["node", "log"], "log"],
    ["started", ["log", "node"], undefined],
    ["Z", ["X", "z"], "z"],
    ["Z", ["X", "Y"], undefined],
    ["same", ["same"], undefined],
    ["bcat", ["bcast", "beat"], "bcast"],
  ])("to %s among %j is %s", (name, candidates, expected) => {
    expect(nearest(name, candidates)).toBe(expected);
  });

  it("is not looked for where names are enormous", () => {
    expect(nearest("x".repeat(1_000_000), ["x".repeat(999_999)])).toBeUndefined();
  });
});
