import type { Instant } from "./evaluate.js";
import { tuplesAt } from "./evaluate.js";
import type { ReferenceProgram } from "./program.js";
import { definedRelations, isPlainPersistence } from "./program.js";
import type { Tuple } from "./values.js";

/** What an execution is checked against: what holds at the end, and what `never` says of every instant. */
export type ReferenceSpecification = (
  | { readonly kind: "implication"; readonly pre: string; readonly post: string }
  /** Every tuple that these relations hold at EOT in the failure-free run must still be there. */
  | { readonly kind: "outcomes"; readonly relations: readonly string[] }
) & {
  readonly never?: string;
  /** "`pre`, `post`, `never` (and the relations named in their place) are the observer's." */
  readonly roles: readonly string[];
  /** The promises that are asked for, where the program has `//! promise` lines. */
  readonly promises?: readonly ReferencePromise[];
};

/** "A name and `pre`, `post`, `never`, each at most once and at least one; `pre` needs `post`." */
export interface ReferencePromise {
  readonly name: string;
  readonly pre?: string;
  readonly post?: string;
  readonly never?: string;
}

export interface ReferenceWitness {
  readonly relation: string;
  readonly tuple: Tuple;
  /** Of a tuple of `never`: when it holds. */
  readonly instant?: number;
  /** The promise that it breaks, where promises have names. */
  readonly promise?: string;
}

export function specificationOf(
  program: ReferenceProgram,
  pre = "pre",
  post = "post",
  never = "never",
  asked?: readonly string[],
): ReferenceSpecification {
  const defined = definedRelations(program);
  if (program.promises.length > 0) {
    // "The unnamed promise is called `default`; it is there if `pre`, `post` or `never` is defined"; "a program with a
    // `promise` line takes no outcomes from its persistent relations."
    const unnamed = {
      name: "default",
      ...(defined.has(pre) ? { pre } : {}),
      ...(defined.has(post) ? { post } : {}),
      ...(defined.has(never) ? { never } : {}),
    };
    const all = [...(Object.keys(unnamed).length > 1 ? [unnamed] : []), ...program.promises];
    const named = program.promises.flatMap((p) => [p.pre, p.post, p.never]).filter((r) => r !== undefined);
    // "Relations named by any promise are the observer's …, asked for or not."
    const roles = [pre, post, never, ...named];
    const promises = all.filter(({ name }) => asked === undefined || asked.includes(name));
    return { kind: "outcomes", relations: [], roles, promises };
  }
  // "If a rule or a fact defines `never`, every tuple of it at any instant 1 … EOT is a violation."
  const always = { roles: [pre, post, never], ...(defined.has(never) ? { never } : {}) };
  if (defined.has(pre)) {
    if (!defined.has(post)) throw new Error("`pre` without `post` is an error");
    return { kind: "implication", pre, post, ...always };
  }
  // "A program without `pre` is checked against the failure-free run: every `post` tuple of that run must still be there."
  if (defined.has(post)) return { kind: "outcomes", relations: [post], ...always };
  // "A program with `never` and neither `pre` nor `post` is checked on `never` alone (no outcomes are taken …)."
  if (defined.has(never)) return { kind: "outcomes", relations: [], ...always };
  // "A program with neither is checked on its persistent relations (those with a plain persistence rule)."
  const persistent = program.rules.filter(isPlainPersistence).map((r) => r.head.relation.text);
  return { kind: "outcomes", relations: [...new Set(persistent)], ...always };
}

/**
 * "An execution is correct when every tuple of `pre` at EOT is also in `post` at EOT. It is a violation when some tuple
 * is in `pre` and not in `post`; the tuples are the witnesses." And "every tuple of [`never`] at any instant 1 … EOT is a
 * violation, its witness with its instant". `failureFree`: "the failure-free run of the same inputs".
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
  if (specification.promises !== undefined) {
    const { roles } = specification;
    return specification.promises.flatMap(({ name, pre, post, never }) => {
      const besides = { roles, ...(never === undefined ? {} : { never }) };
      const one: ReferenceSpecification =
        pre !== undefined && post !== undefined
          ? { kind: "implication", pre, post, ...besides }
          : { kind: "outcomes", relations: post === undefined ? [] : [post], ...besides };
      return witnessesOf(one, instants, failureFree).map((witness) => ({ ...witness, promise: name }));
    });
  }
  const { never } = specification;
  const forbidden =
    never === undefined
      ? []
      : instants.flatMap((_, i) =>
          [...tuplesAt(instants, never, i + 1).values()].map((tuple) => ({ relation: never, tuple, instant: i + 1 })),
        );
  return specification.kind === "implication"
    ? [...missing(tuplesAt(instants, specification.pre, instants.length), specification.post), ...forbidden]
    : [
        ...specification.relations.flatMap((r) => missing(tuplesAt(failureFree, r, failureFree.length), r)),
        ...forbidden,
      ];
}
