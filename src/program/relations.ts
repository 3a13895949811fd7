import { builtIns } from "../faults/kind.js";
import type { Diagnostics } from "../source/diagnostic.js";
import type { Span } from "../source/source.js";
import type { Atom } from "../syntax/tree.js";
import type { Draft } from "./draft.js";
import { isAtomLiteral } from "./draft.js";
import type { RelationId } from "./program.js";

/** A relation before its column types are inferred. */
export interface RelationEntry {
  readonly id: RelationId;
  readonly name: string;
  readonly arity: number;
  readonly defined: boolean;
  readonly firstUse?: Span;
}

export interface RelationTable {
  /** By id; the first is `crash`. */
  readonly entries: readonly RelationEntry[];
  readonly byName: ReadonlyMap<string, RelationId>;
  readonly crash: RelationId;
  /** The built-in `restart`, if the program reads it. */
  readonly restart: RelationId | undefined;
  /** The built-in `eot`, if the program reads it. */
  readonly eot: RelationId | undefined;
  /** The names of relations that something with errors may define: that nothing else does is no error. */
  readonly doubtful: Draft["doubtful"];
}

const CRASH_ARITY = 3;
const RESTART_ARITY = 1;
/** How many further places an error about a name lists. */
const mostOthers = 5;

interface Use {
  readonly atom: Atom;
  readonly defines: boolean;
}

/**
 * Collects the relations of a program and checks that each has one arity: that of most of its uses, the first of several, so
 * that the exceptional use is the one reported.
 */
export function collectRelations(draft: Draft, diagnostics: Diagnostics): RelationTable {
  const uses = usesByRelation(draft);
  const entries: RelationEntry[] = [];
  for (const [name, list] of uses) {
    checkReserved(name, list, diagnostics);
    const arity = name === builtIns.crash ? CRASH_ARITY : commonArity(list);
    checkArity(name, arity, list, diagnostics);
    const firstUse = list[0]?.atom.span;
    entries.push({
      id: entries.length as RelationId,
      name,
      arity,
      defined: list.some((use) => use.defines),
      ...(firstUse === undefined ? {} : { firstUse }),
    });
  }
  const byName = new Map(entries.map(({ name, id }) => [name, id]));
  const restart = isBuiltInRestart(uses.get(builtIns.restart) ?? []) ? byName.get(builtIns.restart) : undefined;
  const eot =
    draft.statics.has("eot") && uses.get("eot")?.every(({ defines }) => !defines) ? byName.get("eot") : undefined;
  return { entries, byName, crash: 0 as RelationId, restart, eot, doubtful: draft.doubtful };
}

function usesByRelation(draft: Draft): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>([[builtIns.crash, []]]);
  const add = (atom: Atom, defines: boolean): void => {
    const list = uses.get(atom.relation.text);
    if (list === undefined) uses.set(atom.relation.text, [{ atom, defines }]);
    else list.push({ atom, defines });
  };
  for (const statement of draft.statements) {
    if (statement.kind === "fact") add(statement.atom, true);
    else {
      add(statement.head, true);
      for (const literal of statement.body) if (isAtomLiteral(literal)) add(literal.atom, false);
    }
  }
  for (const { pattern } of draft.reaches) if (pattern.kind === "atom") add(pattern.atom, false);
  return uses;
}

/** One error for each name: renaming it fixes every place. */
function checkReserved(name: string, uses: readonly Use[], diagnostics: Diagnostics): void {
  const wrong = name === "clock" ? uses : name === builtIns.crash ? uses.filter(({ defines }) => defines) : [];
  const [first, ...others] = wrong.map(({ atom }) => atom.relation.span);
  if (first === undefined) return;
  diagnostics.report("reserved-relation", {
    span: first,
    ...(name === "clock"
      ? {
          message: "`clock` is reserved, and can be neither read nor defined",
          help: "choose another name; to read the time, count instants: `now(X, T + 1)@next :- now(X, T);`",
        }
      : {
          message: "`crash` is built in, and cannot be defined",
          help: "it holds the crashes of the fault schedule, `crash(Observer, Node, Time)`; choose another name for a relation of your own",
        }),
    related: others.slice(0, mostOthers).map((span) => ({ span, message: "here, too" })),
  });
}

/** Whether `restart` is the built-in relation: it is not if the program defines it or reads it with another arity. */
function isBuiltInRestart(uses: readonly Use[]): boolean {
  return uses.every(({ atom, defines }) => !defines && atom.args.length === RESTART_ARITY);
}

function commonArity(uses: readonly Use[]): number {
  const counts = new Map<number, number>();
  for (const { atom } of uses) counts.set(atom.args.length, (counts.get(atom.args.length) ?? 0) + 1);
  let best = 0;
  for (const [arity, count] of counts) if (count > (counts.get(best) ?? 0)) best = arity;
  return best;
}

function checkArity(name: string, arity: number, uses: readonly Use[], diagnostics: Diagnostics): void {
  const model = uses.find(({ atom }) => atom.args.length === arity);
  for (const { atom } of uses) {
    const given = atom.args.length;
    if (given === arity) continue;
    const columns = `${arity} argument${arity === 1 ? "" : "s"}`;
    diagnostics.report("arity", {
      span: atom.span,
      message: `\`${name}\` has ${columns}, not ${given}${expandedIn(atom)}`,
      help:
        name === builtIns.crash
          ? "its arguments are the observer, the node that crashes, and the instant"
          : helpForArity(arity - given),
      related:
        name === builtIns.crash || model === undefined ? [] : [{ span: model.atom.span, message: `${columns} here` }],
    });
  }
}

/** That columns are counted after a record is expanded. */
function expandedIn({ args }: Atom): string {
  const record = args.find((arg) => arg.kind === "aggregate" && arg.record !== undefined);
  if (record?.kind !== "aggregate" || record.record === undefined) return "";
  const names = record.record.of.map(({ name }) => name);
  return `: \`${record.function.text}<${names.join(", ")}>\` is ${names.length} of them`;
}

function helpForArity(missing: number): string {
  return missing > 0
    ? "add the missing arguments; in a body, `_` matches any value"
    : "remove the extra arguments, or add columns to the relation everywhere";
}
