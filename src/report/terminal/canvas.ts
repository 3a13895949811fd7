/** A line of characters, some of them painted, that is filled in out of order. */
export class Canvas {
  private readonly cells: { char: string; paint: ((text: string) => string) | undefined }[] = [];

  /** Writes text from a column on, over what is there. */
  put(column: number, text: string, paint?: (text: string) => string): void {
    let at = column;
    for (const char of text) {
      while (this.cells.length <= at) this.cells.push({ char: " ", paint: undefined });
      if (at >= 0) this.cells[at] = { char, paint };
      at++;
    }
  }

  at(column: number): string {
    return this.cells[column]?.char ?? " ";
  }

  /** The line without trailing blanks; neighbours of one colour are painted together. */
  toString(): string {
    let end = this.cells.length;
    while (end > 0 && this.cells[end - 1]?.char === " ") end--;
    let result = "";
    let run = "";
    let paint: ((text: string) => string) | undefined;
    const flush = (): void => {
      if (run !== "") result += paint === undefined ? run : paint(run);
      run = "";
    };
    for (const cell of this.cells.slice(0, end)) {
      if (cell.paint !== paint) flush();
      paint = cell.paint;
      run += cell.char;
    }
    flush();
    return result;
  }
}
