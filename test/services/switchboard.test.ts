import http from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FromHunt, Plan } from "../../src/hook/wire.js";
import { lineReader } from "../../src/hook/wire.js";
import { RunLog } from "../../src/services/run-log.js";
import type { FaultSpec } from "../../src/services/spec.js";
import { Switchboard } from "../../src/services/switchboard.js";

/* What is left of a fault when its run is over: nothing, at the fault port and at a proxy. */

const faults: readonly FaultSpec[] = [
  { base: "timeout", text: "timeout" },
  { base: "duplicate", text: "duplicate" },
  { base: "down", text: "down" },
];
const root = { id: "front", service: "front" };
const call = "front › GET back/x#1";

/** Answers when it is told to. */
let callee: http.Server;
let heard: http.ServerResponse[] = [];
let requests = 0;
let switchboard: Switchboard;
let edgePort = 0;
let plan: Plan | undefined;
let hook: Socket;

const portOf = (server: http.Server): number => (server.address() as AddressInfo).port;
const listening = (server: http.Server): Promise<void> =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

/** Waits for a condition that is bound to come true. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

beforeEach(async () => {
  heard = [];
  requests = 0;
  callee = http.createServer((_, response) => {
    requests++;
    heard.push(response);
  });
  await listening(callee);
  // A port that was free a moment ago.
  const other = http.createServer();
  await listening(other);
  edgePort = portOf(other);
  await new Promise((resolve) => other.close(resolve));
  const edge = {
    from: "front",
    to: "back",
    host: "127.0.0.1",
    port: edgePort,
    target: `http://127.0.0.1:${portOf(callee)}`,
  };
  switchboard = new Switchboard(new Map(faults.map((fault) => [fault.text, fault])), [edge], []);
  await switchboard.open();
  plan = undefined;
  hook = connect(switchboard.controlPort, "127.0.0.1");
  const say = (message: object): void => void hook.write(`${JSON.stringify(message)}\n`);
  hook.on(
    "data",
    lineReader((line) => {
      const message = line as FromHunt;
      plan = message.kind === "plan" ? message : undefined;
      if (message.kind === "plan") say({ kind: "ack", run: message.run });
    }),
  );
  say({ kind: "hello", token: switchboard.token, service: "front", pid: 1 });
  await until(() => switchboard.hooked.length === 1);
});

afterEach(async () => {
  hook.destroy();
  await switchboard.close();
  callee.closeAllConnections();
  callee.close();
});

async function begin(run: string, fault?: string): Promise<void> {
  const part = { services: {}, routes: [], trace: "0".repeat(32), record: false, byDigest: [], varying: {} };
  const disturbed = fault === undefined || fault === "down" ? {} : { [call]: fault };
  const down = fault === "down" ? ["back"] : [];
  expect(await switchboard.begin(new RunLog(run), root, { run, faults: disturbed, down, ...part }, 5000)).toBe(true);
}

/** A request to the proxy: its status, or the code of its error. */
function ask(agent?: http.Agent): Promise<number | string> {
  return new Promise((resolve) => {
    const request = http.get(`http://127.0.0.1:${edgePort}/x`, { agent: agent ?? false }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0));
    });
    request.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
  });
}

/** A request to the fault port, as a hook makes it; resolves when the connection is closed. */
function askFaultPort(port: number, run: string, fault: string): { readonly closed: Promise<void> } {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.resume();
  const target = `http://127.0.0.1:${portOf(callee)}`;
  socket.write(`${JSON.stringify({ token: switchboard.token, run, id: call, fault, target })}\n`);
  socket.write("GET /x HTTP/1.1\r\nhost: back\r\n\r\n");
  return { closed: new Promise((resolve) => socket.on("close", () => resolve())) };
}

function answerAll(): void {
  for (const response of heard.splice(0)) response.end("{}");
}

/** What was heard is answered, and of requests that are made now all are heard and no others. */
async function expectNoOther(): Promise<void> {
  const before = requests;
  const asked = [1, 2, 3].map(() => ask());
  const answering = setInterval(answerAll, 1);
  expect(await Promise.all(asked)).toEqual([200, 200, 200]);
  clearInterval(answering);
  expect(requests).toBe(before + 3);
}

describe("at a proxy", () => {
  test("a call that is held is let go, and the next ones are answered, within the next run too", async () => {
    await begin("r1", "timeout");
    const held = ask();
    await until(() => switchboard.disturbed === 1);
    await switchboard.end();
    expect(await held).toBe("ECONNRESET");
    expect(heard).toEqual([]);
    for (const run of [undefined, "r2"]) {
      if (run !== undefined) await begin(run);
      const next = ask();
      await until(() => heard.length === 1);
      answerAll();
      expect(await next).toBe(200);
    }
  });

  test("a service that was down answers", async () => {
    await begin("r1", "down");
    expect(await ask()).toBe("ECONNRESET");
    await switchboard.end();
    const next = ask();
    await until(() => heard.length === 1);
    answerAll();
    expect(await next).toBe(200);
  });

  test("a request that was to be sent twice is not sent again", async () => {
    await begin("r1", "duplicate");
    void ask();
    await until(() => heard.length === 1);
    await switchboard.end();
    await begin("r2");
    await expectNoOther();
  });

  test("a connection over which a fault is over is left alone", async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    await begin("r1", "duplicate");
    const first = ask(agent);
    for (const _ of [1, 2]) {
      await until(() => heard.length === 1);
      answerAll();
    }
    expect(await first).toBe(200);
    const second = ask(agent);
    await until(() => heard.length === 1);
    await switchboard.end();
    answerAll();
    expect(await second).toBe(200);
    agent.destroy();
  });
});

describe("at the fault port", () => {
  test("a call that is held is let go, and one that comes after its run is not taken", async () => {
    await begin("r1", "timeout");
    const { faultPort = 0 } = plan ?? {};
    const held = askFaultPort(faultPort, "r1", "timeout");
    await until(() => switchboard.disturbed === 1);
    await switchboard.end();
    await held.closed;
    await until(() => plan === undefined);
    await askFaultPort(faultPort, "r1", "duplicate").closed;
    await begin("r2");
    await askFaultPort(faultPort, "r1", "duplicate").closed;
    expect(heard).toEqual([]);
  });

  test("a request that was to be sent twice is not sent again", async () => {
    await begin("r1", "duplicate");
    const twice = askFaultPort(plan?.faultPort ?? 0, "r1", "duplicate");
    await until(() => heard.length === 1);
    await switchboard.end();
    await twice.closed;
    await begin("r2");
    await expectNoOther();
  });
});
