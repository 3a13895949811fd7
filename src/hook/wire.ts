import { createHash } from "node:crypto";

/*
 * What the hook in a service and the hunt say to each other: headers of requests, and lines of JSON over a connection on the loopback.
 * The hunt pushes a plan before each run and waits until every hook has acknowledged it.
 */

/** Carries the identity of the call that a request is, percent-encoded. */
export const callHeader = "ldfi-call";
/** The key of the run within the baggage of W3C Trace Context: `ldfi=<run>.<token>`. */
const baggageKey = "ldfi";

/** What a plan says about the run that comes next. */
export interface Plan {
  readonly kind: "plan";
  readonly run: string;
  /** The kind of fault by the identity of its call. */
  readonly faults: Readonly<Record<string, string>>;
  /** Services that refuse every call. */
  readonly down: readonly string[];
  /** Services by the origin of their addresses: `http://127.0.0.1:8080`. */
  readonly services: Readonly<Record<string, string>>;
  /** Routes as the file gives them: `/user/{}`. */
  readonly routes: readonly string[];
  /** Calls, as `POST cart/lock`, that are told apart by a digest of what they carry. */
  readonly byDigest: readonly string[];
  /** By call: what differs from run to run and does not belong to a digest. */
  readonly varying: Readonly<Record<string, readonly string[]>>;
  /** The trace that the run is. */
  readonly trace: string;
  /** Whether to tell what requests and answers carry. */
  readonly record: boolean;
  /** Where faults are carried out. */
  readonly faultPort: number;
  /** A port on which nothing listens. */
  readonly closedPort: number;
}

export type FromHunt = Plan | { readonly kind: "end" };

export type FromHook =
  | { readonly kind: "hello"; readonly token: string; readonly service: string | undefined; readonly pid: number }
  | { readonly kind: "ack"; readonly run: string }
  | CallBegin
  | CallEnd
  | HandlerBegin
  | HandlerEnd
  /** A call to a host that the file does not name. */
  | { readonly kind: "foreign"; readonly run: string; readonly host: string }
  /** A call that could not be disturbed, or seen, and why. */
  | { readonly kind: "unseen"; readonly run: string; readonly what: string };

export interface CallBegin {
  readonly kind: "call-begin";
  readonly run: string;
  readonly id: string;
  readonly caller: string;
  readonly name: string;
  readonly service: string;
  readonly method: string;
  readonly route: string;
  readonly at: number;
  /** Whether a call of the same method, service and route by the same caller had not ended. */
  readonly concurrent: boolean;
  /** Whether one that is alike in everything had not. */
  readonly alike: boolean;
  readonly injected?: string;
}

export interface CallEnd {
  readonly kind: "call-end";
  readonly run: string;
  readonly id: string;
  /** What the request carried, as digests. */
  readonly request: Parts;
  readonly answer?: Answer;
  /** The code of the error, where there was no answer. */
  readonly failure?: string;
  /** If that is wanted. */
  readonly recorded?: Recorded;
}

/** What a call carried, as text. Headers never are recorded: that is where credentials are. */
export interface Recorded {
  /** With its query. */
  readonly path: string;
  readonly sent: string;
  /** Absent if there was no answer. */
  readonly answered?: string;
}

export function recordedOf(path: string, sent: Uint8Array, answered: Uint8Array | undefined): Recorded {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");
  return { path, sent: text(sent), ...(answered === undefined ? {} : { answered: text(answered) }) };
}

export interface HandlerBegin {
  readonly kind: "handler-begin";
  readonly run: string;
  readonly id: string;
}

export interface HandlerEnd {
  readonly kind: "handler-end";
  readonly run: string;
  readonly id: string;
  readonly answer: Answer;
}

export interface Answer {
  readonly status: number;
  readonly parts: Parts;
}

/**
 * Digests of the parts of a request or an answer: segments of the path (`/2`), query parameters (`?page`), keys of a JSON body (`.items.0.id`), or the whole body (``);
 * `long` if there is a body without a digest.
 */
export type Parts = Readonly<Record<string, string>>;

/** What the fault port is told before the request. */
export interface Preamble {
  readonly token: string;
  readonly run: string;
  readonly id: string;
  readonly fault: string;
  readonly target: string;
}

/** Bodies are read up to here; what is longer has no digest. */
export const longestBody = 64 * 1024;
const mostParts = 200;

export function hash(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

/** The identity of a call as the identity of a span (W3C Trace Context), for spans below it to name as their parent. */
export function spanIdOf(call: string): string {
  return createHash("sha256").update(call).digest("hex").slice(0, 16);
}

/** The trace that a `traceparent` header belongs to. */
export function traceIdOf(header: string | undefined): string | undefined {
  return /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/.exec(header ?? "")?.[1];
}

/** The parts of a path, a query and a body. */
export function partsOf(path: string, body: Uint8Array, contentType: string | undefined): Parts {
  const parts: Record<string, string> = {};
  const [plain = ""] = path.split(/[?#]/, 1);
  plain.split("/").forEach((segment, i) => {
    if (segment !== "") parts[`/${i}`] = hash(segment);
  });
  const query = path.includes("?") ? new URLSearchParams(path.slice(path.indexOf("?"))) : undefined;
  for (const [name, value] of query ?? []) parts[`?${name}`] = hash(`${parts[`?${name}`] ?? ""}${value}`);
  if (body.length === 0) return parts;
  if (body.length > longestBody) return { ...parts, long: "" };
  if (contentType === undefined || /json/i.test(contentType)) {
    try {
      const leaves: [string, string][] = [];
      collect(JSON.parse(Buffer.from(body).toString("utf8")), "", leaves);
      if (leaves.length <= mostParts) return Object.assign(parts, Object.fromEntries(leaves));
    } catch {
      // Not JSON after all.
    }
  }
  return { ...parts, "": hash(body) };
}

function collect(value: unknown, path: string, leaves: [string, string][]): void {
  if (leaves.length > mostParts) return;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) leaves.push([path, hash(Array.isArray(value) ? "[]" : "{}")]);
    for (const [key, inner] of entries) collect(inner, `${path}.${key}`, leaves);
  } else leaves.push([path === "" ? "." : path, hash(JSON.stringify(value))]);
}

/** A digest of parts without those that vary from run to run. */
export function digestOf(parts: Parts, varying: readonly string[] = []): string {
  const kept = Object.entries(parts).filter(([part]) => !varying.includes(part));
  if (kept.length === 0) return "";
  return hash(
    kept
      .map(([part, digest]) => `${part}=${digest}`)
      .sort()
      .join("\n"),
  ).slice(0, 6);
}

/** The route of a path: as given, or with `{}` for numbers, UUIDs and long hexadecimal words. */
export function routeOf(path: string, routes: readonly string[]): string {
  const [plain = "/"] = path.split(/[?#]/, 1);
  const segments = plain.split("/");
  const given = routes.find((route) => {
    const pattern = route.split("/");
    return pattern.length === segments.length && pattern.every((p, i) => p === "{}" || p === segments[i]);
  });
  if (given !== undefined) return given;
  return segments
    .map((segment) => (/^(\d+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{12,})$/i.test(segment) ? "{}" : segment))
    .join("/");
}

/** The run and the token in a baggage header. */
export function readBaggage(header: string | undefined): { readonly run: string; readonly token: string } | undefined {
  for (const entry of header?.split(",") ?? []) {
    const found = /^\s*ldfi=([\w-]+)\.([\w-]+)\s*(;.*)?$/.exec(entry);
    if (found?.[1] !== undefined && found[2] !== undefined) return { run: found[1], token: found[2] };
  }
  return undefined;
}

/** A baggage header with the run, whatever it held before. */
export function writeBaggage(header: string | undefined, run: string, token: string): string {
  return [...withoutRun(header), `${baggageKey}=${run}.${token}`].join(",");
}

export function withoutRun(header: string | undefined): readonly string[] {
  return (header ?? "").split(",").filter((entry) => entry.trim() !== "" && !/^\s*ldfi=/.test(entry));
}

/** How calls under one handler are numbered. */
export class Numbering {
  private readonly counts = new Map<string, number>();
  private readonly open = new Map<string, number>();

  /** The name of the next call, and whether another of its kind is open, or one that is alike in everything. */
  begin(base: string, digest: string | undefined): CallName {
    const stem = digest === undefined ? base : `${base}[${digest}]`;
    const number = (this.counts.get(stem) ?? 0) + 1;
    this.counts.set(stem, number);
    const concurrent = this.isOpen(base);
    const alike = this.isOpen(stem);
    for (const open of new Set([base, stem])) this.open.set(open, (this.open.get(open) ?? 0) + 1);
    return { name: `${stem}#${number}`, stem, first: number === 1, concurrent, alike };
  }

  end({ stem }: CallName): void {
    for (const open of new Set([stem.replace(/\[[0-9a-f]*\]$/, ""), stem]))
      this.open.set(open, (this.open.get(open) ?? 1) - 1);
  }

  private isOpen(stem: string): boolean {
    return (this.open.get(stem) ?? 0) > 0;
  }
}

export interface CallName {
  readonly name: string;
  /** Without its number. */
  readonly stem: string;
  readonly first: boolean;
  readonly concurrent: boolean;
  readonly alike: boolean;
}

/** The kind of fault that a plan has for a call: for itself, for all calls that are alike, or for one of them. */
export function faultOf({ faults }: Plan, caller: string, { name, stem, first }: CallName): string | undefined {
  const at = (what: string): string | undefined => faults[`${caller} › ${what}`];
  return at(name) ?? at(`${stem}#all`) ?? (first ? at(`${stem}#any`) : undefined);
}

/** Splits a stream of lines of JSON; lines that are none are dropped. */
export function lineReader(receive: (message: unknown) => void): (chunk: Buffer) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk.toString("utf8")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      try {
        receive(JSON.parse(line));
      } catch {
        // Nothing that a hunt or a hook wrote.
      }
    }
  };
}

/** `localhost` and the loopback addresses are one host; default ports are left out. */
export function normalOrigin(url: string): string {
  try {
    const parsed = new URL(url);
    if (["localhost", "[::1]"].includes(parsed.hostname)) parsed.hostname = "127.0.0.1";
    return parsed.origin;
  } catch {
    return url;
  }
}

/** What an error is called: its code, or else its name. */
export function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "error";
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  return typeof code === "string" ? code : typeof name === "string" ? name : "error";
}
