import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import type { AtomLiteral, HeadTerm, Program, RelationId, Rule } from "../program.js";
import type { LintOptions } from "./options.js";
import { feeding, isFulfillingState, messageRelations } from "./protocol.js";

/**
 * Warns of protocol rules that read `crash`, which holds every crash at every node even before it happens: no node can know
 * that. A rule belongs to the protocol if messages depend on its head, or state of a node that the specification depends on
 * positively:
 *
 *     suspects(N, M)@next :- crash(N, M, _);                  reported
 *     taken(N, V) :- decided(N, V), notin crash(N, N, _);     not reported: it exempts crashed nodes from the specification
 */
export function protocolReadsCrash(program: Program, options: LintOptions): readonly Diagnostic[] {
  const messages = messageRelations(program, options);
  const isExcuse = excuses(program);
  const state = feeding(
    program,
    options,
    isFulfillingState(program, options),
    (rule, literal) => !isExcuse(rule, literal),
  );
  return program.rules.flatMap((rule) =>
    rule.body.flatMap((literal) => {
      if (literal.kind === "comparison" || (literal.relation !== program.crash && literal.relation !== program.eot))
        return [];
      const isEnd = literal.relation === program.eot;
      const forMessages = messages.has(rule.head.relation);
      if (!forMessages && (!state.has(rule.head.relation) || isExcuse(rule, literal))) return [];
      const depends = forMessages ? "messages depend" : "the state of a node depends";
      return [
        diagnostic("protocol-reads-crash", {
          span: literal.span,
          message: isEnd
            ? "this protocol rule reads `eot`, the end of time of the check, which no node can know"
            : "this protocol rule reads `crash`, which holds every crash at every node, even before it happens",
          help: isEnd
            ? "read `eot` in the specification only; a protocol that stops by itself counts instants"
            : "read `crash` in the specification only; a node can detect a crash by missing messages",
          related: [{ span: rule.head.span, message: `${depends} on this head` }],
        }),
      ];
    }),
  );
}

/** Whether a literal only prevents derivations at a node that itself crashes. */
function excuses(program: Program): (rule: Rule, literal: AtomLiteral) => boolean {
  const crashed = crashedColumns(program);
  return ({ head }, { kind, relation, args }) =>
    kind === "negated" && [...(crashed[relation] ?? [])].some((column) => isSameVariable(args[column], head.args[0]));
}

/** For each relation, by id, the columns that hold crashing nodes: those filled, directly or indirectly, from `crash`. */
function crashedColumns(program: Program): readonly ReadonlySet<number>[] {
  const columns: Set<number>[] = program.relations.map(({ id }) => new Set(id === program.crash ? [1] : []));
  const add = (relation: RelationId, column: number): boolean => {
    const set = columns[relation];
    if (set === undefined || set.has(column)) return false;
    set.add(column);
    return true;
  };
  for (let grew = true; grew; ) {
    grew = false;
    for (const { head, body } of program.rules) {
      for (const literal of body) {
        if (literal.kind !== "positive") continue;
        for (const column of columns[literal.relation] ?? []) {
          head.args.forEach((arg, to) => {
            if (isSameVariable(literal.args[column], arg) && add(head.relation, to)) grew = true;
          });
        }
      }
    }
  }
  return columns;
}

function isSameVariable(a: AtomLiteral["args"][number] | undefined, b: HeadTerm | undefined): boolean {
  return a?.kind === "variable" && b?.kind === "variable" && a.variable === b.variable;
}
