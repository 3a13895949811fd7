import { persistentRelations } from "../persistence.js";
import type { Program, Relation, RelationId } from "../program.js";

/** The parameters of a check on which lints depend. */
export interface LintOptions {
  /** As given with `--nodes`; absent if they are inferred. */
  readonly nodes?: readonly string[];
  readonly pre?: string;
  readonly post?: string;
}

/** The relations of the specification: `pre` and `post`; if neither is defined, the persistent relations. */
export function outcomes(program: Program, { pre = "pre", post = "post" }: LintOptions): ReadonlySet<RelationId> {
  const named = [pre, post].flatMap((name) => program.relationByName.get(name) ?? []);
  const defined = named.filter((id) => program.relations[id]?.defined === true);
  return new Set(defined.length > 0 ? defined : persistentRelations(program));
}

export function definedRelations(program: Program): readonly Relation[] {
  return program.relations.filter(({ defined }) => defined);
}
