import type { Edit } from "../../candidates/edit.js";
import { boundRow } from "../../faults/bounds.js";
import { withFaults } from "../../faults/budget-words.js";
import { kindBoundBy, kindOf } from "../../faults/kinds.js";
import { formatSchedule } from "../../faults/notation.js";
import { formatInputs } from "../../program/chosen-inputs.js";
import type { Refusal } from "../../repair/decision.js";
import type { FileDiff } from "../../repair/diff.js";
import type { Beyond, Price } from "../../repair/price.js";
import type { RepairResult, RepairStatistics, Unrepairable } from "../../repair/result.js";
import { enumerate } from "../../wording/lists.js";
import { count } from "../../wording/numbers.js";

/** The word for how a repair ended, which every format shows first. */
export const repairWords: Readonly<Record<RepairResult["kind"], string>> = {
  repaired: "REPAIRED",
  improved: "IMPROVED",
  "not-repaired": "NOT REPAIRED",
  "nothing-to-repair": "NOTHING TO REPAIR",
  undecided: "INCONCLUSIVE",
};

const whyNot: Readonly<Record<Unrepairable, string>> = {
  "violated-without-faults": "the program is violated without any fault, so no lineage says what a fault took away",
  "too-many-inputs": "the maybe and one-of lines offer more inputs than are tried one by one",
};

/** How it ended, in one sentence after the word. */
export function repairSentence(result: RepairResult): string {
  switch (result.kind) {
    case "repaired": {
      const n = result.repairs.length;
      return `${count(n, "repair")} ${n === 1 ? "holds" : "hold"} under the whole budget${ending(result)}`;
    }
    case "improved": {
      const faults = result.original.counterexample.schedule.length;
      return `no repair found; the best needs ${count(result.best.faults, "fault")} where the program needs ${faults}${ending(result)}`;
    }
    case "not-repaired":
      return result.why === undefined
        ? `${count(result.statistics.tried, "candidate")} tried, none is a repair${ending(result)}`
        : whyNot[result.why];
    case "nothing-to-repair":
      return "the program holds under the whole budget";
    case "undecided":
      return result.result.kind === "error" || result.result.verdict.kind !== "inconclusive"
        ? "the program fails in evaluation"
        : `${result.result.verdict.detail} before the program was decided`;
    default: {
      const never: never = result;
      return never;
    }
  }
}

function ending({ stopped }: Extract<RepairResult, { readonly statistics: unknown }>): string {
  return stopped === undefined ? "" : `; ${stopped.detail}`;
}

export function titleOf(edits: readonly Edit[]): string {
  return edits.map(({ title }) => title).join("; ");
}

/** What a repair costs, as a list of a line. */
export function priceInWords(price: Price): string {
  const { rulesAdded, rulesChanged, state, messages, messagesPerInstant, settlesLater, promisesUnder, promisedUnder } =
    price;
  const parts = [
    ...(rulesAdded === 0 ? [] : [`${count(rulesAdded, "rule")} more`]),
    ...(rulesChanged === 0 ? [] : [count(rulesChanged, "change")]),
    ...(state <= 0 ? [] : [`${count(state, "relation")} more in memory`]),
    `${difference(messages, "message")} without faults${atTheEnd(messages, messagesPerInstant)}`,
    settlesLater === 0 ? "settles no later" : `settles ${difference(settlesLater, "instant", "later", "earlier")}`,
    ...(promisedUnder === 0
      ? []
      : [`promises as much under ${outOf(promisesUnder, promisedUnder)} that the program survives`]),
  ];
  return parts.join(" · ");
}

function outOf(n: number, all: number): string {
  const faults = count(all, "single fault");
  if (n < all) return `${n} of the ${faults}`;
  return all === 1 ? "the one single fault" : `all ${faults}`;
}

/** What goes on being sent. */
function atTheEnd(messages: number, perInstant: number): string {
  if (perInstant === 0) return messages > 0 ? ", none of them in the end" : "";
  return perInstant > 0 ? `, in the end ${perInstant} an instant` : `, in the end ${-perInstant} fewer an instant`;
}

function difference(n: number, noun: string, more = "more", less = "fewer"): string {
  if (n === 0) return `no ${noun} ${more}`;
  return `${count(Math.abs(n), noun)} ${n > 0 ? more : less}`;
}

/** What a repair survives beyond the budget, a sentence each. */
export function beyondInWords({ oneMore, later, further }: Beyond): readonly string[] {
  const survived = oneMore.filter(({ schedule }) => schedule === undefined);
  const broken = oneMore.flatMap(({ bound, most, schedule }) =>
    schedule === undefined ? [] : [{ bound, most, schedule }],
  );
  const named = (bound: (typeof oneMore)[number]["bound"], most: number): string => {
    const { noun, plural } = kindOf(kindBoundBy(bound));
    return count(most, noun, plural);
  };
  return [
    ...(survived.length === 0
      ? []
      : [
          `holds as well with ${enumerate(
            survived.map(({ bound, most }) => named(bound, most)),
            "or",
          )}`,
        ]),
    ...broken.map(
      ({ bound, most, schedule }) =>
        `breaks with ${named(bound, most)}: ${formatSchedule(schedule)} (--${boundRow(bound).key} ${most})`,
    ),
    later === 0
      ? soon[further]
      : `holds if faults and the run last ${count(later, "instant")} longer${onward[further]}`,
  ];
}

/** With one instant more. */
const soon: Readonly<Record<Beyond["further"], string>> = {
  breaks: "breaks if faults and the run last one instant longer",
  "not-tried": "was not tried with more time",
  undecided: "was not measured in full: the search ended first",
};

/** With one instant more than those with which it holds. */
const onward: Readonly<Record<Beyond["further"], string>> = {
  breaks: ", and not if longer still",
  "not-tried": "; more was not tried",
  undecided: "; more was not decided",
};

/** What became of the candidates where none is a repair, a line for each ending. */
export function triedInWords({ violated, refused }: RepairStatistics): readonly string[] {
  const endings = (Object.keys(refusals) as Refusal[]).flatMap((why): readonly string[] => {
    const n = refused[why] ?? 0;
    return n === 0 ? [] : [`${n} ${refusals[why][n === 1 ? 0 : 1]}`];
  });
  return [...(violated === 0 ? [] : [`${violated} ${violated === 1 ? "is" : "are"} violated`]), ...endings];
}

/** Of one candidate, and of several. */
const refusals: Readonly<Record<Refusal, readonly [string, string]>> = {
  "promises-less": ["promises less without faults", "promise less without faults"],
  "silent-under-faults": ["holds, but falls silent once a fault occurs", "hold, but fall silent once a fault occurs"],
  "waits-faults-out": ["holds, but not if faults last longer", "hold, but not if faults last longer"],
  inadequate: ["holds, but with a new warning of adequacy", "hold, but with a new warning of adequacy"],
  "breaks-expectation": ["holds, but breaks another line of the file", "hold, but break another line of the file"],
  warned: ["has a warning that the program has not", "have a warning that the program has not"],
  "no-program": ["cannot be checked", "cannot be checked"],
};

/** A unified diff. */
export function diffText(diff: readonly FileDiff[]): string {
  return diffLines(diff)
    .map(({ text }) => `${text}\n`)
    .join("");
}

const marks = { same: " ", removed: "-", added: "+" } as const;

/** The lines of a unified diff, each with what it is. */
export function diffLines(
  diff: readonly FileDiff[],
): readonly { readonly kind: "file" | "hunk" | "same" | "removed" | "added"; readonly text: string }[] {
  return diff.flatMap(({ path, hunks }) => [
    { kind: "file" as const, text: `--- ${path}` },
    { kind: "file" as const, text: `+++ ${path}` },
    ...hunks.flatMap(({ before, after, lines }) => [
      { kind: "hunk" as const, text: `@@ -${before.start},${before.lines} +${after.start},${after.lines} @@` },
      ...lines.map(({ kind, text }) => ({ kind, text: marks[kind] + text })),
    ]),
  ]);
}

/** What the program needs to be violated, in words: "violated with 2 faults". */
export function violatedInWords({ original }: Extract<RepairResult, { readonly statistics: unknown }>): string {
  const { schedule, execution } = original.counterexample;
  const inputs = formatInputs(execution.program, execution.inputs);
  return `${withFaults(schedule.length)}${inputs.length === 0 ? "" : `, given ${enumerate(inputs)}`}`;
}
