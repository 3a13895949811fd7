import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { loadProgram } from "../../program/load.js";
import { renderReport } from "../../report/terminal/diagnostics.js";
import { styles } from "../../report/terminal/styles.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import type { TextJob } from "../job.js";
import type { Ending } from "../messages.js";
import type { Options } from "../options/table.js";

export interface PlaygroundJob extends TextJob {
  readonly kind: "playground";
  /** Programs to open, with their includes. */
  readonly files: readonly string[];
  readonly parameters: Options<"playground", "budget" | "bounds">;
  readonly port: number;
  /** Open a browser. */
  readonly open: boolean;
}

/** Only the files of the page are served. */
const types: Readonly<Record<string, string>> = {
  "index.html": "text/html; charset=utf-8",
  "playground.css": "text/css; charset=utf-8",
  "playground.js": "text/javascript; charset=utf-8",
  "programs.js": "text/javascript; charset=utf-8",
  "worker.js": "text/javascript; charset=utf-8",
};

/** Milliseconds between two checks for Ctrl-C. */
const pause = 100;

/** `ldfi playground [FILE…]` */
export async function playgroundCommand(job: PlaygroundJob, host: Host): Promise<Ending> {
  const fragment = fragmentOf(job, host);
  if (fragment.kind === "refused") return ending(fragment.text, "wrong-input");
  const files = playgroundFiles(new URL("../playground/", host.workerUrl));
  if (files === undefined)
    return ending(
      "ldfi: the playground is not built; in a clone of the repository: npm run playground\n",
      "wrong-input",
    );
  const served = await serve(files, job.port);
  if (typeof served === "string") return ending(`ldfi: ${served}\n`, "wrong-input");
  const address = `http://127.0.0.1:${served.port}/${fragment.text}`;
  host.print(`The playground is at ${address}\n${job.quiet ? "" : "Ctrl-C ends it.\n"}`);
  if (job.open) openBrowser(address);
  while (!host.interrupted()) await new Promise((resolve) => setTimeout(resolve, pause));
  served.server.close();
  served.server.closeAllConnections();
  return ending("", "holds");
}

function ending(stderr: string, outcome: "holds" | "wrong-input"): Ending {
  return { stdout: "", stderr, files: [], status: exitStatus(outcome) };
}

/** The program and its budget, encoded as the page decodes them from its address (playground/share.ts). */
function fragmentOf(
  { files, includeDirs, parameters, terminal }: PlaygroundJob,
  host: Host,
): { readonly kind: "text" | "refused"; readonly text: string } {
  const [main, ...besides] = files;
  if (main === undefined) return { kind: "text", text: "" };
  const { program, trees, diagnostics } = loadProgram(files, host.reader, { includeDirs });
  // A program with errors can be opened; one that cannot be read cannot.
  if (program === undefined && trees.length === 0)
    return { kind: "refused", text: renderReport(diagnostics, styles(terminal).diagnostics) };
  const texts = Object.fromEntries(trees.map(({ source }) => [source.path, source.text]));
  const budget = Object.fromEntries(
    Object.entries(parameters).flatMap(([key, value]) =>
      typeof value === "number" ? [[key, value === Infinity ? null : value]] : [],
    ),
  );
  const shared = JSON.stringify({ files: { texts, main, besides }, budget, check: true });
  return { kind: "text", text: `#p=${deflateRawSync(shared).toString("base64url")}` };
}

function playgroundFiles(folder: URL): ReadonlyMap<string, Buffer> | undefined {
  try {
    return new Map(Object.keys(types).map((name) => [name, readFileSync(fileURLToPath(new URL(name, folder)))]));
  } catch {
    return undefined;
  }
}

/** The server once it listens, or why it cannot. */
function serve(
  files: ReadonlyMap<string, Buffer>,
  port: number,
): Promise<{ readonly server: Server; readonly port: number } | string> {
  const server = createServer((request, response) => {
    const name = (request.url ?? "/").replace(/[?#].*$/, "").slice(1) || "index.html";
    const body = files.get(name);
    const headers = { "x-content-type-options": "nosniff", "cache-control": "no-store" };
    response.writeHead(body === undefined ? 404 : 200, { ...headers, "content-type": types[name] ?? "text/plain" });
    response.end(body);
  });
  return new Promise((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code === "EADDRINUSE" ? `port ${port} is taken: choose another with --port` : error.message),
    );
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve({ server, port: typeof address === "object" && address !== null ? address.port : port });
    });
  });
}

/** Opens the browser, if there is one; the address was printed anyway. */
function openBrowser(address: string): void {
  const openers: Readonly<Record<string, readonly string[]>> = { darwin: ["open"], win32: ["explorer"] };
  const [command = "xdg-open", ...words] = openers[process.platform] ?? ["xdg-open"];
  spawn(command, [...words, address], { stdio: "ignore", detached: true })
    .on("error", () => undefined)
    .unref();
}
