import type { Page } from "./page.js";

const hunt = `name: an order is billed once
services:
  front: { command: [node, front.js], ready: "http://127.0.0.1:8080/health" }
scenario:
  request: { url: "http://127.0.0.1:8080/order", json: { item: 1 } }
  expect:
    full: { status: 200 }`;

const trace = `[{ "traceId": "1", "id": "1", "kind": "SERVER", "name": "get /order",
   "timestamp": 1, "duration": 2, "localEndpoint": { "serviceName": "front" },
   "tags": { "http.status_code": "200" } }]`;

/** The codes of hunt files and traces. */
export const servicePages = {
  "hunt-file-syntax": {
    text: "A hunt file is YAML. The message says where parsing stopped. The usual causes are indentation and missing quotes.",
    kind: "hunt file",
    wrong: hunt.replace("[node, front.js]", "[node, front.js"),
    right: hunt,
  },
  "hunt-file-value": {
    text: "The value does not have the form that its key requires; the message says what is required.",
    kind: "hunt file",
    wrong: hunt.replace("status: 200", "status: ok"),
    right: hunt,
  },
  "hunt-file-key": {
    text: "The key is unknown at this place, and most likely misspelt. Ignoring it would hide the mistake.",
    kind: "hunt file",
    wrong: hunt.replace("expect:", "expects:"),
    right: hunt,
  },
  "hunt-file-missing": {
    text: "A hunt needs services, a request and its expected outcomes; this key is one of them.",
    kind: "hunt file",
    wrong: hunt.replace(', ready: "http://127.0.0.1:8080/health"', ""),
    right: hunt,
  },
  "hunt-file-name": {
    text: "The name is not among the services of the file, or the request goes to an address at which none of them answers.",
    kind: "hunt file",
    wrong: `${hunt}\nspare: [frnt]`,
    right: `${hunt}\nspare: [front]`,
  },
  "no-trace": {
    text: "Traces are read as OTLP (JSON or protobuf), Jaeger JSON or Zipkin JSON. The file is none of these, or none of its requests succeeded.",
    kind: "trace",
    wrong: trace.replace('"200"', '"500"'),
    right: trace,
  },
  "hunt-host": {
    text: "A hunt injects faults, so it calls only services on this machine unless --allow-host names another host.",
    kind: "hunt file",
    wrong: hunt.replaceAll("127.0.0.1", "shop.example.org"),
    right: hunt,
  },
} as const satisfies Readonly<Record<string, Page>>;
