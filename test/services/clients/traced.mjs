// `node traced.mjs PORT NEXT PROTOCOL`: a service that knows OpenTelemetry and not ldfi. GET /x asks the next one, if there is one, and
// GET /user/:name is what a framework would name /user/:name. FAULT is a file: while it is there the next one is not asked, but fails.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { NodeSDK } from "@opentelemetry/sdk-node";

const [port, next, protocol] = process.argv.slice(2);
const Exporter = protocol === "json" ? JsonExporter : ProtobufExporter;
const instrumentations = [new HttpInstrumentation({ ignoreIncomingRequestHook: ({ url }) => url === "/health" })];
new NodeSDK({ traceExporter: new Exporter(), instrumentations }).start();
// OpenTelemetry wraps what is required, not what is imported.
const http = createRequire(import.meta.url)("node:http");

const ask = (url) =>
  new Promise((resolve, reject) => {
    if (existsSync(process.env.FAULT ?? "")) return reject(new Error("broken"));
    http
      .get(url, (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode));
      })
      .on("error", reject);
  });

http
  .createServer(async (request, response) => {
    const give = (status, value) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(value));
    };
    if (request.url === "/health" || next === "none") return give(200, { ok: true });
    try {
      give(200, { ok: (await ask(`http://127.0.0.1:${next}/user/ann`)) === 200 });
    } catch {
      give(500, { ok: false });
    }
  })
  .listen(Number(port), "127.0.0.1");
