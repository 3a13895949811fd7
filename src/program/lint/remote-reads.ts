import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import type { Span } from "../../source/source.js";
import { mayBeAtNode } from "../nodes.js";
import type { AtomLiteral, BodyTerm, HeadTerm, Program, Rule } from "../program.js";
import type { LintOptions } from "./options.js";
import { messageRelations, mutualComponents, stateRelations } from "./protocol.js";

/**
 * A rule of the protocol whose atoms are at different places uses state that no message carried; and so does one whose
 * head holds at a place that its body only names, without being sent there. Rules that serve the specification may:
 * a rule counts as protocol if messages depend on it, if what it reads elsewhere depends on what it derives, or, where
 * it derives elsewhere, if the result is kept at a node (and not, say, under the name of the thing it is about).
 */
export function remoteReads(program: Program, options: LintOptions): readonly Diagnostic[] {
  const messages = messageRelations(program, options);
  const state = stateRelations(program, options);
  const componentOf = mutualComponents(program);
  const atNode = mayBeAtNode(program);
  return program.rules.flatMap((rule) => {
    const { head } = rule;
    const [first, ...others] = atomsOf(rule).filter(({ relation }) => relation !== program.crash);
    if (first === undefined) return [];
    const remote = others.find((atom) => locationOf(atom, rule) !== locationOf(first, rule));
    const readsItself = [first, ...others].some(({ relation }) => componentOf[relation] === componentOf[head.relation]);
    if (remote !== undefined && (messages.has(head.relation) || readsItself)) return [readsElsewhere(remote, first)];
    if (rule.timing === "async" || !derivesElsewhere(rule)) return [];
    const isState =
      messages.has(head.relation) ||
      (state.has(head.relation) && (atNode[head.relation] === true || isLocalElsewhere(rule, program)));
    return isState ? [derivedElsewhere(rule, first)] : [];
  });
}

function readsElsewhere(remote: AtomLiteral, first: AtomLiteral): Diagnostic {
  return diagnostic("remote-read", {
    span: remote.span,
    message:
      "this rule of the protocol reads the state of two places at once, and no message carries it from one to the other",
    help: "send it: derive it at the other place by a rule with an `@async` head, and read what arrives",
    related: [{ span: first.span, message: "the rule is at the place of this atom" }],
  });
}

function derivedElsewhere({ head }: Rule, first: AtomLiteral): Diagnostic {
  return diagnostic("remote-read", {
    span: head.span,
    message:
      "this rule of the protocol derives something at another place than it reads, and no message carries it there",
    help: "send it: write `@async` after the head",
    related: [{ span: first.span, message: "the rule is at the place of this atom" }],
  });
}

function atomsOf({ body }: Rule): readonly AtomLiteral[] {
  return body.flatMap((literal) => (literal.kind === "comparison" ? [] : [literal]));
}

function locationOf(atom: AtomLiteral, rule: Rule): string {
  const [place] = atom.args;
  return place === undefined ? "" : placeOf(place, rule, atom.span);
}

/** Whether the place of the head is a variable that is the place of no atom of the body. */
function derivesElsewhere(rule: Rule): boolean {
  const [place] = rule.head.args;
  if (place?.kind !== "variable") return false;
  const destination = placeOf(place, rule, rule.head.span);
  return atomsOf(rule).every((atom) => locationOf(atom, rule) !== destination);
}

/** Whether another rule derives the same relation at its own place, from other relations: so it is state of the nodes. */
function isLocalElsewhere({ id, head }: Rule, { rules }: Program): boolean {
  return rules.some(
    (other) =>
      other.id !== id &&
      other.head.relation === head.relation &&
      !derivesElsewhere(other) &&
      atomsOf(other).every(({ relation }) => relation !== head.relation),
  );
}

/** A name for the place of an atom: equal if the terms are, or are made equal by `X == Y`. Every `_` is a place of its own. */
function placeOf(term: BodyTerm | HeadTerm, rule: Rule, span: Span): string {
  switch (term.kind) {
    case "variable":
      return representative(term.variable, rule);
    case "constant":
      return JSON.stringify(term.value);
    case "wildcard":
    case "aggregate":
      return `_${span.start}`;
    case "arithmetic":
      return `(${placeOf(term.left, rule, span)} ${term.operator} ${placeOf(term.right, rule, span)})`;
  }
}

/** The smallest thing that equalities between variables and constants make a variable equal to. */
function representative(variable: number, { body }: Rule): string {
  const equal = new Set([variable]);
  let constant: string | undefined;
  // A set is walked in the order of insertion, and what is added on the way is still visited.
  for (const known of equal) {
    for (const literal of body) {
      if (literal.kind !== "comparison" || literal.operator !== "==") continue;
      for (const [side, other] of [
        [literal.left, literal.right],
        [literal.right, literal.left],
      ] as const) {
        if (side.kind !== "variable" || side.variable !== known) continue;
        if (other.kind === "variable") equal.add(other.variable);
        if (other.kind === "constant") constant ??= JSON.stringify(other.value);
      }
    }
  }
  return constant ?? `?${Math.min(...equal)}`;
}
