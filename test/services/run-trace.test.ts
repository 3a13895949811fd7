import http from "node:http";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { spanIdOf } from "../../src/hook/wire.js";
import { Collector } from "../../src/services/collector.js";
import type { Surroundings } from "../../src/services/run-trace.js";
import { RunTrace } from "../../src/services/run-trace.js";
import type { Span } from "../../src/tracing/span.js";

const services: Readonly<Record<string, string>> = {
  "http://127.0.0.1:1": "front",
  "http://127.0.0.1:2": "middle",
  "http://127.0.0.1:3": "back",
};

function around(calls: Readonly<Record<string, string>> = {}, watched: readonly string[] = []): Surroundings {
  return {
    root: { id: "front", service: "front" },
    routes: [],
    serviceAt: (origin) => services[origin],
    watches: (service) => watched.includes(service),
    reported: (caller, base) => Object.keys(calls).filter((id) => id.startsWith(`${caller} › ${base}`)),
    calls: new Map(Object.entries(calls)),
  };
}

function trace(...spans: readonly (Partial<Span> & Pick<Span, "id" | "kind">)[]): RunTrace {
  const found = new RunTrace();
  const whole = { traceId: found.id, parent: undefined, service: "any", name: "", attributes: {}, failed: false };
  found.receive(spans.map((span, i) => ({ ...whole, start: i * 1e6, ...span })));
  return found;
}

const serving = (id: string, parent: string, more: Partial<Span> = {}) =>
  ({ id, parent, kind: "server", ...more }) as const;
const calling = (id: string, parent: string, port: number, path: string, status = "200") =>
  ({
    id,
    parent,
    kind: "client",
    attributes: {
      "http.request.method": "GET",
      "url.full": `http://localhost:${port}${path}`,
      "http.response.status_code": status,
    },
  }) as const;

describe("the trace of a run", () => {
  test("names calls as hooks do, from the scenario's request down", () => {
    const read = trace(
      serving("a", spanIdOf("front")),
      calling("b", "a", 2, "/item/7?x=1"),
      serving("c", "b"),
      calling("d", "c", 3, "/stock", "500"),
      calling("e", "c", 3, "/stock"),
      serving("f", "e"),
    ).read(around());
    expect(read.calls.map(({ id, status }) => [id, status])).toEqual([
      ["front › GET middle/item/{}#1", 200],
      ["front › GET middle/item/{}#1 › GET back/stock#1", 500],
      ["front › GET middle/item/{}#1 › GET back/stock#2", 200],
    ]);
    expect([...read.answered]).toEqual([
      "front",
      "front › GET middle/item/{}#1",
      "front › GET middle/item/{}#1 › GET back/stock#2",
    ]);
  });

  test("goes on below calls that a hook reported, with or without spans of their own", () => {
    const call = "front › GET middle/x[3fa9c1]#1";
    const below = [serving("c", "b"), calling("d", "c", 3, "/y"), serving("f", "d")];
    const without = trace(serving("c", spanIdOf(call)), ...below.slice(1));
    const within = trace(serving("a", spanIdOf("front")), calling("b", "a", 2, "/x"), ...below);
    for (const one of [without, within]) {
      const { calls } = one.read(around({ [call]: "middle" }, ["front"]));
      expect(calls.map(({ id }) => id)).toEqual([`${call} › GET back/y#1`]);
    }
  });

  test("ignores services that report their own calls, and other traces", () => {
    const found = trace(serving("a", spanIdOf("front")), calling("b", "a", 2, "/x"));
    found.receive([{ ...calling("z", "a", 3, "/z"), traceId: "0", service: "", name: "", start: 0, failed: false }]);
    expect(found.read(around({}, ["front"])).calls).toEqual([]);
    expect(found.read(around()).calls).toHaveLength(1);
  });

  test("learns routes, and hosts that nobody named", () => {
    const read = trace(
      serving("a", spanIdOf("front"), { attributes: { "http.route": "/user/:name/{part}" } }),
      calling("b", "a", 9, "/x"),
    ).read(around());
    expect([...read.routes]).toEqual(["/user/{}/{}"]);
    expect([...read.foreign]).toEqual(["http://127.0.0.1:9"]);
  });
});

test("traces are received compressed and not, and what cannot be read is counted", async () => {
  const received: Span[] = [];
  const collector = new Collector((spans) => received.push(...spans));
  await collector.open();
  const document = {
    resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: "ab", spanId: "cd", name: "x", kind: 2 }] }] }],
  };
  const post = (body: Buffer, headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve) => {
      const options = { port: collector.port, path: "/v1/traces", method: "POST", agent: false, headers };
      http.request(options, (answer) => resolve(answer.resume().statusCode)).end(body);
    });
  const json = Buffer.from(JSON.stringify(document));
  const type = { "content-type": "application/json" };
  expect(await post(json, type)).toBe(200);
  expect(await post(gzipSync(json), { ...type, "content-encoding": "gzip" })).toBe(200);
  expect(await post(Buffer.from("nonsense"), type)).toBe(200);
  collector.close();
  expect(received.map(({ id }) => id)).toEqual(["cd", "cd"]);
  expect(collector.unreadable).toBe(1);
});
