import type { CodeAction } from "vscode-languageserver";
import { CodeActionKind } from "vscode-languageserver";
import type { Workspace } from "../language/workspace.js";
import type { SourceFile, Span } from "../source/source.js";
import { uriOf } from "./conversion.js";
import { blameDiagnostic } from "./diagnostics.js";
import { commands, runnableLines } from "./lenses.js";
import type { Verdicts } from "./verdicts.js";

/**
 * The code actions for a violated line, there and at the rules that its counterexample depends on. They are commands, so that listing
 * them starts no search.
 */
export function violationActions(
  file: SourceFile,
  { start, end }: Pick<Span, "start" | "end">,
  workspace: Workspace,
  verdicts: Verdicts,
): readonly CodeAction[] {
  const { resolve } = workspace.surroundings.reader;
  const key = resolve(file.path);
  const touches = (part: Pick<Span, "start" | "end">): boolean => part.start <= end && start <= part.end;
  return verdicts.violated().flatMap(({ path, text, answer }): readonly CodeAction[] => {
    const line = runnableLines(path, workspace).find((candidate) => candidate.text === text);
    if (line === undefined) return [];
    const { expectation } = line;
    const blamed = answer.blamed.filter((place) => resolve(place.path) === key && touches(place));
    if (blamed.length === 0 && !(resolve(path) === key && touches(expectation.span))) return [];
    const action = (title: string, command: string): CodeAction => ({
      title,
      kind: CodeActionKind.QuickFix,
      ...(blamed.length === 0 ? {} : { diagnostics: blamed.map((place) => blameDiagnostic(place, file)) }),
      command: { title, command, arguments: [uriOf(path), line.line - 1] },
    });
    return [
      ...(expectation.kind === "check" ? [action("Look for a repair, and apply it", commands.repair)] : []),
      ...(answer.pin === undefined ? [] : [action("Keep the counterexample as a test", commands.pin)]),
    ];
  });
}
