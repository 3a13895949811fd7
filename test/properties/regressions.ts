import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Case } from "./generator/generate.js";
import { examine, properties } from "./properties.js";
import { storedCase } from "./regression-file.js";
import { subjectOf } from "./subject.js";

const folder = new URL("../regressions/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".ded"));

/** Programs on which something was once wrong: whatever is claimed of every program is claimed of them, with choices by these seeds. */
export function describeRegressions(seedsOf: (stored: Case) => readonly number[]): void {
  describe.each(files.map((name) => ({ name })))("$name", ({ name }) => {
    const stored = storedCase<Case>(readFileSync(new URL(name, folder), "utf8"));
    const subject = subjectOf(stored);

    test.each(properties.map((property) => ({ claim: property.claim, property })))("$claim", ({ property }) => {
      if ("refused" in subject) throw new Error(subject.refused);
      for (const seed of seedsOf(stored)) {
        const finding = examine(property, subject, seed);
        expect(finding.kind === "failed" ? finding.message : undefined).toBeUndefined();
      }
    });
  });
}
