import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import type { Span } from "../../source/source.js";
import { mayBeAtNode } from "../nodes.js";
import type { AtomLiteral, BodyTerm, HeadTerm, Program, Rule } from "../program.js";
import { equations } from "../terms.js";
import { fulfillingRelations } from "./fulfilling.js";
import type { LintOptions } from "./options.js";
import { outcomes } from "./options.js";
import { messageRelations, mutualComponents, protocolRelations, stateRelations } from "./protocol.js";

/**
 * A rule of the protocol whose atoms are at different places uses state that no message carried; and so does one whose
 * head holds at a place that its body only names, without being sent there. In whatever order the atoms stand:
 *
 *     stored(B, O) :- peer(B, A), order(A, O);     B reads what only A can know
 *     stored(B, O) :- order(A, O), peer(A, B);     A writes at B
 *
 * Rules that serve the specification may. A rule counts as protocol if what it derives does (`protocolRelations`); if
 * what it reads elsewhere depends on what it derives; if it has a value from elsewhere at a node, and the promise may be
 * kept by that; or, where it derives elsewhere, if the result is kept at a node (and not, say, under the name of the
 * thing it is about).
 */
export function remoteReads(program: Program, options: LintOptions): readonly Diagnostic[] {
  const messages = messageRelations(program, options);
  const protocol = protocolRelations(program, options);
  const state = stateRelations(program, options);
  const fulfilling = fulfillingRelations(program, options);
  for (const outcome of outcomes(program, options)) if (!protocol.has(outcome)) fulfilling.delete(outcome);
  const componentOf = mutualComponents(program);
  const atNode = mayBeAtNode(program, options.nodes);
  return program.rules.flatMap((rule) => {
    const { head } = rule;
    const [first, ...others] = atomsOf(rule).filter(({ relation }) => relation !== program.crash);
    if (first === undefined) return [];
    const remote = others.find((atom) => locationOf(atom, rule) !== locationOf(first, rule));
    const readsItself = [first, ...others].some(({ relation }) => componentOf[relation] === componentOf[head.relation]);
    const isFetched = fulfilling.has(head.relation) && atNode[head.relation] === true && fetches(rule);
    if (remote !== undefined && (protocol.has(head.relation) || readsItself || isFetched))
      return [readsElsewhere(remote, first)];
    if (rule.timing === "async" || !derivesElsewhere(rule)) return [];
    const isState =
      isFetched ||
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
    help: "send it: derive it at the other place by a rule with an `@async` head, and read what arrives; what serves the specification alone is not at a node, but at what it is about",
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

/** Whether the head has a value that only atoms at other places know. */
function fetches(rule: Rule): boolean {
  const [place, ...others] = rule.head.args;
  if (place === undefined) return false;
  const own = placeOf(place, rule, rule.head.span);
  return others.some((arg) => {
    if (arg.kind !== "variable") return false;
    const holders = atomsOf(rule).filter(
      ({ kind, args }) =>
        kind === "positive" && args.some((other) => other.kind === "variable" && other.variable === arg.variable),
    );
    return holders.length > 0 && holders.every((atom) => locationOf(atom, rule) !== own);
  });
}

/** Whether the place of the head is that of no atom of the body. */
function derivesElsewhere(rule: Rule): boolean {
  const [place] = rule.head.args;
  if (place === undefined || place.kind === "aggregate") return false;
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
function representative(variable: number, rule: Rule): string {
  const equalities = equations(rule);
  const equal = new Set([variable]);
  let constant: string | undefined;
  // A set is walked in the order of insertion, and what is added on the way is still visited.
  for (const known of equal) {
    for (const { side, other } of equalities) {
      if (side.kind !== "variable" || side.variable !== known) continue;
      if (other.kind === "variable") equal.add(other.variable);
      if (other.kind === "constant") constant ??= JSON.stringify(other.value);
    }
  }
  return constant ?? `?${Math.min(...equal)}`;
}
