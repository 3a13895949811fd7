/**
 * Reads an `ExportTraceServiceRequest` of protocol buffers (opentelemetry-proto: collector/trace/v1, trace/v1, common/v1) into the JSON of
 * the same message: the fields that traces are read for, by their numbers. A field is a key (number × 8 + wire type) and a value; wire
 * types 0, 1, 2 and 5 are a varint, eight bytes, a length with so many bytes, and four bytes.
 */
export function otlpFromProtobuf(bytes: Uint8Array): unknown {
  return message(bytes, { 1: ["resourceSpans", resourceSpans] });
}

type Read = (value: Uint8Array | bigint) => unknown;
/** Fields by number: the name in JSON, and how it is read. All except those in `single` are lists. */
type Fields = Readonly<Record<number, readonly [name: string, read: Read]>>;

const single = new Set([
  "resource",
  "value",
  "status",
  "key",
  "name",
  "traceId",
  "spanId",
  "parentSpanId",
  "kind",
  "code",
]);

const utf8: Read = (value) => (value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value));
const hex: Read = (value) =>
  value instanceof Uint8Array ? [...value].map((byte) => byte.toString(16).padStart(2, "0")).join("") : "";
const integer: Read = (value) => (value instanceof Uint8Array ? 0 : String(BigInt.asIntN(64, value)));
const unsigned: Read = (value) => (value instanceof Uint8Array ? 0 : String(value));
const double: Read = (value) => {
  if (value instanceof Uint8Array) return 0;
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, value);
  return view.getFloat64(0);
};
const nested =
  (fields: Fields): Read =>
  (value) =>
    value instanceof Uint8Array ? message(value, fields) : {};

const anyValue = nested({
  1: ["stringValue", utf8],
  2: ["boolValue", (value) => value === 1n],
  3: ["intValue", integer],
  4: ["doubleValue", double],
});
const keyValue = nested({ 1: ["key", utf8], 2: ["value", anyValue] });
const span = nested({
  1: ["traceId", hex],
  2: ["spanId", hex],
  4: ["parentSpanId", hex],
  5: ["name", utf8],
  6: ["kind", unsigned],
  7: ["startTimeUnixNano", unsigned],
  9: ["attributes", keyValue],
  15: ["status", nested({ 3: ["code", unsigned] })],
});
const resourceSpans = nested({
  1: ["resource", nested({ 1: ["attributes", keyValue] })],
  2: ["scopeSpans", nested({ 2: ["spans", span] })],
});

const scalars = new Set(["stringValue", "boolValue", "intValue", "doubleValue", "startTimeUnixNano"]);

function message(bytes: Uint8Array, fields: Fields): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error("the message is cut off");
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new Error("a number is too long");
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const field = fields[key >> 3];
    let value: Uint8Array | bigint;
    switch (key & 7) {
      case 0:
        value = varint();
        break;
      case 1:
        value = view.getBigUint64(at, true);
        at += 8;
        break;
      case 2: {
        const length = Number(varint());
        if (at + length > bytes.length) throw new Error("the message is cut off");
        value = bytes.subarray(at, at + length);
        at += length;
        break;
      }
      case 5:
        value = BigInt(view.getUint32(at, true));
        at += 4;
        break;
      default:
        throw new Error("this is not a protocol buffer");
    }
    if (field === undefined) continue;
    const [name, read] = field;
    const found = read(value);
    if (single.has(name) || scalars.has(name)) result[name] = found;
    else {
      const list = result[name];
      if (Array.isArray(list)) list.push(found);
      else result[name] = [found];
    }
  }
  return result;
}
