import { spansOfJaeger } from "./jaeger.js";
import { spansOfOtlp } from "./otlp-json.js";
import { otlpFromProtobuf } from "./otlp-protobuf.js";
import type { Span, TraceFormat } from "./span.js";
import { spansOfZipkin } from "./zipkin.js";

export type ReadTraces =
  | { readonly kind: "read"; readonly format: TraceFormat; readonly spans: readonly Span[] }
  | { readonly kind: "problem"; readonly message: string };

const formats: readonly (readonly [TraceFormat, (document: unknown) => readonly Span[] | undefined])[] = [
  ["OTLP JSON", spansOfOtlp],
  ["Jaeger JSON", spansOfJaeger],
  ["Zipkin v2 JSON", spansOfZipkin],
];

/** Reads a file of traces, whose format is recognised from its content. */
export function readTraces(bytes: Uint8Array): ReadTraces {
  const documents = jsonDocuments(new TextDecoder().decode(bytes));
  if (documents === undefined) return readProtobuf(bytes);
  for (const [format, read] of formats) {
    const found = documents.map(read);
    if (found.length > 0 && found.every((spans) => spans !== undefined))
      return { kind: "read", format, spans: found.flatMap((spans) => spans ?? []) };
  }
  return { kind: "problem", message: "it is JSON, but in none of the formats of OTLP, Jaeger and Zipkin v2" };
}

function readProtobuf(bytes: Uint8Array): ReadTraces {
  try {
    const spans = spansOfOtlp(otlpFromProtobuf(bytes));
    if (spans !== undefined && spans.length > 0) return { kind: "read", format: "OTLP protobuf", spans };
  } catch {
    // It is not a protocol buffer either.
  }
  return { kind: "problem", message: "it is neither JSON nor OTLP as a protocol buffer" };
}

/** One document, or one document per line, as the OpenTelemetry collector writes them. */
function jsonDocuments(text: string): readonly unknown[] | undefined {
  try {
    return [JSON.parse(text)];
  } catch {
    try {
      return text
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line): unknown => JSON.parse(line));
    } catch {
      return undefined;
    }
  }
}
