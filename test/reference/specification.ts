import type { Expression } from "../../src/syntax/tree.js";
import type { Instant } from "./evaluate.js";
import { tuplesAt } from "./evaluate.js";
import type { ReferenceProgram, ReferenceRule } from "./program.js";
import { definedRelations } from "./program.js";
import type { Tuple } from "./values.js";

/** What an execution is checked against. */
export type ReferenceSpecification =
  | { readonly kind: "implication"; readonly pre: string; readonly post: string }
  /** Every tuple that these relations hold at EOT in the failure-free run must still be there. */
  | { readonly kind: "outcomes"; readonly relations: readonly string[] };

export interface ReferenceWitness {
  readonly relation: string;
  readonly tuple: Tuple;
}

export function specificationOf(program: ReferenceProgram, pre = "pre", post = "post"): ReferenceSpecification {
  const defined = definedRelations(program);
  if (defined.has(pre)) {
    if (!defined.has(post)) throw new Error("`pre` without `post` is an error");
    return { kind: "implication", pre, post };
  }
  // "A program without `pre` is checked against the failure-free run: every `post` tuple of that run must still be there."
  if (defined.has(post)) return { kind: "outcomes", relations: [post] };
  // "A program with neither is checked on its persistent relations (those with a plain persistence rule)."
  return {
    kind: "outcomes",
    relations: [...new Set(program.rules.filter(isPlainPersistence).map((r) => r.head.relation.text))],
  };
}

/** `r(X…)@next :- r(X…);` with variables that are all different. */
export function isPlainPersistence(rule: ReferenceRule): boolean {
  const [literal, ...others] = rule.body;
  if (rule.timing !== "next" || literal?.kind !== "positive" || others.length > 0) return false;
  if (literal.atom.time !== undefined || literal.atom.relation.text !== rule.head.relation.text) return false;
  const names = rule.head.args.map(nameOf);
  const same = literal.atom.args.every((arg, i) => arg.kind === "variable" && arg.name === names[i]);
  return same && new Set(names).size === names.length;
}

function nameOf(e: Expression): string | undefined {
  return e.kind === "variable" ? e.name : undefined;
}

/**
 * "An execution is correct when every tuple of `pre` at EOT is also in `post` at EOT. It is a violation when some tuple
 * is in `pre` and not in `post`; the tuples are the witnesses."
 */
export function witnessesOf(
  specification: ReferenceSpecification,
  instants: readonly Instant[],
  failureFree: readonly Instant[],
): readonly ReferenceWitness[] {
  const missing = (promised: ReadonlyMap<string, Tuple>, relation: string): readonly ReferenceWitness[] => {
    const kept = tuplesAt(instants, relation, instants.length);
    return [...promised].filter(([key]) => !kept.has(key)).map(([, tuple]) => ({ relation, tuple }));
  };
  if (specification.kind === "implication") {
    return missing(tuplesAt(instants, specification.pre, instants.length), specification.post);
  }
  return specification.relations.flatMap((r) => missing(tuplesAt(failureFree, r, failureFree.length), r));
}
