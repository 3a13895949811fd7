import { printTree } from "../../src/syntax/printer.js";
import { annotationReadings } from "./annotations.js";
import { growingBudgets } from "./budgets.js";
import type { Case } from "./generator/generate.js";
import { generateSized } from "./generator/sized.js";
import { loadText, parse } from "./loading.js";
import { traitsOf } from "./mix.js";
import { modelEquality, nodeInference } from "./model.js";
import { fewestToReach } from "./reach.js";
import { sharedBuilds } from "./sharing.js";
import { reductions } from "./shrink.js";
import type { Finding, Property, Subject } from "./subject.js";
import { failed, passed, subjectOf } from "./subject.js";
import type { Suite } from "./suite.js";
import { examiner } from "./suite.js";
import { lineageVerdict, minimalCounterexamples, otherStrategies } from "./verdicts.js";

/** What is printed is read as the same program. */
const printing: Property = {
  name: "printing",
  claim: "a program, formatted, is accepted, and formatting it again changes nothing",
  check: ({ text }): Finding => {
    const formatted = printTree(parse(text));
    const loaded = loadText(formatted);
    if ("refused" in loaded) return failed(`formatted, it is refused: ${loaded.refused}`);
    return printTree(parse(formatted)) === formatted ? passed() : failed("formatting again changes the text");
  },
};

/** What is claimed of programs that use what programs of real size need. */
export const sizedProperties: readonly Property[] = [
  printing,
  nodeInference,
  modelEquality,
  annotationReadings,
  lineageVerdict,
  otherStrategies,
  minimalCounterexamples,
  fewestToReach,
  growingBudgets,
  sharedBuilds,
];

export const sizedSuite: Suite<Case, Subject, Property> = {
  properties: sizedProperties,
  generate: generateSized,
  subjectOf,
  examine: examiner(sizedProperties),
  reductions,
  traits: traitsOf,
};
