import { explanationsOfCorrectness } from "./alternation.js";
import { annotationReadings } from "./annotations.js";
import { breaking } from "./breaking.js";
import { growingBudgets } from "./budgets.js";
import { certificates } from "./certificates.js";
import { elimination } from "./elimination.js";
import { errors, explanationsOfErrors } from "./errors.js";
import { derivations } from "./explanations.js";
import type { Case } from "./generator/generate.js";
import { generate } from "./generator/generate.js";
import { invariances, printing } from "./invariance.js";
import { mending } from "./mending.js";
import { traitsOf } from "./mix.js";
import { modelEquality, nodeInference } from "./model.js";
import { sharedBuilds } from "./sharing.js";
import { reductions } from "./shrink.js";
import type { Property, Subject } from "./subject.js";
import { subjectOf } from "./subject.js";
import type { Suite } from "./suite.js";
import { examiner } from "./suite.js";
import { lineageVerdict, minimalCounterexamples, otherStrategies } from "./verdicts.js";
import { adequacyWarnings, sweepsLookEverywhere } from "./warnings.js";

/** All that is claimed of every program. */
export const properties: readonly Property[] = [
  printing,
  nodeInference,
  modelEquality,
  annotationReadings,
  lineageVerdict,
  otherStrategies,
  minimalCounterexamples,
  invariances,
  derivations,
  breaking,
  adequacyWarnings,
  certificates,
  growingBudgets,
  explanationsOfCorrectness,
  sharedBuilds,
  elimination,
  errors,
  explanationsOfErrors,
  sweepsLookEverywhere,
  mending,
];

/** Checks one property; what it throws is a failure too. The choices depend on the seed and the property alone. */
export const examine = examiner(properties);

/** The subject of a seed, or why its program was refused. */
export function subjectOfSeed(seed: number): Subject | { readonly refused: string } {
  return subjectOf(generate(seed));
}

/** The programs of `generate`, with losses and crashes. */
export const suite: Suite<Case, Subject, Property> = {
  properties,
  generate,
  subjectOf,
  examine,
  reductions,
  traits: traitsOf,
};
