/** A span of a recorded trace, in whatever format it was recorded. */
export interface Span {
  readonly traceId: string;
  readonly id: string;
  /** Absent for the root. */
  readonly parent: string | undefined;
  readonly service: string;
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Readonly<Record<string, string>>;
  /** Any unit, but the same within a trace. */
  readonly start: number;
  readonly failed: boolean;
}

export type SpanKind = "server" | "client" | "producer" | "consumer" | "internal";

/** A format that traces are recorded in. */
export type TraceFormat = "OTLP JSON" | "OTLP protobuf" | "Jaeger JSON" | "Zipkin v2 JSON";

/** The first of some attributes that there is: names of attributes have changed over the years. */
export function attribute({ attributes }: Span, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = attributes[name];
    if (value !== undefined) return value;
  }
  return undefined;
}

export function statusOf(span: Span): number | undefined {
  const status = Number(attribute(span, "http.response.status_code", "http.status_code"));
  return Number.isInteger(status) && status > 0 ? status : undefined;
}
