import type { OfferedRepair, RepairAnswer } from "../language/repairing.js";
import type { Workspace } from "../language/workspace.js";
import type { Platform, Working } from "./platform.js";

interface Searching {
  readonly working: Working;
  /** The texts of all open files when the search began. */
  readonly texts: ReadonlyMap<string, string>;
}

/** The search for repairs: one at a time, ended when a text changes. */
export class Repairs {
  private running: Searching | undefined;

  constructor(
    private readonly platform: Platform,
    private readonly workspace: Workspace,
  ) {}

  /** Looks for repairs under the budget of a `//! check` line; `undefined` if that was cancelled. */
  async search(path: string, line: number, progress: (line: string) => void): Promise<RepairAnswer | undefined> {
    this.cancel();
    const texts = new Map(this.workspace.texts);
    const { includeDirs } = this.workspace.surroundings;
    const working = this.platform.work({ kind: "repair", path, line, includeDirs, texts }, progress);
    const searching = { working, texts };
    this.running = searching;
    const answered = await working.answer;
    if (this.running === searching) this.running = undefined;
    return answered?.kind === "repair" ? answered.answer : undefined;
  }

  /** Cancels the current search. */
  cancel(): void {
    this.running?.working.cancel();
    this.running = undefined;
  }

  /** A text has changed: the result would be outdated. */
  cancelIfChanged(): void {
    const changed = [...(this.running?.texts ?? [])].some(([path, text]) => {
      const read = this.workspace.textOf(path);
      return read.kind !== "read" || read.text !== text;
    });
    if (changed) this.cancel();
  }

  /** Whether the texts are still those for which a repair was found. */
  isCurrent({ files }: OfferedRepair): boolean {
    return files.every(({ path, before }) => {
      const read = this.workspace.textOf(path);
      return read.kind === "read" && read.text === before;
    });
  }
}
