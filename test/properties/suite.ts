import type { Draft } from "./draft.js";
import { Random } from "./random.js";
import { shrink } from "./shrink.js";
import type { Finding, Property, Subject } from "./subject.js";
import { failed } from "./subject.js";

/** What a generator gives: a program and the parameters of a check of it. */
export interface Generated {
  readonly seed: number;
  readonly draft: Draft;
}

/** The programs of one generator, and all that is claimed of them. */
export interface Suite<C extends Generated, S, P extends { readonly name: string }> {
  readonly properties: readonly P[];
  readonly generate: (seed: number) => C;
  /** The subject of a case, or why its program is refused. */
  readonly subjectOf: (c: C) => S | { readonly refused: string };
  readonly examine: (property: P, subject: S, seed: number) => Finding;
  /** Smaller cases, the smallest first. */
  readonly reductions: (c: C) => Iterable<C>;
  /** What a program is like, each a line to be counted. */
  readonly traits: (subject: S) => readonly string[];
}

/** Checks one property of a list; what it throws is a failure too. The choices depend on the seed and the property alone. */
export function examined<P extends { readonly name: string }>(
  properties: readonly P[],
  property: P,
  seed: number,
  check: (random: Random) => Finding,
): Finding {
  const salt = properties.findIndex((p) => p.name === property.name) + 1;
  try {
    return check(new Random(seed).fork(salt));
  } catch (thrown) {
    return failed(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  }
}

export function examiner(
  properties: readonly Property[],
): (property: Property, subject: Subject, seed: number) => Finding {
  return (property, subject, seed) => examined(properties, property, seed, (random) => property.check(subject, random));
}

/** A property that a program does not have. */
export interface Failure<C extends Generated> {
  readonly property: string;
  readonly case: C;
  readonly message: string;
}

/** The smallest case found that fails in the same property, with what is then said. */
export function shrunk<C extends Generated, S, P extends { readonly name: string }>(
  suite: Suite<C, S, P>,
  property: P,
  c: C,
  patience: number,
): Failure<C> {
  const finding = (candidate: C): Finding | undefined => {
    const subject = suite.subjectOf(candidate);
    return isRefused(subject) ? undefined : suite.examine(property, subject, candidate.seed);
  };
  const first = finding(c);
  const complaint = first?.kind === "failed" ? gist(first.message) : "";
  const failsAlike = (candidate: C): boolean => {
    const found = finding(candidate);
    return found?.kind === "failed" && gist(found.message) === complaint;
  };
  const smallest = shrink(c, suite.reductions, failsAlike, patience);
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

export function isRefused(subject: unknown): subject is { readonly refused: string } {
  return typeof subject === "object" && subject !== null && "refused" in subject;
}

/** The properties of these names, or all. */
export function propertiesNamed<P extends { readonly name: string }>(
  { properties }: { readonly properties: readonly P[] },
  names: readonly string[],
): readonly P[] {
  if (names.length === 0) return properties;
  return names.map((name) => {
    const found = properties.find((p) => p.name === name);
    if (found === undefined)
      throw new Error(`no property ${name}: there are ${properties.map((p) => p.name).join(", ")}`);
    return found;
  });
}
