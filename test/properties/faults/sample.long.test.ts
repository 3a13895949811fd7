import { describe, expect, test } from "vitest";
import { examineFaulty, faultProperties, faultySubjectOfSeed } from "../faults.js";
import { engine } from "./connected-engine.js";

/** As many seeds as a minute or two are enough for. */
const count = 60;

describe(`every property of the generated programs 1 to ${count} with faults of every kind`, () => {
  test.each(faultProperties.map((property) => [property.claim, property] as const))("%s", (_, property) => {
    const failures: string[] = [];
    for (let seed = 1; seed <= count; seed++) {
      const subject = faultySubjectOfSeed(seed);
      if ("refused" in subject) continue;
      const finding = examineFaulty(property, subject, engine);
      if (finding.kind === "failed") failures.push(`seed ${seed}: ${finding.message}`);
    }
    expect(failures).toEqual([]);
  });
});
