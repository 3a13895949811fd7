import { expect, test } from "vitest";
import { survey } from "../reference/exhaustive.js";
import { countSchedules } from "../reference/space.js";
import { faultySubjectOfSeed } from "./faults.js";
import { subjectOfSeed } from "./properties.js";

test("the economical survey of all schedules finds what running each of them finds", () => {
  let compared = 0;
  for (let seed = 1; compared < 8; seed++) {
    const subject = subjectOfSeed(seed);
    if ("refused" in subject || countSchedules(subject.budget, [], 300) > 300) continue;
    const { reference, specification, budget } = subject;
    const sorted = (thrifty: boolean): unknown => survey(reference, specification, budget, thrifty);
    expect(sorted(true)).toEqual(sorted(false));
    compared++;
  }
});

test("nor does it matter to faults of other kinds, and to inputs", () => {
  let compared = 0;
  for (let seed = 1; compared < 8; seed++) {
    const subject = faultySubjectOfSeed(seed);
    if ("refused" in subject || countSchedules(subject.budget, subject.reference.inputs, 200) > 200) continue;
    const { reference, specification, budget } = subject;
    const sorted = (thrifty: boolean): unknown => survey(reference, specification, budget, thrifty);
    expect(sorted(true)).toEqual(sorted(false));
    compared++;
  }
});
