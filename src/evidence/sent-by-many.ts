import type { Execution, TupleAt } from "../execution/execution.js";
import { headAgrees, matchesPattern, unifyHead } from "../execution/matching.js";
import { enumerateMatches } from "../execution/partial-matches.js";
import { compareValues } from "../execution/value-order.js";
import type { RelationId, Rule, Value } from "../program/program.js";
import { isAggregate } from "../program/rule-shape.js";
import type { SentByMany, Wanted } from "./explanation.js";
import type { ExecutionTuples } from "./partial-match.js";
import { delayOf } from "./reasons.js";

/* Which nodes' messages one tuple stands for: relations are sets, so equal answers of several nodes are one tuple. */

/** The most tuples that are considered. */
const mostTuples = 2_000;
/** The most bindings of one rule that are tried. */
const mostSteps = 2_000;

/** The nodes that have sent the messages of one run. */
export class Senders {
  /** By message, the nodes that have sent it and when each arrived. */
  private readonly arrived = new Map<string, { readonly from: Value; readonly arrivals: readonly number[] }[]>();

  constructor(
    private readonly execution: Execution,
    private readonly tuples: ExecutionTuples,
  ) {
    for (const { relation, args, from, arrivals } of execution.messages()) {
      const key = keyOf(relation, args);
      const known = this.arrived.get(key);
      if (known === undefined) this.arrived.set(key, [{ from, arrivals }]);
      else known.push({ from, arrivals });
    }
  }

  /**
   * The tuples that match at the pattern's instant and that two or more nodes have sent, directly or in a message that a rule without other
   * positive literals copies: `voted(C, V) :- answer(C, V)`. None if all that match come from no more nodes than were `counted`.
   */
  many({ relation, instant, pattern }: Wanted, counted: number): readonly SentByMany[] {
    const found = this.execution
      .tuples(relation, instant)
      .filter((args) => matchesPattern(args, pattern))
      .map((args) => ({ relation, instant, args }))
      .map((tuple) => ({ tuple, senders: [...this.of(tuple)].sort(compareValues) }));
    if (new Set(found.flatMap((one) => one.senders)).size <= counted) return [];
    return found.filter((one) => one.senders.length > 1);
  }

  /** Follows a tuple back through the rules that copy it, to the messages. */
  private of(tuple: TupleAt): ReadonlySet<Value> {
    const found = new Set<Value>();
    const waiting = [tuple];
    const seen = new Set<string>();
    for (let next = waiting.pop(); next !== undefined && seen.size < mostTuples; next = waiting.pop()) {
      const { relation, instant, args } = next;
      const key = keyOf(relation, args);
      if (seen.has(`${key} ${instant}`)) continue;
      seen.add(`${key} ${instant}`);
      for (const { from, arrivals } of this.arrived.get(key) ?? []) if (arrivals.includes(instant)) found.add(from);
      for (const rule of this.execution.program.rules)
        if (rule.head.relation === relation && copies(rule)) waiting.push(...this.copied(rule, next));
    }
    return found;
  }

  /** The tuples from which a rule copies this one. */
  private copied(rule: Rule, { instant, args }: TupleAt): readonly TupleAt[] {
    const { values } = this.tuples;
    const columns = args.map((value) => values.intern(value));
    const start = unifyHead(rule, columns, values);
    const at = instant - delayOf(rule);
    if (start === undefined || at < 1) return [];
    const found: TupleAt[] = [];
    let steps = 0;
    enumerateMatches(rule, at, start, this.tuples, {
      firing: ({ binding, atoms }) => {
        if (!headAgrees(rule, binding, columns, values)) return;
        for (const atom of atoms)
          if (atom.kind === "tuple")
            found.push({
              relation: atom.relation,
              instant: atom.instant,
              args: atom.row.map((id) => values.value(id)),
            });
      },
      enough: () => ++steps > mostSteps,
    });
    return found;
  }
}

/** Whether one tuple at the same node determines the head, so that the rule copies it. */
function copies(rule: Rule): boolean {
  return (
    rule.timing !== "async" && !isAggregate(rule) && rule.body.filter(({ kind }) => kind === "positive").length === 1
  );
}

function keyOf(relation: RelationId, args: readonly Value[]): string {
  return `${relation} ${JSON.stringify(args)}`;
}
