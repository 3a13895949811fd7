import type { Difference } from "../../evidence/difference.js";
import type { Effect } from "../../evidence/effects.js";
import type { How, Why } from "../../evidence/explanation.js";
import type { Neighbour } from "../../evidence/neighbours.js";
import type { ViolationEvidence } from "../../evidence/violation-evidence.js";
import type { Promised, WitnessEvidence } from "../../evidence/witness-evidence.js";
import type { CarriedTuple, Message, TupleAt } from "../../execution/execution.js";
import type { Fault } from "../../faults/kinds.js";
import { faultInWords } from "../../faults/words.js";
import { antecedentOf } from "../../program/demands.js";
import type { Program } from "../../program/program.js";
import type { Violated } from "../../search/verdict.js";
import { instantsInWords } from "../../wording/instants.js";
import { enumerate } from "../../wording/lists.js";
import { count } from "../../wording/numbers.js";
import { keptInWords } from "./absence-words.js";
import { arrivedInWords } from "./arrival-words.js";
import { blameWords } from "./blamed-places.js";
import { isBuiltIn } from "./difference-outline.js";
import { differenceInWords } from "./difference-words.js";
import { obstaclesInWords } from "./obstacle-words.js";
import type { Sentence } from "./sentence.js";
import { leaf } from "./sentence.js";
import { rulePlace, ruleText } from "./source-text.js";
import { formatNode, formatPattern, formatTuple, formatTupleAt } from "./tuples.js";

/** A part of the explanation in words. */
export interface Section {
  readonly heading: string;
  readonly sentences: readonly Sentence[];
}

/** Tuples, or channels, that one sentence lists. */
const mostTuples = 4;

/** The explanation of a violation in words: what was lost, why, what each fault is needed for, and where to look in the source. */
export function storyOf(evidence: ViolationEvidence, verdict: Violated, program: Program): readonly Section[] {
  const { witnesses } = evidence;
  const explained = plainest(witnesses);
  const further = witnesses
    .filter((witness) => witness !== explained)
    .map(({ kind, tuple }) =>
      leaf(kind === "missing" ? formatTuple(program, tuple.relation, tuple.args) : formatTupleAt(program, tuple)),
    );
  return [
    ...(explained === undefined ? [] : witnessSections(explained, evidence, verdict, program)),
    ...section(
      witnesses.every(({ kind }) => kind === "missing")
        ? "Also missing, but not explained individually"
        : "Also wrong, but not explained individually",
      further,
    ),
    ...section(
      "What each fault is needed for",
      evidence.effects.map((effect) => effectInWords(effect, evidence, verdict, program)),
    ),
    ...section("Lines to look at", blameInWords(evidence, program)),
  ];
}

/** The witness with the shortest explanation, of those that the failure-free run keeps if there are any. */
function plainest(witnesses: readonly WitnessEvidence[]): WitnessEvidence | undefined {
  const rank = ({ cut, promise }: WitnessEvidence): number => {
    const size =
      (cut === undefined ? 0 : tuplesTold(cut.difference).length) +
      (promise?.gained === undefined ? 0 : tuplesTold(promise.gained).length);
    return size + (cut === undefined ? 20_000 : cut.neighbour === undefined ? 0 : 10_000);
  };
  return [...witnesses].sort((a, b) => rank(a) - rank(b))[0];
}

/** Every tuple that a tree of differences speaks of. */
function tuplesTold({ tuple, causes }: Difference): readonly TupleAt[] {
  const further = causes.flatMap((cause) => (cause.kind === "firing" ? cause.because : []));
  return [tuple, ...further.flatMap((reason) => (reason.kind === "difference" ? tuplesTold(reason.difference) : []))];
}

function section(heading: string, sentences: readonly Sentence[]): readonly Section[] {
  return sentences.length === 0 ? [] : [{ heading, sentences }];
}

function witnessSections(
  witness: WitnessEvidence,
  evidence: ViolationEvidence,
  verdict: Violated,
  program: Program,
): readonly Section[] {
  const { kind, tuple: wrong, promise, cut, obstacles, derivation } = witness;
  const subject = evidence.failing.execution;
  const name = formatTuple(program, wrong.relation, wrong.args);
  const compared =
    cut?.neighbour === undefined
      ? "without faults"
      : `without ${faultInWords(cut.neighbour.without, verdict.budget.nodes)}`;
  if (kind === "present") {
    const heading = `${name} is present at ${wrong.instant}, but must never be`;
    if (cut !== undefined) return section(heading, [differenceInWords(cut.difference, subject, compared)]);
    return section(heading, derivation === undefined ? [] : [derivationInWords(derivation, evidence, program)]);
  }
  const { specification } = verdict;
  const antecedent = antecedentOf(specification, { relation: wrong.relation, promise: witness.promiseName });
  const demand =
    antecedent === undefined
      ? "though the failure-free run ends with it"
      : `though ${formatTuple(program, antecedent, wrong.args)} holds`;
  const story = cut === undefined ? [] : [differenceInWords(cut.difference, subject, compared)];
  const intro =
    cut?.neighbour === undefined
      ? []
      : [leaf(`without faults it is neither promised nor present; compare with the same run ${compared}`)];
  const heldBack =
    obstacles === undefined
      ? []
      : obstaclesInWords(obstacles, subject, (tuple) => {
          const known = (t: TupleAt): boolean =>
            t.relation === tuple.relation && JSON.stringify(t.args) === JSON.stringify(tuple.args);
          if (isBuiltIn(tuple.relation, program) || witness.differences.flatMap(tuplesTold).some(known)) return [];
          const difference = evidence.differenceOf(tuple);
          return difference === undefined ? [] : [differenceInWords(difference, subject, "without faults")];
        });
  const heading = `${name} is missing at the end, ${demand}`;
  return [
    ...(story.length === 0 ? section(`${heading}: nothing made it`, heldBack) : section(heading, [...intro, ...story])),
    ...section("Why it was promised", promise === undefined ? [] : promiseInWords(promise, evidence, program)),
    ...(story.length === 0 ? [] : section("What came closest to making it in this run", heldBack)),
  ];
}

function promiseInWords(promise: Promised, evidence: ViolationEvidence, program: Program): readonly Sentence[] {
  const { gained, why } = promise;
  if (gained === undefined) return [derivationInWords(why, evidence, program)];
  return [differenceInWords(gained, evidence.failing.execution, "without faults")];
}

/** One step of how a tuple came about. */
function derivationInWords({ tuple, how }: Why, evidence: ViolationEvidence, program: Program): Sentence {
  const name = formatTuple(program, tuple.relation, tuple.args);
  const subject = evidence.failing.execution;
  const opened = premisesOf(how).flatMap((premise) => evidence.differenceOf(premise.tuple) ?? []);
  const children = opened.map((difference) => differenceInWords(difference, subject, "without faults"));
  return {
    text: `${name} ${stepInWords(how, program)}`,
    children,
    ...(how.kind === "firing" ? { rule: how.rule } : {}),
  };
}

function premisesOf(how: How): readonly Why[] {
  return how.kind === "firing"
    ? how.premises.flatMap((premise) => (premise.kind === "tuple" ? [premise.why] : []))
    : [];
}

function stepInWords(how: How, program: Program): string {
  switch (how.kind) {
    case "fact":
      return how.everywhere === true ? "holds everywhere" : "is a fact";
    case "built-in":
      return `is a ${how.relation} of the schedule`;
    case "above":
    case "deeper":
      return "was explained above";
    case "firing": {
      const from = how.premises.map((premise) =>
        premise.kind === "tuple"
          ? formatTuple(program, premise.why.tuple.relation, premise.why.tuple.args)
          : `no ${formatPattern(program, premise.relation, premise.pattern)}`,
      );
      return `follows from ${enumerate(from)} (${rulePlace(program, how.rule)})${detour(how)}`;
    }
    default: {
      const never: never = how;
      return never;
    }
  }
}

/** When a tuple arrived that did not arrive in time. */
function detour({ message, keptOver }: Extract<How, { kind: "firing" }>): string {
  const late = message !== undefined && (message.again || message.at.some((at) => at > message.sent + 1));
  const parts = [
    ...(late ? [arrivedInWords(message)] : []),
    ...(keptOver === undefined ? [] : [keptInWords([keptOver])]),
  ];
  return parts.map((part) => `, ${part}`).join("");
}

function effectInWords(effect: Effect, evidence: ViolationEvidence, verdict: Violated, program: Program): Sentence {
  const { fault, cut, lost, late, forgotten, needed } = effect;
  const neighbour = evidence.neighbourWithout(fault);
  const taken = [
    ...messagesStruck("takes away", lost, cut, program),
    ...messagesStruck("makes late, or repeats,", late, cut, program),
    ...(forgotten.length === 0 ? [] : [leaf(forgottenTuples(forgotten, program))]),
  ];
  const passing = neighbour === undefined ? [] : [neighbourInWords(neighbour, program)];
  const subject = evidence.failing.execution;
  // A single fault explains what was explained already.
  const why =
    needed === undefined || subject.schedule.length < 2
      ? []
      : [differenceInWords(needed, subject, "without this fault")];
  const nothing = taken.length + passing.length + why.length === 0 ? [leaf("it does nothing to this run")] : [];
  return { text: faultInWords(fault, verdict.budget.nodes), children: [...taken, ...passing, ...why, ...nothing] };
}

/** What a fault did, and why the outcome depended on it, one line each. */
export function faultInBrief(fault: Fault, evidence: ViolationEvidence, verdict: Violated, program: Program): Sentence {
  const whole = effectInWords(evidence.effectOf(fault), evidence, verdict, program);
  const lines = whole.children.filter(({ children: further }) => further.length === 0);
  const [first] = lines;
  const last = lines.at(-1);
  return { ...whole, children: first === undefined || last === undefined ? [] : [...new Set([first, last])] };
}

/** What a fault did to messages: to those on which the difference between the runs depends, if there are any; else to all. */
function messagesStruck(
  what: string,
  struck: readonly Message[],
  cut: readonly Message[],
  program: Program,
): readonly Sentence[] {
  if (struck.length === 0) return [];
  const needed = struck.filter((message) => cut.includes(message));
  const shown = needed.length > 0 ? needed : struck;
  const others = struck.length - shown.length;
  const besides = others > 0 ? `, and ${count(others, "message")} that nothing explained above needed` : "";
  return [leaf(`it ${what} ${enumerate(carried(shown, program))}${besides}`)];
}

/** What a restarting node forgets. */
function forgottenTuples(forgotten: readonly CarriedTuple[], program: Program): string {
  const names = forgotten.map(({ relation, args }) => formatTuple(program, relation, args));
  const listed =
    names.length <= mostTuples
      ? names
      : [...names.slice(0, mostTuples - 1), `${names.length - mostTuples + 1} more tuples`];
  return `forgotten: ${enumerate(listed)}`;
}

function carried(messages: readonly Message[], program: Program): readonly string[] {
  const byTuple = new Map<string, number[]>();
  for (const m of messages) {
    const name = `${formatTuple(program, m.relation, m.args)} for ${formatNode(m.to)}`;
    byTuple.set(name, [...(byTuple.get(name) ?? []), m.sent]);
  }
  const names = [...byTuple].map(([name, sent]) => `${name}, sent at ${instantsInWords([...new Set(sent)])}`);
  return names.length <= mostTuples
    ? names
    : [...names.slice(0, mostTuples - 1), `${names.length - mostTuples + 1} more tuples`];
}

function neighbourInWords({ parting, witnesses }: Neighbour, program: Program): Sentence {
  const verdict = witnesses.length === 0 ? "the same run is correct" : "the same run still fails";
  if (parting === undefined) return leaf(`without it ${verdict}`);
  const { tuple, heldBy } = parting;
  const name = formatTuple(program, tuple.relation, tuple.args);
  const how = heldBy === "neighbour" ? `${name} is present` : `${name} is missing`;
  return leaf(`without it ${verdict}: at ${tuple.instant} ${how}`);
}

function blameInWords(evidence: ViolationEvidence, program: Program): readonly Sentence[] {
  return evidence.blame.map(({ rule, kind, messages }): Sentence => {
    const channels = channelsInWords(messages);
    const listed =
      channels.length <= mostTuples
        ? enumerate(channels)
        : `${channels.slice(0, mostTuples).join(", ")} and ${channels.length - mostTuples} more`;
    const why = kind === "message" ? `what it sent ${listed} ${lossIn(messages)}` : blameWords[kind].sentence;
    return { text: `${rulePlace(program, rule)}: ${why}`, children: [leaf(ruleText(program, rule))], rule };
  });
}

/** The fate of messages that were lost or late. */
function lossIn(messages: readonly Message[]): string {
  const late = messages.filter(({ fate }) => fate === "delivered").length;
  if (late === 0) return messages.every(({ fate }) => fate === "receiver-away") ? "was lost" : "never arrived";
  return late === messages.length ? "arrived late" : "never arrived, or arrived late";
}

/** `a → b at 1–3`, for each channel. */
function channelsInWords(messages: readonly Message[]): readonly string[] {
  const byChannel = new Map<string, number[]>();
  for (const m of [...messages].sort((a, b) => a.sent - b.sent)) {
    const channel = `${formatNode(m.from)} → ${formatNode(m.to)}`;
    byChannel.set(channel, [...(byChannel.get(channel) ?? []), m.sent]);
  }
  return [...byChannel].map(([channel, sent]) => `${channel} at ${instantsInWords([...new Set(sent)])}`);
}
