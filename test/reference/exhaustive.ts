import type { Instant, ReferenceMessage, Run, Setting } from "./evaluate.js";
import { evaluateProgram } from "./evaluate.js";
import type { Inputs } from "./inputs.js";
import { allInputs, compareInputs } from "./inputs.js";
import type { Execution } from "./order.js";
import { compareExecutions, minimalOnes } from "./order.js";
import type { ReferenceProgram } from "./program.js";
import type { ReferenceFault, ReferenceSchedule } from "./schedules.js";
import { isCut, showSchedule } from "./schedules.js";
import type { ReferenceBudget, Step } from "./space.js";
import { walk } from "./space.js";
import type { ReferenceSpecification } from "./specification.js";
import { witnessesOf } from "./specification.js";

/** What running every schedule of a budget under every input shows. */
export type Survey =
  | {
      readonly kind: "complete";
      /** "With open inputs a schedule violates if it does under some input." */
      readonly violating: readonly ReferenceSchedule[];
      /** The schedules whose execution ends in an arithmetic error under some input. */
      readonly erring: readonly ReferenceSchedule[];
      /** The minimal ones of `violating`, in the order of schedules, each with its first inputs. */
      readonly minimal: readonly ReferenceSchedule[];
      /** *The* counterexample: the first violating execution in the order of schedules. Without inputs the first of `minimal`. */
      readonly first: Execution | undefined;
      /** The minimal ones of those that break a promise, by its name. */
      readonly minimalFor: ReadonlyMap<string, readonly ReferenceSchedule[]>;
      /** By the notation of a violating schedule: "is listed once, with its first inputs". */
      readonly firstInputs: ReadonlyMap<string, Inputs>;
    }
  /** "The failure-free execution is checked first": without it there is nothing to compare with, under no input. */
  | { readonly kind: "error" }
  | { readonly kind: "too-large" };

interface Outcome {
  readonly result: "correct" | "violating" | "erring";
  /** The names of the promises that are broken. */
  readonly breaks: readonly string[];
  /** Of an execution that erred nothing is known. */
  readonly messages: readonly ReferenceMessage[] | undefined;
}

/**
 * Judges all schedules under all inputs. `thrifty`: faults that touch no message of the execution without them change
 * nothing, so the schedule with them has the outcome of the schedule without, and is not run.
 */
export function survey(
  program: ReferenceProgram,
  specification: ReferenceSpecification,
  budget: ReferenceBudget,
  thrifty = true,
  evaluate: typeof evaluateProgram = evaluateProgram,
): Survey {
  const violating: Execution[] = [];
  const erring: ReferenceSchedule[] = [];
  const breaking = new Map<string, ReferenceSchedule[]>();
  let compared = false;
  for (const inputs of allInputs(program.inputs)) {
    const setting: Setting = { ...budget, inputs, roles: specification.roles, schedule: [] };
    const failureFree = evaluate(program, setting);
    if (failureFree.kind === "too-large") return { kind: "too-large" };
    if (failureFree.kind === "error") {
      // Nothing is known of what faults do to it.
      erring.push([]);
      continue;
    }
    compared = true;
    const outcomes = new Map<Step, Outcome>();
    for (const step of walk(budget)) {
      const { schedule, parent, added } = step;
      const without = parent && outcomes.get(parent);
      const messages = thrifty ? without?.messages : undefined;
      const isSame = messages !== undefined && added.every((fault) => touchesNone(fault, messages));
      const outcome = isSame
        ? without
        : judge(evaluate(program, { ...setting, schedule }), specification, failureFree.instants);
      if (outcome === undefined) return { kind: "too-large" };
      outcomes.set(step, outcome);
      for (const name of outcome.breaks) breaking.set(name, [...(breaking.get(name) ?? []), schedule]);
      if (outcome.result === "violating") violating.push({ inputs, schedule });
      if (outcome.result === "erring") erring.push(schedule);
    }
  }
  return compared ? summary(violating, erring, breaking) : { kind: "error" };
}

function summary(
  violating: readonly Execution[],
  erring: readonly ReferenceSchedule[],
  breaking: ReadonlyMap<string, readonly ReferenceSchedule[]>,
): Survey {
  const firstInputs = new Map<string, Inputs>();
  const once: Execution[] = [];
  for (const execution of [...violating].sort((a, b) => compareInputs(a.inputs, b.inputs))) {
    const shown = showSchedule(execution.schedule);
    if (firstInputs.has(shown)) continue;
    firstInputs.set(shown, execution.inputs);
    once.push(execution);
  }
  const [first] = [...violating].sort(compareExecutions);
  const minimal = new Set(minimalOnes(once.map(({ schedule }) => schedule)));
  return {
    kind: "complete",
    violating: once.map(({ schedule }) => schedule),
    erring,
    minimal: [...once].sort(compareExecutions).flatMap(({ schedule }) => (minimal.has(schedule) ? [schedule] : [])),
    minimalFor: new Map([...breaking].map(([name, schedules]) => [name, minimalOnes(schedules)])),
    first,
    firstInputs,
  };
}

/** Whether a fault of a channel or a cut changes no arrival: nothing is sent where it strikes, or all of it is lost anyway. */
function touchesNone(fault: ReferenceFault, messages: readonly ReferenceMessage[]): boolean {
  const strikes = (m: ReferenceMessage): boolean => {
    if (isCut(fault)) {
      const named = [...fault.a, ...fault.b];
      const crosses = [m.from, m.tuple[0]].every((place) => named.some((node) => node === place));
      return crosses && m.from !== m.tuple[0] && fault.at <= m.sent && m.sent <= fault.until;
    }
    return !("from" in fault) || (fault.from === m.from && fault.to === m.tuple[0] && fault.at === m.sent);
  };
  return ("from" in fault || isCut(fault)) && messages.every((m) => m.arrivals.length === 0 || !strikes(m));
}

function judge(run: Run, specification: ReferenceSpecification, failureFree: readonly Instant[]): Outcome | undefined {
  if (run.kind === "too-large") return undefined;
  if (run.kind === "error") return { result: "erring", breaks: [], messages: undefined };
  const witnesses = witnessesOf(specification, run.instants, failureFree);
  const breaks = [...new Set(witnesses.flatMap(({ promise }) => promise ?? []))];
  return { result: witnesses.length === 0 ? "correct" : "violating", breaks, messages: run.messages };
}
