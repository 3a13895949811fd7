import type { Connection } from "vscode-languageserver";
import { mergedDiagnostics } from "../language/merged-diagnostics.js";
import type { Workspace } from "../language/workspace.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { uriOf } from "./conversion.js";
import { blameDiagnostic, protocolDiagnostic } from "./diagnostics.js";
import type { Verdicts } from "./verdicts.js";

/** Milliseconds without a change after which diagnostics are published. */
const pause = 60;

/** Publishes the diagnostics of open texts and of the files that their programs read, a moment after the last change. */
export class Publishing {
  private readonly published = new Set<string>();
  private readonly waiting = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly workspace: Workspace,
    private readonly verdicts: Verdicts,
    private readonly done: () => void,
  ) {}

  /** These texts have changed, or their verdicts have. */
  schedule(paths: readonly string[]): void {
    for (const path of paths) this.waiting.add(path);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.publish(), pause);
  }

  /** The diagnostics of one file, merged over all programs that read it. */
  diagnosticsOf(path: string): readonly Diagnostic[] {
    const { reader } = this.workspace.surroundings;
    const key = reader.resolve(path);
    const views = this.workspace.viewsWith(path);
    const withoutPlace = views.filter(({ root }) => reader.resolve(root) === key).flatMap((view) => view.diagnostics);
    return mergedDiagnostics(views, reader).filter((diagnostic) =>
      diagnostic.span === undefined
        ? withoutPlace.includes(diagnostic)
        : reader.resolve(diagnostic.span.file.path) === key,
    );
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private publish(): void {
    const { reader } = this.workspace.surroundings;
    const files = new Map<string, string>();
    for (const path of this.waiting) {
      files.set(reader.resolve(path), path);
      for (const { trees } of this.workspace.viewsWith(path))
        for (const { source } of trees) files.set(reader.resolve(source.path), source.path);
    }
    this.waiting.clear();
    for (const path of files.values()) {
      const uri = uriOf(path);
      const tree = this.workspace.treeOf(path);
      const diagnostics = [
        ...this.diagnosticsOf(path).map(protocolDiagnostic),
        ...this.verdicts.blamedIn(path).map((blamed) => blameDiagnostic(blamed, tree.source)),
      ];
      if (diagnostics.length === 0 && !this.published.has(uri) && !this.workspace.texts.has(reader.resolve(path)))
        continue;
      if (diagnostics.length > 0) this.published.add(uri);
      else this.published.delete(uri);
      void this.connection.sendDiagnostics({ uri, diagnostics });
    }
    this.done();
  }
}
