import type { Budget, Files } from "./protocol.js";

/*
 * A program with its budget in the fragment of an address: JSON, deflated, in base64url. Nothing is sent anywhere. The
 * fragment is untrusted data: its size is bounded before and during decompression, and its shape is checked.
 */

export interface Shared {
  readonly files: Files;
  readonly budget: Budget;
  /** Whether to check it at once. */
  readonly check?: boolean;
}

const mostCompressed = 64 * 1024;
const mostExpanded = 1024 * 1024;

export type Unpacked =
  | { readonly kind: "shared"; readonly shared: Shared }
  | { readonly kind: "refused"; readonly why: string };

/** The fragment, without `#`; `undefined` if the program is too large for an address. */
export async function pack(shared: Shared): Promise<string | undefined> {
  const bytes = new TextEncoder().encode(JSON.stringify(shared));
  const packed = await through(bytes, new CompressionStream("deflate-raw"), Infinity);
  if (packed === undefined || packed.length > mostCompressed || bytes.length > mostExpanded) return undefined;
  let text = "";
  for (const byte of packed) text += String.fromCharCode(byte);
  return `p=${btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** The content of a fragment; `undefined` if it is not that of a program. */
export async function unpack(fragment: string): Promise<Unpacked | undefined> {
  const [, packed] = /^#?p=([\w-]*)$/.exec(fragment) ?? [];
  if (packed === undefined) return undefined;
  if (packed.length * 0.75 > mostCompressed) return { kind: "refused", why: "the link is larger than 64 kB" };
  try {
    const letters = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const text = await through(bytes, new DecompressionStream("deflate-raw"), mostExpanded);
    if (text === undefined) return { kind: "refused", why: "the content of the link is larger than 1 MB" };
    const shared = sharedOf(JSON.parse(new TextDecoder().decode(text)));
    return shared === undefined
      ? { kind: "refused", why: "the link does not contain a program" }
      : { kind: "shared", shared };
  } catch {
    return { kind: "refused", why: "the link is damaged" };
  }
}

/** The bytes after a transformation; `undefined` once there are more than `most`. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most: number,
): Promise<Uint8Array | undefined> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > most) {
      void reader.cancel();
      return undefined;
    }
    parts.push(next.value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The value, if it has the expected shape. */
function sharedOf(value: unknown): Shared | undefined {
  if (!isRecord(value) || !isRecord(value.files) || !isRecord(value.budget)) return undefined;
  const { texts, main, besides } = value.files;
  if (!isRecord(texts) || typeof main !== "string" || !Array.isArray(besides)) return undefined;
  if (!Object.values(texts).every((text) => typeof text === "string")) return undefined;
  if (!besides.every((path) => typeof path === "string")) return undefined;
  const numbers = Object.entries(value.budget).filter(([, n]) => n === null || Number.isInteger(n));
  return {
    files: { texts: texts as Readonly<Record<string, string>>, main, besides },
    budget: Object.fromEntries(numbers) as Budget,
    ...(value.check === true ? { check: true } : {}),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
