import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { htmlTraces } from "../../src/report/html/trace-html.js";
import { traceDocument } from "../../src/report/json/trace-document.js";
import { plainStyle } from "../../src/report/terminal/palette.js";
import { renderTraces } from "../../src/report/terminal/trace.js";
import type { TraceAnalysis } from "../../src/tracing/analysis.js";
import { analyse } from "../../src/tracing/analysis.js";
import { readTraces } from "../../src/tracing/read.js";
import { requestsOf } from "../../src/tracing/trace-calls.js";
import { root } from "../cli/ldfi.js";

const recorded = join(root, "test", "tracing", "recorded");

function bytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
}

function analysed(file: Uint8Array, most = 2): TraceAnalysis & { readonly format: string } {
  const read = readTraces(file);
  if (read.kind === "problem") throw new Error(read.message);
  const analysis = analyse(requestsOf(read.spans), undefined, most);
  if (analysis === undefined) throw new Error("there is no request");
  return { ...analysis, format: read.format };
}

function ids({ calls }: TraceAnalysis): readonly string[] {
  return calls.map(({ call }) => call.id);
}

describe("what OpenTelemetry's own exporters send", () => {
  test.each([
    ["otlp-exporter.pb", "OTLP protobuf"],
    ["otlp-exporter.jsonl", "OTLP JSON"],
  ])("%s is read as %s", (name, format) => {
    const analysis = analysed(readFileSync(join(recorded, name)));
    expect(analysis.format).toBe(format);
    expect(analysis).toMatchObject({ scenario: "shop POST /checkout", successes: 2, failures: 0, others: 0 });
    expect(ids(analysis)).toEqual(["shop › GET store/items/{}#1"]);
    expect(analysis.cuts).toEqual([["shop › GET store/items/{}#1"]]);
  });
});

/** A trace as Jaeger exports it: front calls the store, and the replica if the store fails. */
function jaegerTrace(traceID: string, failing: boolean): object {
  const span = (
    spanID: string,
    parent: string | undefined,
    process: string,
    kind: string,
    url: string,
    status: number,
    at: number,
  ) => ({
    traceID,
    spanID,
    processID: process,
    operationName: "HTTP",
    references: parent === undefined ? [] : [{ refType: "CHILD_OF", traceID, spanID: parent }],
    startTime: at,
    tags: [
      { key: "span.kind", value: kind },
      { key: "http.method", value: "GET" },
      { key: "http.target", value: url },
      { key: "http.status_code", value: status },
    ],
  });
  return {
    traceID,
    processes: { p1: { serviceName: "front" }, p2: { serviceName: "store" }, p3: { serviceName: "replica" } },
    spans: [
      span("1", undefined, "p1", "server", "/", 200, 1),
      span("2", "1", "p1", "client", "/item?id=7", failing ? 500 : 200, 2),
      span("3", "2", "p2", "server", "/item", failing ? 500 : 200, 3),
      ...(failing
        ? [span("4", "1", "p1", "client", "/item", 200, 4), span("5", "4", "p3", "server", "/item", 200, 5)]
        : []),
    ],
  };
}

describe("Jaeger", () => {
  test("what stood in once is found: both have to be lost", () => {
    const analysis = analysed(bytes({ data: [jaegerTrace("a", false), jaegerTrace("b", true)] }));
    expect(analysis.format).toBe("Jaeger JSON");
    expect(analysis.calls.map(({ call, count, always }) => [call.id, count, always])).toEqual([
      ["front › GET store/item#1", 1, false],
      ["front › GET replica/item#1", 1, false],
    ]);
    expect(analysis.cuts).toEqual([["front › GET store/item#1", "front › GET replica/item#1"]]);
    expect(analysis.suggestions[0]?.why).toBe("some success did without each of them, but none without all");
    expect(analysed(bytes({ data: [jaegerTrace("a", false), jaegerTrace("b", true)] }), 1).cuts).toEqual([]);
  });
});

describe("Zipkin", () => {
  const span = (
    id: string,
    parentId: string | undefined,
    kind: string,
    service: string,
    name: string,
    timestamp: number,
    shared = false,
  ) => ({
    traceId: "0123456789abcdef",
    id,
    ...(parentId === undefined ? {} : { parentId }),
    kind,
    name,
    timestamp,
    ...(shared ? { shared } : {}),
    localEndpoint: { serviceName: service },
    tags: { "http.method": name.toUpperCase(), "http.path": `/${service === "bank" ? "charge" : "pay"}` },
  });

  test("both sides of a call may share one span", () => {
    const analysis = analysed(
      bytes([
        span("1", undefined, "SERVER", "shop", "post", 1),
        span("2", "1", "CLIENT", "shop", "post", 2),
        span("2", "1", "SERVER", "payment", "post", 3, true),
        span("3", "2", "CLIENT", "payment", "post", 4),
        span("3", "2", "SERVER", "bank", "post", 5, true),
      ]),
    );
    expect(analysis.format).toBe("Zipkin v2 JSON");
    expect(ids(analysis)).toEqual(["shop › POST payment/pay#1", "shop › POST payment/pay#1 › POST bank/charge#1"]);
    expect(analysis.suggestions[0]).toMatchObject({ fault: "lost-response", calls: ["shop › POST payment/pay#1"] });
  });
});

describe("files", () => {
  test("without traces are refused, with the reason", () => {
    expect(readTraces(bytes({ hello: 1 }))).toEqual({
      kind: "problem",
      message: "it is JSON, but in none of the formats of OTLP, Jaeger and Zipkin v2",
    });
    expect(readTraces(bytes("hello world"))).toEqual({
      kind: "problem",
      message: "it is neither JSON nor OTLP as a protocol buffer",
    });
    const whole = readFileSync(join(recorded, "otlp-exporter.pb"));
    expect(readTraces(whole.subarray(0, whole.length - 9)).kind).toBe("problem");
  });
});

test("the terminal and the page say the same", () => {
  const analysis = analysed(bytes({ data: [jaegerTrace("a", false), jaegerTrace("b", true)] }));
  const text = renderTraces(analysis, plainStyle);
  expect(text).toContain("front GET /  2 successes");
  expect(text).toMatch(/GET store\/item#1 +1 of 2/);
  expect(text).toContain("  front › GET store/item#1 + front › GET replica/item#1");
  const schema = JSON.parse(readFileSync(join(root, "schema", "trace.schema.json"), "utf8")) as object;
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
  const document = traceDocument(["traces.json"], analysis, { tool: { name: "ldfi", version: "1" }, command: "trace" });
  expect([validate(document), validate.errors]).toEqual([true, null]);
  const page = htmlTraces(["traces.json"], analysis, "1.0.0");
  expect(page).toContain("front › GET store/item#1 + front › GET replica/item#1");
  expect(page).toContain("<svg");
});
