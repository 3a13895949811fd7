import type { Blamed, CheckAnswer } from "../language/checking.js";
import type { Workspace } from "../language/workspace.js";
import type { LanguageAnswer, Platform, Working } from "./platform.js";

/** The state of a `//!` line. */
export type LineState =
  | { readonly kind: "running" }
  /** `stale`: a text of the program has changed since. */
  | { readonly kind: "answered"; readonly answer: CheckAnswer; readonly stale: boolean };

/** One line of one file, by its text: a line that moves keeps its verdict, and one that changes loses it. */
function keyOf(path: string, text: string): string {
  return `${path}\0${text}`;
}

/** A `//!` line by its file and text, with its state. */
export interface ViolatedLine {
  readonly path: string;
  readonly text: string;
  readonly answer: CheckAnswer;
}

interface Entry {
  readonly answer: CheckAnswer;
  /** The texts of all open files when the answer was given. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * The requested checks, one at a time: a newer one cancels the current one. An answer is kept until its line changes.
 */
export class Verdicts {
  private readonly entries = new Map<string, Entry>();
  private running: { readonly key: string; readonly working: Working } | undefined;

  constructor(
    private readonly platform: Platform,
    private readonly workspace: Workspace,
    private readonly changed: () => void,
  ) {}

  stateOf(path: string, text: string): LineState | undefined {
    const key = keyOf(path, text);
    if (this.running?.key === key) return { kind: "running" };
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    return { kind: "answered", answer: entry.answer, stale: this.hasChanged(entry.texts) };
  }

  /** Runs the expectation of a line; `undefined` if it was cancelled. */
  async run(path: string, line: number, text: string, report: boolean): Promise<CheckAnswer | undefined> {
    this.running?.working.cancel();
    const key = keyOf(path, text);
    const texts = new Map(this.workspace.texts);
    const { includeDirs } = this.workspace.surroundings;
    const working = this.platform.work({ kind: "check", path, line, includeDirs, report, texts });
    this.running = { key, working };
    this.changed();
    const answered: LanguageAnswer | undefined = await working.answer;
    if (this.running?.working === working) this.running = undefined;
    const answer = answered?.kind === "check" ? answered.answer : undefined;
    // A page is shown, but not kept.
    if (answer !== undefined) {
      const { report: _, ...kept } = answer;
      this.entries.set(key, { answer: kept, texts });
    }
    this.changed();
    return answer;
  }

  cancel(): void {
    this.running?.working.cancel();
  }

  /** The rules of a file that a counterexample depends on, as long as no text has changed. */
  blamedIn(path: string): readonly Blamed[] {
    const { resolve } = this.platform.reader;
    const key = resolve(path);
    return [...this.entries.values()].flatMap(({ answer, texts }) =>
      this.hasChanged(texts) ? [] : answer.blamed.filter((blamed) => resolve(blamed.path) === key),
    );
  }

  /** The violated lines, as long as no text has changed, with the rules that their counterexamples depend on. */
  violated(): readonly ViolatedLine[] {
    return [...this.entries].flatMap(([key, { answer, texts }]) => {
      if (answer.outcome !== "violated" || this.hasChanged(texts)) return [];
      const [path = "", text = ""] = key.split("\0");
      return [{ path, text, answer }];
    });
  }

  /** Forgets the lines of a file that are gone. */
  keepOnly(path: string, texts: ReadonlySet<string>): void {
    for (const key of this.entries.keys()) {
      const [of, text = ""] = key.split("\0");
      if (of === path && !texts.has(text)) this.entries.delete(key);
    }
  }

  private hasChanged(texts: ReadonlyMap<string, string>): boolean {
    const now = this.workspace.texts;
    for (const [path, text] of now) {
      const before = texts.get(path);
      if (before !== undefined && before !== text) return true;
    }
    for (const [path, text] of texts) {
      if (now.has(path)) continue;
      // It has been closed, so the text of the disk is used.
      const read = this.workspace.textOf(path);
      if (read.kind !== "read" || read.text !== text) return true;
    }
    return false;
  }
}
