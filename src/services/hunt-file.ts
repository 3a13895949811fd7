import { dirname, isAbsolute, resolve } from "node:path";
import { hash, normalOrigin } from "../hook/wire.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import { nearest } from "../source/nearest.js";
import type { SourceFile, Span } from "../source/source.js";
import { checkSchema } from "./file-schema.js";
import type { CommandSpec, EdgeSpec, Expected, FaultSpec, HuntSpec, ServiceSpec } from "./spec.js";
import type { Placed } from "./yaml-tree.js";
import { plainValue, readYaml } from "./yaml-tree.js";

export interface ReadHuntFile {
  readonly spec: HuntSpec | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const defaultTimeout = 10_000;
const readyWithin = 30_000;
const loopbackHosts = new Set(["127.0.0.1", "localhost", "[::1]", "::1"]);

/** Reads a hunt file. `allowedHosts`: hosts besides the loopback that may be called. */
export function readHuntFile(file: SourceFile, allowedHosts: readonly string[]): ReadHuntFile {
  const { root, diagnostics } = readYaml(file);
  if (root === undefined) return { spec: undefined, diagnostics };
  const problems = checkSchema(root);
  if (problems.length > 0) return { spec: undefined, diagnostics: problems };
  const reader = new Reader(file, root, allowedHosts);
  const spec = reader.read();
  return reader.diagnostics.length > 0
    ? { spec: undefined, diagnostics: reader.diagnostics }
    : { spec, diagnostics: [] };
}

/** The file is of the form that the schema asks for, so values have the types that they should have. */
class Reader {
  readonly diagnostics: Diagnostic[] = [];
  private readonly folder: string;
  /** Addresses of proxies, with who is called by whom over them. */
  private readonly listening = new Map<string, string>();

  constructor(
    private readonly file: SourceFile,
    private readonly root: Placed,
    private readonly allowedHosts: readonly string[],
  ) {
    this.folder = dirname(resolve(file.path));
  }

  read(): HuntSpec {
    const scenario = at(this.root, "scenario");
    const request = at(scenario, "request");
    const budget = at(this.root, "budget");
    const services = entriesOf(at(this.root, "services")).map(([name, value]) => this.service(name, value));
    const names = services.map(({ name }) => name);
    const url = text(at(request, "url")) ?? "";
    this.host(url, at(request, "url"));
    const json = at(request, "json");
    const body = json === undefined ? text(at(request, "body")) : JSON.stringify(plainValue(json));
    const edges = itemsOf(at(this.root, "edges")).map((edge) => this.edge(edge, services));
    this.entry(at(request, "url"), services);
    const spare = itemsOf(at(this.root, "spare")).map((item) => this.named(item, names));
    const faults = at(this.root, "faults");
    const seconds = number(at(budget, "seconds"));
    return {
      name: text(at(this.root, "name")) ?? this.file.path,
      folder: this.folder,
      services,
      edges,
      routes: itemsOf(at(this.root, "routes")).map((item) => text(item) ?? ""),
      ignore: itemsOf(at(this.root, "ignore")).map((item) => text(item) ?? ""),
      inject: this.command(at(this.root, "inject")),
      before: this.command(at(scenario, "before")),
      request: {
        method: text(at(request, "method")) ?? (body === undefined ? "GET" : "POST"),
        url,
        headers: {
          ...(json === undefined ? {} : { "content-type": "application/json" }),
          ...texts(at(request, "headers")),
        },
        body,
      },
      expect: entriesOf(at(scenario, "expect")).map(([name, value]) => ({ name, expected: this.expected(value) })),
      after: this.command(at(scenario, "after")),
      recovery: at(scenario, "then") === undefined ? undefined : this.expected(at(scenario, "then")),
      timeout: milliseconds(text(at(scenario, "timeout"))) ?? defaultTimeout,
      faults: faults === undefined ? defaultFaults : itemsOf(faults).map(faultOf),
      budget: { faults: number(at(budget, "faults")) ?? 2, runs: number(at(budget, "runs")) ?? 1000, seconds },
      spare,
      restartEachRun: text(at(this.root, "restart")) === "each run",
    };
  }

  private service(name: string, value: Placed): ServiceSpec {
    const words = itemsOf(at(value, "command")).map((word) => text(word) ?? "");
    const [program, ...rest] = words;
    const url = text(at(value, "url"));
    const ready = text(at(value, "ready"));
    for (const key of ["url", "ready"]) this.host(text(at(value, key)), at(value, key));
    if (program === undefined && url === undefined && ready === undefined)
      this.problem("hunt-file-missing", value.span, `the service ${name} has neither \`command\` nor \`url\``, {
        help: "write `command:` to have it started, or `url:` for one that is running",
      });
    if (program !== undefined && ready === undefined)
      this.problem("hunt-file-missing", value.span, `the service ${name} has no \`ready\``, {
        help: "write `ready:` with a URL that answers once the service is ready",
      });
    const start =
      program === undefined
        ? undefined
        : {
            command: [program, ...rest] as const,
            cwd: this.path(text(at(value, "cwd"))),
            env: texts(at(value, "env")),
            hook: plain(at(value, "hook")) !== false,
            readyWithin: milliseconds(text(at(value, "within"))) ?? readyWithin,
          };
    return {
      name,
      start,
      ready,
      origins: [url, ready].flatMap((address) => originOf(address) ?? []),
    };
  }

  /** The request of the scenario is one to a service: a hunt has to know which, to see what it calls. */
  private entry(value: Placed | undefined, services: readonly ServiceSpec[]): void {
    const origin = originOf(text(value));
    if (value === undefined || origin === undefined || this.diagnostics.length > 0) return;
    if (services.some(({ origins }) => origins.some((own) => normalOrigin(own) === normalOrigin(origin)))) return;
    this.problem("hunt-file-name", value.span, `no service answers at ${origin}`, {
      help: `the services answer at ${services.map(({ name, origins }) => `${origins.join(" and ")} (${name})`).join(", ")}; one that answers elsewhere than at \`ready\` has a \`url\``,
    });
  }

  private edge(value: Placed, services: readonly ServiceSpec[]): EdgeSpec {
    const names = services.map(({ name }) => name);
    const from = this.named(at(value, "from"), names);
    const to = this.named(at(value, "to"), names);
    const listen = text(at(value, "listen")) ?? "";
    this.host(`http://${listen}`, at(value, "listen"));
    const [host = "", port = ""] = listen.split(":");
    const target = services.find(({ name }) => name === to)?.origins[0] ?? "";
    const taken = services.find(({ origins }) =>
      origins.some((own) => normalOrigin(own) === normalOrigin(`http://${listen}`)),
    );
    const before = this.listening.get(listen);
    const span = at(value, "listen")?.span ?? value.span;
    if (taken !== undefined)
      this.problem("hunt-file-value", span, `${listen} is where ${taken.name} itself answers`, {
        help: `choose a free port, and tell ${from} to call it in place of ${target}`,
      });
    else if (before !== undefined)
      this.problem("hunt-file-value", span, `${listen} is taken by the proxy from ${before}`, {
        help: "choose a port for each edge",
      });
    this.listening.set(listen, `${from} to ${to}`);
    return { from, to, host, port: Number(port), target };
  }

  private expected(value: Placed | undefined): Expected {
    const status = at(value, "status");
    const json = at(value, "json");
    const words = at(value, "command");
    return {
      status:
        status === undefined
          ? []
          : status.kind === "list"
            ? status.items.flatMap((item) => number(item) ?? [])
            : [number(status) ?? 0],
      json: json === undefined ? undefined : plainValue(json),
      command: words === undefined ? undefined : this.command(value),
      none: text(at(value, "answer")) === "none",
    };
  }

  private command(value: Placed | undefined): CommandSpec | undefined {
    const [program, ...words] = itemsOf(at(value, "command")).map((word) => String(plain(word) ?? ""));
    return program === undefined ? undefined : { command: [program, ...words], cwd: this.path(text(at(value, "cwd"))) };
  }

  private path(folder: string | undefined): string {
    if (folder === undefined) return this.folder;
    return isAbsolute(folder) ? folder : resolve(this.folder, folder);
  }

  private named(value: Placed | undefined, names: readonly string[]): string {
    const name = text(value) ?? "";
    if (value !== undefined && !names.includes(name)) {
      const meant = nearest(name, names);
      this.problem("hunt-file-name", value.span, `there is no service \`${name}\``, {
        help: meant === undefined ? `the services are ${names.join(", ")}` : `did you mean \`${meant}\`?`,
      });
    }
    return name;
  }

  /** Nothing but this machine is called or disturbed unless it was named on the command line. */
  private host(url: string | undefined, value: Placed | undefined): void {
    if (url === undefined || value === undefined) return;
    const host = originOf(url) === undefined ? undefined : new URL(url).hostname;
    if (host === undefined) {
      this.problem("hunt-file-value", value.span, `\`${url}\` is no URL`, {
        help: "write for example http://127.0.0.1:8080/",
      });
      return;
    }
    if (loopbackHosts.has(host) || this.allowedHosts.includes(host)) return;
    this.problem("hunt-host", value.span, `${host} is not this machine`, {
      help: `a hunt disturbs what it calls; if that is meant, say --allow-host ${host}`,
    });
  }

  private problem(
    code: "hunt-file-missing" | "hunt-file-name" | "hunt-file-value" | "hunt-host",
    span: Span,
    message: string,
    { help }: { help: string },
  ): void {
    this.diagnostics.push(diagnostic(code, { span, message, help }));
  }
}

function originOf(url: string | undefined): string | undefined {
  try {
    return url === undefined ? undefined : new URL(url).origin;
  } catch {
    return undefined;
  }
}

const error503: Extract<FaultSpec, { readonly base: "error" }> = {
  base: "error",
  text: "error(503)",
  status: 503,
  headers: {},
  body: "",
};

const defaultFaults: readonly FaultSpec[] = [
  { base: "refused", text: "refused" },
  error503,
  { base: "timeout", text: "timeout" },
  { base: "lost-response", text: "lost-response" },
  { base: "down", text: "down" },
];

function faultOf(item: Placed): FaultSpec {
  if (item.kind === "map") {
    const error = at(item, "error");
    if (error !== undefined) {
      const json = at(error, "json");
      const status = number(at(error, "status")) ?? 503;
      const body = json === undefined ? (text(at(error, "body")) ?? "") : JSON.stringify(plainValue(json));
      const headers = {
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...texts(at(error, "headers")),
      };
      const plainOne = body === "" && Object.keys(headers).length === 0;
      const digest = plainOne ? "" : `,${hash(JSON.stringify([headers, body])).slice(0, 4)}`;
      return { base: "error", text: `error(${status}${digest})`, status, headers, body };
    }
    const patch = at(item, "wrong");
    const value = patch === undefined ? {} : plainValue(patch);
    return { base: "wrong", text: `wrong(${hash(JSON.stringify(value)).slice(0, 4)})`, patch: value };
  }
  const word = text(item) ?? "";
  const [, base = word, given] = /^([a-z-]+)(?:\((.*)\))?$/.exec(word) ?? [];
  switch (base) {
    case "error":
      return given === undefined ? error503 : { ...error503, text: `error(${given})`, status: Number(given) };
    case "delay": {
      const wait = milliseconds(/[a-z]$/.test(given ?? "") ? given : `${given}ms`) ?? 0;
      return { base: "delay", text: `delay(${wait}ms)`, milliseconds: wait };
    }
    case "wrong":
      return { base: "wrong", text: "wrong(cut)", patch: undefined };
    case "refused":
    case "reset":
    case "timeout":
    case "lost-response":
    case "duplicate":
    case "down":
      return { base, text: base };
    default:
      throw new Error(`the schema lets ${word} through`);
  }
}

function at(value: Placed | undefined, key: string): Placed | undefined {
  return value?.kind === "map" ? value.entries.get(key)?.value : undefined;
}

function entriesOf(value: Placed | undefined): readonly (readonly [string, Placed])[] {
  return value?.kind === "map" ? [...value.entries].map(([key, entry]) => [key, entry.value] as const) : [];
}

function itemsOf(value: Placed | undefined): readonly Placed[] {
  return value?.kind === "list" ? value.items : [];
}

function plain(value: Placed | undefined): string | number | boolean | null | undefined {
  return value?.kind === "scalar" ? value.value : undefined;
}

function text(value: Placed | undefined): string | undefined {
  const found = plain(value);
  return found === undefined || found === null ? undefined : String(found);
}

function number(value: Placed | undefined): number | undefined {
  const found = plain(value);
  return typeof found === "number" ? found : undefined;
}

function texts(value: Placed | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(entriesOf(value).map(([key, one]) => [key, text(one) ?? ""]));
}

/** A time as the file writes it. */
export function milliseconds(duration: string | undefined): number | undefined {
  const [, count, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(duration ?? "") ?? [];
  if (count === undefined) return undefined;
  return Number(count) * (unit === "ms" ? 1 : unit === "s" ? 1000 : 60_000);
}
