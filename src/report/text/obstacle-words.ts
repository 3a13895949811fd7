import type { Attempt, Group, LostFact, WhyNot } from "../../evidence/explanation.js";
import type { FailingLiteral } from "../../evidence/partial-match.js";
import type { Execution, TupleAt } from "../../execution/execution.js";
import type { Program } from "../../program/program.js";
import { onOneLine } from "../../source/source.js";
import { enumerate } from "../../wording/lists.js";
import type { Marks } from "../../wording/marks.js";
import { unicodeMarks } from "../../wording/marks.js";
import { awayInWords, forgottenInWords } from "./absence-words.js";
import { awaitedInWords } from "./arrival-words.js";
import { lossWords } from "./fate-words.js";
import type { Sentence } from "./sentence.js";
import { leaf } from "./sentence.js";
import { rulePlace } from "./source-text.js";
import { formatNode, formatPattern, formatTuple } from "./tuples.js";

/** How deep missing tuples are followed to the tuples that they needed. */
const deepest = 4;
/** How many rules are explained for one tuple. */
const mostAttempts = 3;

/** How a tuple was derived that prevents a rule from firing; nothing if it is present with and without faults. */
export type InTheWay = (tuple: TupleAt) => readonly Sentence[];

/** Why a tuple was not derived in one run: for each rule that could have derived it, which literal failed. */
export function obstaclesInWords(
  whyNot: WhyNot,
  execution: Pick<Execution, "program" | "eot">,
  inTheWay: InTheWay,
  depth = 0,
): readonly Sentence[] {
  const { program } = execution;
  const { attempts, wanted, away, facts } = whyNot;
  const name = formatPattern(program, wanted.relation, wanted.pattern);
  if (away !== undefined)
    return [{ ...leaf(`${name} cannot hold at ${wanted.instant}: ${awayInWords(away)}`), fault: true }];
  if (attempts.length === 0 && facts.length === 0) return [leaf(`no fact and no rule derives ${name}`)];
  const sentences = attempts
    .slice(0, mostAttempts)
    .map((attempt) => attemptInWords(attempt, execution, inTheWay, depth));
  const rest = attempts.length - mostAttempts;
  return [
    ...facts.map((fact) => leaf(lostFactInWords(fact))),
    ...sentences,
    ...(rest > 0 ? [leaf(`and ${rest} more ${rest === 1 ? "rule" : "rules"} that got no further`)] : []),
  ];
}

/** A fact that does not hold. */
export function lostFactInWords({ instant, away }: LostFact, marks: Marks = unicodeMarks): string {
  return away === undefined
    ? `an input that would state it at ${instant} is not chosen`
    : `the fact at ${instant} is lost: ${awayInWords(away, marks)}`;
}

function attemptInWords(
  { obstacle, instant, rule }: Attempt,
  execution: Pick<Execution, "program" | "eot">,
  inTheWay: InTheWay,
  depth: number,
): Sentence {
  const { program, eot } = execution;
  const subject = `the rule at ${rulePlace(program, rule)}`;
  switch (obstacle.kind) {
    case "message": {
      const { from, to, fate } = obstacle;
      return {
        text: `${subject}: ${formatNode(from)} sends it to ${formatNode(to)} at ${instant}, but ${lossWords[fate].clause}`,
        children: [],
        rule,
        fault: true,
      };
    }
    case "late": {
      const { from, to } = obstacle;
      const sent = `${formatNode(from)} sends it to ${formatNode(to)} at ${instant}`;
      return {
        text: `${subject}: ${sent}, but the message ${awaitedInWords(instant, obstacle, eot)}`,
        children: [],
        rule,
        fault: true,
      };
    }
    case "forgotten":
      return {
        text: `${subject} fires at ${instant}, but what it derives is ${forgottenInWords(obstacle.absence)}`,
        children: [],
        rule,
        fault: true,
      };
    case "away":
      return {
        text: `${subject} fires at ${instant}, but ${awayInWords(obstacle.absence)}`,
        children: [],
        rule,
        fault: true,
      };
    case "other-value": {
      const values = obstacle.values.map((t) => formatTuple(program, t.relation, t.args));
      return {
        text: `${subject} ${values.length === 0 ? "finds its group empty" : `gives ${enumerate(values)} instead`}`,
        children: obstacle.group === undefined ? [] : sentByManyInWords(obstacle.group, program).map(leaf),
        rule,
      };
    }
    case "head":
      return { text: `${subject} never fires with these values`, children: [], rule };
    case "literal": {
      const away = obstacle.away === undefined ? "" : `: ${awayInWords(obstacle.away)}`;
      const text = `${subject}, at ${instant}, ${failing(obstacle.failing, program)}${away}`;
      const further =
        obstacle.whyNot === undefined || depth >= deepest
          ? []
          : obstaclesInWords(obstacle.whyNot, execution, inTheWay, depth + 1);
      const counted = (obstacle.groups ?? []).flatMap((group) => sentByManyInWords(group, program)).map(leaf);
      return { text, children: [...further, ...counted, ...blocking(obstacle.failing, inTheWay)], rule };
    }
    default: {
      const never: never = obstacle;
      return never;
    }
  }
}

/** For a count that is smaller than the number of nodes that sent what it counts. */
export function sentByManyInWords({ variable, sentByMany: [first] }: Group, program: Program): readonly string[] {
  if (first === undefined) return [];
  const { tuple, senders } = first;
  const said = `${formatTuple(program, tuple.relation, tuple.args)} came from ${enumerate(senders.map(formatNode))}`;
  return [
    `${said}: \`count<${variable}>\` counts answers, not those who answer; put the sender into the tuple, and count it`,
  ];
}

function blocking(failing: FailingLiteral, inTheWay: InTheWay): readonly Sentence[] {
  return failing.kind === "blocked"
    ? inTheWay({ relation: failing.literal.relation, instant: failing.instant, args: failing.by })
    : [];
}

function failing(literal: FailingLiteral, program: Program): string {
  switch (literal.kind) {
    case "no-match":
      return `finds no ${formatPattern(program, literal.literal.relation, literal.pattern)}${time(literal)}`;
    case "blocked":
      return `is held back by ${formatTuple(program, literal.literal.relation, literal.by)}${time(literal)}`;
    case "comparison":
      return `fails at ${onOneLine(literal.literal.span)}`;
    default: {
      const never: never = literal;
      return never;
    }
  }
}

/** Only if the literal itself names an instant. */
function time({ literal, instant }: Exclude<FailingLiteral, { kind: "comparison" }>): string {
  return literal.instant === undefined ? "" : ` at ${instant}`;
}
