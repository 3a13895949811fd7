import type { Edit } from "../candidates/edit.js";
import type { Execution } from "../execution/execution.js";
import { boundRows } from "../faults/bounds.js";
import type { Bound, Budget } from "../faults/budget.js";
import { kindBoundBy, kindOf } from "../faults/kinds.js";
import type { Schedule } from "../faults/schedule.js";
import type { Program } from "../program/program.js";
import type { Setting } from "../search/search.js";
import { settledAt } from "./behaviour.js";
import type { Deciding } from "./deciding.js";
import type { Accepted } from "./decision.js";
import { laterBudget } from "./decision.js";
import type { Original } from "./original.js";

/** What a repair costs, measured in the failure-free run with the inputs of the counterexample; negative if it saves something. */
export interface Price {
  /** Messages more, in all. */
  readonly messages: number;
  /** Messages more at the last instant at which one still arrives: what it goes on sending once the outcome is settled. */
  readonly messagesPerInstant: number;
  /** Instants later at which the outcome is settled. */
  readonly settlesLater: number;
  readonly rulesAdded: number;
  /** Rules and lines that are changed. */
  readonly rulesChanged: number;
  /** Relations more that nodes carry from instant to instant. */
  readonly state: number;
  /** Of the single faults, for all inputs, under which the original promises and keeps, those under which the repair promises as much. */
  readonly promisesUnder: number;
  readonly promisedUnder: number;
}

export function priceOf(
  original: Original,
  edits: readonly Edit[],
  { setting, promisesUnder, failureFree: after }: Accepted,
): Price {
  const before = original.measured?.execution ?? after;
  const changes = edits.flatMap((edit) => edit.changes);
  return {
    messages: sent(after) - sent(before),
    messagesPerInstant: sentAtEnd(after) - sentAtEnd(before),
    settlesLater: settledAt(original.observed, after) - settledAt(original.observed, before),
    rulesAdded: changes.reduce((n, change) => n + (change.kind === "add-rules" ? change.rules.length : 0), 0),
    rulesChanged: changes.filter(({ kind }) => kind !== "add-rules").length,
    state: carried(setting.program) - carried(original.setting.program),
    promisesUnder,
    promisedUnder: original.keptUnder.length,
  };
}

function sent(execution: Execution): number {
  return execution.messages().filter((message) => message.sent < execution.eot).length;
}

function sentAtEnd(execution: Execution): number {
  return execution.messages().filter((message) => message.sent === execution.eot - 1).length;
}

function carried({ rules }: Program): number {
  return new Set(rules.flatMap(({ timing, head }) => (timing === "inductive" ? [head.relation] : []))).size;
}

/** One more fault of a kind than the budget admits. */
export interface OneMore {
  readonly bound: Bound;
  readonly most: number;
  /** The smallest schedule that violates; `undefined` if it holds. */
  readonly schedule: Schedule | undefined;
}

/** What a repair survives beyond the budget. */
export interface Beyond {
  /** For each kind that the budget bounds, one more: what could not be decided is left out. */
  readonly oneMore: readonly OneMore[];
  /** By how many instants EFF and EOT alike can be moved; at most `MOST_LATER`. */
  readonly later: number;
  /** What is known of one instant more: that it breaks then, or nothing, since it was not tried or a limit came first. */
  readonly further: "breaks" | "not-tried" | "undecided";
}

/** Where the search ended before it was measured. */
export const notMeasured: Beyond = { oneMore: [], later: 0, further: "undecided" };

/** A repair is not tried with faults that last longer than by so many instants. */
const MOST_LATER = 3;

export function beyondOf(setting: Setting, deciding: Deciding): Beyond {
  const oneMore = bounds.flatMap((bound): readonly OneMore[] => {
    const most = setting.budget[bound] + 1;
    if (!isPossible(setting.budget, bound, most)) return [];
    const result = deciding.check({ ...setting, budget: { ...setting.budget, [bound]: most } });
    if (result.kind === "error" || result.verdict.kind === "inconclusive") return [];
    const { verdict } = result;
    return [{ bound, most, schedule: verdict.kind === "violated" ? verdict.counterexample.schedule : undefined }];
  });
  let later = 0;
  while (later < MOST_LATER) {
    const holds = deciding.holds({ ...setting, budget: laterBudget(setting.budget, later + 1) });
    if (holds !== true) return { oneMore, later, further: holds === undefined ? "undecided" : "breaks" };
    later++;
  }
  return { oneMore, later, further: "not-tried" };
}

/** The bounds of kinds, in the order of the options. */
const bounds: readonly Bound[] = boundRows.flatMap(({ bound }) =>
  bound === "lateness" || bound === "maxFaults" ? [] : [bound],
);

function isPossible(budget: Budget, bound: Bound, most: number): boolean {
  if (!Number.isFinite(most) || most > budget.maxFaults) return false;
  if (!kindOf(kindBoundBy(bound)).fits({ ...budget, [bound]: most })) return false;
  return bound !== "crashes" || most <= budget.nodes.length - budget.spare.length;
}
