import { broken } from "../../reference/admissible.js";
import type { Survey } from "../../reference/exhaustive.js";
import { survey } from "../../reference/exhaustive.js";
import type { Inputs } from "../../reference/inputs.js";
import { allInputs } from "../../reference/inputs.js";
import { refusals } from "../../reference/memory.js";
import { sortFaults } from "../../reference/order.js";
import type { ReferenceProgram } from "../../reference/program.js";
import { collect } from "../../reference/program.js";
import type { ReferenceFault, ReferenceSchedule } from "../../reference/schedules.js";
import { kinds } from "../../reference/schedules.js";
import type { ReferenceBudget } from "../../reference/space.js";
import { absencesOf, anything, boundOf, crashesOf, cuts, latenesses, omissions } from "../../reference/space.js";
import type { ReferenceSpecification } from "../../reference/specification.js";
import { specificationOf } from "../../reference/specification.js";
import { print } from "../draft.js";
import type { FaultyCase } from "../generator/faulty.js";
import { parse } from "../loading.js";
import type { Random } from "../random.js";
import type { Finding } from "../subject.js";
import type { CheckQuestion, Engine, Names } from "./engine.js";

/** A program that faults and inputs matter to, as the reference evaluator sees it, and what is asked about it. */
export interface FaultySubject {
  readonly case: FaultyCase;
  readonly text: string;
  readonly names: Names;
  readonly question: CheckQuestion;
  readonly reference: ReferenceProgram;
  readonly specification: ReferenceSpecification;
  readonly budget: ReferenceBudget;
  /** What running every execution in the reference evaluator shows; worked out once. */
  readonly truth: () => Survey;
}

/** A property of an engine. */
export interface FaultProperty {
  readonly name: string;
  /** What it claims, in one line. */
  readonly claim: string;
  readonly check: (subject: FaultySubject, engine: Engine, random: Random) => Finding;
}

/** The subject of a case, or why its program is refused. */
export function faultySubject(c: FaultyCase): FaultySubject | { readonly refused: string } {
  const text = print(c.draft);
  const { pre, post, never, budget } = c;
  const names: Names = {
    ...(pre === undefined ? {} : { pre }),
    ...(post === undefined ? {} : { post }),
    ...(never === undefined ? {} : { never }),
  };
  try {
    const reference = collect([parse(text)]);
    const specification = specificationOf(reference, pre, post, never);
    const [problem] = refusals(reference, specification.roles, true);
    if (problem !== undefined) return { refused: problem };
    if (reference.strata === "unstratifiable") return { refused: "unstratifiable" };
    let known: Survey | undefined;
    const truth = (): Survey => {
      known ??= survey(reference, specification, budget);
      return known;
    };
    return { case: c, text, names, question: { text, budget, ...names }, reference, specification, budget, truth };
  } catch (thrown) {
    return { refused: String(thrown) };
  }
}

/** The kinds that a budget admits: `restart+omission`. */
export function combinationOf(budget: ReferenceBudget): string {
  return kinds.filter((kind) => boundOf(budget, kind) > 0).join("+");
}

/** An admissible schedule of a run: few faults or some, of every kind alike. */
export function anySchedule({ nodes, eot }: ReferenceBudget, random: Random): ReferenceSchedule {
  const all = anything(nodes, eot);
  const pool = new Map<string, readonly ReferenceFault[]>(kinds.map((kind) => [kind, []]));
  const faults = [
    ...nodes.flatMap((node) => [...crashesOf(all, node), ...absencesOf(all, node)]),
    ...cuts(all),
    ...omissions(all),
    ...latenesses(all),
  ];
  for (const fault of faults) pool.set(fault.kind, [...(pool.get(fault.kind) ?? []), fault]);
  const possible = [...pool.values()].filter((some) => some.length > 0);
  let schedule: ReferenceSchedule = [];
  for (let i = random.integer(1, 5); i > 0 && possible.length > 0; i--) {
    const more = [...schedule, random.pick(random.pick(possible))];
    if (broken(more, all) === undefined) schedule = more;
  }
  return sortFaults(schedule);
}

export function anyInputs(reference: ReferenceProgram, random: Random): Inputs {
  return random.pick(allInputs(reference.inputs));
}
