import { describe, it } from "vitest";
import { expectKeptExplanations, sampled } from "./kept-explanations.js";

describe("the explanation of a violation in words", () => {
  it.each(sampled)("$path", expectKeptExplanations);
});
