import { expect, test } from "vitest";
import type { Case } from "./generator/generate.js";
import { generate } from "./generator/generate.js";
import { storedCase, storedText } from "./regression-file.js";
import { describeRegressions } from "./regressions.js";

describeRegressions(({ seed }) => [seed]);

test("a stored failure is read back as the case it was", () => {
  const original = generate(7);
  expect(storedCase<Case>(storedText({ property: "model", case: original, message: "two\nlines" }))).toEqual(original);
});
