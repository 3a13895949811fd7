import type { RowModel, RunModel } from "./model.js";

/** A tuple (by number) at an instant. */
export interface At {
  readonly tuple: number;
  readonly instant: number;
}

/** Instants of flat periods, one by one. */
export function instantsOf(periods: readonly number[]): readonly number[] {
  const list: number[] = [];
  for (let i = 0; i + 1 < periods.length; i += 2) {
    for (let t = periods[i] ?? 1; t <= (periods[i + 1] ?? 0); t++) list.push(t);
  }
  return list;
}

export function within(periods: readonly number[] | null | undefined, instant: number): boolean {
  if (periods === null || periods === undefined) return false;
  for (let i = 0; i + 1 < periods.length; i += 2) {
    if (instant >= (periods[i] ?? 0) && instant <= (periods[i + 1] ?? 0)) return true;
  }
  return false;
}

export function holdsAt(run: RunModel, { tuple, instant }: At): boolean {
  return within(run.periods[tuple], instant);
}

function keyOf({ tuple, instant }: At): string {
  return `${tuple}@${instant}`;
}

/** The ways in which a tuple is derived at an instant. */
export function derivationsOf(run: RunModel, { tuple, instant }: At): readonly RowModel[] {
  return run.rows.filter((row) => row.head === tuple && within(row.fired, instant - row.delay));
}

/** What a row depended on when it fired at an instant of its body. */
export function supportsOf(row: RowModel, body: number): readonly At[] {
  return row.supports.map((tuple, i) => {
    const fixed = row.fixed?.[i] ?? 0;
    return { tuple, instant: fixed === 0 ? body : fixed };
  });
}

/** Everything that depends on some tuples of a run, directly or indirectly, without these tuples. */
export function restingOn(run: RunModel, start: readonly At[], eot: number): readonly At[] {
  const bySupport = new Map<number, RowModel[]>();
  for (const row of run.rows) {
    for (const tuple of new Set(row.supports)) append(bySupport, tuple, row);
  }
  const seen = new Set(start.map(keyOf));
  const queue = [...start];
  const found: At[] = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const row of bySupport.get(next.tuple) ?? []) {
      for (const body of bodiesWith(row, next)) {
        const head: At = { tuple: row.head, instant: body + row.delay };
        if (head.instant > eot || seen.has(keyOf(head))) continue;
        seen.add(keyOf(head));
        found.push(head);
        queue.push(head);
      }
    }
  }
  return found;
}

/** The instants at which a row fired with this tuple in its body. */
function bodiesWith(row: RowModel, at: At): readonly number[] {
  const fixed = row.supports.some((tuple, i) => tuple === at.tuple && (row.fixed?.[i] ?? 0) === at.instant);
  if (fixed) return instantsOf(row.fired);
  const own = row.supports.some((tuple, i) => tuple === at.tuple && (row.fixed?.[i] ?? 0) === 0);
  return own && within(row.fired, at.instant) ? [at.instant] : [];
}

/** Everything that some tuples depend on, directly or indirectly, including these tuples. */
export function behind(run: RunModel, start: readonly At[]): ReadonlySet<string> {
  return walkBack(
    run,
    start,
    (rows) => rows,
    () => undefined,
  );
}

/**
 * Keys of the arrows that some tuples depend on. A tuple that was carried over depends only on itself an instant
 * earlier, so later repetitions of a message are omitted.
 */
export function arrowsBehind(run: RunModel, start: readonly At[]): ReadonlySet<string> {
  const keys = new Set<string>();
  const first = (rows: readonly RowModel[]): readonly RowModel[] => {
    const carried = rows.filter((row) => row.carries === 1);
    return carried.length > 0 ? carried : rows;
  };
  walkBack(run, start, first, (row, body) => {
    if (row.message !== undefined) keys.add(JSON.stringify([...row.message, body]));
  });
  return keys;
}

function walkBack(
  run: RunModel,
  start: readonly At[],
  choose: (rows: readonly RowModel[]) => readonly RowModel[],
  visit: (row: RowModel, body: number) => void,
): ReadonlySet<string> {
  const byHead = new Map<number, RowModel[]>();
  for (const row of run.rows) append(byHead, row.head, row);
  const seen = new Set(start.map(keyOf));
  const queue = [...start];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { tuple, instant } = next;
    for (const row of choose((byHead.get(tuple) ?? []).filter((r) => within(r.fired, instant - r.delay)))) {
      visit(row, instant - row.delay);
      for (const support of supportsOf(row, instant - row.delay)) {
        if (seen.has(keyOf(support))) continue;
        seen.add(keyOf(support));
        queue.push(support);
      }
    }
  }
  return seen;
}

function append(map: Map<number, RowModel[]>, key: number, row: RowModel): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [row]);
  else list.push(row);
}

/** The arrow of a run along which a row's message went when its body held at an instant. */
export function arrowOf(run: RunModel, row: RowModel, body: number): number {
  const [from, to] = row.message ?? [];
  return run.arrows.findIndex((a) => a.from === from && a.to === to && a.sent === body);
}
