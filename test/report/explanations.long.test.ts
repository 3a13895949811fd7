import { describe, it } from "vitest";
import { expectKeptExplanations, others } from "./kept-explanations.js";

describe("the explanation of a violation in words", () => {
  it.each(others)("$path", expectKeptExplanations);
});
