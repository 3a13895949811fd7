import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { examineFaulty, faultProperties } from "../faults.js";
import type { FaultyCase } from "../generator/faulty.js";
import { generateFaulty } from "../generator/faulty.js";
import { storedCase, storedText } from "../regression-file.js";
import { engine } from "./connected-engine.js";
import { faultySubject } from "./subject.js";

const folder = new URL("../../regressions/faults/", import.meta.url);
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".ded")) : [];

/** Programs on which an engine was once wrong under some fault: whatever is claimed of every program is claimed of them. */
describe.each(files.map((name) => ({ name })))("$name", ({ name }) => {
  const subject = faultySubject(storedCase<FaultyCase>(readFileSync(new URL(name, folder), "utf8")));

  test.each(faultProperties.map((property) => ({ claim: property.claim, property })))("$claim", ({ property }) => {
    if ("refused" in subject) throw new Error(subject.refused);
    const finding = examineFaulty(property, subject, engine);
    expect(finding.kind === "failed" ? finding.message : undefined).toBeUndefined();
  });
});

test("a stored failure is read back as the case it was, with its lines", () => {
  const lined = [1, 2, 3, 4, 5, 6, 7, 8].map(generateFaulty).find((c) => (c.draft.directives ?? []).length > 1);
  if (lined === undefined) throw new Error("no program has lines");
  expect(storedCase(storedText({ property: "model", case: lined, message: "two\nlines" }))).toEqual(lined);
});
