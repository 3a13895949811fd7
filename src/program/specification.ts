import type { Diagnostic } from "../source/diagnostic.js";
import { Diagnostics } from "../source/diagnostic.js";
import { nearest } from "../source/nearest.js";
import { persistentRelations } from "./persistence.js";
import type { Program, PromiseStatement, Relation, RelationId } from "./program.js";

/**
 * The condition under which an execution is correct. A program with `//! promise` lines has several conditions, each with a name; an
 * execution is correct if it meets all that are asked for.
 */
export type Specification =
  | Condition
  | {
      readonly kind: "promises";
      /** Those that are checked: the unnamed one, `default`, first, then those of the lines in their order. */
      readonly asked: readonly NamedPromise[];
      /** The relations of all promises of the program, asked for or not. */
      readonly roles: readonly RelationId[];
    };

export interface NamedPromise {
  readonly name: string;
  readonly condition: Condition;
}

/** The name of the promise of `pre`, `post` and `never`. */
export const DEFAULT_PROMISE = "default";

/** One condition. Where it has `never`, that relation must also be empty at every instant. */
export type Condition =
  /** Every tuple of `pre` at EOT is also in `post` at EOT. */
  | {
      readonly kind: "implication";
      readonly pre: RelationId;
      readonly post: RelationId;
      readonly never: RelationId | undefined;
    }
  /** Every tuple that `post` has at EOT in the failure-free run is present at EOT. */
  | { readonly kind: "post-only"; readonly post: RelationId; readonly never: RelationId | undefined }
  /** Only that `never` is empty: the program has neither `pre` nor `post`. */
  | { readonly kind: "never"; readonly never: RelationId }
  /** The condition of `post-only`, for every relation that persists: the program has neither `pre`, `post` nor `never`. Not empty. */
  | { readonly kind: "persistent"; readonly relations: readonly RelationId[] };

/** The relations in the roles of `pre`, `post` and `never`. They are observer relations: no restart or pause affects them. */
export function rolesOf(specification: Specification): readonly RelationId[] {
  switch (specification.kind) {
    case "implication":
      return [specification.pre, specification.post, ...orNone(specification.never)];
    case "post-only":
      return [specification.post, ...orNone(specification.never)];
    case "never":
      return [specification.never];
    case "persistent":
      return [];
    case "promises":
      return specification.roles;
    default: {
      const never: never = specification;
      return never;
    }
  }
}

function orNone(relation: RelationId | undefined): readonly RelationId[] {
  return relation === undefined ? [] : [relation];
}

/** The names of the relations in each role, where they are not `pre`, `post` and `never`. */
export interface SpecificationOptions {
  readonly pre?: string | undefined;
  readonly post?: string | undefined;
  readonly never?: string | undefined;
  /** The names of the promises to check; by default all. */
  readonly promise?: readonly string[] | undefined;
}

export interface SpecificationResult {
  /** Present exactly if no diagnostic is an error. */
  readonly specification?: Specification;
  readonly diagnostics: readonly Diagnostic[];
}

/** The specification of a program. A role whose relation no fact and no rule defines is vacant. */
export function resolveSpecification(program: Program, options: SpecificationOptions): SpecificationResult {
  const diagnostics = new Diagnostics();
  const pre = outcome(program, "pre", options.pre, diagnostics);
  const post = outcome(program, "post", options.post, diagnostics);
  const never = outcome(program, "never", options.never, diagnostics);
  const isNamed = program.promises.length > 0;
  const isUnnamedVacant = pre === undefined && post === undefined && never === undefined;
  const unnamed =
    diagnostics.hasErrors || (isNamed && isUnnamedVacant)
      ? undefined
      : combine(program, pre, post, never?.id, diagnostics);
  if (diagnostics.hasErrors) return { diagnostics: diagnostics.all };
  const promises: readonly NamedPromise[] = [
    ...(unnamed === undefined ? [] : [{ name: DEFAULT_PROMISE, condition: unnamed }]),
    ...program.promises.map((line) => ({ name: line.name, condition: conditionOf(line) })),
  ];
  const asked = askedOf(promises, options.promise, diagnostics);
  if (diagnostics.hasErrors) return { diagnostics: diagnostics.all };
  const roles = [...new Set(promises.flatMap(({ condition }) => rolesOf(condition)))];
  const specification: Specification | undefined = isNamed ? { kind: "promises", asked, roles } : unnamed;
  return { diagnostics: diagnostics.all, ...(specification === undefined ? {} : { specification }) };
}

function conditionOf({ pre, post, never }: PromiseStatement): Condition {
  if (post !== undefined)
    return pre === undefined ? { kind: "post-only", post, never } : { kind: "implication", pre, post, never };
  if (never === undefined) throw new Error("a promise without relations has passed the checks");
  return { kind: "never", never };
}

function askedOf(
  promises: readonly NamedPromise[],
  names: readonly string[] | undefined,
  diagnostics: Diagnostics,
): readonly NamedPromise[] {
  if (names === undefined) return promises;
  const known = promises.map(({ name }) => name);
  for (const name of new Set(names)) {
    if (known.includes(name)) continue;
    const meant = nearest(name, known);
    diagnostics.report("unknown-promise", {
      message:
        name === DEFAULT_PROMISE
          ? `the program has no promise \`${name}\`: it defines neither \`pre\` and \`post\` nor \`never\``
          : `the program has no promise \`${name}\``,
      help:
        meant !== undefined
          ? `did you mean \`${meant}\`?`
          : `its ${known.length === 1 ? "promise is" : "promises are"} ${known.join(", ")}`,
    });
  }
  return promises.filter(({ name }) => names.includes(name));
}

/** The conditions of a specification, each with the name of its promise where promises have names. */
export function conditionsOf(
  specification: Specification,
): readonly { readonly promise: string | undefined; readonly condition: Condition }[] {
  return specification.kind === "promises"
    ? specification.asked.map(({ name, condition }) => ({ promise: name, condition }))
    : [{ promise: undefined, condition: specification }];
}

function outcome(
  program: Program,
  role: "pre" | "post" | "never",
  chosen: string | undefined,
  diagnostics: Diagnostics,
): Relation | undefined {
  const name = chosen ?? role;
  const id = program.relationByName.get(name);
  const relation = id === undefined ? undefined : program.relations[id];
  if (relation?.defined === true) return relation;
  if (chosen !== undefined) {
    const defined = program.relations.filter((candidate) => candidate.defined).map((candidate) => candidate.name);
    const meant = nearest(chosen, defined);
    diagnostics.report("unknown-outcome", {
      span: relation?.firstUse,
      message: `\`--${role} ${chosen}\`: the program does not define a relation \`${chosen}\``,
      help: meant === undefined ? "name a relation that a fact or a rule defines" : `did you mean \`${meant}\`?`,
    });
  }
  return undefined;
}

function combine(
  program: Program,
  pre: Relation | undefined,
  post: Relation | undefined,
  never: RelationId | undefined,
  diagnostics: Diagnostics,
): Condition | undefined {
  if (pre !== undefined && post === undefined) {
    diagnostics.report("pre-without-post", {
      span: pre.firstUse,
      message: `the program defines \`${pre.name}\`, but not \`post\``,
      help: "define `post` with the same columns, or name another relation with `--post`",
    });
    return undefined;
  }
  if (post !== undefined && pre !== undefined) {
    if (pre.arity === post.arity) return { kind: "implication", pre: pre.id, post: post.id, never };
    diagnostics.report("outcome-arity", {
      span: post.firstUse,
      message: `\`${pre.name}\` has ${columns(pre)} and \`${post.name}\` has ${columns(post)}`,
      help: `give them the same columns: every tuple of \`${pre.name}\` must also be in \`${post.name}\``,
      related: pre.firstUse === undefined ? [] : [{ span: pre.firstUse, message: `\`${pre.name}\` is defined here` }],
    });
    return undefined;
  }
  if (post !== undefined) return { kind: "post-only", post: post.id, never };
  if (never !== undefined) return { kind: "never", never };
  const relations = persistentRelations(program);
  if (relations.length > 0) return { kind: "persistent", relations };
  diagnostics.report("nothing-to-check", {
    message:
      "nothing to check: the program defines neither `pre` and `post` nor `never`, and none of its relations persists",
    help: "define `pre` and `post`, or `never`, or name relations with `--pre` and `--post`, or `--never`",
  });
  return undefined;
}

function columns({ arity }: Relation): string {
  return arity === 1 ? "one column" : `${arity} columns`;
}
