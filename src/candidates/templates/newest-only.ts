import type { BodyLiteral } from "../../syntax/tree.js";
import {
  atom,
  literalText,
  max,
  newName,
  newRelations,
  persistenceRule,
  positive,
  ruleText,
  variable,
  variablesOfRule,
  wildcard,
} from "../construction.js";
import type { Edit } from "../edit.js";
import type { RuleAt, Situation } from "../situation.js";
import { isOwn, rulesOfLoss, rulesOfPromise } from "../situation.js";

type Positive = Extract<BodyLiteral, { readonly kind: "positive" }>;

/**
 * A message counts only if none with a higher number has come: a version, a term, an epoch. For `applies(S, C, N) :- write(S, C, N);`
 *
 *     applies(S, C, N) :- write(S, C, N), write_newest(S, N);
 *     write_seen(S, N) :- write(S, _, N);
 *     write_seen(S, N)@next :- write_seen(S, N);
 *     write_newest(S, max<N>) :- write_seen(S, N);
 *
 * or, where the program has its own greatest number, as in `epoch(S, max<N>) :- seen(S, N);`,
 *
 *     applies(S, C, N) :- write(S, C, N), epoch(S, N);
 */
export function newestOnly(situation: Situation): readonly Edit[] {
  const seen = new Set<string>();
  return [...rulesOfPromise(situation), ...rulesOfLoss(situation)].flatMap((at) => {
    if (seen.has(at.text) || !isOwn(situation, at.rule.head.relation)) return [];
    seen.add(at.text);
    return at.statement.body.flatMap((literal, index) =>
      literal.kind === "positive"
        ? [...guardedByOwn(at, literal, situation), ...guardedBy(at, literal, index, situation)]
        : [],
    );
  });
}

/** One edit for each integer that the rule names in a message, and each relation of the program that has a greatest number by node. */
function guardedByOwn(at: RuleAt, literal: Positive, { subject }: Situation): readonly Edit[] {
  const { program } = subject;
  const name = literal.atom.relation.text;
  const message = program.relations[program.relationByName.get(name) ?? -1];
  const [place] = literal.atom.args;
  if (message === undefined || place?.kind !== "variable") return [];
  if (!program.rules.some(({ timing, head }) => timing === "async" && head.relation === message.id)) return [];
  const greatest = program.relations.filter(
    ({ id, arity }) =>
      arity === 2 &&
      program.rules.some(({ head: { relation, args } }) => {
        const arg = args[1];
        return relation === id && arg?.kind === "aggregate" && arg.function === "max";
      }),
  );
  return literal.atom.args.flatMap((arg, column): readonly Edit[] => {
    if (column === 0 || arg.kind !== "variable" || message.columnTypes[column] !== "integer") return [];
    return greatest.flatMap((relation): readonly Edit[] => {
      const guard = literalText(positive(atom(relation.name, [place, arg])));
      if (at.statement.body.some((other) => literalText(other) === guard)) return [];
      return [
        {
          template: "newest-only",
          title: `${at.head.name} takes ${name} only if ${arg.name} is the ${relation.name}`,
          changes: [{ kind: "add-literals", rule: at.text, literals: [guard] }],
          delay: 0,
        },
      ];
    });
  });
}

/** One edit for each integer column of a message that the rule reads. */
function guardedBy(at: RuleAt, literal: Positive, index: number, { subject }: Situation): readonly Edit[] {
  const { program } = subject;
  const name = literal.atom.relation.text;
  const id = program.relationByName.get(name);
  const relation = id === undefined ? undefined : program.relations[id];
  if (relation === undefined) return [];
  if (!program.rules.some(({ timing, head }) => timing === "async" && head.relation === relation.id)) return [];
  const [place] = literal.atom.args;
  if (place?.kind !== "variable") return [];
  return relation.columnTypes.flatMap((type, column): readonly Edit[] => {
    const arg = literal.atom.args[column];
    if (type !== "integer" || column === 0 || (arg?.kind !== "variable" && arg?.kind !== "wildcard")) return [];
    const version = arg.kind === "variable" ? arg : variable(newName("Version", variablesOfRule(at.statement)));
    const { seen, newest } = newRelations(program, { seen: `${name}_seen`, newest: `${name}_newest` });
    const read = literal.atom.args.map((other, i) => (i === column ? version : other));
    const body = at.statement.body.map((other, i) => (i === index ? positive({ ...literal.atom, args: read }) : other));
    const pattern = relation.columnTypes.map((_, i) => (i === 0 ? place : i === column ? version : wildcard));
    return [
      {
        template: "newest-only",
        title: `${at.head.name} takes only the newest ${name}, by ${version.name}`,
        changes: [
          {
            kind: "replace-rule",
            rule: at.text,
            text: ruleText(at.statement.head, ...body, positive(atom(newest, [place, version]))),
          },
          {
            kind: "add-rules",
            near: at.text,
            rules: [
              ruleText(atom(seen, [place, version]), positive(atom(name, pattern))),
              persistenceRule(seen, [place, version]),
              ruleText(atom(newest, [place, max(version)]), positive(atom(seen, [place, version]))),
            ],
          },
        ],
        delay: 0,
      },
    ];
  });
}
