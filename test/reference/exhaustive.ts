import type { Instant, ReferenceMessage } from "./evaluate.js";
import { evaluateProgram } from "./evaluate.js";
import type { ReferenceProgram } from "./program.js";
import type { ReferenceBudget, ReferenceFault, ReferenceSchedule } from "./schedules.js";
import { crashChoices, minimalOnes, omissions } from "./schedules.js";
import type { ReferenceSpecification } from "./specification.js";
import { witnessesOf } from "./specification.js";

/** What running every schedule of a budget shows. */
export type Survey =
  | {
      readonly kind: "complete";
      readonly violating: readonly ReferenceSchedule[];
      /** The schedules whose execution ends in an arithmetic error. */
      readonly erring: readonly ReferenceSchedule[];
      /** The minimal ones of `violating`, in the order in which they are reported. The first is *the* counterexample. */
      readonly minimal: readonly ReferenceSchedule[];
    }
  /** "The failure-free execution is checked first": without it there is nothing to compare with. */
  | { readonly kind: "error" }
  | { readonly kind: "too-large" };

interface Outcome {
  readonly result: "correct" | "violating" | "erring";
  /** Of an execution that erred nothing is known. */
  readonly messages: readonly ReferenceMessage[] | undefined;
}

/**
 * Judges all schedules. `thrifty`: an omission of messages that the execution does not send, or that a crash loses anyway,
 * changes nothing, so the schedule with it has the outcome of the schedule without it, and is not run.
 */
export function survey(
  program: ReferenceProgram,
  specification: ReferenceSpecification,
  budget: ReferenceBudget,
  thrifty = true,
): Survey {
  const failureFree = evaluateProgram(program, { ...budget, schedule: [] });
  if (failureFree.kind !== "model") return { kind: failureFree.kind };
  const found: Record<Outcome["result"], ReferenceSchedule[]> = { correct: [], violating: [], erring: [] };
  const losable = omissions(budget);
  for (const crashes of crashChoices(budget)) {
    const outcomes: Outcome[] = [];
    for (let subset = 0; subset < 2 ** losable.length; subset++) {
      const lost = losable.filter((_, i) => Math.floor(subset / 2 ** i) % 2 === 1);
      const schedule = [...crashes, ...lost];
      const last = thrifty ? lost.at(-1) : undefined;
      const without = last && outcomes[subset - 2 ** losable.indexOf(last)];
      const same = last !== undefined && without?.messages?.every((m) => !isLostBy(last, m)) === true;
      const outcome = same ? without : judge(program, specification, budget, schedule, failureFree.instants);
      if (outcome === undefined) return { kind: "too-large" };
      outcomes.push(outcome);
      found[outcome.result].push(schedule);
    }
  }
  return { kind: "complete", violating: found.violating, erring: found.erring, minimal: minimalOnes(found.violating) };
}

function isLostBy(fault: ReferenceFault, message: ReferenceMessage): boolean {
  return (
    fault.kind === "omission" &&
    message.delivered &&
    fault.at === message.sent &&
    fault.from === message.from &&
    fault.to === message.tuple[0]
  );
}

function judge(
  program: ReferenceProgram,
  specification: ReferenceSpecification,
  budget: ReferenceBudget,
  schedule: ReferenceSchedule,
  failureFree: readonly Instant[],
): Outcome | undefined {
  const run = evaluateProgram(program, { ...budget, schedule });
  if (run.kind === "too-large") return undefined;
  if (run.kind === "error") return { result: "erring", messages: undefined };
  const correct = witnessesOf(specification, run.instants, failureFree).length === 0;
  return { result: correct ? "correct" : "violating", messages: run.messages };
}
