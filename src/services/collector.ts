import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { readTraces } from "../tracing/read.js";
import type { Span } from "../tracing/span.js";
import { bodyOf } from "./carrier.js";

/** Where OpenTelemetry's exporters send to unless they are told otherwise. */
const usualPort = 4318;
const loopback = "127.0.0.1";

/**
 * Receives traces by OTLP over HTTP, as protocol buffers and as JSON, while a hunt goes on. Listens on the usual port if that is free, and
 * on another one if not: services that the hunt starts are told which.
 */
export class Collector {
  private readonly server = createServer((req, res) => void this.serve(req, res));
  /** Export requests that could not be read. */
  unreadable = 0;

  constructor(private readonly receive: (spans: readonly Span[]) => void) {}

  async open(): Promise<void> {
    await this.listen(usualPort).catch(() => this.listen(0));
  }

  get port(): number {
    const address = this.server.address() as AddressInfo | null;
    return address?.port ?? 0;
  }

  /** Whether services that do not know of the hunt find it. */
  get isUsual(): boolean {
    return this.port === usualPort;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(port, loopback, () => {
        this.server.off("error", reject);
        resolve();
      });
    });
  }

  private async serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const json = /json/i.test(req.headers["content-type"] ?? "");
    try {
      const sent = await bodyOf(req);
      const bytes = req.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent;
      if (req.method === "POST" && req.url === "/v1/traces" && bytes.length > 0) this.take(bytes);
    } catch {
      this.unreadable++;
    }
    // An answer without anything in it says that all was taken; so are metrics and logs, which are of no interest.
    res.writeHead(200, { "content-type": json ? "application/json" : "application/x-protobuf" });
    res.end(json ? "{}" : undefined);
  }

  private take(bytes: Uint8Array): void {
    const read = readTraces(bytes);
    if (read.kind === "read") this.receive(read.spans);
    else this.unreadable++;
  }
}
