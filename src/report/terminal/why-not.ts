import type { FailingLiteral } from "../../evidence/partial-match.js";
import type { Attempt, WhyNot } from "../../evidence/why-not.js";
import type { Program } from "../../program/program.js";
import { formatValue } from "../../source/strings.js";
import { lossWords } from "../text/fate-words.js";
import { enumerate } from "../text/lists.js";
import { formatNode, formatPattern, formatTuple } from "../text/tuples.js";
import { textGlyphs } from "./glyphs.js";
import type { Style } from "./palette.js";
import type { Tree } from "./tree.js";
import { ruleReference } from "./why.js";

/** What stood in the way of a tuple: each rule that could have made it, and where it came to a stop. */
export function whyNotTree(whyNot: WhyNot, program: Program, style: Style): Tree {
  const { tuple, since, attempts } = whyNot;
  const { range } = textGlyphs(style.unicode);
  const when = since < tuple.instant ? `at any of ${since}${range}${tuple.instant}` : `at ${tuple.instant}`;
  const text = `${formatTuple(program, tuple.relation, tuple.args)} does not hold ${when}`;
  if (attempts.length === 0) return { text: `${text}: no fact or rule gives it these values`, children: [] };
  return { text, children: attempts.map((attempt) => attemptTree(attempt, program, style)) };
}

function attemptTree(attempt: Attempt, program: Program, style: Style): Tree {
  const children = [obstacle(attempt, program, style)];
  return { text: ruleReference(attempt.rule, program, style), children };
}

function obstacle({ obstacle: o, instant, rule, binding }: Attempt, program: Program, style: Style): Tree {
  const { lost, faint } = style.palette;
  const mark = textGlyphs(style.unicode).lost;
  switch (o.kind) {
    case "message": {
      return {
        text: lost(
          `${mark} the message ${formatNode(o.from)} ${textGlyphs(style.unicode).arrow} ${formatNode(o.to)}, sent at ${instant}, ${lossWords[o.fate].predicate}`,
        ),
        children: [],
      };
    }
    case "other-value": {
      const values = o.values.map((t) => formatTuple(program, t.relation, t.args));
      return {
        text: values.length === 0 ? "the group is empty" : `the group gives ${enumerate(values)} instead`,
        children: [],
      };
    }
    case "head":
      return { text: "no binding gives the head these values", children: [] };
    case "literal": {
      const bound = [...binding].map(
        ([v, value]) => `${program.rules[rule]?.variables[v] ?? "_"} = ${formatValue(value)}`,
      );
      const where = bound.length === 0 ? "" : faint(`  with ${bound.join(", ")}`);
      if (o.whyNot !== undefined) {
        const further = whyNotTree(o.whyNot, program, style);
        return { text: lost(`${mark} ${further.text}`) + where, children: further.children };
      }
      return { text: lost(`${mark} ${failing(o.failing, program)}`) + where, children: [] };
    }
    default: {
      const never: never = o;
      return never;
    }
  }
}

function failing(literal: FailingLiteral, program: Program): string {
  switch (literal.kind) {
    case "no-match":
      return `no ${formatPattern(program, literal.literal.relation, literal.pattern)} at ${literal.instant}`;
    case "blocked":
      return `${formatTuple(program, literal.literal.relation, literal.by)} holds at ${literal.instant}`;
    case "comparison": {
      const { span } = literal.literal;
      return `${span.file.text.slice(span.start, span.end).replace(/\s+/g, " ")} is false`;
    }
    default: {
      const never: never = literal;
      return never;
    }
  }
}
