import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import type { Span } from "../../source/source.js";
import { observerRelations } from "../memory.js";
import { mayBeAtNode } from "../nodes.js";
import type { AtomLiteral, BodyTerm, HeadTerm, Program, Rule } from "../program.js";
import { isStatic } from "../program.js";
import { equations } from "../terms.js";
import { fulfillingRelations } from "./fulfilling.js";
import type { LintOptions } from "./options.js";
import { outcomes } from "./options.js";
import { messageRelations, mutualComponents, protocolRelations, stateRelations } from "./protocol.js";

/**
 * Warns of protocol rules that use state of another location without a message: rules whose atoms are at different
 * locations, and rules that are not `@async` and whose head is at a location where no atom of the body is:
 *
 *     stored(B, O) :- peer(B, A), order(A, O);     B reads a tuple of A
 *     stored(B, O) :- order(A, O), peer(A, B);     A writes a tuple at B
 *
 * Specifications may do so, and so may observer relations. Any other rule belongs to the protocol if its head does
 * (`protocolRelations`); if the relations that it reads depend on its head; if it brings a remote value to a node and the
 * specification depends positively on its head; or, for a remote head, if the head is state of a node (and not, for example, located
 * at the thing it is about).
 */
export function remoteReads(program: Program, options: LintOptions): readonly Diagnostic[] {
  const messages = messageRelations(program, options);
  const protocol = protocolRelations(program, options);
  const state = stateRelations(program, options);
  const fulfilling = fulfillingRelations(program, options);
  for (const outcome of outcomes(program, options)) if (!protocol.has(outcome)) fulfilling.delete(outcome);
  const observer = observerRelations(program, [...program.observers.keys()]);
  const componentOf = mutualComponents(program);
  const atNode = mayBeAtNode(program, options.nodes);
  return program.rules.flatMap((rule) => {
    const { head } = rule;
    if (observer.has(head.relation)) return [];
    const [first, ...others] = atomsOf(rule, program).filter(({ relation }) => relation !== program.crash);
    if (first === undefined) return [];
    const remote = others.find((atom) => locationOf(atom, rule) !== locationOf(first, rule));
    const readsItself = [first, ...others].some(({ relation }) => componentOf[relation] === componentOf[head.relation]);
    const isFetched = fulfilling.has(head.relation) && atNode[head.relation] === true && fetches(rule, program);
    if (remote !== undefined && (protocol.has(head.relation) || readsItself || isFetched))
      return [readsElsewhere(remote, first)];
    if (rule.timing === "async" || !derivesElsewhere(rule, program)) return [];
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
    message: "this protocol rule reads tuples at two locations, and no message carries them from one to the other",
    help: "send them: derive a tuple at the other location with an `@async` head, and read that; a relation of the specification alone is located at what it is about, not at a node",
    related: [{ span: first.span, message: "the rule is located here" }],
  });
}

function derivedElsewhere({ head }: Rule, first: AtomLiteral): Diagnostic {
  return diagnostic("remote-read", {
    span: head.span,
    message: "this protocol rule derives a tuple at another location than it reads, and no message carries it there",
    help: "send it: write `@async` after the head",
    related: [{ span: first.span, message: "the rule is located here" }],
  });
}

/** The atoms of a rule that are at a location: those of static relations are at none. */
function atomsOf({ body }: Rule, program: Program): readonly AtomLiteral[] {
  return body.flatMap((literal) =>
    literal.kind === "comparison" || isStatic(program, literal.relation) ? [] : [literal],
  );
}

function locationOf(atom: AtomLiteral, rule: Rule): string {
  const [place] = atom.args;
  return place === undefined ? "" : placeOf(place, rule, atom.span);
}

/** Whether the head has a value that only atoms at other locations supply. */
function fetches(rule: Rule, program: Program): boolean {
  const [place, ...others] = rule.head.args;
  if (place === undefined) return false;
  const own = placeOf(place, rule, rule.head.span);
  return others.some((arg) => {
    if (arg.kind !== "variable") return false;
    const holders = atomsOf(rule, program).filter(
      ({ kind, args }) =>
        kind === "positive" && args.some((other) => other.kind === "variable" && other.variable === arg.variable),
    );
    return holders.length > 0 && holders.every((atom) => locationOf(atom, rule) !== own);
  });
}

/** Whether no atom of the body is at the location of the head. */
function derivesElsewhere(rule: Rule, program: Program): boolean {
  const [place] = rule.head.args;
  if (place === undefined || place.kind === "aggregate") return false;
  const destination = placeOf(place, rule, rule.head.span);
  return atomsOf(rule, program).every((atom) => locationOf(atom, rule) !== destination);
}

/** Whether another rule derives the same relation at its own location from other relations, which makes it state of the nodes. */
function isLocalElsewhere({ id, head }: Rule, program: Program): boolean {
  return program.rules.some(
    (other) =>
      other.id !== id &&
      other.head.relation === head.relation &&
      !derivesElsewhere(other, program) &&
      atomsOf(other, program).every(({ relation }) => relation !== head.relation),
  );
}

/** A key for the location of an atom: equal for equal terms and for terms made equal by `X == Y`; unique for every `_`. */
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

/** The representative of a variable's equivalence class under the equalities between variables and constants. */
function representative(variable: number, rule: Rule): string {
  const equalities = equations(rule);
  const equal = new Set([variable]);
  let constant: string | undefined;
  // A set is iterated in insertion order, and elements added on the way are visited.
  for (const known of equal) {
    for (const { side, other } of equalities) {
      if (side.kind !== "variable" || side.variable !== known) continue;
      if (other.kind === "variable") equal.add(other.variable);
      if (other.kind === "constant") constant ??= JSON.stringify(other.value);
    }
  }
  return constant ?? `?${Math.min(...equal)}`;
}
