import type { Firings } from "../language/hover.js";
import type { Workspace } from "../language/workspace.js";
import type { Platform, Working } from "./platform.js";

/** How often rules fire without faults, worked out beside everything else and shown once it is known. */
export class FiringCounts {
  private readonly known = new Map<string, { readonly version: number; readonly firings: Firings }>();
  private working: Working | undefined;
  private version = 0;

  constructor(
    private readonly platform: Platform,
    private readonly workspace: Workspace,
  ) {}

  /** Some text has changed: what was known of it is not shown any more. */
  invalidate(): void {
    this.version++;
    this.working?.cancel();
    this.working = undefined;
  }

  of(root: string): Firings | undefined {
    const known = this.known.get(root);
    return known?.version === this.version ? known.firings : undefined;
  }

  /** Works them out, unless they are known. */
  async ask(root: string): Promise<void> {
    if (this.of(root) !== undefined || this.working !== undefined) return;
    const { version } = this;
    const { includeDirs } = this.workspace.surroundings;
    const texts = new Map(this.workspace.texts);
    const working = this.platform.work({ kind: "firings", path: root, includeDirs, texts });
    this.working = working;
    const answer = await working.answer;
    if (this.working === working) this.working = undefined;
    if (answer?.kind === "firings") this.known.set(root, { version, firings: new Map(answer.firings) });
  }
}
