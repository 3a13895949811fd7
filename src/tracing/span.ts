/** A span of a recorded trace, independent of the format. */
export interface Span {
  readonly traceId: string;
  readonly id: string;
  /** Absent for the root. */
  readonly parent: string | undefined;
  readonly service: string;
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Readonly<Record<string, string>>;
  /** In any unit, but the same throughout a trace. */
  readonly start: number;
  readonly failed: boolean;
}

export type SpanKind = "server" | "client" | "producer" | "consumer" | "internal";

/** A format that traces are recorded in. */
export type TraceFormat = "OTLP JSON" | "OTLP protobuf" | "Jaeger JSON" | "Zipkin v2 JSON";

/** The first of some attributes that is present: the names of attributes have changed over the years. */
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
