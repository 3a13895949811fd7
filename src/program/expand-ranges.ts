import type { Diagnostics } from "../source/diagnostic.js";
import { readRange } from "../source/ranges.js";
import type { Expression, FactStatement, Range } from "../syntax/tree.js";

/** The most facts of one statement; more are an error, found before they are made. */
const MOST_FACTS = 100_000;

/**
 * The facts that a statement with ranges stands for: the product of its ranges, the first argument varying slowest. An error is reported
 * and the statement has no facts.
 *
 *     slot("a".."a", 1..2)@1        slot("a", 1)@1  slot("a", 2)@1
 */
export function expandRanges(statement: FactStatement, diagnostics: Diagnostics): readonly FactStatement[] {
  const { args } = statement.atom;
  if (!args.some(({ kind }) => kind === "range")) return [statement];
  const columns = args.map((arg) => (arg.kind === "range" ? valuesOf(arg, diagnostics) : one(arg)));
  if (columns.some((column) => column === undefined)) return [];
  const count = columns.reduce((product, column) => product * (column?.count ?? 0), 1);
  if (count > MOST_FACTS) {
    diagnostics.report("bad-range", {
      span: statement.span,
      message: `this stands for ${count} facts`,
      help: `one statement stands for at most ${MOST_FACTS}: shorten a range, or write several`,
    });
    return [];
  }
  return Array.from({ length: count }, (_, i) => {
    let rest = i;
    const chosen: Expression[] = [];
    for (const column of [...columns].reverse()) {
      if (column === undefined) continue;
      chosen.unshift(column.at(rest % column.count));
      rest = Math.floor(rest / column.count);
    }
    return { ...statement, atom: { ...statement.atom, args: chosen } };
  });
}

interface Column {
  readonly count: number;
  at(index: number): Expression;
}

function one(arg: Expression): Column {
  return { count: 1, at: () => arg };
}

function valuesOf({ from, to, span }: Range, diagnostics: Diagnostics): Column | undefined {
  const ends = [from, to].map((end) => (end.kind === "integer" || end.kind === "string" ? end.value : undefined));
  const [first, last] = ends;
  if (first === undefined || last === undefined) {
    diagnostics.report("bad-range", {
      span: first === undefined ? from.span : to.span,
      message: "this is not a constant, and the ends of a range must be constants",
      help: 'write two integers, `1..3`, or two strings, `"n1".."n5"`',
    });
    return undefined;
  }
  const range = readRange(first, last);
  if (range.kind === "wrong") {
    diagnostics.report("bad-range", { span, message: range.problem, help: range.help });
    return undefined;
  }
  return {
    count: range.count,
    at: (index) => {
      const value = range.valueAt(index);
      return typeof value === "number" ? { kind: "integer", value, span } : { kind: "string", value, span };
    },
  };
}
