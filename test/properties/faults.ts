import { minimalSchedules, models, spaces, verdicts } from "./faults/agreement.js";
import { engine } from "./faults/connected-engine.js";
import { faultyDerivations } from "./faults/derivations.js";
import { faultyElimination } from "./faults/elimination.js";
import type { Engine } from "./faults/engine.js";
import { trueExplanations } from "./faults/explanations.js";
import { impossibleRemoved } from "./faults/impossible.js";
import { interim } from "./faults/interim.js";
import {
  cutsAsOmissions,
  excludedKinds,
  inputsOneByOne,
  largerBudgets,
  latePastTheEnd,
  neverAtTheEnd,
  nothingBefore,
  pausesAsRestarts,
} from "./faults/laws.js";
import { liftedOneByOne } from "./faults/margin.js";
import { faultyReductions } from "./faults/reductions.js";
import { sharedInstants } from "./faults/sharing.js";
import { strategies } from "./faults/strategies.js";
import type { FaultProperty, FaultySubject } from "./faults/subject.js";
import { faultySubject } from "./faults/subject.js";
import { faultyTraits } from "./faults/traits.js";
import type { FaultyCase } from "./generator/faulty.js";
import { generateFaulty } from "./generator/faulty.js";
import type { Finding } from "./subject.js";
import type { Suite } from "./suite.js";
import { examined } from "./suite.js";

/** All that is claimed of an engine, of every program, under faults of every kind and every input. */
export const faultProperties: readonly FaultProperty[] = [
  models,
  verdicts,
  minimalSchedules,
  spaces,
  largerBudgets,
  excludedKinds,
  cutsAsOmissions,
  latePastTheEnd,
  pausesAsRestarts,
  neverAtTheEnd,
  inputsOneByOne,
  faultyDerivations,
  strategies,
  sharedInstants,
  trueExplanations,
  faultyElimination,
  liftedOneByOne,
  nothingBefore,
  interim,
  impossibleRemoved,
];

export function examineFaulty(property: FaultProperty, subject: FaultySubject, engine: Engine): Finding {
  return examined(faultProperties, property, subject.case.seed, (random) => property.check(subject, engine, random));
}

/** The programs of `generateFaulty`, with faults of every kind and open inputs. */
export const faultSuite: Suite<FaultyCase, FaultySubject, FaultProperty> = {
  properties: faultProperties,
  generate: generateFaulty,
  subjectOf: faultySubject,
  examine: (property, subject) => examineFaulty(property, subject, engine),
  reductions: faultyReductions,
  traits: faultyTraits,
};

/** The subject of a seed, or why its program was refused. */
export function faultySubjectOfSeed(seed: number): FaultySubject | { readonly refused: string } {
  return faultySubject(generateFaulty(seed));
}
