import { expect, test } from "vitest";
import { subjectOfCorner } from "./corner-subjects.js";
import { corners } from "./corners.js";
import { examine, properties } from "./properties.js";

test.each(corners)("every property holds where $sentence", ({ text }) => {
  const subject = subjectOfCorner(text);
  for (const property of properties) {
    const finding = examine(property, subject, 1);
    expect(finding.kind === "failed" ? `${property.claim}: ${finding.message}` : undefined).toBeUndefined();
  }
});
