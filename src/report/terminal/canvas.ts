import { graphemes, graphemeWidth } from "../text/width.js";

type Paint = (text: string) => string;

/** One column of a line. A character that takes two columns is in the first; the second is empty. */
interface Cell {
  readonly text: string;
  readonly paint: Paint | undefined;
}

const blank: Cell = { text: " ", paint: undefined };

/** A line of characters, some of them coloured, that is filled in any order. */
export class Canvas {
  private readonly cells: Cell[] = [];

  /** Writes text from a column on. A wide character that is half overwritten is removed. */
  put(column: number, text: string, paint?: Paint): void {
    let at = column;
    for (const grapheme of graphemes(text)) {
      const width = graphemeWidth(grapheme);
      if (at >= 0 && width > 0) this.write(at, width, { text: grapheme, paint });
      at += width;
    }
  }

  private write(at: number, width: number, cell: Cell): void {
    while (this.cells.length < at) this.cells.push(blank);
    if (this.cells[at]?.text === "") this.cells[at - 1] = blank;
    this.cells[at] = cell;
    for (let i = 1; i < width; i++) this.cells[at + i] = { text: "", paint: cell.paint };
    if (this.cells[at + width]?.text === "") this.cells[at + width] = blank;
  }

  /** The line without trailing blanks; neighbours of one colour are coloured together. */
  toString(): string {
    let end = this.cells.length;
    while (end > 0 && this.cells[end - 1]?.text === " ") end--;
    let result = "";
    let run = "";
    let paint: Paint | undefined;
    const flush = (): void => {
      if (run !== "") result += paint === undefined ? run : paint(run);
      run = "";
    };
    for (const cell of this.cells.slice(0, end)) {
      if (cell.paint !== paint) flush();
      paint = cell.paint;
      run += cell.text;
    }
    flush();
    return result;
  }
}
