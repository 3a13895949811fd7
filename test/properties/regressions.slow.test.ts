import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Case } from "./generator/generate.js";
import { generate } from "./generator/generate.js";
import { examine, properties } from "./properties.js";
import { storedCase, storedText } from "./regression-file.js";
import { subjectOf } from "./subject.js";

const folder = new URL("../regressions/", import.meta.url);
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".ded")) : [];

/** Programs on which something was once wrong: whatever is claimed of every program is claimed of them. */
describe.each(files.map((name) => ({ name })))("$name", ({ name }) => {
  const stored = storedCase<Case>(readFileSync(new URL(name, folder), "utf8"));
  const subject = subjectOf(stored);

  test.each(properties.map((property) => ({ claim: property.claim, property })))(
    "$claim",
    { timeout: 60_000 },
    ({ property }) => {
      if ("refused" in subject) throw new Error(subject.refused);
      for (const seed of [stored.seed, 1, 2, 3]) {
        const finding = examine(property, subject, seed);
        expect(finding.kind === "failed" ? finding.message : undefined).toBeUndefined();
      }
    },
  );
});

test("a stored failure is read back as the case it was", () => {
  const original = generate(7);
  expect(storedCase<Case>(storedText({ property: "model", case: original, message: "two\nlines" }))).toEqual(original);
});
