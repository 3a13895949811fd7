import { budgetInWords, withFaults } from "../../faults/budget-words.js";
import type { Program, RelationId } from "../../program/program.js";
import type { Condition, Specification } from "../../program/specification.js";
import { conditionsOf } from "../../program/specification.js";
import type { Counted } from "../../search/strict.js";
import type { Known, Verdict, Violated } from "../../search/verdict.js";
import { brokenPromises } from "../../search/witnesses.js";
import { periodInWords } from "../../wording/instants.js";
import { enumerate } from "../../wording/lists.js";
import type { Marks } from "../../wording/marks.js";
import { unicodeMarks } from "../../wording/marks.js";
import { count } from "../../wording/numbers.js";
import type { Question } from "../check-report.js";
import { phaseInWords } from "./phase-words.js";
import { relationName } from "./tuples.js";

/** The verdict in one sentence, after the word that names it. */
export function verdictSentence(verdict: Verdict, question: Question | undefined, marks: Marks): string {
  switch (verdict.kind) {
    case "holds":
      if (question !== undefined)
        return `no schedule within the budget makes ${question.tuple} ${question.appear ? "appear" : "disappear"}`;
      return `under every schedule of the budget: ${budgetInWords(verdict.budget, marks)}`;
    case "violated": {
      const faults = verdict.counterexample.schedule.length;
      const fewest = faults > 0 && verdict.smallest ? ", and no schedule with fewer does" : perhapsFewer(verdict);
      if (question !== undefined && !question.appear && faults === 0)
        return `${question.tuple} does not hold, even without any fault`;
      const what = question === undefined ? "" : `${question.tuple} ${question.appear ? "appears" : "goes away"} `;
      const names =
        question === undefined ? brokenPromises(verdict.specification, verdict.counterexample.witnesses) : [];
      const broken = names.length === 0 ? "" : `: breaks ${enumerate(names)}`;
      return `${what}${withFaults(faults)}${fewest}${broken}`;
    }
    case "inconclusive":
      return `${verdict.detail}${verdict.during === undefined ? "" : ` ${phaseInWords(verdict.during)}`}; ${knownInWords(verdict.known)}`;
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

/** Why there may be a violation with fewer faults, if the search for it was stopped. */
function perhapsFewer({ unfinished }: Violated): string {
  if (unfinished === undefined) return "";
  const { detail, ruledOut = 0 } = unfinished;
  const least = ruledOut === 0 ? "" : `, and none with fewer than ${ruledOut + 1} does`;
  return `; ${detail} while one with fewer was looked for${least}`;
}

/** How this verdict depends on the answers of another solver. */
export function solverInWords(command: string, verdict: Verdict, proof?: string): string {
  if (verdict.statistics.solverCalls === 0) return `${command} was not needed`;
  if (proof !== undefined) return `${command}, whose proof that no schedule is left was checked: ${proof}`;
  if (verdict.kind === "holds") return `${command}, on its word that no schedule is left; --proof makes it prove that`;
  const unfinished = verdict.kind === "violated" ? verdict.unfinished : undefined;
  if (unfinished === undefined) return `${command}, on its word that no schedule with fewer faults is left`;
  const { ruledOut = 0 } = unfinished;
  return ruledOut === 0
    ? `${command}, whose word was not needed`
    : `${command}, on its word that no schedule with fewer than ${count(ruledOut + 1, "fault")} is left`;
}

/** What is certain, though the search did not end. */
function knownInWords(known: Known): string {
  const { ruledOut, executions } = known;
  if (ruledOut === undefined)
    return executions === 0 ? "nothing was decided" : `${count(executions, "execution")}, none of them a violation`;
  if (ruledOut === 0) return "without faults the specification holds";
  return `no schedule with fewer than ${count(ruledOut + 1, "fault")} violates`;
}

/** What a specification demands: one sentence, or one for each promise that has a name. */
export function specificationInWords(
  specification: Specification,
  eot: number,
  program: Program,
  marks: Marks = unicodeMarks,
): readonly string[] {
  return conditionsOf(specification).map(({ promise, condition }) => {
    const words = conditionInWords(condition, eot, program, marks);
    return promise === undefined ? words : `${promise}: ${words}`;
  });
}

function conditionInWords(specification: Condition, eot: number, program: Program, marks: Marks): string {
  const name = (relation: Parameters<typeof relationName>[1]): string => relationName(program, relation);
  const besides = (never: RelationId | undefined): string =>
    never === undefined ? "" : `, and ${name(never)} is empty at every instant`;
  switch (specification.kind) {
    case "implication":
      return `every tuple of ${name(specification.pre)} at ${eot} is also in ${name(specification.post)}${besides(specification.never)}`;
    case "post-only":
      return `what ${name(specification.post)} holds at ${eot} without faults is still there${besides(specification.never)}`;
    case "never":
      return `${name(specification.never)} is empty at every instant ${periodInWords({ from: 1, to: eot }, marks)}`;
    case "persistent":
      return `what ${enumerate(specification.relations.map(name))} ${specification.relations.length === 1 ? "holds" : "hold"} at ${eot} without faults is still there`;
    default: {
      const never: never = specification;
      return never;
    }
  }
}

/** Why `--strict` fails a verdict, in one line: how often each code occurs. */
export function strictSentence(counted: readonly Counted[]): string {
  const list = counted.map(({ code, times }) => (times === 1 ? code : `${code} (${times} times)`));
  return `with --strict this fails: ${enumerate(list)}`;
}
