import type { Diagnostics } from "../source/diagnostic.js";
import type { PromiseDeclaration, Role } from "../syntax/declaration.js";
import type { Draft } from "./draft.js";
import { definedRelation } from "./named-relations.js";
import type { PromiseStatement, RelationId } from "./program.js";
import type { RelationTable } from "./relations.js";

/** Resolves `//! promise` lines: names that differ, relations that are defined, and equal columns of `pre` and `post`. */
export function resolvePromises(
  { promises }: Draft,
  table: RelationTable,
  diagnostics: Diagnostics,
): readonly PromiseStatement[] {
  const first = new Map<string, PromiseDeclaration>();
  return promises.map((line) => {
    const { name, span } = line;
    const before = first.get(name.text);
    if (before === undefined) first.set(name.text, line);
    else
      diagnostics.report("repeated-promise", {
        span: name.span,
        message: `there is a promise \`${name.text}\` already`,
        help: "give this one another name; one promise has `pre`, `post` and `never` on one line",
        related: [{ span: before.name.span, message: "the first" }],
      });
    const [pre, post, never] = (["pre", "post", "never"] as const).map((role) => resolve(line, role));
    checkColumns(line, pre, post, table, diagnostics);
    return {
      name: name.text,
      span,
      ...(pre === undefined ? {} : { pre }),
      ...(post === undefined ? {} : { post }),
      ...(never === undefined ? {} : { never }),
    };
  });

  function resolve({ roles }: PromiseDeclaration, role: Role): RelationId | undefined {
    const named = roles[role];
    return named && definedRelation(named, "promise", table, diagnostics);
  }
}

function checkColumns(
  { name, roles }: PromiseDeclaration,
  pre: RelationId | undefined,
  post: RelationId | undefined,
  table: RelationTable,
  diagnostics: Diagnostics,
): void {
  const before = pre === undefined ? undefined : table.entries[pre];
  const after = post === undefined ? undefined : table.entries[post];
  if (before === undefined || after === undefined || before.arity === after.arity) return;
  diagnostics.report("outcome-arity", {
    span: roles.post?.span,
    message: `the promise \`${name.text}\` cannot be kept: \`${before.name}\` has ${columns(before.arity)} and \`${after.name}\` has ${columns(after.arity)}`,
    help: `give them the same columns: every tuple of \`${before.name}\` must also be in \`${after.name}\``,
    related: [before, after].flatMap(({ name: relation, firstUse }) =>
      firstUse === undefined ? [] : [{ span: firstUse, message: `\`${relation}\` is here` }],
    ),
  });
}

function columns(arity: number): string {
  return arity === 1 ? "one column" : `${arity} columns`;
}
