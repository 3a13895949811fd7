import { describe, test } from "vitest";
import { expectReadAlike, others } from "./library-firsts.js";

describe("the program library, as the naive evaluator reads it", () => {
  test.each(others)("$name", expectReadAlike);
});
