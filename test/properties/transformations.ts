import type { Draft, DraftAtom, DraftLiteral, DraftRule, DraftStatement, DraftTerm } from "./draft.js";
import { print } from "./draft.js";
import type { Case } from "./generator/generate.js";
import type { Random } from "./random.js";

/** How names are replaced. Strings are among them: nodes are strings of the program. */
interface Renaming {
  readonly relation: (name: string) => string;
  readonly variable: (name: string) => string;
  readonly text: (value: string) => string;
}

/**
 * New names for relations, variables and nodes. Strings get a common prefix, which keeps their order; where nothing
 * depends on the order of strings, they trade places as well. Programs that join strings keep theirs.
 */
export function renamed(c: Case, random: Random): Case {
  const strings = stringsOf(c);
  const fixed = joinsStrings(c.draft);
  const targets = dependsOnOrder(c.draft) ? strings : random.shuffled(strings);
  const texts = new Map(strings.map((s, i) => [s, fixed ? s : `~${targets[i] ?? s}`]));
  const salt = random.integer(1, 99);
  const renaming: Renaming = {
    relation: (name) => (name === "crash" ? name : `r${salt}_${name}`),
    variable: (name) => (name.startsWith("_") ? `_${salt}${name}` : `V${salt}_${name}`),
    text: (value) => texts.get(value) ?? value,
  };
  const heads = new Set(c.draft.statements.map((s) => (s.kind === "fact" ? s.relation : s.head.relation)));
  return {
    ...c,
    draft: { statements: c.draft.statements.map((s) => renameStatement(s, renaming)) },
    nodes: c.nodes.map(renaming.text),
    ...(heads.has(c.pre ?? "pre") ? { pre: renaming.relation(c.pre ?? "pre") } : {}),
    ...(heads.has(c.post ?? "post") ? { post: renaming.relation(c.post ?? "post") } : {}),
  };
}

/** The same statements and literals in another order; the first atom of a message rule stays the first. */
export function reordered(c: Case, random: Random): Case {
  const statements = random.shuffled(c.draft.statements).map((s) => (s.kind === "fact" ? s : reorderBody(s, random)));
  return { ...c, draft: { statements } };
}

/** The program spread over files: the first includes the others, which include each other in a circle. */
export function split(c: Case, random: Random): ReadonlyMap<string, string> {
  const parts: DraftStatement[][] = [[], [], []];
  for (const s of c.draft.statements) random.pick(parts).push(s);
  const includes = [
    `include "part1.ded"; include "part1.ded";\n`,
    `include "./part2.ded";\n`,
    `include "part1.ded";\n`,
  ];
  const names = ["main.ded", "part1.ded", "part2.ded"];
  return new Map(parts.map((statements, i) => [names[i] ?? "", `${includes[i] ?? ""}${print({ statements })}`]));
}

function reorderBody(rule: DraftRule, random: Random): DraftRule {
  if (rule.timing !== "async") return { ...rule, body: random.shuffled(rule.body) };
  const first = rule.body.find((l) => l.kind !== "comparison");
  const others = random.shuffled(rule.body.filter((l) => l !== first));
  const leading = random.chance(0.5) ? others.filter((l) => l.kind === "comparison") : [];
  return {
    ...rule,
    body: [...leading, ...(first === undefined ? [] : [first]), ...others.filter((l) => !leading.some((m) => m === l))],
  };
}

function renameStatement(s: DraftStatement, renaming: Renaming): DraftStatement {
  if (s.kind === "fact") {
    const args = s.args.map((value) => (typeof value === "string" ? renaming.text(value) : value));
    return { ...s, relation: renaming.relation(s.relation), args };
  }
  return { ...s, head: renameAtom(s.head, renaming), body: s.body.map((l) => renameLiteral(l, renaming)) };
}

function renameLiteral(literal: DraftLiteral, renaming: Renaming): DraftLiteral {
  if (literal.kind !== "comparison") return { ...literal, atom: renameAtom(literal.atom, renaming) };
  return { ...literal, left: renameTerm(literal.left, renaming), right: renameTerm(literal.right, renaming) };
}

function renameAtom(atom: DraftAtom, renaming: Renaming): DraftAtom {
  return {
    ...atom,
    relation: renaming.relation(atom.relation),
    args: atom.args.map((arg) => renameTerm(arg, renaming)),
  };
}

function renameTerm(term: DraftTerm, renaming: Renaming): DraftTerm {
  switch (term.kind) {
    case "variable":
      return { ...term, name: renaming.variable(term.name) };
    case "constant":
      return typeof term.value === "string" ? { ...term, value: renaming.text(term.value) } : term;
    case "arithmetic":
      return { ...term, left: renameTerm(term.left, renaming), right: renameTerm(term.right, renaming) };
    case "aggregate":
      return { ...term, variable: renaming.variable(term.variable) };
    case "wildcard":
      return term;
  }
}

/** Every term of a draft, the ones inside others included. */
export function termsOf(draft: Draft): readonly DraftTerm[] {
  const inside = (term: DraftTerm): readonly DraftTerm[] =>
    term.kind === "arithmetic" ? [term, ...inside(term.left), ...inside(term.right)] : [term];
  return draft.statements.flatMap((s) => {
    if (s.kind === "fact") return s.args.map((value): DraftTerm => ({ kind: "constant", value }));
    const body = s.body.flatMap((l) => (l.kind === "comparison" ? [l.left, l.right] : l.atom.args));
    return [...s.head.args, ...body].flatMap(inside);
  });
}

function stringsOf(c: Case): readonly string[] {
  const constants = termsOf(c.draft).flatMap((t) =>
    t.kind === "constant" && typeof t.value === "string" ? [t.value] : [],
  );
  return [...new Set([...constants, ...c.nodes])].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Whether some `+` may be one of strings: neither operand is plainly a number. */
function joinsStrings(draft: Draft): boolean {
  const isNumber = (t: DraftTerm): boolean =>
    t.kind === "constant"
      ? typeof t.value === "number"
      : t.kind === "arithmetic" && (t.operator !== "+" || isNumber(t.left) || isNumber(t.right));
  return termsOf(draft).some(
    (t) => t.kind === "arithmetic" && t.operator === "+" && !isNumber(t.left) && !isNumber(t.right),
  );
}

/** Whether an order, of strings perhaps, decides something. */
function dependsOnOrder(draft: Draft): boolean {
  const orders = draft.statements.some(
    (s) =>
      s.kind === "rule" && s.body.some((l) => l.kind === "comparison" && l.operator !== "==" && l.operator !== "!="),
  );
  return orders || termsOf(draft).some((t) => t.kind === "aggregate" && (t.function === "min" || t.function === "max"));
}
