import type { SpaceTime } from "../../evidence/space-time.js";
import { markedGaps } from "../../evidence/space-time.js";
import { fateWords } from "../text/fate-words.js";
import { stateWords } from "../text/state-words.js";
import { formatNode } from "../text/tuples.js";
import { displayWidth, padStart, truncated } from "../text/width.js";
import { Canvas } from "./canvas.js";
import type { Row, Stroke } from "./diagram-rows.js";
import { rowsOf } from "./diagram-rows.js";
import type { DiagramGlyphs } from "./glyphs.js";
import { diagramGlyphs } from "./glyphs.js";
import { LatePaths } from "./late-paths.js";
import type { Style } from "./palette.js";

/*
 * Nodes are columns, time runs downward. What one node sends at one instant with one fate is one line, with a head at
 * every receiver; instants that look the same are drawn once. A message that arrives later than the next instant goes
 * down beside its receiver, to the row in which it arrives.
 *
 *          a            b            c
 *      1   ●── bcast ──▶│            │
 *          ●── bcast ───┼───────────✗│
 *          ●── ack ───┐ │            │
 *    2–4   │          ╎ │            │
 *      5   │          └▶│            │
 */

const widestColumn = 22;
const narrowestColumn = 7;
const longestLabel = 26;

/** The drawing, line by line. */
export function renderDiagram(diagram: SpaceTime, style: Style): readonly string[] {
  const glyphs = diagramGlyphs(style.unicode);
  const rows = rowsOf(diagram, glyphs);
  const drawing = new Drawing(diagram, rows, style, glyphs);
  return [drawing.header(), ...rows.flatMap((row) => drawing.row(row)), ...drawing.legend()];
}

class Drawing {
  private readonly nodes: readonly string[];
  private readonly left: number;
  private readonly gap: number;
  private readonly room: number;
  private readonly late: LatePaths;
  /** The states of the columns so far. */
  private states: Row["states"] = [];

  constructor(
    diagram: SpaceTime,
    private readonly rows: readonly Row[],
    private readonly style: Style,
    private readonly glyphs: DiagramGlyphs,
  ) {
    this.nodes = diagram.columns.map(({ node }) => node);
    const widest = Math.max(0, ...rows.map((row) => displayWidth(this.instants(row))));
    this.left = widest + 5;
    const gaps = Math.max(1, this.nodes.length - 1);
    const spread = (margin: number): number =>
      Math.max(narrowestColumn, Math.min(widestColumn, Math.floor((style.width - this.left - margin - 2) / gaps)));
    const spacious = spread(0);
    const margin = this.margin(spacious);
    this.gap = margin === 0 ? spacious : spread(margin + 3);
    this.room = Math.max(0, style.width - this.lastColumn() - 4);
    this.late = new LatePaths(this.gap, glyphs, style.palette.unsure);
  }

  header(): string {
    const line = new Canvas();
    for (const [i, node] of this.nodes.entries()) {
      const name = truncated(formatNode(node), this.gap - 2, this.glyphs.ellipsis);
      line.put(Math.max(0, this.column(i) - Math.floor((displayWidth(name) - 1) / 2)), name, this.style.palette.node);
    }
    return line.toString();
  }

  row(row: Row): readonly string[] {
    const beginning = new Set(row.begins.map(({ column }) => column));
    this.states = row.states.map((state, i) => (beginning.has(i) ? this.states[i] : state));
    const lines = row.begins.map(({ column, kind }) => this.beginning(row, column, kind));
    if (row.lateArrivals) lines.push(this.arrivals(row));
    for (const stroke of row.strokes) lines.push(this.stroke(row, stroke));
    if (lines.length === 0) lines.push(this.lifelines(row));
    lines[0]?.put(2, padStart(this.instants(row), this.left - 5), this.style.palette.faint);
    return lines.map(String);
  }

  /** What the marks mean, as far as they occur. */
  legend(): readonly string[] {
    const all = this.rows.flatMap((row) => row.strokes);
    const { glyphs } = this;
    const signs = { next: glyphs.right, lost: glyphs.lost, unsent: `${glyphs.stub}${glyphs.lost}` };
    const marks = Object.entries(fateWords).flatMap(([fate, { key }]) => {
      const endings = all.flatMap((s) => (s.fate === fate && s.ending.kind !== "late" ? [s.ending.kind] : []));
      return [...new Set(endings)].map((ending) => `${signs[ending]} ${key}`);
    });
    if (all.some((s) => s.ending.kind === "late"))
      marks.push(`${glyphs.arrive.left}${glyphs.right} arrives late, at this instant`);
    if (this.late.open) marks.push(`${glyphs.down} arrives after the end`);
    if (this.rows.some((row) => row.marks.length > 0)) marks.push(`${glyphs.severed} nothing passes`);
    return marks.length === 0 ? [] : [this.style.palette.faint(`   ${marks.join(glyphs.separator)}`)];
  }

  private instants(row: Row): string {
    return row.first === row.last ? String(row.first) : `${row.first}${this.glyphs.range}${row.last}`;
  }

  private column(index: number): number {
    return this.left + index * this.gap;
  }

  private lastColumn(): number {
    return this.column(this.nodes.length - 1);
  }

  private columnOf(node: string): number {
    return this.column(this.nodes.indexOf(node));
  }

  /** The width of the labels that would not fit between columns of this distance. */
  private margin(gap: number): number {
    const labels = this.rows.flatMap((row) => row.strokes.map((stroke) => displayWidth(stroke.label)));
    return Math.min(longestLabel, Math.max(0, ...labels.filter((width) => width > roomIn(gap))));
  }

  private lifelines(row: Row): Canvas {
    const line = new Canvas();
    const { glyphs } = this;
    for (const [i, state] of this.states.entries()) {
      const life = state === undefined ? glyphs.life : glyphs.states[state].life;
      line.put(this.column(i), life, this.style.palette.faint);
    }
    for (const { channels } of row.marks) {
      const gaps = markedGaps(channels.map(({ from, to }) => [this.nodes.indexOf(from), this.nodes.indexOf(to)]));
      for (const gap of gaps)
        line.put(this.column(gap) + Math.floor(this.gap / 2), glyphs.severed, this.style.palette.lost);
    }
    this.late.pass(line);
    return line;
  }

  private beginning(row: Row, column: number, kind: Row["begins"][number]["kind"]): Canvas {
    this.states = this.states.map((state, i) => (i === column ? kind : state));
    const line = this.lifelines(row);
    const x = this.column(column);
    line.put(x, this.glyphs.states[kind].begin, this.style.palette.bad);
    this.label(line, ` ${stateWords[kind].label}`, x + 1, this.style.palette.bad);
    return line;
  }

  private arrivals(row: Row): Canvas {
    const ending = this.late.ending(row.first);
    const line = this.lifelines(row);
    for (const path of ending) this.late.arrive(line, path);
    return line;
  }

  private stroke(row: Row, stroke: Stroke): Canvas {
    const line = this.lifelines(row);
    switch (stroke.ending.kind) {
      case "unsent":
        this.stub(line, stroke);
        break;
      case "late":
        this.turn(line, stroke, stroke.ending.at);
        break;
      case "next":
      case "lost":
        this.line(line, stroke, stroke.ending.kind === "lost");
        break;
    }
    return line;
  }

  private stub(line: Canvas, { from, label }: Stroke): void {
    const { glyphs } = this;
    const paint = this.style.palette.lost;
    const x = this.columnOf(from);
    line.put(x + 1, `${glyphs.stub}${glyphs.lost}`, paint);
    this.label(line, ` ${label}`, x + 3, paint);
  }

  private line(line: Canvas, { from, receivers, label }: Stroke, lost: boolean): void {
    const { glyphs } = this;
    const paint = lost ? this.style.palette.lost : undefined;
    const x = this.columnOf(from);
    const ends = receivers.map((node) => this.columnOf(node));
    const [leftmost, rightmost] = [Math.min(x, ...ends), Math.max(x, ...ends)];
    this.shaft(line, leftmost + 1, rightmost - 1, paint);
    for (const end of ends) {
      if (end > x) line.put(end - 1, lost ? glyphs.lost : glyphs.right, paint);
      else line.put(end + 1, lost ? glyphs.lost : glyphs.left, paint);
    }
    line.put(x, glyphs.send, paint);
    this.caption(line, label, rightmost > x ? x : x - this.gap, paint);
  }

  /** A late message: along to the side of its receiver, and from there on downward. */
  private turn(line: Canvas, { from, receivers: [to = from], label }: Stroke, at: number): void {
    const paint = this.style.palette.unsure;
    const [x, end] = [this.columnOf(from), this.columnOf(to)];
    const path = this.late.begin(x, end, at);
    this.shaft(line, Math.min(x, path.x) + 1, Math.max(x, path.x) - 1, paint);
    line.put(x, this.glyphs.send, paint);
    this.caption(line, label, end > x ? x : x - this.gap, paint);
    line.put(path.x, this.glyphs.turn[path.side], paint);
  }

  private shaft(line: Canvas, first: number, last: number, paint: ((text: string) => string) | undefined): void {
    for (let x = first; x <= last; x++) line.put(x, this.isColumn(x) ? this.glyphs.crossing : this.glyphs.line, paint);
  }

  /** On the line in the gap that begins at `start` if there is room, else at the right of the drawing. */
  private caption(line: Canvas, label: string, start: number, paint: ((text: string) => string) | undefined): void {
    if (displayWidth(label) <= roomIn(this.gap)) {
      const text = ` ${label} `;
      line.put(start + 1 + Math.floor((this.gap - 1 - displayWidth(text)) / 2), text, paint);
    } else {
      line.put(this.lastColumn() + 3, truncated(label, this.room, this.glyphs.ellipsis), paint);
    }
  }

  /** Beside a mark if it fits before the next column, else at the right. */
  private label(line: Canvas, text: string, start: number, paint: (text: string) => string): void {
    const last = this.lastColumn();
    const fits = start > last || start + displayWidth(text) < start - ((start - this.left) % this.gap) + this.gap;
    line.put(fits ? start : last + 2, text, paint);
  }

  private isColumn(x: number): boolean {
    return x >= this.left && (x - this.left) % this.gap === 0;
  }
}

/** The most columns of a label between two neighbouring nodes. */
function roomIn(gap: number): number {
  return gap - 6;
}
