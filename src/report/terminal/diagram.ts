import type { Arrow, Moment, SpaceTime } from "../../evidence/space-time.js";
import { formatNode } from "../text/values.js";
import { displayWidth, padStart, truncated } from "../text/width.js";
import { Canvas } from "./canvas.js";
import type { DiagramGlyphs } from "./glyphs.js";
import { diagramGlyphs } from "./glyphs.js";
import type { Style } from "./palette.js";

/*
 * Nodes are columns, time runs downward. What one node sends at one instant with one fate is one line, with a head at
 * every receiver; instants that look the same are drawn once.
 *
 *          a            b            c
 *      1   ●── bcast ──▶│            │
 *          ●── bcast ───┼───────────✗│
 *    2–4   │            │            │
 */

/** What a line of the drawing stands for. */
interface Stroke {
  readonly from: string;
  readonly receivers: readonly string[];
  readonly fate: Arrow["fate"];
  readonly label: string;
}

interface Row {
  readonly first: number;
  readonly last: number;
  readonly crashes: readonly string[];
  readonly strokes: readonly Stroke[];
}

const widestColumn = 22;
const narrowestColumn = 7;
const longestLabel = 26;

/** The drawing, line by line. */
export function renderDiagram(diagram: SpaceTime, style: Style): readonly string[] {
  const glyphs = diagramGlyphs(style.unicode);
  const rows = collapse(diagram.moments, glyphs);
  const drawing = new Drawing(diagram, rows, style, glyphs);
  return [drawing.header(), ...rows.flatMap((row) => drawing.row(row)), ...drawing.legend()];
}

function strokes(moment: Moment, glyphs: DiagramGlyphs): readonly Stroke[] {
  const byKey = new Map<string, Stroke>();
  for (const arrow of moment.arrows) {
    const label = arrow.loads
      .map((l) => (l.count === 1 ? l.relation : `${l.relation} ${glyphs.times}${l.count}`))
      .join(", ");
    const key = JSON.stringify([arrow.from, arrow.fate, label]);
    const known = byKey.get(key);
    const receivers = [...(known?.receivers ?? []), arrow.to];
    byKey.set(key, { from: arrow.from, receivers, fate: arrow.fate, label });
  }
  return [...byKey.values()];
}

/** Consecutive instants at which the same happens become one row. */
function collapse(moments: readonly Moment[], glyphs: DiagramGlyphs): readonly Row[] {
  const rows: Row[] = [];
  for (const moment of moments) {
    const row: Row = {
      first: moment.instant,
      last: moment.instant,
      crashes: moment.crashes,
      strokes: strokes(moment, glyphs),
    };
    const above = rows.at(-1);
    const alike = above !== undefined && row.crashes.length === 0 && above.crashes.length === 0;
    if (alike && JSON.stringify(above.strokes) === JSON.stringify(row.strokes))
      rows[rows.length - 1] = { ...above, last: row.last };
    else rows.push(row);
  }
  return rows;
}

class Drawing {
  private readonly left: number;
  private readonly gap: number;
  private readonly room: number;
  private readonly crashed = new Set<string>();

  constructor(
    private readonly diagram: SpaceTime,
    private readonly rows: readonly Row[],
    private readonly style: Style,
    private readonly glyphs: DiagramGlyphs,
  ) {
    const widest = Math.max(0, ...rows.map((row) => displayWidth(this.instants(row))));
    this.left = widest + 5;
    const gaps = Math.max(1, diagram.nodes.length - 1);
    const gapBeside = (margin: number): number =>
      Math.max(narrowestColumn, Math.min(widestColumn, Math.floor((style.width - this.left - margin - 2) / gaps)));
    const spacious = gapBeside(0);
    const margin = this.margin(spacious);
    this.gap = margin === 0 ? spacious : gapBeside(margin + 3);
    this.room = Math.max(0, style.width - this.column(diagram.nodes.length - 1) - 4);
  }

  header(): string {
    const line = new Canvas();
    for (const [i, node] of this.diagram.nodes.entries()) {
      const name = truncated(formatNode(node), this.gap - 2, this.glyphs.ellipsis);
      line.put(Math.max(0, this.column(i) - Math.floor((displayWidth(name) - 1) / 2)), name, this.style.palette.node);
    }
    return line.toString();
  }

  row(row: Row): readonly string[] {
    const lines = row.crashes.map((node) => this.crash(node));
    for (const stroke of row.strokes) lines.push(this.stroke(stroke));
    if (lines.length === 0) lines.push(this.lifelines());
    lines[0]?.put(2, padStart(this.instants(row), this.left - 5), this.style.palette.faint);
    return lines.map(String);
  }

  /** What the marks mean, as far as they occur. */
  legend(): readonly string[] {
    const all = this.rows.flatMap((row) => row.strokes);
    const { glyphs } = this;
    const marks: string[] = [];
    if (all.some((s) => s.fate === "delivered")) marks.push(`${glyphs.right} arrives one instant later`);
    if (all.some((s) => s.fate === "omitted")) marks.push(`${glyphs.lost} lost`);
    if (all.some((s) => s.fate === "sender-crashed"))
      marks.push(`${glyphs.stub}${glyphs.lost} not sent: the node has crashed`);
    return marks.length === 0 ? [] : [this.style.palette.faint(`   ${marks.join(glyphs.separator)}`)];
  }

  private instants(row: Row): string {
    return row.first === row.last ? String(row.first) : `${row.first}${this.glyphs.range}${row.last}`;
  }

  private column(index: number): number {
    return this.left + index * this.gap;
  }

  private columnOf(node: string): number {
    return this.column(this.diagram.nodes.indexOf(node));
  }

  /** Width of the labels that have to stand at the right, were the columns so far apart. */
  private margin(gap: number): number {
    const labels = this.rows.flatMap((row) => row.strokes.map((stroke) => displayWidth(stroke.label)));
    return Math.min(longestLabel, Math.max(0, ...labels.filter((width) => width > roomIn(gap))));
  }

  private lifelines(): Canvas {
    const line = new Canvas();
    for (const [i, node] of this.diagram.nodes.entries()) {
      line.put(
        this.column(i),
        this.crashed.has(node) ? this.glyphs.deadLife : this.glyphs.life,
        this.style.palette.faint,
      );
    }
    return line;
  }

  private crash(node: string): Canvas {
    this.crashed.add(node);
    const line = this.lifelines();
    line.put(this.columnOf(node), this.glyphs.crash, this.style.palette.bad);
    this.label(line, " crash", this.columnOf(node) + 1, this.style.palette.bad);
    return line;
  }

  private stroke(stroke: Stroke): Canvas {
    const { glyphs } = this;
    const line = this.lifelines();
    const from = this.columnOf(stroke.from);
    if (stroke.fate === "sender-crashed") {
      const paint = this.style.palette.lost;
      line.put(from + 1, `${glyphs.stub}${glyphs.lost}`, paint);
      this.label(line, ` ${stroke.label}`, from + 3, paint);
      return line;
    }
    const lost = stroke.fate !== "delivered";
    const paint = lost ? this.style.palette.lost : undefined;
    const receivers = stroke.receivers.map((node) => this.columnOf(node));
    const leftmost = Math.min(from, ...receivers);
    const rightmost = Math.max(from, ...receivers);
    for (let x = leftmost + 1; x < rightmost; x++) line.put(x, this.isColumn(x) ? glyphs.crossing : glyphs.line, paint);
    for (const x of receivers) {
      if (x > from) line.put(x - 1, lost ? glyphs.lost : glyphs.right, paint);
      else line.put(x + 1, lost ? glyphs.lost : glyphs.left, paint);
    }
    line.put(from, glyphs.send, paint);
    const start = rightmost > from ? from : from - this.gap;
    if (displayWidth(stroke.label) <= roomIn(this.gap)) {
      const text = ` ${stroke.label} `;
      line.put(start + 1 + Math.floor((this.gap - 1 - displayWidth(text)) / 2), text, paint);
    } else {
      line.put(
        this.column(this.diagram.nodes.length - 1) + 3,
        truncated(stroke.label, this.room, glyphs.ellipsis),
        paint,
      );
    }
    return line;
  }

  /** Beside a mark if it fits before the next column, else at the right. */
  private label(line: Canvas, text: string, start: number, paint: (text: string) => string): void {
    const last = this.column(this.diagram.nodes.length - 1);
    const fits = start > last || start + displayWidth(text) < start - ((start - this.left) % this.gap) + this.gap;
    line.put(fits ? start : last + 2, text, paint);
  }

  private isColumn(x: number): boolean {
    return x >= this.left && (x - this.left) % this.gap === 0;
  }
}

/** How wide a label may be that stands in a line between two neighbouring columns. */
function roomIn(gap: number): number {
  return gap - 6;
}
