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
import { modelEquality, nodeInference } from "./model.js";
import { Random } from "./random.js";
import { sharedBuilds } from "./sharing.js";
import { shrink } from "./shrink.js";
import type { Finding, Property, Subject } from "./subject.js";
import { failed, subjectOf } from "./subject.js";
import { lineageVerdict, minimalCounterexamples, otherStrategies } from "./verdicts.js";
import { adequacyWarnings } from "./warnings.js";

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
];

/** A property that a program does not have. */
export interface Failure {
  readonly property: string;
  readonly case: Case;
  readonly message: string;
}

/** Checks one property; what it throws is a failure too. The choices depend on the seed and the property alone. */
export function examine(property: Property, subject: Subject, seed: number): Finding {
  const salt = properties.findIndex((p) => p.name === property.name) + 1;
  try {
    return property.check(subject, new Random(seed).fork(salt));
  } catch (thrown) {
    return failed(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  }
}

/** The smallest case found that fails in the same property, with what is then said. */
export function shrunk(property: Property, c: Case, patience: number): Failure {
  const finding = (candidate: Case): Finding | undefined => {
    const subject = subjectOf(candidate);
    return "refused" in subject ? undefined : examine(property, subject, candidate.seed);
  };
  const first = finding(c);
  const complaint = first?.kind === "failed" ? gist(first.message) : "";
  const failsAlike = (candidate: Case): boolean => {
    const found = finding(candidate);
    return found?.kind === "failed" && gist(found.message) === complaint;
  };
  const smallest = shrink(c, failsAlike, patience);
  const said = finding(smallest);
  return {
    property: property.name,
    case: smallest,
    message: said?.kind === "failed" ? said.message : "no longer fails",
  };
}

/** The first words of a complaint: while a case is shrunk, it is to remain the same one. */
function gist(message: string): string {
  return message.split(" ").slice(0, 3).join(" ");
}

/** The subject of a seed, or why its program was refused. */
export function subjectOfSeed(seed: number): Subject | { readonly refused: string } {
  return subjectOf(generate(seed));
}
