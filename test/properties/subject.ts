import type { Fault } from "../../src/faults/kinds.js";
import type { Schedule } from "../../src/faults/schedule.js";
import { schedule as canonical } from "../../src/faults/schedule.js";
import type { Program } from "../../src/program/program.js";
import type { CheckOptions } from "../../src/search/check.js";
import { prepare } from "../../src/search/check.js";
import type { Setting } from "../../src/search/search.js";
import type { Survey } from "../reference/exhaustive.js";
import { survey } from "../reference/exhaustive.js";
import type { ReferenceProgram } from "../reference/program.js";
import { collect } from "../reference/program.js";
import { byCodeUnit } from "../reference/schedules.js";
import type { ReferenceBudget } from "../reference/space.js";
import { countSchedules, omissions } from "../reference/space.js";
import type { ReferenceSpecification } from "../reference/specification.js";
import { specificationOf } from "../reference/specification.js";
import type { Case } from "./generator/generate.js";
import { textOf } from "./generator/generate.js";
import { loadText, parse } from "./loading.js";
import type { Random } from "./random.js";

/** One program, as both evaluators see it. */
export interface Subject {
  readonly case: Case;
  readonly text: string;
  readonly program: Program;
  readonly setting: Setting;
  readonly reference: ReferenceProgram;
  readonly specification: ReferenceSpecification;
  readonly budget: ReferenceBudget;
  /** What running every schedule in the naive evaluator shows; worked out once. */
  readonly truth: () => Survey;
}

/** So many schedules are run by the naive evaluator, and no more. */
const listable = 1300;

/** What a property says of a subject. */
export type Finding =
  | { readonly kind: "passed"; readonly notes: readonly string[] }
  /** Not decided: too large for brute force, or ended by an arithmetic error. */
  | { readonly kind: "skipped"; readonly reason: string }
  | { readonly kind: "failed"; readonly message: string };

export interface Property {
  readonly name: string;
  /** What it claims, in one line. */
  readonly claim: string;
  readonly check: (subject: Subject, random: Random) => Finding;
}

export const passed = (...notes: string[]): Finding => ({ kind: "passed", notes });
export const skipped = (reason: string): Finding => ({ kind: "skipped", reason });
export const failed = (message: string): Finding => ({ kind: "failed", message });

/** The parameters of a check of a case. */
export function parametersOf({ nodes, eot, eff, crashes, pre, post }: Case): CheckOptions {
  return { nodes, eot, eff, crashes, pre, post };
}

/** The subject of a case, or why the program is refused. */
export function subjectOf(c: Case): Subject | { readonly refused: string } {
  const text = textOf(c);
  const loaded = loadText(text);
  if ("refused" in loaded) return loaded;
  const prepared = prepare(loaded.program, parametersOf(c));
  if (prepared.setting === undefined)
    return { refused: prepared.diagnostics.map((d) => `${d.code}: ${d.message}`).join("; ") };
  const reference = collect([parse(text)]);
  const { nodes, eot, eff, crashes } = c;
  try {
    const specification = specificationOf(reference, c.pre, c.post);
    const budget = { nodes: [...nodes].sort(byCodeUnit), eot, eff, crashes };
    let known: Survey | undefined;
    const truth = (): Survey => {
      known ??= isListable(budget, listable) ? survey(reference, specification, budget) : { kind: "too-large" };
      return known;
    };
    return {
      case: c,
      text,
      program: prepared.setting.program,
      setting: prepared.setting,
      reference,
      specification,
      budget,
      truth,
    };
  } catch (thrown) {
    return { refused: String(thrown) };
  }
}

/** A schedule of the budget, in canonical order: with few faults or many, but seldom with half of all. */
export function randomSchedule(budget: ReferenceBudget, random: Random): Schedule {
  const density = random.pick([0.05, 0.15, 0.4, 0.9]);
  const losses = random.some(omissions(budget), density).flatMap((f) => (f.kind === "omission" ? [f] : []));
  const crashed = random
    .shuffled(budget.nodes)
    .slice(0, random.integer(0, Math.min(budget.crashes, budget.nodes.length)));
  const crashes = crashed.map((node): Fault => ({ kind: "crash", node, at: random.integer(1, budget.eot) }));
  return canonical([...crashes, ...losses]);
}

/** The number of schedules, when it is small enough to run them all. */
export function isListable(budget: ReferenceBudget, limit: number): boolean {
  return countSchedules(budget, [], limit) <= limit;
}
