import type { FailingLiteral } from "../../evidence/partial-match.js";
import type { Attempt, WhyNot } from "../../evidence/why-not.js";
import type { TupleAt } from "../../execution/execution.js";
import type { Program } from "../../program/program.js";
import { lossWords } from "./fate-words.js";
import { enumerate } from "./lists.js";
import type { Sentence } from "./sentence.js";
import { rulePlace } from "./source-text.js";
import { formatNode, formatPattern, formatTuple } from "./tuples.js";

/** How deep the missing tuples behind a missing tuple are followed. */
const deepest = 4;
/** Rules told of one tuple. */
const mostAttempts = 3;

/** How a tuple came to be there that holds a rule back; nothing where it is there with and without faults. */
export type InTheWay = (tuple: TupleAt) => readonly Sentence[];

/** What stood in the way of a tuple in one run: for each rule that could have made it, where it came to a stop. */
export function obstaclesInWords(whyNot: WhyNot, program: Program, inTheWay: InTheWay, depth = 0): readonly Sentence[] {
  const { attempts, tuple } = whyNot;
  if (attempts.length === 0) {
    return [{ text: `no fact and no rule gives ${formatTuple(program, tuple.relation, tuple.args)}`, children: [] }];
  }
  const told = attempts.slice(0, mostAttempts).map((attempt) => attemptInWords(attempt, program, inTheWay, depth));
  const rest = attempts.length - mostAttempts;
  return rest > 0
    ? [...told, { text: `and ${rest} more ${rest === 1 ? "rule" : "rules"} that came no further`, children: [] }]
    : told;
}

function attemptInWords(
  { obstacle, instant, rule }: Attempt,
  program: Program,
  inTheWay: InTheWay,
  depth: number,
): Sentence {
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
    case "other-value": {
      const values = obstacle.values.map((t) => formatTuple(program, t.relation, t.args));
      return {
        text: `${subject} ${values.length === 0 ? "finds its group empty" : `gives ${enumerate(values)} instead`}`,
        children: [],
        rule,
      };
    }
    case "head":
      return { text: `${subject} never fires with these values`, children: [], rule };
    case "literal": {
      const text = `${subject}, at ${instant}, ${failing(obstacle.failing, program)}`;
      const further =
        obstacle.whyNot === undefined || depth >= deepest
          ? []
          : obstaclesInWords(obstacle.whyNot, program, inTheWay, depth + 1);
      return { text, children: [...further, ...blocking(obstacle.failing, inTheWay)], rule };
    }
    default: {
      const never: never = obstacle;
      return never;
    }
  }
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
    case "comparison": {
      const { span } = literal.literal;
      return `fails at ${span.file.text.slice(span.start, span.end).replace(/\s+/g, " ")}`;
    }
    default: {
      const never: never = literal;
      return never;
    }
  }
}

/** Told only where the literal itself names an instant. */
function time({ literal, instant }: Exclude<FailingLiteral, { kind: "comparison" }>): string {
  return literal.instant === undefined ? "" : ` at ${instant}`;
}
