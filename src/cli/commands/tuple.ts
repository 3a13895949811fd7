import type { Execution, TupleAt } from "../../execution/execution.js";
import { matchesPattern } from "../../execution/matching.js";
import type { Program, RelationId, Value } from "../../program/program.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import { unescapeCodePoints } from "../../source/strings.js";
import { parseText } from "../../syntax/parser.js";

/** A tuple that `--why`, `--why-not` or `break` asks about; `undefined` in a column matches any value. */
export interface TupleQuestion {
  readonly relation: RelationId;
  readonly instant: number;
  readonly pattern: readonly (Value | undefined)[];
}

export type ParsedTuple =
  | { readonly kind: "tuple"; readonly question: TupleQuestion }
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] };

/** Parses `log("c", "hello")@5`; the default instant is EOT. */
export function parseTuple(text: string, program: Program, eot: number): ParsedTuple {
  const { tree, diagnostics } = parseText({
    path: "<tuple>",
    text: `${unescapeCodePoints(text.trim().replace(/;$/, ""))};`,
  });
  if (diagnostics.length > 0) return { kind: "refused", diagnostics };
  const [statement, ...more] = tree.statements;
  if (statement?.kind !== "fact" || more.length > 0)
    return refused(text, "this is not a tuple", 'write one like a fact: log("c", "hello")@5');
  const { relation: name, args, time } = statement.atom;
  const relation = program.relations.find((r) => r.name === name.text);
  if (relation === undefined) return refused(text, `the program has no relation \`${name.text}\``);
  if (relation.arity !== args.length)
    return refused(text, `\`${name.text}\` has ${relation.arity} columns, not ${args.length}`);
  if (time !== undefined && time.kind !== "at")
    return refused(text, "a tuple holds at an instant", 'write, for example, log("c", "hello")@5');
  const instant = time?.instant ?? eot;
  if (instant < 1 || instant > eot) return refused(text, `the instants are 1 … ${eot}`);
  const pattern: (Value | undefined)[] = [];
  for (const [column, arg] of args.entries()) {
    if (arg.kind === "integer" || arg.kind === "string") {
      const type = relation.columnTypes[column];
      if (type !== undefined && type !== "unknown" && type !== arg.kind)
        return refused(text, `column ${column + 1} of \`${name.text}\` holds ${type}s`);
      pattern.push(arg.value);
    } else if (arg.kind === "wildcard") pattern.push(undefined);
    else
      return refused(
        text,
        "the columns of a tuple are constants, or `_` for any value",
        "put strings in double quotes",
      );
  }
  return { kind: "tuple", question: { relation: relation.id, instant, pattern } };
}

function refused(text: string, message: string, help?: string): ParsedTuple {
  return { kind: "refused", diagnostics: [diagnostic("bad-option", { message: `${text}: ${message}`, help })] };
}

/** The tuples that a question is about: the matching ones of an execution, or the one that it spells out. */
export function tuplesMeant({ relation, instant, pattern }: TupleQuestion, execution: Execution): readonly TupleAt[] {
  const args = pattern.filter((value) => value !== undefined);
  if (args.length === pattern.length) return [{ relation, instant, args }];
  return execution
    .tuples(relation, instant)
    .filter((tuple) => matchesPattern(tuple, pattern))
    .map((tuple) => ({ relation, instant, args: tuple }));
}
