// The client of the language server. The build bundles it with the server, so that nothing need be installed.
const { join } = require("node:path");
const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

/** A report goes to the browser; where that is on another machine, which cannot read the file, it is shown in a tab. */
async function show(params, next) {
  const uri = vscode.Uri.parse(params.uri);
  if (vscode.env.remoteName === undefined || !uri.path.endsWith(".html"))
    return next(params, new vscode.CancellationTokenSource().token);
  const title = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  const panel = vscode.window.createWebviewPanel("ldfi.report", title, vscode.ViewColumn.Beside, {
    enableScripts: true,
  });
  panel.webview.html = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  return { success: true };
}

exports.activate = async (context) => {
  const settings = vscode.workspace.getConfiguration("ldfi");
  const server = join(context.extensionPath, "server", "bin", "ldfi.js");
  const run = { module: server, args: ["lsp"], transport: TransportKind.stdio };
  client = new LanguageClient(
    "ldfi",
    "ldfi",
    { run, debug: run },
    {
      documentSelector: [{ language: "dedalus" }],
      middleware: { window: { showDocument: show } },
      initializationOptions: {
        includeDirs: settings.get("includeDirs"),
        inlayHints: settings.get("inlayHints"),
      },
    },
  );

  /** Sends a command about the `//!` line at, or above, a line of the text in front. */
  const about = (command, lineOf) => async () => {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return;
    const uri = editor.document.uri.toString();
    try {
      const answer = await client.sendRequest("workspace/executeCommand", {
        command,
        arguments: [uri, lineOf(editor)],
      });
      if (answer?.outcome !== undefined)
        vscode.window.setStatusBarMessage(`ldfi: ${answer.outcome}: ${answer.sentence}`, 10_000);
    } catch (error) {
      vscode.window.showErrorMessage(`ldfi: ${error.message}`);
    }
  };

  const playground = () => {
    const editor = vscode.window.activeTextEditor;
    const terminal = vscode.window.createTerminal("ldfi playground");
    const path = editor?.document.uri.fsPath ?? "";
    terminal.sendText(`node '${server.replaceAll("'", "'\\''")}' playground '${path.replaceAll("'", "'\\''")}'`);
  };

  context.subscriptions.push(
    vscode.commands.registerCommand(
      "ldfi.checkFile",
      about("ldfi.check", () => 0),
    ),
    vscode.commands.registerCommand(
      "ldfi.checkAtCursor",
      about("ldfi.check", (editor) => editor.selection.active.line),
    ),
    vscode.commands.registerCommand(
      "ldfi.counterexample",
      about("ldfi.showCounterexample", (editor) => editor.selection.active.line),
    ),
    vscode.commands.registerCommand(
      "ldfi.repairAtCursor",
      about("ldfi.repair", (editor) => editor.selection.active.line),
    ),
    vscode.commands.registerCommand("ldfi.playground", playground),
  );
  await client.start();
};

exports.deactivate = () => client?.stop();
