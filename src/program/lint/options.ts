import { promisedRelations } from "../memory.js";
import { persistentRelations } from "../persistence.js";
import type { Program, Relation, RelationId } from "../program.js";

/** The parameters of a check on which lints depend. */
export interface LintOptions {
  /** The nodes of `--nodes`; `undefined` if they are inferred. */
  readonly nodes?: readonly string[];
  readonly pre?: string;
  readonly post?: string;
  readonly never?: string;
}

/** The relations in the roles of `pre`, `post` and `never` that occur in the program, and those of its promises, asked for or not. */
export function specificationRelations(
  program: Program,
  { pre = "pre", post = "post", never = "never" }: LintOptions,
): readonly RelationId[] {
  return [
    ...[pre, post, never].flatMap((name) => program.relationByName.get(name) ?? []),
    ...promisedRelations(program),
  ];
}

/** The relations of the specification: `pre`, `post` and `never` or, where none of them is defined, those that persist. */
export function outcomes(program: Program, options: LintOptions): ReadonlySet<RelationId> {
  const named = specificationRelations(program, options);
  const defined = named.filter((id) => program.relations[id]?.defined === true);
  return new Set(defined.length > 0 ? defined : persistentRelations(program));
}

export function definedRelations(program: Program): readonly Relation[] {
  return program.relations.filter(({ defined }) => defined);
}
