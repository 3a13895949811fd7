import { describe, expect, test } from "vitest";
import { evaluateProgram } from "../reference/evaluate.js";
import { showSchedule } from "../reference/schedules.js";
import { allSchedules } from "../reference/space.js";
import { subjectOfCorner } from "./corner-subjects.js";
import { corners } from "./corners.js";
import { engineSchedule } from "./engine-schedule.js";
import { differenceUnder } from "./model.js";
import { examine, properties } from "./properties.js";
import { propertiesNamed } from "./suite.js";

/** What the evaluation of a program and its verdict show; corners.long.test.ts asks every property. */
const asked = ["printing", "nodes", "model", "annotations", "verdict", "derivations", "sharing"];

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

  test("so are its annotations, its derivations and its verdict", () => {
    for (const property of propertiesNamed({ properties }, asked)) {
      const finding = examine(property, subject, 1);
      expect(finding.kind === "failed" ? `${property.claim}: ${finding.message}` : undefined).toBeUndefined();
    }
  });
});
