import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { annotationReadings } from "./annotations.js";
import { derivations } from "./explanations.js";
import type { LibraryCase } from "./library.js";
import { libraryCases } from "./library.js";
import { modelEquality, nodeInference } from "./model.js";
import { examine } from "./properties.js";
import { subjectOf } from "./subject.js";

const cases = libraryCases(fileURLToPath(new URL("../../programs", import.meta.url)));

/** Each program once; `npm run fuzz -- --library` takes all properties and all parameters. */
export const firsts = cases.filter((c, i) => c.name.split(" ")[0] !== cases[i - 1]?.name.split(" ")[0]);

/** A third of them, without two that take the naive evaluator seconds; the others have a long test. */
export const sampled = firsts.filter(
  ({ name }, i) => i % 3 === 0 && !/^(bugs\/openraft-2083|streaming\/flux)/.test(name),
);
export const others = firsts.filter((c) => !sampled.includes(c));

export function expectReadAlike(libraryCase: LibraryCase): void {
  const subject = subjectOf(libraryCase.case);
  if ("refused" in subject) throw new Error(subject.refused);
  for (const property of [nodeInference, modelEquality, annotationReadings, derivations]) {
    const finding = examine(property, subject, 1);
    expect(finding.kind === "failed" ? `${property.claim}: ${finding.message}` : finding.kind).toBe("passed");
  }
}
