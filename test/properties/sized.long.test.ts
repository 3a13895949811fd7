import { describe, expect, test } from "vitest";
import { sizedProperties, sizedSuite } from "./sized.js";
import { isRefused } from "./suite.js";

const count = 30;

describe(`every property of the generated programs 1 to ${count} with ranges, static relations, records, promises`, () => {
  test.each(sizedProperties.map((property) => [property.claim, property] as const))("%s", (_, property) => {
    const failures: string[] = [];
    let looked = 0;
    for (let seed = 1; seed <= count; seed++) {
      const subject = sizedSuite.subjectOf(sizedSuite.generate(seed));
      if (isRefused(subject)) throw new Error(subject.refused);
      const finding = sizedSuite.examine(property, subject, seed);
      if (finding.kind === "failed") failures.push(`seed ${seed}: ${finding.message}\n${subject.text}`);
      if (finding.kind === "passed") looked++;
    }
    expect(failures).toEqual([]);
    expect(looked).toBeGreaterThan(count / 4);
  });
});
