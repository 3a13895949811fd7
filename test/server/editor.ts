import { PassThrough } from "node:stream";
import { afterEach } from "vitest";
import type { MessageConnection } from "vscode-jsonrpc/node";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import type { Diagnostic, Position, Range } from "vscode-languageserver";
import { createConnection } from "vscode-languageserver/node";
import { doLanguageWork } from "../../src/cli/commands/language-work.js";
import type { Platform } from "../../src/server/platform.js";
import { serve } from "../../src/server/server.js";
import { undisturbed } from "../cli/in-process.js";
import { memoryFiles } from "../program/memory-files.js";

/** An editor that speaks to a server over a pipe, as recorded dialogues do. Paths are relative to `/files`. */
export class Editor {
  private readonly reported = new Map<string, readonly Diagnostic[]>();
  private readonly waiting: { readonly path: string; readonly resolve: (found: readonly Diagnostic[]) => void }[] = [];
  private readonly texts = new Map<string, string>();
  private version = 1;
  /** The requests of the server, by method, in the order in which they came. */
  readonly asked: { readonly method: string; readonly params: unknown }[] = [];
  /** What it answers to requests of the server, by method. */
  readonly answers = new Map<string, (params: unknown) => unknown>([
    ["workspace/applyEdit", () => ({ applied: true })],
    ["window/showDocument", () => ({ success: true })],
  ]);
  /** The messages that the server shows. */
  readonly shown: string[] = [];

  constructor(readonly connection: MessageConnection) {
    connection.onNotification(
      "textDocument/publishDiagnostics",
      (params: { uri: string; diagnostics: Diagnostic[] }) => {
        const path = nameOf(params.uri);
        this.reported.set(path, params.diagnostics);
        const mine = this.waiting.filter((waiting) => waiting.path === path);
        for (const waiting of mine) {
          this.waiting.splice(this.waiting.indexOf(waiting), 1);
          waiting.resolve(params.diagnostics);
        }
      },
    );
    connection.onRequest((method: string, params: unknown) => {
      this.asked.push({ method, params });
      return this.answers.get(method)?.(params) ?? null;
    });
    connection.onNotification("window/showMessage", ({ message }: { message: string }) => {
      this.shown.push(message);
    });
    connection.listen();
  }

  async initialize(capabilities: object = {}, initializationOptions: object = {}): Promise<unknown> {
    const result = await this.connection.sendRequest("initialize", {
      processId: null,
      rootUri: "file:///files",
      capabilities,
      initializationOptions,
      workspaceFolders: [{ uri: "file:///files", name: "files" }],
    });
    await this.connection.sendNotification("initialized", {});
    return result;
  }

  async open(path: string, text: string): Promise<void> {
    this.texts.set(path, text);
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri: uriOf(path), languageId: "dedalus", version: this.version++, text },
    });
  }

  /** Replaces a part of an open text, as typing does. */
  async type(path: string, range: Range, text: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: uriOf(path), version: this.version++ },
      contentChanges: [{ range, text }],
    });
  }

  async replace(path: string, text: string): Promise<void> {
    this.texts.set(path, text);
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: uriOf(path), version: this.version++ },
      contentChanges: [{ text }],
    });
  }

  async close(path: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri: uriOf(path) } });
  }

  /** What is reported of a text the next time that something is. */
  next(path: string): Promise<readonly Diagnostic[]> {
    return new Promise((resolve) => this.waiting.push({ path, resolve }));
  }

  /** A request about a place: the first occurrence of `^` in the marked text, which is otherwise the text that is open. */
  at(path: string, marked: string, method: string, more: object = {}): Promise<unknown> {
    const position = this.position(path, marked);
    return this.connection.sendRequest(method, { textDocument: { uri: uriOf(path) }, position, ...more });
  }

  /** A request about a whole text. */
  about(path: string, method: string, more: object = {}): Promise<unknown> {
    return this.connection.sendRequest(method, { textDocument: { uri: uriOf(path) }, ...more });
  }

  /** Where `^` stands in a part of the open text. */
  position(path: string, marked: string): Position {
    const text = this.texts.get(path) ?? "";
    const at = text.indexOf(marked.replace("^", ""));
    if (at === -1) throw new Error(`${path} has no ${marked}`);
    const lines = text.slice(0, at + marked.indexOf("^")).split("\n");
    return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  }

  /** The text in a range of an open text. */
  slice(path: string, { start, end }: Range): string {
    const lines = (this.texts.get(path) ?? "").split("\n");
    const offset = ({ line, character }: Position): number =>
      lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0) + character;
    return (this.texts.get(path) ?? "").slice(offset(start), offset(end));
  }
}

export function uriOf(path: string): string {
  return `file:///files/${path}`;
}

export function nameOf(uri: string): string {
  return uri.replace("file:///files/", "");
}

const open: MessageConnection[] = [];
afterEach(() => {
  for (const connection of open.splice(0)) connection.dispose();
});

/** An editor and a server in this process, with files in memory. What the server has done elsewhere is done here, in its turn. */
export function editorWith(files: Readonly<Record<string, string>>, platform: Partial<Platform> = {}): Editor {
  const reader = memoryFiles(files);
  const toServer = new PassThrough();
  const toEditor = new PassThrough();
  serve(createConnection(toServer, toEditor), {
    reader,
    list: () =>
      Object.keys(files)
        .filter((path) => path.endsWith(".ded"))
        .map((path) => reader.resolve(path)),
    work: (work) => ({
      answer: new Promise((resolve) => setImmediate(() => resolve(doLanguageWork(work, { ...undisturbed, reader })))),
      cancel: () => {},
    }),
    writePage: (name) => `/files/${name}.html`,
    version: "1.0.0",
    ...platform,
  });
  const connection = createMessageConnection(new StreamMessageReader(toEditor), new StreamMessageWriter(toServer));
  open.push(connection);
  return new Editor(connection);
}
