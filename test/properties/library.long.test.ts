import { describe, test } from "vitest";
import { expectReadAlike, firsts, takesSeconds } from "./library-firsts.js";

describe("the program library, as the naive evaluator reads it", () => {
  test.each(firsts.filter(takesSeconds))("$name", expectReadAlike);
});
