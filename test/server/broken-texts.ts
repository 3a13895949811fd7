import { codeActionsAt } from "../../src/language/code-actions.js";
import { completionsAt, nodesIn } from "../../src/language/completion.js";
import { formattingOf, rangeFormattingOf } from "../../src/language/formatting.js";
import { hoverAt } from "../../src/language/hover.js";
import { inlayHintsOf } from "../../src/language/inlay-hints.js";
import { mergedDiagnostics } from "../../src/language/merged-diagnostics.js";
import { definitionsAt, highlightsAt, referencesAt } from "../../src/language/navigation.js";
import { renamableAt } from "../../src/language/rename.js";
import { semanticTokensOf } from "../../src/language/semantic-tokens.js";
import { signatureAt } from "../../src/language/signature.js";
import { enclosing, foldsOf, outlineOf } from "../../src/language/structure.js";
import type { Workspace } from "../../src/language/workspace.js";
import type { Span } from "../../src/source/source.js";

/** Asks everything about a text and a place in it; returns the places that are not in their text. */
export function askEverything(workspace: Workspace, path: string, offset: number): readonly Span[] {
  const tree = workspace.treeOf(path);
  const views = workspace.viewsWith(path);
  const [view] = views;
  if (view === undefined) throw new Error(`${path} belongs to no program`);
  const part = { start: offset, end: Math.min(tree.source.text.length, offset + 40) };
  const diagnostics = mergedDiagnostics(views, workspace.surroundings.reader);
  const hover = hoverAt(tree, offset, view);
  signatureAt(tree, offset, view);
  foldsOf(tree);
  inlayHintsOf(tree, view);
  const renamable = renamableAt(workspace, path, offset);
  const spans: readonly Span[] = [
    ...diagnostics.flatMap(({ span, related, fix }) => [
      ...(span === undefined ? [] : [span]),
      ...related.map((place) => place.span),
      ...(fix?.edits.map((edit) => edit.span) ?? []),
    ]),
    ...(hover === undefined ? [] : [hover.span]),
    ...(renamable === undefined ? [] : [renamable]),
    ...definitionsAt(workspace, path, offset),
    ...referencesAt(workspace, path, offset, true),
    ...highlightsAt(tree, offset).map(({ span }) => span),
    ...outlineOf(tree).flatMap(({ span, nameSpan }) => [span, nameSpan]),
    ...enclosing(tree, offset),
    ...semanticTokensOf(tree, view).map(({ span }) => span),
    ...completionsAt({ tree, offset, view, files: ["a.ded"], nodes: nodesIn(view) }).map(({ span }) => span),
    ...codeActionsAt(tree, part, diagnostics, view).flatMap(({ edits }) => edits.map(({ span }) => span)),
    ...formattingOf(tree).map(({ span }) => span),
    ...rangeFormattingOf(tree, part).map(({ span }) => span),
  ];
  return spans.filter(({ file, start, end }) => !(start >= 0 && start <= end && end <= file.text.length));
}
