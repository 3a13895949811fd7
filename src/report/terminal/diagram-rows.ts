import type { Arrow, ChannelMark, ColumnState, SpaceTime } from "../../evidence/space-time.js";
import { leavesSender } from "../../evidence/space-time.js";
import type { DiagramGlyphs } from "./glyphs.js";

/** How a line of the drawing ends. */
export type Ending =
  /** With a head in the same row: it arrives one instant later. */
  | { readonly kind: "next" }
  /** With a head in the row of a later instant. */
  | { readonly kind: "late"; readonly at: number }
  /** With a cross halfway. */
  | { readonly kind: "lost" }
  /** With a cross at its start. */
  | { readonly kind: "unsent" };

/** What one node sends at one instant with the same end: one line. */
export interface Stroke {
  readonly from: string;
  readonly receivers: readonly string[];
  readonly fate: Arrow["fate"];
  readonly ending: Ending;
  readonly label: string;
}

/** Instants `first` … `last`, at all of which the same happens. */
export interface Row {
  readonly first: number;
  readonly last: number;
  /** By column; `undefined` where the node is up. */
  readonly states: readonly (ColumnState["kind"] | undefined)[];
  /** The columns, by number, at which a state begins here. */
  readonly begins: readonly { readonly column: number; readonly kind: ColumnState["kind"] }[];
  /** Whether messages arrive here that were not due here. */
  readonly lateArrivals: boolean;
  readonly strokes: readonly Stroke[];
  readonly marks: readonly ChannelMark[];
}

/** The drawing's rows, from the first instant to the last. */
export function rowsOf(diagram: SpaceTime, glyphs: DiagramGlyphs): readonly Row[] {
  const rows: Row[] = [];
  for (let instant = 1; instant <= diagram.eot; instant++) {
    const row = rowAt(instant, diagram, glyphs);
    const above = rows.at(-1);
    if (above !== undefined && continues(above, row)) rows[rows.length - 1] = { ...above, last: instant };
    else rows.push(row);
  }
  return rows;
}

function rowAt(instant: number, { columns, arrows, marks }: SpaceTime, glyphs: DiagramGlyphs): Row {
  const now = ({ from, to }: { readonly from: number; readonly to: number }): boolean =>
    from <= instant && instant <= to;
  return {
    first: instant,
    last: instant,
    states: columns.map(({ states }) => states.find(now)?.kind),
    begins: columns.flatMap(({ states }, column) =>
      states.flatMap(({ kind, from }) => (from === instant ? [{ column, kind }] : [])),
    ),
    lateArrivals: arrows.some(({ sent, arrivals }) => sent + 1 < instant && arrivals.includes(instant)),
    strokes: strokesOf(
      arrows.filter(({ sent }) => sent === instant),
      glyphs,
    ),
    marks: marks.filter(now),
  };
}

/** Whether the instant of `row` looks like those of `above`. */
function continues(above: Row, row: Row): boolean {
  const looks = ({ states, strokes, marks }: Row): string =>
    JSON.stringify([states.map((s) => s ?? ""), strokes, marks]);
  const quiet = ({ begins, lateArrivals }: Row): boolean => begins.length === 0 && !lateArrivals;
  return quiet(above) && quiet(row) && looks(above) === looks(row);
}

function strokesOf(arrows: readonly Arrow[], glyphs: DiagramGlyphs): readonly Stroke[] {
  const byKey = new Map<string, Stroke>();
  for (const arrow of arrows) {
    const { from, to, fate } = arrow;
    const label = arrow.loads
      .map((l) => (l.count === 1 ? l.relation : `${l.relation} ${glyphs.times}${l.count}`))
      .join(", ");
    for (const ending of endingsOf(arrow)) {
      // A late one has a path of its own, down to the row in which it arrives.
      const key = JSON.stringify([from, fate, ending, label, ending.kind === "late" ? to : ""]);
      const receivers = [...(byKey.get(key)?.receivers ?? []), to];
      byKey.set(key, { from, receivers, fate, ending, label });
    }
  }
  return [...byKey.values()];
}

function endingsOf({ sent, arrivals, fate }: Arrow): readonly Ending[] {
  if (fate !== "delivered") return [{ kind: leavesSender[fate] ? "lost" : "unsent" }];
  return arrivals.map((at): Ending => (at === sent + 1 ? { kind: "next" } : { kind: "late", at }));
}
