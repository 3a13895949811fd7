import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { withHandler } from "./context.js";
import type { FromHook, FromHunt, Plan } from "./wire.js";
import { lineReader } from "./wire.js";

/** Where the hunt listens, and the word that proves that it is this hunt. */
interface Place {
  readonly port: number;
  readonly token: string;
}

const retry = 500;

/**
 * The connection of a service to the hunt. It keeps no process alive, works outside of any request, and without a hunt it only looks,
 * twice a second, whether one has begun. When the hunt goes away, so does its plan: a fault never outlives its run.
 */
export class Control {
  private plan: Plan | undefined;
  private place: Place | undefined;
  private send: ((message: FromHook) => void) | undefined;

  constructor(private readonly env: NodeJS.ProcessEnv) {
    withHandler(undefined, () => this.connect());
  }

  /** The plan for a run of this hunt. */
  planFor(run: string, token: string): Plan | undefined {
    return this.place?.token === token && this.plan?.run === run ? this.plan : undefined;
  }

  /** Whether a request belongs to this hunt. */
  knows(token: string): boolean {
    return this.send !== undefined && this.place?.token === token;
  }

  get token(): string {
    return this.place?.token ?? "";
  }

  report(message: FromHook): void {
    this.send?.(message);
  }

  private connect(): void {
    const place = findPlace(this.env);
    if (place === undefined) {
      this.later();
      return;
    }
    const socket = connect(place.port, "127.0.0.1");
    socket.unref();
    socket.setNoDelay(true);
    socket.on("connect", () => {
      this.place = place;
      this.send = (message) => void socket.write(`${JSON.stringify(message)}\n`);
      this.send({ kind: "hello", token: place.token, service: this.env.LDFI_SERVICE, pid: process.pid });
    });
    socket.on(
      "data",
      lineReader((message) => this.receive(message as FromHunt)),
    );
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.plan = undefined;
      this.send = undefined;
      this.later();
    });
  }

  private later(): void {
    setTimeout(() => this.connect(), retry).unref();
  }

  private receive(message: FromHunt): void {
    if (message.kind === "plan") {
      this.plan = message;
      this.report({ kind: "ack", run: message.run });
    } else this.plan = undefined;
  }
}

/** From `LDFI_CONTROL`, or else from a file that only the user can read; never from a request. */
function findPlace(env: NodeJS.ProcessEnv): Place | undefined {
  const given = /^(\d+):([\w-]+)$/.exec(env.LDFI_CONTROL ?? "");
  if (given?.[1] !== undefined && given[2] !== undefined) return { port: Number(given[1]), token: given[2] };
  for (let folder = process.cwd(), i = 0; i < 8; i++) {
    try {
      const { port, token }: Partial<Place> = JSON.parse(readFileSync(join(folder, ".ldfi", "hook.json"), "utf8"));
      return typeof port === "number" && typeof token === "string" ? { port, token } : undefined;
    } catch {
      folder = dirname(folder);
    }
  }
  return undefined;
}
