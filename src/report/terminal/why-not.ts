import type { FailingLiteral } from "../../evidence/partial-match.js";
import type { Attempt, WhyNot } from "../../evidence/why-not.js";
import type { Execution } from "../../execution/execution.js";
import type { Program, Value } from "../../program/program.js";
import { formatValue } from "../../source/strings.js";
import { enumerate } from "../../wording/lists.js";
import { awayInWords, forgottenInWords } from "../text/absence-words.js";
import { awaitedInWords } from "../text/arrival-words.js";
import { lossWords } from "../text/fate-words.js";
import { lostFactInWords } from "../text/obstacle-words.js";
import { formatNode, formatPattern, formatTuple } from "../text/tuples.js";
import { textGlyphs } from "./glyphs.js";
import type { Style } from "./palette.js";
import type { Tree } from "./tree.js";
import { ruleReference } from "./why.js";

type Subject = Pick<Execution, "program" | "eot">;

/** What stood in the way of a tuple: each rule that could have made it, and where it came to a stop. */
export function whyNotTree(whyNot: WhyNot, execution: Subject, style: Style): Tree {
  const { program } = execution;
  const { tuple, since, away, facts, attempts } = whyNot;
  const { lost, range } = textGlyphs(style.unicode);
  const when = since < tuple.instant ? `at any of ${since}${range}${tuple.instant}` : `at ${tuple.instant}`;
  const text = `${formatTuple(program, tuple.relation, tuple.args)} does not hold ${when}`;
  const struck = (words: string): Tree => ({ text: style.palette.lost(`${lost} ${words}`), children: [] });
  if (away !== undefined) return { text, children: [struck(awayInWords(away, textGlyphs(style.unicode)))] };
  if (attempts.length === 0 && facts.length === 0)
    return { text: `${text}: no fact or rule gives it these values`, children: [] };
  const stated = facts.map((fact) => struck(lostFactInWords(fact, textGlyphs(style.unicode))));
  return { text, children: [...stated, ...attempts.map((attempt) => attemptTree(attempt, execution, style))] };
}

function attemptTree(attempt: Attempt, execution: Subject, style: Style): Tree {
  const children = [obstacle(attempt, execution, style)];
  return { text: ruleReference(attempt.rule, execution.program, style), children };
}

function obstacle({ obstacle: o, instant, rule, binding }: Attempt, execution: Subject, style: Style): Tree {
  const { program, eot } = execution;
  const { lost, faint } = style.palette;
  const glyphs = textGlyphs(style.unicode);
  const mark = glyphs.lost;
  const struck = (words: string): Tree => ({ text: lost(`${mark} ${words}`), children: [] });
  const message = ({ from, to }: { readonly from: Value; readonly to: Value }): string =>
    `the message ${formatNode(from)} ${glyphs.arrow} ${formatNode(to)}, sent at ${instant},`;
  switch (o.kind) {
    case "message":
      return struck(`${message(o)} ${lossWords[o.fate].predicate}`);
    case "late":
      return struck(`${message(o)} ${awaitedInWords(instant, o, eot, glyphs)}`);
    case "forgotten":
      return struck(`what it gave at ${instant} was ${forgottenInWords(o.absence)}`);
    case "away":
      return struck(`what it gave at ${instant} does not hold: ${awayInWords(o.absence, glyphs)}`);
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
        const further = whyNotTree(o.whyNot, execution, style);
        return { text: lost(`${mark} ${further.text}`) + where, children: further.children };
      }
      const away = o.away === undefined ? "" : `: ${awayInWords(o.away, glyphs)}`;
      return { text: lost(`${mark} ${failing(o.failing, program)}${away}`) + where, children: [] };
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
