import { draftOf } from "./draft.js";
import { parse } from "./loading.js";
import type { Subject } from "./subject.js";
import { subjectOf } from "./subject.js";

/** The program of a corner, as the properties take it. */
export function subjectOfCorner(text: string): Subject {
  const subject = subjectOf({ seed: 1, draft: draftOf(parse(text)), nodes: ["a", "b"], eot: 4, eff: 2, crashes: 1 });
  if ("refused" in subject) throw new Error(subject.refused);
  return subject;
}
