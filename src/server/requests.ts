import type {
  CompletionItem,
  Connection,
  DocumentHighlight,
  DocumentSymbol,
  FoldingRange,
  Location,
  Position,
  CodeAction as ProtocolAction,
  Range,
  SelectionRange,
  SignatureHelp,
  SymbolInformation,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import {
  CodeActionKind,
  CompletionItemKind,
  DocumentHighlightKind,
  ErrorCodes,
  FoldingRangeKind,
  InlayHintKind,
  InsertTextFormat,
  MarkupKind,
  ResponseError,
  SemanticTokensBuilder,
  SymbolKind,
} from "vscode-languageserver";
import { codeActionsAt } from "../language/code-actions.js";
import type { Completion } from "../language/completion.js";
import { completionsAt, nodesIn } from "../language/completion.js";
import { formattingOf, rangeFormattingOf } from "../language/formatting.js";
import { hoverAt } from "../language/hover.js";
import { inlayHintsOf } from "../language/inlay-hints.js";
import { definitionsAt, highlightsAt, referencesAt } from "../language/navigation.js";
import { renamableAt, renameAt } from "../language/rename.js";
import { semanticTokensOf, tokenModifiers, tokenTypes } from "../language/semantic-tokens.js";
import { signatureAt } from "../language/signature.js";
import { enclosing, foldsOf, outlineOf } from "../language/structure.js";
import type { View } from "../language/views.js";
import type { Workspace } from "../language/workspace.js";
import type { Diagnostic, TextEdit as Edit } from "../source/diagnostic.js";
import type { SourceFile, Span } from "../source/source.js";
import type { SyntaxTree } from "../syntax/tree.js";
import { editOf, offsetAt, pathOf, positionOf, rangeOf, relativePath, uriOf } from "./conversion.js";
import { protocolDiagnostic } from "./diagnostics.js";
import type { FiringCounts } from "./firings.js";
import type { Verdicts } from "./verdicts.js";
import { violationActions } from "./violation-actions.js";

/** What the requests about texts need. */
export interface Answering {
  readonly workspace: Workspace;
  readonly firings: FiringCounts;
  readonly verdicts: Verdicts;
  readonly diagnosticsOf: (path: string) => readonly Diagnostic[];
  readonly settings: () => Settings;
}

/** The client's capabilities and settings. */
export interface Settings {
  readonly snippets: boolean;
  readonly inlayHints: boolean;
}

interface Place {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

/** Answers the requests that ask about texts. Each is answered from the latest texts, at once. */
export function answerRequests(
  connection: Connection,
  { workspace, firings, verdicts, diagnosticsOf, settings }: Answering,
): void {
  const at = ({ textDocument, position }: Place) => {
    const path = pathOf(textDocument.uri);
    const tree = workspace.treeOf(path);
    return { path, tree, offset: offsetAt(tree.source, position) };
  };
  const viewOf = (path: string): View | undefined => workspace.viewsWith(path)[0];

  connection.onHover((params) => {
    const { path, tree, offset } = at(params);
    const view = viewOf(path);
    const hover = view === undefined ? undefined : hoverAt(tree, offset, view, firings.of(view.root));
    if (hover === undefined) return null;
    return { contents: { kind: MarkupKind.Markdown, value: hover.text }, range: rangeOf(hover.span) };
  });

  connection.onDefinition((params) => {
    const { path, offset } = at(params);
    return definitionsAt(workspace, path, offset).map(locationOf);
  });

  connection.onReferences((params) => {
    const { path, offset } = at(params);
    return referencesAt(workspace, path, offset, params.context.includeDeclaration).map(locationOf);
  });

  connection.onDocumentHighlight((params): DocumentHighlight[] => {
    const { tree, offset } = at(params);
    return highlightsAt(tree, offset).map(({ span, kind }) => ({
      range: rangeOf(span),
      kind: kind === "write" ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  });

  connection.onPrepareRename((params): Range | null => {
    const { path, offset } = at(params);
    const span = renamableAt(workspace, path, offset);
    return span === undefined ? null : rangeOf(span);
  });

  connection.onRenameRequest((params): WorkspaceEdit => {
    const { path, offset } = at(params);
    const renaming = renameAt(workspace, path, offset, params.newName);
    if (renaming.kind === "refused") throw new ResponseError(ErrorCodes.InvalidParams, renaming.reason);
    return workspaceEdit(renaming.edits);
  });

  connection.onDocumentSymbol(({ textDocument }): DocumentSymbol[] =>
    outlineOf(workspace.treeOf(pathOf(textDocument.uri))).map(({ name, kind, detail, span, nameSpan }) => ({
      name,
      detail,
      kind: kind === "fact" ? SymbolKind.Constant : SymbolKind.Function,
      range: rangeOf(span),
      selectionRange: rangeOf(nameSpan),
    })),
  );

  connection.onWorkspaceSymbol(({ query }): SymbolInformation[] =>
    workspace.files().flatMap((path) => {
      const seen = new Set<string>();
      return outlineOf(workspace.treeOf(path)).flatMap(({ name, kind, nameSpan }): SymbolInformation[] => {
        if (!name.includes(query.toLowerCase()) || seen.has(name)) return [];
        seen.add(name);
        return [
          { name, kind: kind === "fact" ? SymbolKind.Constant : SymbolKind.Function, location: locationOf(nameSpan) },
        ];
      });
    }),
  );

  connection.onFoldingRanges(({ textDocument }): FoldingRange[] =>
    foldsOf(workspace.treeOf(pathOf(textDocument.uri))).map(({ from, to, kind }) => ({
      startLine: from - 1,
      endLine: to - 1,
      kind: kind === "comment" ? FoldingRangeKind.Comment : FoldingRangeKind.Region,
    })),
  );

  connection.onSelectionRanges(({ textDocument, positions }): SelectionRange[] => {
    const tree = workspace.treeOf(pathOf(textDocument.uri));
    return positions.map((position) => nested(enclosing(tree, offsetAt(tree.source, position)), position));
  });

  connection.onCompletion((params): CompletionItem[] => {
    const { path, tree, offset } = at(params);
    const view = viewOf(path);
    if (view === undefined) return [];
    const files = workspace
      .files()
      .filter((file) => file !== path)
      .map((file) => relativePath(path, file));
    return completionsAt({ tree, offset, view, files, nodes: nodesIn(view) }).map((completion, i) =>
      completionItem(completion, i, settings().snippets),
    );
  });

  connection.onSignatureHelp((params): SignatureHelp | null => {
    const { path, tree, offset } = at(params);
    const view = viewOf(path);
    const signature = view === undefined ? undefined : signatureAt(tree, offset, view);
    if (signature === undefined) return null;
    const { relation, columns, active } = signature;
    const labels = columns.map(({ name, type }) => (type === "unknown" ? name : `${name}: ${type}`));
    const parameters = labels.map((label) => ({ label }));
    return {
      signatures: [{ label: `${relation}(${labels.join(", ")})`, parameters, activeParameter: active }],
      activeSignature: 0,
      activeParameter: active,
    };
  });

  connection.onCodeAction(({ textDocument, range }): ProtocolAction[] => {
    const path = pathOf(textDocument.uri);
    const tree = workspace.treeOf(path);
    const view = viewOf(path);
    if (view === undefined) return [];
    const part = { start: offsetAt(tree.source, range.start), end: offsetAt(tree.source, range.end) };
    const edits = codeActionsAt(tree, part, diagnosticsOf(path), view).map(
      ({ title, kind, edits: changes, diagnostic, preferred }): ProtocolAction => ({
        title,
        kind: kind === "quickfix" ? CodeActionKind.QuickFix : CodeActionKind.Refactor,
        edit: workspaceEdit(changes),
        ...(diagnostic === undefined ? {} : { diagnostics: [protocolDiagnostic(diagnostic)] }),
        ...(preferred ? { isPreferred: true } : {}),
      }),
    );
    return [...violationActions(tree.source, part, workspace, verdicts), ...edits];
  });

  connection.onDocumentFormatting(({ textDocument }): TextEdit[] =>
    formattingOf(workspace.treeOf(pathOf(textDocument.uri))).map(editOf),
  );

  connection.onDocumentRangeFormatting(({ textDocument, range }): TextEdit[] => {
    const tree = workspace.treeOf(pathOf(textDocument.uri));
    const part = { start: offsetAt(tree.source, range.start), end: offsetAt(tree.source, range.end) };
    return rangeFormattingOf(tree, part).map(editOf);
  });

  connection.languages.semanticTokens.on(({ textDocument }) => {
    const path = pathOf(textDocument.uri);
    const view = viewOf(path);
    const builder = new SemanticTokensBuilder();
    if (view !== undefined) pushTokens(builder, workspace.treeOf(path), view);
    return builder.build();
  });

  connection.languages.inlayHint.on(({ textDocument, range }) => {
    const path = pathOf(textDocument.uri);
    const view = viewOf(path);
    if (!settings().inlayHints || view === undefined) return [];
    const tree = workspace.treeOf(path);
    const [start, end] = [offsetAt(tree.source, range.start), offsetAt(tree.source, range.end)];
    return inlayHintsOf(tree, view)
      .filter(({ offset }) => offset >= start && offset <= end)
      .map(({ offset, text }) => ({
        position: positionOf(tree.source, offset),
        label: text,
        kind: text.endsWith(":") ? InlayHintKind.Parameter : InlayHintKind.Type,
        ...(text.endsWith(":") ? { paddingRight: true } : {}),
      }));
  });
}

function locationOf(span: Span): Location {
  return { uri: uriOf(span.file.path), range: rangeOf(span) };
}

export function workspaceEdit(edits: readonly Edit[]): WorkspaceEdit {
  const byFile = new Map<SourceFile, TextEdit[]>();
  for (const edit of edits) {
    const list = byFile.get(edit.span.file);
    if (list === undefined) byFile.set(edit.span.file, [editOf(edit)]);
    else list.push(editOf(edit));
  }
  return { changes: Object.fromEntries([...byFile].map(([file, list]) => [uriOf(file.path), list])) };
}

function nested(spans: readonly Span[], position: Position): SelectionRange {
  let selection: SelectionRange | undefined;
  for (const span of [...spans].reverse())
    selection = selection === undefined ? { range: rangeOf(span) } : { range: rangeOf(span), parent: selection };
  return selection ?? { range: { start: position, end: position } };
}

const completionKinds: Readonly<Record<Completion["kind"], CompletionItemKind>> = {
  relation: CompletionItemKind.Function,
  variable: CompletionItemKind.Variable,
  value: CompletionItemKind.Value,
  keyword: CompletionItemKind.Keyword,
  key: CompletionItemKind.Property,
  file: CompletionItemKind.File,
  aggregate: CompletionItemKind.Operator,
};

function completionItem(completion: Completion, place: number, snippets: boolean): CompletionItem {
  const { label, kind, detail, text, snippet, span } = completion;
  const newText = snippet && !snippets ? withoutPlaceholders(text) : text;
  return {
    label,
    kind: completionKinds[kind],
    ...(detail === undefined ? {} : { detail }),
    sortText: String(place).padStart(5, "0"),
    insertTextFormat: snippet && snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: rangeOf(span), newText },
  };
}

/** `log(${1:Node}, ${2:Payload})` as `log(Node, Payload)`. */
function withoutPlaceholders(text: string): string {
  return text.replace(/\$\{\d+:([^}]*)\}/g, "$1").replace(/\$\d+/g, "");
}

function pushTokens(builder: SemanticTokensBuilder, tree: SyntaxTree, view: View): void {
  for (const { span, type, modifiers } of semanticTokensOf(tree, view)) {
    const { line, character } = positionOf(span.file, span.start);
    const bits = modifiers.reduce((all, modifier) => all | (1 << tokenModifiers.indexOf(modifier)), 0);
    builder.push(line, character, span.end - span.start, tokenTypes.indexOf(type), bits);
  }
}
