import type { Diagnostics } from "../source/diagnostic.js";
import { replacing } from "../source/fixes.js";
import { nearest } from "../source/nearest.js";
import type {
  Aggregate,
  AggregateFunction,
  Expression,
  FactStatement,
  RuleStatement,
  TimeMark,
} from "../syntax/tree.js";
import type { Draft } from "./draft.js";
import { expressionsOf, isAtomLiteral, within } from "./draft.js";

const AGGREGATE_FUNCTIONS: readonly AggregateFunction[] = ["count", "min", "max", "sum", "avg"];

/** The names of aggregates in other languages. */
const SYNONYMS: ReadonlyMap<string, AggregateFunction> = new Map([
  ["average", "avg"],
  ["mean", "avg"],
  ["cnt", "count"],
  ["size", "count"],
  ["number", "count"],
  ["minimum", "min"],
  ["least", "min"],
  ["maximum", "max"],
  ["greatest", "max"],
  ["total", "sum"],
]);

export function isAggregateFunction(name: string): name is AggregateFunction {
  return AGGREGATE_FUNCTIONS.some((known) => known === name);
}

/** Checks each statement by itself: where times, wildcards, expressions and aggregates are allowed. */
export function checkStatements(draft: Draft, diagnostics: Diagnostics): void {
  for (const fact of draft.facts) checkFact(fact, "fact", diagnostics);
  for (const { facts } of draft.inputs) for (const fact of facts) checkFact(fact, "input", diagnostics);
  for (const rule of draft.rules) {
    for (const expression of [...rule.head.args, ...rule.body.flatMap(expressionsOf)])
      checkRanges(expression, diagnostics);
    checkHead(rule, draft, diagnostics);
    checkBody(rule, diagnostics);
  }
}

/** `as`: a statement, which may have been intended as a rule; or a fact in a `//!` line. */
function checkFact({ atom }: FactStatement, as: "fact" | "input", diagnostics: Diagnostics): void {
  const orRule = as === "fact" ? "; for a rule, write its body after `:-`" : "";
  for (const arg of atom.args) checkFactArgument(arg, orRule, diagnostics);
  const { time } = atom;
  if (time === undefined) {
    diagnostics.report("fact-without-time", {
      span: { ...atom.span, start: atom.span.end },
      message: `this fact does not say when \`${atom.relation.text}\` holds`,
      help: `a fact holds at one instant: add \`@1\` ${as === "fact" ? "before the `;`" : "after it"}`,
      fix: replacing({ ...atom.span, start: atom.span.end }, "@1", "Add `@1`", "doubtful"),
    });
  } else if (time.kind !== "at") {
    diagnostics.report("fact-time", {
      span: time.span,
      message: `a fact holds at an instant, not \`@${time.kind}\``,
      help: `write \`@1\` for the first instant${orRule}`,
      fix: replacing(time.span, "@1", "Write `@1`", "doubtful"),
    });
  } else checkInstant(time, diagnostics);
}

function checkFactArgument(arg: Expression, orRule: string, diagnostics: Diagnostics): void {
  switch (arg.kind) {
    case "integer":
    case "string":
      return;
    case "variable":
      diagnostics.report("fact-not-constant", {
        span: arg.span,
        message: `\`${arg.name}\` is a variable, and the arguments of a fact are constants`,
        help: `strings are quoted: \`"${arg.name}"\`${orRule}`,
        fix: replacing(arg.span, `"${arg.name}"`, `Write \`"${arg.name}"\``, "doubtful"),
      });
      return;
    case "wildcard":
      diagnostics.report("fact-not-constant", {
        span: arg.span,
        message: "`_` has no value, and the arguments of a fact are constants",
        help: "write the value",
      });
      return;
    case "arithmetic":
      diagnostics.report("fact-not-constant", {
        span: arg.span,
        message: "this is an expression, and the arguments of a fact are constants",
        help: "write the value",
      });
      return;
    case "range":
      return;
    case "aggregate":
      misplaced(arg, diagnostics);
  }
}

function checkInstant(time: TimeMark, diagnostics: Diagnostics): void {
  if (time.kind !== "at" || time.instant >= 1) return;
  diagnostics.report("time-before-one", {
    span: time.span,
    message: `there is no instant ${time.instant}`,
    help: "the first instant is `@1`",
    fix: replacing(time.span, "@1", "Write `@1`", "doubtful"),
  });
}

function checkRanges(expression: Expression, diagnostics: Diagnostics): void {
  const range = within(expression).find(({ kind }) => kind === "range");
  if (range === undefined) return;
  diagnostics.report("range-misplaced", {
    span: range.span,
    message: "a range can only stand in a fact",
    help: "state the values, `value(1..3)@1;` with `//! everywhere value`, and read them here; or compare, `X >= 1, X <= 3`",
  });
}

/** A head with an absolute time states facts, one for each binding of static relations; any other is an error. */
function checkHead({ head, body }: RuleStatement, draft: Draft, diagnostics: Diagnostics): void {
  const atoms = body.filter(isAtomLiteral).map(({ atom }) => atom);
  const changing = atoms.filter(({ relation }) => !draft.statics.has(relation.text));
  if (head.time?.kind === "at" && changing.length > 0) {
    const names = [...new Set(changing.map(({ relation }) => relation.text))];
    const isStated = (name: string): boolean =>
      draft.facts.some(({ atom }) => atom.relation.text === name) &&
      draft.rules.every((other) => other.head.relation.text !== name);
    diagnostics.report("head-time", {
      span: head.time.span,
      message: "the head of a rule cannot have an absolute time",
      help: names.every(isStated)
        ? `remove it; or, for a rule that states facts, name what it reads: \`//! everywhere ${names.join(", ")}\``
        : "remove it, or write `@next` or `@async`; a time in the body, `r(X)@3`, reads instant 3",
      fix: replacing(head.time.span, "", "Remove the time", "doubtful"),
    });
  } else if (head.time?.kind === "at") checkInstant(head.time, diagnostics);
  for (const arg of head.args) {
    if (arg.kind === "aggregate") checkAggregate(arg, diagnostics);
    else checkHeadArgument(arg, diagnostics);
  }
}

function checkHeadArgument(arg: Expression, diagnostics: Diagnostics): void {
  for (const part of within(arg)) {
    if (part.kind === "wildcard") {
      diagnostics.report("wildcard-in-head", {
        span: part.span,
        message: "`_` in the head of a rule has no value",
        help: "name a variable that the body binds, or write a constant",
      });
    }
    if (part.kind === "aggregate") {
      misplaced(part, diagnostics);
      return;
    }
  }
}

function checkAggregate(aggregate: Aggregate, diagnostics: Diagnostics): void {
  const { text, span } = aggregate.function;
  if (!isAggregateFunction(text)) {
    const meant = SYNONYMS.get(text.toLowerCase()) ?? nearest(text, AGGREGATE_FUNCTIONS);
    diagnostics.report("unknown-aggregate", {
      span,
      message: `there is no aggregate \`${text}\``,
      help: meant === undefined ? `the aggregates are ${AGGREGATE_FUNCTIONS.join(", ")}` : `did you mean \`${meant}\`?`,
      fix: meant === undefined ? undefined : replacing(span, meant, `Write \`${meant}\``, "doubtful"),
    });
  }
  checkVariables(aggregate, diagnostics);
  const wildcard = [aggregate.variable, ...(aggregate.more ?? []), ...(aggregate.by ?? [])].find(
    ({ kind }) => kind === "wildcard",
  );
  if (wildcard !== undefined) {
    const shown = aggregate.more === undefined && aggregate.by === undefined ? `${text}<_>` : `${text}<… _ …>`;
    diagnostics.report("aggregate-over-wildcard", {
      span: wildcard.span,
      message: `\`${shown}\` does not range over a variable`,
      help: "an aggregate ranges over the distinct values of a variable: name the column in the body, and write the name here",
    });
  }
}

/** Which functions take several variables, and which take `by`. */
function checkVariables(
  { function: { text }, variable, more = [], by = [], span }: Aggregate,
  diagnostics: Diagnostics,
): void {
  const names = [variable, ...more].map((part) => (part.kind === "variable" ? part.name : "_"));
  const keys = by.map((part) => (part.kind === "variable" ? part.name : "_"));
  const report = (message: string, help: string): void =>
    diagnostics.report("aggregate-variables", { span, message, help });
  if ((text === "sum" || text === "avg") && more.length > 0)
    report(
      `\`${text}\` takes one variable, and this has ${names.length}`,
      `to add each \`${names[0]}\` once for each ${names.slice(1).join(", ")}, write \`${text}<${names[0]} by ${[...names.slice(1), ...keys].join(", ")}>\``,
    );
  else if (text !== "sum" && text !== "avg" && isAggregateFunction(text) && by.length > 0)
    report(
      `\`${text}\` takes no \`by\`: only \`sum\` and \`avg\` do`,
      `write \`${text}<${[...names, ...keys].join(", ")}>\`, or make ${keys.join(", ")} ${keys.length === 1 ? "a plain argument" : "plain arguments"} of the head`,
    );
}

function checkBody({ body, head }: RuleStatement, diagnostics: Diagnostics): void {
  for (const literal of body) {
    for (const expression of expressionsOf(literal)) {
      const aggregate = within(expression).find((part) => part.kind === "aggregate");
      if (aggregate !== undefined) misplaced(aggregate, diagnostics);
    }
    if (!isAtomLiteral(literal) || literal.atom.time === undefined) continue;
    const { time } = literal.atom;
    checkInstant(time, diagnostics);
    if (time.kind === "at") continue;
    diagnostics.report("body-time", {
      span: time.span,
      message: `\`@${time.kind}\` cannot occur in the body of a rule`,
      help:
        head.time === undefined
          ? `a body reads the current instant; to derive for a later one, write \`@${time.kind}\` after the head`
          : "a body reads the current instant: remove it",
      fix: replacing(time.span, "", "Remove the time", "doubtful"),
    });
  }
  if (!body.some((literal) => literal.kind === "positive")) {
    diagnostics.report("no-positive-literal", {
      span: head.span,
      message: "the body of this rule has no positive atom",
      help: "add one: it determines where and for which values the rule fires",
    });
  }
}

function misplaced(aggregate: Expression, diagnostics: Diagnostics): void {
  diagnostics.report("aggregate-misplaced", {
    span: aggregate.span,
    message: "an aggregate can only be a whole argument of a rule's head",
    help: "derive it in a rule of its own, `total(A, count<X>) :- r(A, X);`, and read `total` here",
  });
}
