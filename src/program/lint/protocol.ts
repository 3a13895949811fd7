import { stronglyConnectedComponents } from "../components.js";
import { mayBeAtNode } from "../nodes.js";
import type { AtomLiteral, Program, RelationId, Rule } from "../program.js";
import { fulfillingRelations } from "./fulfilling.js";
import type { LintOptions } from "./options.js";

// Which relations make up the protocol, and which only serve the specification? What is sent, and what feeds it, is
// protocol for certain. What is kept and never feeds a message may be either: the log that a protocol fills, or the
// record of the past that a specification needs.

/** The relations that messages bring, and those from which messages follow; `pre` and `post` are never among them. */
export function messageRelations(program: Program, options: LintOptions): ReadonlySet<RelationId> {
  return feeding(program, options, ({ timing }) => timing === "async");
}

/**
 * The relations of the protocol, as far as can be told: those that messages bring; those that are kept at a node and by
 * which the promise may be kept; and those from which these follow. A specification may keep a record too, but one that
 * makes demands, or that is kept under the name of what it is about.
 */
export function protocolRelations(program: Program, options: LintOptions): ReadonlySet<RelationId> {
  const kept = isFulfillingState(program, options);
  return feeding(program, options, (rule) => rule.timing === "async" || kept(rule));
}

/** Whether a rule keeps something at a node by which the promise may be kept. */
export function isFulfillingState(program: Program, options: LintOptions): (rule: Rule) => boolean {
  const fulfilling = fulfillingRelations(program, options);
  const atNode = mayBeAtNode(program, options.nodes);
  return ({ timing, head }) =>
    timing === "inductive" && fulfilling.has(head.relation) && atNode[head.relation] === true;
}

/** The relations that messages bring or that are kept from one instant to the next, and those from which these follow. */
export function stateRelations(program: Program, options: LintOptions): ReadonlySet<RelationId> {
  return feeding(program, options, ({ timing }) => timing !== "deductive");
}

/** The heads of certain rules, and whatever they are derived from, by way of the literals that `follows` admits. */
export function feeding(
  program: Program,
  { pre = "pre", post = "post" }: LintOptions,
  isSeed: (rule: Rule) => boolean,
  follows: (rule: Rule, literal: AtomLiteral) => boolean = () => true,
): ReadonlySet<RelationId> {
  const specification = new Set([pre, post].flatMap((name) => program.relationByName.get(name) ?? []));
  const rulesOf: Rule[][] = program.relations.map(() => []);
  for (const rule of program.rules) rulesOf[rule.head.relation]?.push(rule);
  const found = new Set(program.rules.filter(isSeed).map(({ head }) => head.relation));
  for (const outcome of specification) found.delete(outcome);
  // A set is walked in the order of insertion, and what is added on the way is still visited.
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
