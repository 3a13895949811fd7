import { describe, it } from "vitest";
import { expectKeptExplanations, ofRealSize, violated } from "./kept-explanations.js";

describe("the explanation of a violation in words", () => {
  it.each(violated.filter(({ path }) => !ofRealSize(path)))("$path", expectKeptExplanations);
});
