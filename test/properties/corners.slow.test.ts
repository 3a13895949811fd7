import { describe, expect, test } from "vitest";
import { evaluateProgram } from "../reference/evaluate.js";
import { showSchedule } from "../reference/schedules.js";
import { allSchedules } from "../reference/space.js";
import { corners } from "./corners.js";
import { draftOf } from "./draft.js";
import { engineSchedule } from "./engine-schedule.js";
import { parse } from "./loading.js";
import { differenceUnder } from "./model.js";
import { examine, properties } from "./properties.js";
import type { Subject } from "./subject.js";
import { subjectOf } from "./subject.js";

function subjectOfCorner(text: string): Subject {
  const subject = subjectOf({ seed: 1, draft: draftOf(parse(text)), nodes: ["a", "b"], eot: 4, eff: 2, crashes: 1 });
  if ("refused" in subject) throw new Error(subject.refused);
  return subject;
}

describe.each(corners)("$sentence", ({ text }) => {
  const subject = subjectOfCorner(text);

  test("the models of both evaluators are the same under every schedule", () => {
    for (const schedule of allSchedules(subject.budget)) {
      const naive = evaluateProgram(subject.reference, { ...subject.budget, schedule });
      const difference =
        naive.kind === "too-large" ? naive.kind : differenceUnder(subject, engineSchedule(schedule), naive);
      expect(difference && `${difference}; under ${showSchedule(schedule)}`).toBeUndefined();
    }
  });

  test("every property holds", () => {
    for (const property of properties) {
      const finding = examine(property, subject, 1);
      expect(finding.kind === "failed" ? `${property.claim}: ${finding.message}` : undefined).toBeUndefined();
    }
  });
});
