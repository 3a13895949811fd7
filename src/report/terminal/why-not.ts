import type { Attempt, Group, Reason, Wanted, WhyNot } from "../../evidence/explanation.js";
import type { FailingLiteral } from "../../evidence/partial-match.js";
import type { Replay } from "../../evidence/replay.js";
import { replayCommand } from "../../evidence/replay.js";
import type { Execution } from "../../execution/execution.js";
import type { Program, RuleId, Value } from "../../program/program.js";
import { onOneLine } from "../../source/source.js";
import { formatValue } from "../../source/strings.js";
import { enumerate } from "../../wording/lists.js";
import { count } from "../../wording/numbers.js";
import { awayInWords, forgottenInWords } from "../text/absence-words.js";
import { awaitedInWords } from "../text/arrival-words.js";
import { lossWords } from "../text/fate-words.js";
import { lostFactInWords, sentByManyInWords } from "../text/obstacle-words.js";
import { formatNode, formatPattern, formatTuple } from "../text/tuples.js";
import { textGlyphs } from "./glyphs.js";
import type { Style } from "./palette.js";
import type { Tree } from "./tree.js";
import { ruleReference, whyTree } from "./why.js";

type Subject = Pick<Execution, "program" | "eot">;

/** The command that asks about something else, for what an explanation omits. */
export type AskAgain = (wanted: Wanted) => string;

/** The same run with another question. */
export function askAgainBy(replay: Replay, program: Program): AskAgain {
  return ({ relation, instant, pattern }) => {
    const tuple = `${formatPattern(program, relation, pattern)}@${instant}`;
    return replayCommand({ ...replay, ask: { question: "why-not", tuple } });
  };
}

interface Context {
  readonly execution: Subject;
  readonly style: Style;
  readonly askAgain: AskAgain | undefined;
}

/** Why a tuple was not derived: for each rule that could have derived it, which literal failed. */
export function whyNotTree(whyNot: WhyNot, execution: Subject, style: Style, askAgain?: AskAgain): Tree {
  return absenceTree(whyNot, { execution, style, askAgain });
}

function absenceTree(whyNot: WhyNot, context: Context): Tree {
  const { execution, style } = context;
  const { program } = execution;
  const { wanted, since, away, facts, attempts } = whyNot;
  const glyphs = textGlyphs(style.unicode);
  const text = `${wantedInWords(wanted, program)} ${atInWords(since, wanted.instant, glyphs.range)}`;
  const struck = (words: string): Tree => ({ text: style.palette.lost(`${glyphs.lost} ${words}`), children: [] });
  if (away !== undefined) return { text, children: [struck(awayInWords(away, glyphs))] };
  if (attempts.length === 0 && facts.length === 0) return { text: `${text}: ${originInWords(whyNot)}`, children: [] };
  const stated = facts.map((fact) => struck(lostFactInWords(fact, glyphs)));
  return { text, children: [...stated, ...attempts.map((attempt) => attemptTree(attempt, context))] };
}

/** For a tuple that no fact and no rule could give. */
function originInWords({ held, early }: WhyNot): string {
  if (held !== undefined) return `the last instant at which it holds is ${held}, and nothing carries it on`;
  if (early === true) return "no fact states it, and no rule derives it so early";
  return "no fact or rule gives it these values";
}

/** `log("b", "m") does not hold`, or if a column may have any value: `no log("b", _) holds`. */
function wantedInWords({ relation, pattern }: Wanted, program: Program): string {
  const name = formatPattern(program, relation, pattern);
  return pattern.includes(undefined) ? `no ${name} holds` : `${name} does not hold`;
}

function atInWords(from: number, to: number, range: string): string {
  return from < to ? `at any of ${from}${range}${to}` : `at ${to}`;
}

/** The different reasons, each with its instants, in the order of time. */
function attemptTree(attempt: Attempt, context: Context): Tree {
  const { style, execution } = context;
  const { rule, others, unlisted } = attempt;
  const text = ruleReference(rule, execution.program, style);
  if (others.length === 0) return { text, children: [obstacleTree(attempt, rule, context)] };
  const { range } = textGlyphs(style.unicode);
  const reasons = [attempt, ...others].sort((a, b) => a.instant - b.instant);
  const children = reasons.map((reason): Tree => {
    const { instant, until } = reason;
    const tree = obstacleTree(reason, rule, context);
    return { ...tree, text: `at ${instant}${until > instant ? `${range}${until}` : ""}: ${tree.text}` };
  });
  const rest = unlisted === 0 ? [] : [{ text: `at ${count(unlisted, "other instant")}: something else`, children: [] }];
  return { text, children: [...children, ...rest] };
}

function obstacleTree({ obstacle: o, instant, until, binding }: Reason, rule: RuleId, context: Context): Tree {
  const { style, execution } = context;
  const { program, eot } = execution;
  const { lost, faint } = style.palette;
  const glyphs = textGlyphs(style.unicode);
  const mark = glyphs.lost;
  const struck = (words: string): Tree => ({ text: lost(`${mark} ${words}`), children: [] });
  const message = ({ from, to }: { readonly from: Value; readonly to: Value }): string => {
    const when = until > instant ? `each sent at ${instant}${glyphs.range}${until}` : `sent at ${instant}`;
    return `the message ${formatNode(from)} ${glyphs.arrow} ${formatNode(to)}, ${when},`;
  };
  switch (o.kind) {
    case "message":
      return struck(`${message(o)} ${lossWords[o.fate].predicate}`);
    case "late":
      return struck(`${message(o)} ${awaitedInWords(instant, o, eot, glyphs)}`);
    case "forgotten":
      return struck(`what it derived at ${instant} was ${forgottenInWords(o.absence)}`);
    case "away":
      return struck(`what it derived at ${instant} does not hold: ${awayInWords(o.absence, glyphs)}`);
    case "other-value": {
      const values = o.values.map((t) => formatTuple(program, t.relation, t.args));
      return {
        text: values.length === 0 ? "the group is empty" : `the group gives ${enumerate(values)} instead`,
        children: o.group === undefined ? [] : groupTrees(o.group, context),
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
        const further = absenceTree(o.whyNot, context);
        return { text: lost(`${mark} ${further.text}`) + where, children: further.children };
      }
      const away = o.away === undefined ? "" : `: ${awayInWords(o.away, glyphs)}`;
      const above = o.cut === "above" ? ", as explained above" : "";
      return {
        text: lost(`${mark} ${failing(o.failing, program)}${away}`) + above + where,
        children: [
          ...(o.cut === "deeper" ? askedAgain(o.failing, until, context) : []),
          ...(o.because === undefined ? [] : [whyTree(o.because, program, style, (w) => absenceTree(w, context))]),
          ...(o.groups ?? []).flatMap((group) => groupTrees(group, context)),
        ],
      };
    }
    default: {
      const never: never = o;
      return never;
    }
  }
}

/** What an aggregate ranges over, and why its missing members are missing. */
function groupTrees(group: Group, context: Context): readonly Tree[] {
  const { variable, present, missing, unlisted, instant } = group;
  const values = present.map(formatValue);
  const members = values.length === 0 ? "no members" : `members ${variable} = ${enumerate(values)}`;
  const more =
    unlisted === 0
      ? []
      : [{ text: `and ${unlisted} more that ${unlisted === 1 ? "is" : "are"} missing`, children: [] }];
  return [
    { text: `${members}, at ${instant}`, children: [] },
    ...sentByManyTrees(group, context),
    ...missing.map((member) => absenceTree(member, context)),
    ...more,
  ];
}

function sentByManyTrees(group: Group, { style, execution }: Context): readonly Tree[] {
  return sentByManyInWords(group, execution.program).map((text) => ({
    text: style.palette.unsure(text),
    children: [],
  }));
}

function askedAgain(literal: FailingLiteral, until: number, { askAgain }: Context): readonly Tree[] {
  if (literal.kind !== "no-match" || askAgain === undefined) return [];
  const { relation } = literal.literal;
  const instant = literal.literal.instant ?? until;
  return [{ text: `more: ${askAgain({ relation, instant, pattern: literal.pattern })}`, children: [] }];
}

function failing(literal: FailingLiteral, program: Program): string {
  switch (literal.kind) {
    case "no-match":
      return `no ${formatPattern(program, literal.literal.relation, literal.pattern)} at ${literal.instant}`;
    case "blocked":
      return `${formatTuple(program, literal.literal.relation, literal.by)} holds at ${literal.instant}`;
    case "comparison":
      return `${onOneLine(literal.literal.span)} is false`;
    default: {
      const never: never = literal;
      return never;
    }
  }
}
