import { expect, test } from "vitest";
import type { ReferenceFault } from "../../reference/schedules.js";
import { isAbsence, isCut } from "../../reference/schedules.js";
import { countSchedules } from "../../reference/space.js";
import { examineFaulty, faultySubjectOfSeed } from "../faults.js";
import { models, verdicts } from "./agreement.js";
import type { Misreading } from "./reference-engine.js";
import { referenceEngine } from "./reference-engine.js";

/** Mistakes that an engine may make, each of which some property has to notice. */
const mistakes: Readonly<Record<string, Misreading>> = {
  "a pause forgets": { fault: (f) => (f.kind === "pause" ? { ...f, kind: "restart" } : f) },
  "a restart forgets nothing": { fault: (f) => (f.kind === "restart" ? { ...f, kind: "pause" } : f) },
  "a delayed message is lost": {
    fault: (f) => (f.kind === "delay" ? { kind: "omission", from: f.from, to: f.to, at: f.at } : f),
  },
  "a delayed message comes an instant early": {
    fault: (f) => (f.kind !== "delay" ? f : f.arrives > f.at + 2 ? { ...f, arrives: f.arrives - 1 } : undefined),
  },
  "a second copy takes the place of the first": {
    fault: (f) => (f.kind === "duplicate" ? { ...f, kind: "delay" } : f),
  },
  "a second copy does not come": { fault: unless((f) => f.kind === "duplicate") },
  "a one-way cut severs both ways": {
    fault: (f) => (f.kind === "one-way-partition" ? { ...f, kind: "partition" } : f),
  },
  "a one-way cut severs the other way": {
    fault: (f) => (f.kind === "one-way-partition" ? { ...f, a: f.b, b: f.a } : f),
  },
  "a cut ends an instant early": {
    fault: (f) => (!isCut(f) ? f : f.until > f.at ? { ...f, until: f.until - 1 } : undefined),
  },
  "a partial cut is overlooked": { fault: unless((f) => f.kind === "partial-partition") },
  "a node is back an instant early": {
    fault: (f) => (!isAbsence(f) ? f : f.until > f.at + 1 ? { ...f, until: f.until - 1 } : undefined),
  },
  "a node crashes an instant late": { fault: (f) => (f.kind === "crash" ? { ...f, at: f.at + 1 } : f) },
  "`//! durable` is overlooked": { text: without("durable") },
  "`//! forgets` is overlooked": { text: without("forgets") },
  "`//! observer` is overlooked": { text: without("observer") },
  "`//! maybe` is overlooked": { text: without("maybe") },
  "`//! one-of` is overlooked": { text: without("one-of") },
  "`never` is overlooked": { text: (text) => text.replace(/\b(never|wrong)\(/g, "seldom(") },
  "`restart` is not built in": { text: (text) => `${text}\nrestart("nowhere")@1;` },
};

function unless(overlooked: (fault: ReferenceFault) => boolean): (fault: ReferenceFault) => ReferenceFault | undefined {
  return (fault) => (overlooked(fault) ? undefined : fault);
}

function without(line: string): (text: string) => string {
  return (text) => text.replaceAll(`//! ${line} `, `// ${line} `);
}

const subjects = Array.from({ length: 40 }, (_, i) => faultySubjectOfSeed(i + 1));

test.each(Object.entries(mistakes))("it is noticed that %s", { timeout: 60_000 }, (_, mistake) => {
  const engine = referenceEngine(mistake);
  const isNoticed = subjects.some((subject) => {
    if ("refused" in subject) return false;
    if (examineFaulty(models, subject, engine).kind === "failed") return true;
    const isSmall = countSchedules(subject.budget, subject.reference.inputs, 100) <= 100;
    return isSmall && examineFaulty(verdicts, subject, engine).kind === "failed";
  });
  expect(isNoticed).toBe(true);
});
