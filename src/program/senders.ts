import type { Diagnostics } from "../source/diagnostic.js";
import type { Expression, RuleStatement } from "../syntax/tree.js";
import { localVariables } from "./bindings.js";
import type { Draft } from "./draft.js";
import { hasAggregate, isAtomLiteral, locationOf } from "./draft.js";

/** Checks that every message has one sender: the location of its rule, the first argument of the first atom of the body that is not static. */
export function checkSenders(draft: Draft, diagnostics: Diagnostics): void {
  for (const rule of draft.rules) {
    if (rule.head.time?.kind !== "async") continue;
    if (namesNoSender(rule, draft, diagnostics)) continue;
    const location = locationOf(rule, draft.statics);
    if (location === undefined) continue;
    if (location.kind === "wildcard" || (location.kind === "variable" && localVariables(rule).has(location.name))) {
      diagnostics.report("no-sender", {
        span: location.span,
        message: `this message has no sender: the location of its rule, \`${location.kind === "wildcard" ? "_" : location.name}\`, has no value`,
        help:
          location.kind === "wildcard"
            ? "write a variable or a node in its place"
            : `put the atom of the sender first in the body, or bind \`${location.name}\` by a positive literal`,
      });
    } else if (hasAggregate(rule.head) && !identifiesSender(location, rule, draft.statics)) {
      diagnostics.report("sender-not-in-group", {
        span: location.span,
        message: "this aggregate combines tuples of several senders, and a message has one sender",
        help: "make the sender a plain argument of the head; or aggregate at the sender in a rule of its own, and send the result",
        related: [{ span: rule.head.span, message: "the head groups by its plain arguments" }],
      });
    }
  }
}

/**
 * Reports a message rule with a static atom whose first other atom is missing or negated. In
 *
 *     hello(D, S)@async :- node(S), node(D);
 *
 * with `//! everywhere node`, nothing says who sends: the rule would be at D, and every message one to itself.
 */
function namesNoSender(rule: RuleStatement, { statics }: Draft, diagnostics: Diagnostics): boolean {
  const literals = rule.body.filter(isAtomLiteral);
  const isStatic = ({ atom }: (typeof literals)[number]): boolean => statics.has(atom.relation.text);
  const first = literals.find((literal) => !isStatic(literal));
  const known = literals.find(isStatic);
  if (known === undefined || first?.kind === "positive") return false;
  diagnostics.report("no-sender", {
    span: first?.span ?? known.span,
    message:
      first === undefined
        ? "this message has no sender: all that its rule reads holds everywhere"
        : "this message has no sender: beside what holds everywhere, the first atom is negated",
    help: "name the sender: a positive atom of its own state, before what is negated, as `up(S)` in `hello(D, S)@async :- up(S), node(D);`",
    related: first === undefined ? [] : [{ span: known.span, message: "this holds everywhere" }],
  });
  return true;
}

function identifiesSender(location: Expression, rule: RuleStatement, statics: ReadonlySet<string>): boolean {
  return location.kind === "integer" || location.kind === "string" || locationColumn(rule, statics) !== undefined;
}

/** The first column of a rule's head that equals its location syntactically; `undefined` if none does. */
export function locationColumn(rule: RuleStatement, statics: ReadonlySet<string>): number | undefined {
  const location = locationOf(rule, statics);
  const column = location === undefined ? -1 : rule.head.args.findIndex((arg) => sameExpression(arg, location));
  return column < 0 ? undefined : column;
}

function sameExpression(a: Expression, b: Expression): boolean {
  if (a.kind === "variable") return b.kind === "variable" && a.name === b.name;
  if (a.kind === "integer" || a.kind === "string") return b.kind === a.kind && a.value === b.value;
  if (a.kind === "arithmetic") {
    return (
      b.kind === "arithmetic" &&
      a.operator === b.operator &&
      sameExpression(a.left, b.left) &&
      sameExpression(a.right, b.right)
    );
  }
  return false;
}
