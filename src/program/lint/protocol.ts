import { stronglyConnectedComponents } from "../components.js";
import { mayBeAtNode } from "../nodes.js";
import type { AtomLiteral, Program, RelationId, Rule } from "../program.js";
import { fulfillingRelations } from "./fulfilling.js";
import type { LintOptions } from "./options.js";
import { specificationRelations } from "./options.js";

// Which relations belong to the protocol, and which only to the specification? Relations that are sent, and those from which
// they are derived, belong to the protocol. A relation that is carried and feeds no message can be either: the log of the
// protocol, or history that the specification needs.

/** The relations that messages carry, and those from which these are derived; the specification's are never among them. */
export function messageRelations(program: Program, options: LintOptions): ReadonlySet<RelationId> {
  return feeding(program, options, ({ timing }) => timing === "async");
}

/**
 * The relations of the protocol, as far as can be inferred: those that messages carry, those that are state of a node and on
 * which the specification depends positively, and those from which these are derived. Specifications carry history too, but
 * history that strengthens `pre`, or that is located at what it is about and not at a node.
 */
export function protocolRelations(program: Program, options: LintOptions): ReadonlySet<RelationId> {
  const kept = isFulfillingState(program, options);
  return feeding(program, options, (rule) => rule.timing === "async" || kept(rule));
}

/** Whether a rule carries state of a node on which the specification depends positively. */
export function isFulfillingState(program: Program, options: LintOptions): (rule: Rule) => boolean {
  const fulfilling = fulfillingRelations(program, options);
  const atNode = mayBeAtNode(program, options.nodes);
  return ({ timing, head }) =>
    timing === "inductive" && fulfilling.has(head.relation) && atNode[head.relation] === true;
}

/** The relations that messages or `@next` rules derive, and those from which these are derived. */
export function stateRelations(program: Program, options: LintOptions): ReadonlySet<RelationId> {
  return feeding(program, options, ({ timing }) => timing !== "deductive");
}

/** The heads of the rules that `isSeed` selects, and the relations from which they are derived through literals that `follows` admits. */
export function feeding(
  program: Program,
  options: LintOptions,
  isSeed: (rule: Rule) => boolean,
  follows: (rule: Rule, literal: AtomLiteral) => boolean = () => true,
): ReadonlySet<RelationId> {
  const specification = new Set(specificationRelations(program, options));
  const rulesOf: Rule[][] = program.relations.map(() => []);
  for (const rule of program.rules) rulesOf[rule.head.relation]?.push(rule);
  const found = new Set(program.rules.filter(isSeed).map(({ head }) => head.relation));
  for (const outcome of specification) found.delete(outcome);
  // A set is iterated in insertion order, and elements added on the way are visited.
  for (const relation of found) {
    for (const rule of rulesOf[relation] ?? []) {
      for (const literal of rule.body) {
        if (literal.kind === "comparison" || specification.has(literal.relation) || !follows(rule, literal)) continue;
        found.add(literal.relation);
      }
    }
  }
  return found;
}

/** For each relation, by id, the number of its strongly connected component in the dependencies of all rules. */
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
