import type { Firings } from "../language/hover.js";
import type { Workspace } from "../language/workspace.js";
import type { Platform, Working } from "./platform.js";

/** Milliseconds without a change after which they are computed, since each computation starts a thread. */
const rest = 400;

/** How often rules fire without faults: computed in the background, and shown once known. */
export class FiringCounts {
  private readonly known = new Map<string, { readonly version: number; readonly firings: Firings }>();
  private readonly wanted = new Set<string>();
  private working: Working | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private version = 0;

  constructor(
    private readonly platform: Platform,
    private readonly workspace: Workspace,
  ) {}

  /** Some text has changed: the counts are no longer shown. */
  invalidate(): void {
    this.version++;
    this.wanted.clear();
    clearTimeout(this.timer);
    this.working?.cancel();
    this.working = undefined;
  }

  of(root: string): Firings | undefined {
    const known = this.known.get(root);
    return known?.version === this.version ? known.firings : undefined;
  }

  /** Computes them a moment later, unless they are known. */
  ask(root: string): void {
    if (this.of(root) !== undefined) return;
    this.wanted.add(root);
    if (this.working !== undefined) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.workOut(), rest);
  }

  /** One root after the other, until a text changes. */
  private async workOut(): Promise<void> {
    const { version } = this;
    for (const root of this.wanted) {
      this.wanted.delete(root);
      const { includeDirs } = this.workspace.surroundings;
      const texts = new Map(this.workspace.texts);
      const working = this.platform.work({ kind: "firings", path: root, includeDirs, texts });
      this.working = working;
      const answer = await working.answer;
      if (this.version !== version) return;
      if (answer?.kind === "firings") this.known.set(root, { version, firings: new Map(answer.firings) });
    }
    this.working = undefined;
  }
}
