import type { Canvas } from "./canvas.js";
import type { DiagramGlyphs } from "./glyphs.js";

/** The way down of messages that arrive at one receiver, from one side, at one instant. */
export interface LatePath {
  /** The column of characters in which it goes down. */
  readonly x: number;
  /** The side of the receiver on which it is. */
  readonly side: "left" | "right";
  /** The receiver's column. */
  readonly receiver: number;
  readonly at: number;
}

/** The paths of late messages in a drawing, while it is drawn line by line. */
export class LatePaths {
  private paths: readonly LatePath[] = [];

  constructor(
    private readonly gap: number,
    private readonly glyphs: DiagramGlyphs,
    private readonly paint: (text: string) => string,
  ) {}

  /** Whether some path has not come to its end. */
  get open(): boolean {
    return this.paths.length > 0;
  }

  /** The path of a message that arrives at instant `at`; those that arrive together share one. The next lines show it. */
  begin(sender: number, receiver: number, at: number): LatePath {
    const side = receiver > sender ? "left" : "right";
    const beside = this.paths.filter((p) => p.receiver === receiver && p.side === side);
    const known = beside.find((p) => p.at === at);
    if (known !== undefined) return known;
    // Every second column of the gap can hold one; when all are taken, the last is shared.
    let distance = 2;
    const taken = (x: number): boolean => beside.some((p) => Math.abs(p.x - receiver) === x);
    while (taken(distance) && distance + 2 < this.gap - 1) distance += 2;
    const path = { x: side === "left" ? receiver - distance : receiver + distance, side, receiver, at } as const;
    this.paths = [...this.paths, path];
    return path;
  }

  /** Draws the paths that lead past a line. */
  pass(line: Canvas): void {
    for (const { x } of this.paths) line.put(x, this.glyphs.down, this.paint);
  }

  /** Ends the paths that arrive at an instant. */
  ending(at: number): readonly LatePath[] {
    const ending = this.paths.filter((path) => path.at === at);
    this.paths = this.paths.filter((path) => path.at !== at);
    return ending;
  }

  /** Draws the end of a path: around the corner, to the receiver. */
  arrive(line: Canvas, { x, side, receiver }: LatePath): void {
    const { glyphs, paint } = this;
    for (let i = Math.min(x, receiver) + 1; i < Math.max(x, receiver); i++) line.put(i, glyphs.line, paint);
    line.put(x, glyphs.arrive[side], paint);
    if (side === "left") line.put(receiver - 1, glyphs.right, paint);
    else line.put(receiver + 1, glyphs.left, paint);
  }
}
