import { admitsSchedule } from "../faults/admission.js";
import type { Budget } from "../faults/budget.js";
import { withFaults } from "../faults/budget-words.js";
import { formatSchedule } from "../faults/notation.js";
import type { DiagnosticCode } from "../source/codes.js";
import { count } from "../wording/numbers.js";
import type { Answer, MinimalSchedule, Question, Violation, Warning } from "./answer.js";
import { areComparable, compareBudgets } from "./compare-budgets.js";
import type { Finding } from "./finding.js";

/*
 * The differences between two answers about one program. Regressions are: a verdict that was `holds` and no longer is, a violation
 * with fewer faults, a new minimal schedule, a smaller budget or set of conditions, a kind of fault that is no longer admitted, and a
 * new warning of adequacy.
 */

export function compareAnswers(old: Answer, now: Answer): readonly Finding[] {
  return [
    ...verdicts(old, now),
    ...violations(old, now),
    ...(old.question === undefined || now.question === undefined ? [] : compareQuestions(old.question, now.question)),
    ...reaches(old, now),
    ...warnings(old, now),
  ];
}

function verdicts(old: Answer, now: Answer): readonly Finding[] {
  if (old.verdict === now.verdict) return [];
  const isWorse = old.verdict === "holds";
  const weight = !isWorse ? "note" : now.verdict === "inconclusive" ? "undecided" : "regression";
  return [{ kind: "verdict", weight, of: "verdict", old: verdictInWords(old), new: verdictInWords(now) }];
}

export function verdictInWords({ verdict, violation }: Answer): string {
  return violation === undefined ? verdict : `${verdict} ${withFaults(violation.faults)}`;
}

function violations({ violation: old, question }: Answer, now: Answer): readonly Finding[] {
  const { violation } = now;
  if (old === undefined || violation === undefined) return [];
  const [before, after] = [budgetOf(question), budgetOf(now.question)];
  const comparable = before === undefined || after === undefined || areComparable(before, after);
  return [...fewest(old, violation, comparable), ...minimal(old, violation, before)];
}

function fewest(old: Violation, now: Violation, comparable: boolean): readonly Finding[] {
  if (old.faults === now.faults) return [];
  const isWorse = now.faults < old.faults && old.smallest && comparable;
  const words = (violation: Violation): string =>
    `${count(violation.faults, "fault")}${violation.smallest ? "" : ", perhaps fewer"}`;
  return [
    {
      kind: comparable ? "faults" : "incomparable",
      weight: isWorse ? "regression" : "note",
      of: "fewest faults",
      old: words(old),
      new: words(now),
    },
  ];
}

/** Only if both sides listed every minimal schedule. A schedule that the earlier budget does not admit does not count as new. */
function minimal(old: Violation, now: Violation, before: Budget | undefined): readonly Finding[] {
  if (old.minimal === undefined || now.minimal === undefined) return [];
  const { complete, schedules } = old.minimal;
  const known = new Set(schedules.map(keyOf));
  return now.minimal.schedules.flatMap((found): readonly Finding[] => {
    if (known.has(keyOf(found))) return [];
    const admitted = before === undefined || admitsSchedule(before, found.schedule);
    const why = !admitted ? "outside of the budget" : complete ? "not there" : "not found, of some that were not all";
    return [
      {
        kind: "minimal",
        weight: admitted && complete ? "regression" : "note",
        of: "minimal schedule",
        old: why,
        new: keyOf(found),
      },
    ];
  });
}

function keyOf({ promise, schedule }: MinimalSchedule): string {
  const text = formatSchedule(schedule);
  return promise === undefined ? text : `${promise}: ${text}`;
}

/** What is no longer asked, and what cannot be compared. */
export function compareQuestions(old: Question, now: Question): readonly Finding[] {
  return [...asked(old.asked, now.asked), ...conditions(old, now)];
}

function asked(old: Question["asked"], now: Question["asked"]): readonly Finding[] {
  if (old.kind === "budget" && now.kind === "budget") return compareBudgets(old.budget, now.budget);
  const [before, after] = [old, now].map((side) =>
    side.kind === "budget" ? "every schedule of a budget" : `${formatSchedule(side.schedule)} up to ${side.eot}`,
  );
  if (before === undefined || after === undefined || before === after) return [];
  // One schedule instead of a whole budget is always less.
  if (old.kind === "budget") return [{ kind: "budget", weight: "regression", of: "budget", old: before, new: after }];
  return [{ kind: "incomparable", weight: "note", of: "budget", old: before, new: after }];
}

function conditions({ conditions: old }: Question, { conditions: now }: Question): readonly Finding[] {
  const isIn = (list: Question["conditions"], { promise, text }: Question["conditions"][number]): boolean =>
    list.some((other) => other.promise === promise && other.text === text);
  const gone = old.filter((condition) => !isIn(now, condition));
  const came = now.filter((condition) => !isIn(old, condition));
  const lost = gone.flatMap((condition): readonly Finding[] => {
    const { promise } = condition;
    // With the same name, or without names, another condition may demand more or less.
    const others = came.filter((other) => other.promise === promise);
    const label = promise === undefined ? "promise" : `promise ${promise}`;
    const shared = { of: label, old: condition.text };
    if (others.length === 0) return [{ kind: "expectations", weight: "regression", ...shared, new: "not asked for" }];
    const text = others.map((other) => other.text).join("; ");
    return [{ kind: "incomparable", weight: "note", ...shared, new: text }];
  });
  const added = came.flatMap(({ promise, text }): readonly Finding[] =>
    gone.some((other) => other.promise === promise)
      ? []
      : [
          {
            kind: "expectations",
            weight: "note",
            of: promise === undefined ? "promise" : `promise ${promise}`,
            old: "not asked for",
            new: text,
          },
        ],
  );
  return [...lost, ...added];
}

/** Only a `holds` reports what is reached. */
function reaches(old: Answer, now: Answer): readonly Finding[] {
  if (old.verdict !== "holds" || now.verdict !== "holds") return [];
  return old.reaches
    .filter((pattern) => !now.reaches.includes(pattern))
    .map((pattern) => ({
      kind: "expectations",
      weight: "regression",
      of: "reach",
      old: pattern,
      new: "not asked for",
    }));
}

/** Warnings that cannot apply to a verdict other than `holds` under the same budget. */
const hollow: readonly DiagnosticCode[] = ["vacuous", "vacuous-under-faults", "out-of-reach", "nothing-to-lose"];

/** Only a `holds` has all warnings. After another verdict, only those warnings are certainly new that it contradicts. */
function warnings(old: Answer, now: Answer): readonly Finding[] {
  const left = old.warnings.map(warningKey);
  return now.warnings.flatMap((warning): readonly Finding[] => {
    const at = left.indexOf(warningKey(warning));
    if (at !== -1) {
      left.splice(at, 1);
      return [];
    }
    const isNew = old.verdict === "holds" || hollow.includes(warning.code);
    return [
      {
        kind: "warning",
        weight: isNew ? "regression" : "note",
        of: `warning ${warning.code}`,
        old: isNew ? "none" : "not known",
        new: warning.subject,
        warning,
      },
    ];
  });
}

function warningKey({ code, subject }: Warning): string {
  return `${code} ${subject}`;
}

function budgetOf(question: Question | undefined): Budget | undefined {
  return question?.asked.kind === "budget" ? question.asked.budget : undefined;
}
