import { evaluateProgram, tuplesAt } from "../../reference/evaluate.js";
import { showFact } from "../../reference/facts.js";
import { factsOf, showInputs } from "../../reference/inputs.js";
import { definedRelations } from "../../reference/program.js";
import { showSchedule } from "../../reference/schedules.js";
import { countSchedules } from "../../reference/space.js";
import { keyOf } from "../../reference/values.js";
import type { Finding } from "../subject.js";
import { failed, passed, skipped } from "../subject.js";
import type { CheckAnswer, RunAnswer } from "./engine.js";
import type { FaultProperty, FaultySubject } from "./subject.js";
import { anyInputs, anySchedule, combinationOf } from "./subject.js";

/** What is said of a check, in a line. */
export function showAnswer(answer: CheckAnswer): string {
  if (answer.kind !== "violated") return answer.kind === "undecided" ? `undecided: ${answer.reason}` : answer.kind;
  const inputs = answer.inputs.length === 0 ? "" : ` with ${answer.inputs.join(" ")}`;
  return `violated by ${showSchedule(answer.schedule)}${inputs}`;
}

/** What running every execution comes to. */
function expectedAnswer(subject: FaultySubject): CheckAnswer {
  const truth = subject.truth();
  if (truth.kind === "too-large") return { kind: "undecided", reason: truth.kind };
  if (truth.kind === "error") return { kind: "error" };
  if (truth.first === undefined) return { kind: truth.erring.length > 0 ? "error" : "holds" };
  const { schedule, inputs } = truth.first;
  return { kind: "violated", schedule, inputs: factsOf(inputs).map(showFact) };
}

export const verdicts: FaultProperty = {
  name: "verdict",
  claim: "the verdict, the counterexample and its inputs are those that running every execution gives",
  check: (subject, engine): Finding => {
    const expected = expectedAnswer(subject);
    if (expected.kind === "undecided") return skipped(expected.reason);
    const found = engine.check(subject.question);
    if (showAnswer(found) !== showAnswer(expected))
      return failed(`${showAnswer(found)}; expected ${showAnswer(expected)}`);
    const said = expected.kind === "violated" ? `violated by ${expected.schedule.length}` : expected.kind;
    return passed(said, `${combinationOf(subject.budget)}: ${said}`);
  },
};

export const minimalSchedules: FaultProperty = {
  name: "minimal",
  claim: "with `--all`, the minimal schedules are exactly those among all schedules, in order",
  check: (subject, engine): Finding => {
    const truth = subject.truth();
    if (truth.kind !== "complete") return skipped(truth.kind);
    const found = engine.minimal(subject.question)?.map(showSchedule);
    if (found === undefined) return failed("the minimal schedules are not all known");
    const expected = truth.minimal.map(showSchedule);
    if (found.join("; ") === expected.join("; "))
      return passed(expected.length < 5 ? `${expected.length} schedules` : "5 schedules or more");
    return failed(`the minimal schedules are ${found.join("; ")}; expected ${expected.join("; ")}`);
  },
};

export const models: FaultProperty = {
  name: "model",
  claim:
    "the model equals the reference one, tuple for tuple, at each instant, under faults of every kind and any inputs",
  check: (subject, engine, random): Finding => {
    const { reference, text, names, budget, specification } = subject;
    const { nodes, eot } = budget;
    const notes: string[] = [];
    for (let i = 0; i < 5; i++) {
      const schedule = anySchedule(budget, random);
      const inputs = anyInputs(reference, random);
      const expected = evaluateProgram(reference, { nodes, eot, schedule, inputs, roles: specification.roles });
      if (expected.kind === "too-large") return skipped(expected.kind);
      const given = factsOf(inputs).map(showFact);
      const found = engine.run({ text, nodes, eot, schedule, inputs: given, ...names });
      const tuples = expected.kind === "model" ? expected.instants : undefined;
      const answer: RunAnswer =
        tuples === undefined
          ? { kind: "error", instant: expected.kind === "error" ? expected.instant : 0 }
          : { kind: "model", tuples: (relation, t) => [...tuplesAt(tuples, relation, t).values()] };
      const difference = differenceOf(subject, found, answer);
      if (difference !== undefined)
        return failed(`${difference}; under ${showSchedule(schedule)} with ${showInputs(inputs)}`);
      notes.push(expected.kind, ...new Set(schedule.map((fault) => fault.kind)));
    }
    return passed(...notes);
  },
};

/** Where two runs of a program differ; undefined if nowhere. */
export function differenceOf(
  { reference, budget }: FaultySubject,
  found: RunAnswer,
  expected: RunAnswer,
  but: readonly string[] = [],
): string | undefined {
  if (found.kind !== "model" || expected.kind !== "model") {
    const show = (run: RunAnswer): string => (run.kind === "error" ? `an error at ${run.instant}` : run.kind);
    return show(found) === show(expected) ? undefined : `${show(found)}; expected ${show(expected)}`;
  }
  // Where nothing reads a built-in relation, an engine may do without it.
  const read = reference.rules.flatMap((rule) => rule.atoms.map((atom) => atom.relation.text));
  for (const relation of new Set([...definedRelations(reference), ...read])) {
    if (but.includes(relation)) continue;
    for (let t = 1; t <= budget.eot; t++) {
      const [ours, theirs] = [found, expected].map((run) => run.tuples(relation, t).map(keyOf).sort().join(" "));
      if (ours !== theirs) return `the tuples of ${relation} at ${t} are {${ours}}; expected {${theirs}}`;
    }
  }
  return undefined;
}

export const spaces: FaultProperty = {
  name: "space",
  claim: "the size of the space is the number of executions, counted one by one",
  check: ({ question, budget, reference }, engine): Finding => {
    const expected = countSchedules(budget, reference.inputs);
    const found = engine.space(question);
    return found === BigInt(expected) ? passed() : failed(`${found} executions; expected ${expected}`);
  },
};
