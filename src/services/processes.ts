import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import http from "node:http";
import https from "node:https";
import { createInterface } from "node:readline";
import type { GuardianCommand, GuardianEvent } from "./guardian.js";
import { isLoopback } from "./loopback.js";
import type { CommandSpec, ServiceSpec } from "./spec.js";
import { until } from "./switchboard.js";

export interface CommandResult {
  readonly ok: boolean;
  /** The command, how it ended, and the line that it wrote that names an error, or else the first. */
  readonly what: string;
}

/** Runs a command of the file to its end, with JSON on its standard input. */
export type RunCommand = (command: CommandSpec, input: unknown, within: number) => Promise<CommandResult>;

interface Started {
  state: "running" | "ended";
  ok: boolean;
  how: string;
  output: string;
}

const keptOutput = 4000;

/** The services that the hunt starts, in the care of a guardian process. */
export class Processes {
  private guardian: ChildProcess | undefined;
  private commands = 0;
  private readonly started = new Map<string, Started>();

  private env: Readonly<Record<string, string>> = {};
  private envOfAll: Readonly<Record<string, string>> = {};

  /** `script`: the guardian's. */
  constructor(private readonly script: string) {}

  /** What services get in their environment, and those with a hook besides. */
  give(all: Readonly<Record<string, string>>, hooked: Readonly<Record<string, string>>): void {
    this.envOfAll = all;
    this.env = hooked;
  }

  /** The first service whose address answers although it was not started. */
  async taken(services: readonly ServiceSpec[]): Promise<string | undefined> {
    const statuses = await Promise.all(services.map(({ ready }) => (ready === undefined ? "" : statusOf(ready))));
    const found = services[statuses.findIndex((status) => typeof status === "number")];
    if (found === undefined) return undefined;
    const { name, ready } = found;
    return `something already answers at ${ready}, before ${name} is started: stop it, or, if it is ${name}, write \`url:\` instead of \`command:\``;
  }

  /** Starts services and waits until all are ready; returns what went wrong. */
  async start(services: readonly ServiceSpec[]): Promise<string | undefined> {
    for (const service of services) this.launch(service);
    const problems = await Promise.all(services.map((service) => this.ready(service)));
    return problems.find((problem) => problem !== undefined);
  }

  /** How a service ended that should be running. */
  died(name: string): string | undefined {
    const started = this.started.get(name);
    return started?.state === "ended" ? `${started.how}${lastLines(started.output)}` : undefined;
  }

  async stop(services: readonly ServiceSpec[]): Promise<void> {
    for (const { name } of services) if (this.started.get(name)?.state === "running") this.tell({ kind: "stop", name });
    await until(() => services.every(({ name }) => this.started.get(name)?.state !== "running"), 4000);
  }

  /** Ends everything: the guardian sees that its input is closed. */
  async close(): Promise<void> {
    const { guardian } = this;
    if (guardian === undefined) return;
    guardian.stdin?.end();
    await until(() => guardian.exitCode !== null || guardian.signalCode !== null, 5000);
  }

  /** Runs a command; it is ended if it takes longer than `within` milliseconds. */
  readonly run: RunCommand = async ({ command, cwd }, input, within) => {
    const name = `command ${++this.commands}`;
    const started: Started = { state: "running", ok: false, how: "", output: "" };
    this.started.set(name, started);
    const env = environment({});
    this.tell({ kind: "start", name, command, cwd, env, input: `${JSON.stringify(input)}\n` });
    const inTime = await until(() => started.state === "ended", within);
    if (!inTime) this.tell({ kind: "stop", name });
    this.started.delete(name);
    const how = inTime ? started.how : `took longer than ${within / 1000} s`;
    const lines = linesOf(started.output);
    const said = errorAmong(lines) ?? lines[0] ?? "";
    return { ok: inTime && started.ok, what: `${command.join(" ")}: ${how}${said === "" ? "" : `: ${said}`}` };
  };

  private launch({ name, start }: ServiceSpec): void {
    if (start === undefined) return;
    this.started.set(name, { state: "running", ok: false, how: "", output: "" });
    const { command, cwd } = start;
    const hooked = start.hook ? { ...this.env, LDFI_SERVICE: name } : {};
    const env = environment({ OTEL_SERVICE_NAME: name, ...this.envOfAll, ...hooked, ...start.env });
    this.tell({ kind: "start", name, command, cwd, env });
  }

  private async ready({ name, ready, start }: ServiceSpec): Promise<string | undefined> {
    const within = start?.readyWithin ?? 5000;
    const end = performance.now() + within;
    let why = "nothing answers";
    while (performance.now() < end) {
      const died = this.died(name);
      if (died !== undefined) return `${name} ended before it was ready: ${died}`;
      if (ready === undefined) return undefined;
      const status = await statusOf(ready);
      if (typeof status === "number" && status < 400) return undefined;
      why = typeof status === "number" ? `${ready} answers ${status}` : `${ready}: ${status}`;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return `${name} is not ready after ${within / 1000} s: ${why}${lastLines(this.started.get(name)?.output ?? "")}`;
  }

  private tell(command: GuardianCommand): void {
    this.guardian ??= this.begin();
    this.guardian.stdin?.write(`${JSON.stringify(command)}\n`);
  }

  private begin(): ChildProcess {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const guardian = spawn(process.execPath, [this.script], {
      stdio: ["pipe", "pipe", "inherit"],
      detached: true,
      env,
    });
    guardian.stdin?.on("error", () => undefined);
    if (guardian.stdout !== null)
      createInterface({ input: guardian.stdout }).on("line", (line) => this.receive(JSON.parse(line) as GuardianEvent));
    return guardian;
  }

  private receive(event: GuardianEvent): void {
    const started = this.started.get(event.name);
    if (started === undefined) return;
    switch (event.kind) {
      case "started":
        break;
      case "output":
        started.output = (started.output + event.text).slice(-keptOutput);
        break;
      case "ended":
        started.state = "ended";
        started.how = event.how;
        started.ok = event.ok;
        break;
      default:
        event satisfies never;
    }
  }
}

function environment(own: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries({ ...process.env, ...own }).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

function linesOf(output: string): readonly string[] {
  return output.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
}

/** The last line that names an error. */
function errorAmong(lines: readonly string[]): string | undefined {
  return lines.findLast((line) => /^(\w+: )?(Uncaught )?[\w.]*(Error|Exception)\b.*:|^(panic|fatal)\b/i.test(line));
}

/** What a service wrote, as a reason: the last line that names an error, or else the end. */
export function lastLines(output: string): string {
  const lines = linesOf(output);
  const end = errorAmong(lines) ?? lines.slice(-3).join(" | ");
  return end === "" ? "" : `; it wrote: ${end}`;
}

function statusOf(url: string): Promise<number | string> {
  return new Promise((resolve) => {
    const get = url.startsWith("https:") ? https.get : http.get;
    const options = { agent: false, timeout: 1000, rejectUnauthorized: !isLoopback(url) } as const;
    const req = get(url, options, (res) => {
      res.resume();
      resolve(res.statusCode ?? 0);
    });
    req.on("timeout", () => req.destroy(new Error("no answer within 1 s")));
    req.on("error", (error) => resolve(error.message));
  });
}
