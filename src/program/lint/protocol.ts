import { stronglyConnectedComponents } from "../components.js";
import type { Program, RelationId, Rule } from "../program.js";
import type { LintOptions } from "./options.js";

// Which relations make up the protocol, and which only serve the specification? What is sent, and what feeds it, is
// protocol for certain. What is kept and never feeds a message may be either: the log that a protocol fills, or the
// record of the past that a specification needs.

/** The relations that messages bring, and those from which messages follow; `pre` and `post` are never among them. */
export function messageRelations(program: Program, options: LintOptions): ReadonlySet<RelationId> {
  return feeding(program, options, ({ timing }) => timing === "async");
}

/** The relations that messages bring or that are kept from one instant to the next, and those from which these follow. */
export function stateRelations(program: Program, options: LintOptions): ReadonlySet<RelationId> {
  return feeding(program, options, ({ timing }) => timing !== "deductive");
}

/** The heads of certain rules, and whatever they are derived from. */
function feeding(
  program: Program,
  { pre = "pre", post = "post" }: LintOptions,
  isSeed: (rule: Rule) => boolean,
): ReadonlySet<RelationId> {
  const specification = new Set([pre, post].flatMap((name) => program.relationByName.get(name) ?? []));
  const rulesOf: Rule[][] = program.relations.map(() => []);
  for (const rule of program.rules) rulesOf[rule.head.relation]?.push(rule);
  const found = new Set(program.rules.filter(isSeed).map(({ head }) => head.relation));
  for (const outcome of specification) found.delete(outcome);
  // A set is walked in the order of insertion, and what is added on the way is still visited.
  for (const relation of found) {
    for (const { body } of rulesOf[relation] ?? []) {
      for (const literal of body) {
        if (literal.kind !== "comparison" && !specification.has(literal.relation)) found.add(literal.relation);
      }
    }
  }
  return found;
}

/** For each relation, by id, a number that is equal for those that feed each other, at whatever instants. */
export function mutualComponents(program: Program): readonly number[] {
  const successors: number[][] = program.relations.map(() => []);
  for (const { head, body } of program.rules) {
    for (const literal of body) if (literal.kind !== "comparison") successors[head.relation]?.push(literal.relation);
  }
  const componentOf: number[] = program.relations.map(() => -1);
  stronglyConnectedComponents(successors).forEach((members, i) => {
    for (const member of members) componentOf[member] = i;
  });
  return componentOf;
}
