import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { root } from "../cli/ldfi.js";

// As the client library of VS Code starts a server that it speaks to on its pipes.
const words = ["--stdio", `--clientProcessId=${process.pid}`];

test("the command serves an editor on its pipes, checks in a thread, and ends when it is told to", async () => {
  const child = spawn(process.execPath, [join(root, "bin/ldfi.js"), "lsp", ...words], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  // A server that fails says why, instead of an answer.
  child.on("close", (status) => {
    if (status !== 0) connection.dispose();
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onRequest("window/showMessageRequest", () => null);
  connection.listen();
  const path = join(root, "programs/delivery/simple.ded");
  const uri = pathToFileURL(path).href;
  const reported = new Promise<unknown>((resolve) =>
    connection.onNotification("textDocument/publishDiagnostics", (params: { uri: string }) => {
      if (params.uri === uri) resolve(params);
    }),
  );
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(join(root, "programs")).href,
    capabilities: {},
  });
  await connection.sendNotification("initialized", {});
  const text = readFileSync(path, "utf8");
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "dedalus", version: 1, text },
  });
  expect(await reported).toMatchObject({ diagnostics: [] });
  const lenses = await connection.sendRequest("textDocument/codeLens", { textDocument: { uri } });
  const [first] = lenses as readonly { command: { title: string; command: string; arguments: unknown[] } }[];
  expect(first?.command).toMatchObject({ title: "▶ run", command: "ldfi.check" });
  const answer = await connection.sendRequest("workspace/executeCommand", {
    command: "ldfi.check",
    arguments: first?.command.arguments,
  });
  expect(answer).toMatchObject({ outcome: "violated", met: true });
  // Nobody can be asked which repair to take, so none is.
  const repair = await connection.sendRequest("workspace/executeCommand", {
    command: "ldfi.repair",
    arguments: first?.command.arguments,
  });
  expect(repair).toEqual({
    applied: false,
    sentence: expect.stringMatching(/^\d repairs hold under the whole budget$/),
  });
  expect(await connection.sendRequest("shutdown")).toBeNull();
  await connection.sendNotification("exit");
  expect({ status: await ended, stderr }).toEqual({ status: 0, stderr: "" });
  connection.dispose();
});
