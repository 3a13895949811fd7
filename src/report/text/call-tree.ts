import type { CallId, Observation, ObservedCall } from "../../hunting/call.js";

/** A line of a call tree: a call with its result in two runs. */
export interface CallRow {
  readonly depth: number;
  readonly name: string;
  readonly id: CallId;
  readonly failing: string;
  readonly good: string;
  /** Whether something was injected in the failing run. */
  readonly disturbed: boolean;
  readonly differs: boolean;
}

/** The calls of a failing run beside those of a good one, callers before callees, in the order in which they began. */
export function callRows(failing: Observation, good: Observation): readonly CallRow[] {
  const failed = new Map(failing.calls.map((call) => [call.id, call]));
  const succeeded = new Map(good.calls.map((call) => [call.id, call]));
  const rows: CallRow[] = [
    row(0, failing.root.id, failing.root.id, shortSymbol(failing.answer), shortSymbol(good.answer), false),
  ];
  const visit = (caller: CallId, depth: number): void => {
    const ids = new Set([...failing.calls, ...good.calls].filter((call) => call.caller === caller).map(({ id }) => id));
    for (const id of ids) {
      const here = failed.get(id);
      const there = succeeded.get(id);
      const name = (here ?? there)?.name ?? id;
      rows.push(row(depth, id, name, outcomeOf(here), outcomeOf(there), here?.injected !== undefined));
      visit(id, depth + 1);
      visit(`${id}~2`, depth + 1);
    }
  };
  visit(failing.root.id, 1);
  return rows;
}

function row(depth: number, id: CallId, name: string, failing: string, good: string, disturbed: boolean): CallRow {
  return { depth, id, name, failing, good, disturbed, differs: failing !== good };
}

function outcomeOf(call: ObservedCall | undefined): string {
  if (call === undefined) return "–";
  return call.injected ?? shortSymbol(call.outcome);
}

/** The status without the digest of the body. */
function shortSymbol(symbol: string): string {
  return symbol.replace(/^(\d{3}):[0-9a-f]*$/, "$1");
}
