import type { Connection, InitializeParams, InitializeResult } from "vscode-languageserver";
import {
  CodeActionKind,
  CodeLensRefreshRequest,
  DidChangeWatchedFilesNotification,
  SemanticTokensRefreshRequest,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { tokenModifiers, tokenTypes } from "../language/semantic-tokens.js";
import { Workspace } from "../language/workspace.js";
import { Commands } from "./commands.js";
import { pathOf } from "./conversion.js";
import { FiringCounts } from "./firings.js";
import { commands, lensesOf, runnableLines } from "./lenses.js";
import type { Platform } from "./platform.js";
import { Publishing } from "./publishing.js";
import { Repairs } from "./repairs.js";
import { answerRequests } from "./requests.js";
import { Verdicts } from "./verdicts.js";

/** The initialization options of clients. */
interface Options {
  readonly inlayHints?: boolean;
  readonly includeDirs?: readonly string[];
}

/** Serves one client until it shuts the server down. */
export function serve(connection: Connection, platform: Platform): void {
  let server: Server | undefined;
  connection.onInitialize((params): InitializeResult => {
    server = new Server(connection, platform, params);
    return server.capabilities();
  });
  connection.onInitialized(() => server?.initialized());
  connection.onShutdown(() => server?.stop());
  connection.listen();
}

class Server {
  private readonly workspace: Workspace;
  private readonly documents = new TextDocuments(TextDocument);
  private readonly verdicts: Verdicts;
  private readonly firings: FiringCounts;
  private readonly publishing: Publishing;
  private readonly repairs: Repairs;
  private readonly commands: Commands;

  constructor(
    private readonly connection: Connection,
    private readonly platform: Platform,
    private readonly params: InitializeParams,
  ) {
    const { includeDirs = [], inlayHints = false }: Options = (params.initializationOptions ?? {}) as Options;
    const folders = foldersOf(params).map(pathOf);
    this.workspace = new Workspace(platform.reader, () => platform.list(folders), includeDirs);
    this.verdicts = new Verdicts(platform, this.workspace, () => this.verdictsChanged());
    this.firings = new FiringCounts(platform, this.workspace);
    this.publishing = new Publishing(connection, this.workspace, this.verdicts, () => this.published());
    this.repairs = new Repairs(platform, this.workspace);
    const { workspace, verdicts, repairs } = this;
    const client = params.capabilities;
    this.commands = new Commands({ connection, platform, workspace, verdicts, repairs, client });
    const snippets = params.capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
    answerRequests(connection, {
      workspace: this.workspace,
      firings: this.firings,
      verdicts,
      diagnosticsOf: (path) => this.publishing.diagnosticsOf(path),
      settings: () => ({ snippets, inlayHints }),
    });
    this.listen();
  }

  capabilities(): InitializeResult {
    return {
      serverInfo: { name: "ldfi", version: this.platform.version },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        documentSymbolProvider: true,
        workspaceSymbolProvider: true,
        renameProvider: { prepareProvider: true },
        foldingRangeProvider: true,
        selectionRangeProvider: true,
        completionProvider: { triggerCharacters: ["(", "@", '"', "=", "!", " "] },
        signatureHelpProvider: { triggerCharacters: ["(", ","] },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor] },
        codeLensProvider: {},
        documentFormattingProvider: true,
        documentRangeFormattingProvider: true,
        inlayHintProvider: true,
        semanticTokensProvider: {
          legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
          full: true,
        },
        executeCommandProvider: { commands: Object.values(commands) },
      },
    };
  }

  initialized(): void {
    if (this.params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true)
      void this.connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: "**/*.ded" }],
      });
  }

  stop(): void {
    this.publishing.stop();
    this.firings.invalidate();
    this.verdicts.cancel();
    this.repairs.cancel();
  }

  private listen(): void {
    const { connection, documents, workspace } = this;
    documents.onDidChangeContent(({ document }) => {
      workspace.change(pathOf(document.uri), document.getText());
      this.changed();
    });
    documents.onDidClose(({ document }) => {
      workspace.close(pathOf(document.uri));
      this.publishing.schedule([pathOf(document.uri)]);
      this.changed();
    });
    documents.listen(connection);
    connection.onDidChangeWatchedFiles(({ changes }) => {
      workspace.diskChanged(changes.map(({ uri }) => pathOf(uri)));
      this.changed();
    });
    connection.onCodeLens(({ textDocument }) => lensesOf(pathOf(textDocument.uri), workspace, this.verdicts));
    connection.onExecuteCommand(({ command, arguments: args = [] }) => this.commands.execute(command, args));
  }

  /** Some text has changed. The diagnostics of every open text may depend on it. */
  private changed(): void {
    this.firings.invalidate();
    this.repairs.cancelIfChanged();
    this.publishing.schedule(this.documents.keys().map(pathOf));
  }

  private published(): void {
    for (const uri of this.documents.keys()) {
      const path = pathOf(uri);
      const lines = new Set(runnableLines(path, this.workspace).map(({ text }) => text));
      this.verdicts.keepOnly(path, lines);
      const [root] = this.workspace.rootsOf(path);
      if (root !== undefined) this.firings.ask(root);
    }
  }

  private verdictsChanged(): void {
    const { workspace } = this.params.capabilities;
    if (workspace?.codeLens?.refreshSupport === true)
      void this.connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    if (workspace?.semanticTokens?.refreshSupport === true)
      void this.connection.sendRequest(SemanticTokensRefreshRequest.type).catch(() => undefined);
    this.publishing.schedule(this.documents.keys().map(pathOf));
  }
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders !== null && workspaceFolders !== undefined && workspaceFolders.length > 0)
    return workspaceFolders.map(({ uri }) => uri);
  return rootUri === null || rootUri === undefined ? [] : [rootUri];
}
