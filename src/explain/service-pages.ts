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

/** Of hunt files and traces. */
export const servicePages = {
  "hunt-file-syntax": {
    text: "A hunt file is YAML. The message says where reading stopped: most often an indentation or a missing quote.",
    kind: "hunt file",
    wrong: hunt.replace("[node, front.js]", "[node, front.js"),
    right: hunt,
  },
  "hunt-file-value": {
    text: "The value has another form than its key asks for; the message says which.",
    kind: "hunt file",
    wrong: hunt.replace("status: 200", "status: ok"),
    right: hunt,
  },
  "hunt-file-key": {
    text: "The key means nothing where it stands, and is most likely misspelt. It would do nothing, so it is an error.",
    kind: "hunt file",
    wrong: hunt.replace("expect:", "expects:"),
    right: hunt,
  },
  "hunt-file-missing": {
    text: "Without this key there is nothing to run, to inject or to look at.",
    kind: "hunt file",
    wrong: hunt.replace(', ready: "http://127.0.0.1:8080/health"', ""),
    right: hunt,
  },
  "hunt-file-name": {
    text: "The file speaks of a service that is not among its services, or its request goes to an address at which none of them answers.",
    kind: "hunt file",
    wrong: `${hunt}\nspare: [frnt]`,
    right: `${hunt}\nspare: [front]`,
  },
  "no-trace": {
    text: "A trace is a JSON document of spans; nothing in the file could be read as one, or none of its requests succeeded, so there is nothing to learn from it.",
    kind: "trace",
    wrong: trace.replace('"200"', '"500"'),
    right: trace,
  },
  "hunt-host": {
    text: "A hunt breaks what it talks to. So it talks to this machine alone, unless --allow-host names another.",
    kind: "hunt file",
    wrong: hunt.replaceAll("127.0.0.1", "shop.example.org"),
    right: hunt,
  },
} as const satisfies Readonly<Record<string, Page>>;
