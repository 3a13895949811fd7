import type { Draft, DraftLiteral, DraftRule, DraftStatement, DraftTerm } from "./draft.js";
import type { Case } from "./generator/generate.js";

/**
 * A smaller case that still fails, and none of whose own reductions fails. `fails` must be false for cases that do not
 * load.
 */
export function shrink<C>(start: C, reductionsOf: (c: C) => Iterable<C>, fails: (c: C) => boolean, patience = 2000): C {
  let current = start;
  let tries = 0;
  for (let progress = true; progress && tries < patience; ) {
    progress = false;
    for (const candidate of reductionsOf(current)) {
      if (++tries > patience) break;
      if (!fails(candidate)) continue;
      current = candidate;
      progress = true;
      break;
    }
  }
  return current;
}

/** Whole blocks of statements first, then the parameters, then statements, literals and terms. */
export function* reductions(c: Case): Generator<Case> {
  for (const draft of fewerStatements(c.draft)) yield { ...c, draft };
  yield* smallerParameters(c);
  for (const draft of smallerDrafts(c.draft)) yield { ...c, draft };
}

/** A draft without blocks of its statements, larger ones first; then without one of its lines. */
export function* fewerStatements(draft: Draft): Generator<Draft> {
  const { statements, directives = [], raw = [] } = draft;
  for (let block = Math.floor(statements.length / 2); block >= 1; block = Math.floor(block / 2)) {
    for (let i = 0; i + block <= statements.length; i += block)
      yield { ...draft, statements: [...statements.slice(0, i), ...statements.slice(i + block)] };
  }
  for (const i of directives.keys()) yield { ...draft, directives: directives.toSpliced(i, 1) };
  for (const i of raw.keys()) yield { ...draft, raw: raw.toSpliced(i, 1) };
}

/** A draft with one of its statements made smaller. */
export function* smallerDrafts(draft: Draft): Generator<Draft> {
  for (const [i, statement] of draft.statements.entries()) {
    for (const smaller of smallerStatements(statement))
      yield { ...draft, statements: draft.statements.with(i, smaller) };
  }
}

function* smallerParameters(c: Case): Generator<Case> {
  if (c.crashes > 0) yield { ...c, crashes: c.crashes - 1 };
  if (c.eff > 0) yield { ...c, eff: c.eff - 1 };
  if (c.eot > 1) yield { ...c, eot: c.eot - 1 };
  for (const node of c.nodes) {
    if (c.nodes.length > Math.max(1, c.crashes)) yield { ...c, nodes: c.nodes.filter((n) => n !== node) };
  }
}

function* smallerStatements(s: DraftStatement): Generator<DraftStatement> {
  if (s.kind === "fact") {
    if (s.at > 1) yield { ...s, at: s.at - 1 };
    return;
  }
  for (const i of s.body.keys()) {
    if (s.body.length > 1) yield { ...s, body: s.body.filter((_, j) => i !== j) };
  }
  for (const [i, literal] of s.body.entries()) {
    for (const smaller of smallerLiterals(literal)) yield { ...s, body: s.body.map((l, j) => (i === j ? smaller : l)) };
  }
  yield* smallerHeads(s);
}

function* smallerHeads(s: DraftRule): Generator<DraftRule> {
  for (const [i, arg] of s.head.args.entries()) {
    for (const smaller of smallerTerms(arg)) {
      yield { ...s, head: { ...s.head, args: s.head.args.map((a, j) => (i === j ? smaller : a)) } };
    }
  }
}

function* smallerLiterals(literal: DraftLiteral): Generator<DraftLiteral> {
  if (literal.kind === "comparison") {
    for (const left of smallerTerms(literal.left)) yield { ...literal, left };
    for (const right of smallerTerms(literal.right)) yield { ...literal, right };
    return;
  }
  const { at, ...timeless } = literal.atom;
  if (at !== undefined) {
    yield { ...literal, atom: timeless };
    if (at > 1) yield { ...literal, atom: { ...literal.atom, at: at - 1 } };
  }
  for (const [i, arg] of literal.atom.args.entries()) {
    const candidates: readonly DraftTerm[] =
      arg.kind === "wildcard" ? [] : [{ kind: "wildcard" }, ...smallerTerms(arg)];
    for (const smaller of candidates) {
      yield { ...literal, atom: { ...literal.atom, args: literal.atom.args.map((a, j) => (i === j ? smaller : a)) } };
    }
  }
}

function* smallerTerms(term: DraftTerm): Generator<DraftTerm> {
  if (term.kind === "arithmetic") {
    yield term.left;
    yield term.right;
    for (const left of smallerTerms(term.left)) yield { ...term, left };
    for (const right of smallerTerms(term.right)) yield { ...term, right };
  } else if (term.kind === "aggregate") {
    yield { kind: "variable", name: term.variable };
  } else if (term.kind === "constant" && typeof term.value === "number" && term.value !== 0) {
    yield { kind: "constant", value: Math.trunc(term.value / 2) };
  }
}
