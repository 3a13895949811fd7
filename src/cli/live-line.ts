import { truncated } from "../report/text/width.js";
import { visible } from "../source/strings.js";
import type { Terminal } from "./terminal.js";

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Milliseconds; shorter work shows nothing. */
const blink = 150;
const interval = 100;

/** One line on standard error that is rewritten, and cleared before anything else is printed. */
export class LiveLine {
  private readonly started = performance.now();
  private readonly timer: NodeJS.Timeout | undefined;
  private current = "";
  private shown = false;
  private ticks = 0;

  constructor(
    private readonly output: Output,
    private readonly terminal: Terminal,
  ) {
    if (output.isTTY !== true) return;
    this.timer = setInterval(() => this.draw(), interval);
    this.timer.unref();
  }

  update(text: string): void {
    this.current = visible(text);
  }

  /** The current text, escaped for a terminal; empty at first. */
  get text(): string {
    return this.current;
  }

  clear(): void {
    if (this.shown) this.output.write("\r\x1b[K");
    this.shown = false;
  }

  /** Clears the line for good. */
  close(): void {
    clearInterval(this.timer);
    this.clear();
  }

  private draw(): void {
    const elapsed = performance.now() - this.started;
    if (elapsed < blink || this.current === "") return;
    const frames = this.terminal.unicode ? "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏" : "|/-\\";
    const line = `${frames[this.ticks++ % frames.length] ?? ""} ${this.current} · ${(elapsed / 1000).toFixed(1)} s`;
    const plain = this.terminal.unicode ? line : line.replaceAll("·", "-");
    const { columns = 0 } = this.output;
    this.output.write(`\r${truncated(plain, (columns > 0 ? columns : 80) - 1, "")}\x1b[K`);
    this.shown = true;
  }
}
