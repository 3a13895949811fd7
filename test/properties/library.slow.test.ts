import { describe, test } from "vitest";
import { expectReadAlike, sampled } from "./library-firsts.js";

describe("the program library, as the naive evaluator reads it", () => {
  test.each(sampled)("$name", expectReadAlike);
});
