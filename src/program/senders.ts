import type { Diagnostics } from "../source/diagnostic.js";
import type { Expression, RuleStatement } from "../syntax/tree.js";
import { localVariables } from "./bindings.js";
import type { Draft } from "./draft.js";
import { hasAggregate, locationAtom } from "./draft.js";

/** Checks that every message has one sender: the location of its rule, the first argument of the first atom of the body. */
export function checkSenders(draft: Draft, diagnostics: Diagnostics): void {
  for (const rule of draft.rules) {
    if (rule.head.time?.kind !== "async") continue;
    const location = locationAtom(rule)?.args[0];
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
    } else if (hasAggregate(rule.head) && !identifiesSender(location, rule)) {
      diagnostics.report("sender-not-in-group", {
        span: location.span,
        message: "this aggregate combines tuples of several senders, and a message has one sender",
        help: "make the sender a plain argument of the head; or aggregate at the sender in a rule of its own, and send the result",
        related: [{ span: rule.head.span, message: "the head groups by its plain arguments" }],
      });
    }
  }
}

function identifiesSender(location: Expression, rule: RuleStatement): boolean {
  return location.kind === "integer" || location.kind === "string" || locationColumn(rule) !== undefined;
}

/** The first column of a rule's head that equals its location syntactically; `undefined` if none does. */
export function locationColumn(rule: RuleStatement): number | undefined {
  const location = locationAtom(rule)?.args[0];
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
