import { mkdtempSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isStopped } from "../../src/execution/stopped.js";
import type { Observation } from "../../src/hunting/call.js";
import type { HuntFault } from "../../src/hunting/fault.js";
import { readHuntFile } from "../../src/services/hunt-file.js";
import { LiveSystem } from "../../src/services/live-system.js";
import { root } from "../cli/ldfi.js";
import { certificateIn } from "./certificate.js";

/* A call has one name in fifty runs, while the services answer others too. */

const port = 17_000 + (process.pid % 300) * 10;
const folder = mkdtempSync(join(tmpdir(), "ldfi-identity-"));
const script = join(root, "test", "services", "tangle.mjs");
let system: LiveSystem;
let busy = true;

/** Requests that belong to no run. */
async function load(): Promise<void> {
  while (busy)
    await new Promise<void>((resolve) => {
      const request = http.get(`http://127.0.0.1:${port}/`, { agent: false }, (answer) =>
        answer.resume().on("close", resolve),
      );
      request.on("error", () => resolve());
    });
}

beforeAll(async () => {
  const { key, cert } = certificateIn(folder);
  const service = (name: string, i: number): string => `  ${name}:
    command: [${process.execPath}, ${script}, ${name}, "${port + i}", "${port + 1}", "${port + 2}"]
    env: { KEY: ${key}, CERT: ${cert} }
    ready: http://127.0.0.1:${port + i}/health
`;
  const text = `services:
${service("front", 0)}${service("back", 1)}    url: https://127.0.0.1:${port + 2}
scenario:
  request: { url: "http://127.0.0.1:${port}/" }
  expect: { full: { status: 200 }, broken: { answer: none } }
  timeout: 60s
faults: [refused, error, duplicate]
`;
  const { spec, diagnostics } = readHuntFile({ path: join(folder, "tangle.hunt.yaml"), text }, []);
  expect(diagnostics).toEqual([]);
  if (spec === undefined) return;
  const scripts = {
    guardian: join(root, "dist", "cli", "guardian.js"),
    hook: pathToFileURL(join(root, "dist", "hook.js")).href,
  };
  system = new LiveSystem(spec, scripts, process.env);
  expect(await system.open()).toBeUndefined();
  for (let i = 0; i < 7; i++) void load();
});

afterAll(async () => {
  busy = false;
  await system.close();
});

const namesOf = ({ calls }: Observation): readonly string[] => calls.map(({ name }) => name).sort();

describe("under load", () => {
  test("the calls of fifty runs have the same names", async () => {
    const observations = await system.calibrate(50);
    if (isStopped(observations)) throw new Error(observations.detail);
    expect(observations).toHaveLength(50);
    const [first] = observations;
    if (first === undefined) return;
    const names = namesOf(first).map((name) => name.replace(/\[[0-9a-f]+\]/, "[…]"));
    expect(names).toEqual(
      [
        ...[1, 2, 3, 4].map((i) => `POST back/alike[…]#${i}`),
        ...[1, 2, 3, 4].map(() => "POST back/different[…]#1"),
        ...[1, 2].map(() => "POST back/pieces[…]#1"),
        "GET back/arrived#1",
        "GET back/flaky#1",
        "GET back/flaky#2",
        ...[1, 2, 3, 4, 5].map((i) => `GET back/loop/{}#${i}`),
        "GET back/moved#1",
        "GET back/secure#1",
        "POST back/large#1",
        "PUT back/stream#1",
      ].sort(),
    );
    for (const one of observations) {
      expect([one.outcome, one.complete, namesOf(one)]).toEqual(["full", true, namesOf(first)]);
    }
    expect(
      first.calls
        .filter(({ grouped }) => grouped)
        .map(({ name }) => name.slice(-2))
        .sort(),
    ).toEqual(["#1", "#2", "#3", "#4"]);
    expect([...system.undigested].sort()).toEqual(["POST back/large", "PUT back/stream"]);
  });

  /** The names of the calls that were disturbed. */
  async function disturbed(...faults: readonly HuntFault[]): Promise<readonly string[]> {
    const observation = await system.run(faults);
    if (isStopped(observation)) throw new Error(observation.detail);
    return observation.calls.flatMap(({ name, injected }) => (injected === undefined ? [] : [name]));
  }

  test("what is asked to be disturbed is, and nothing else: each call, a group of calls, one of them", async () => {
    const clean = await system.run([]);
    if (isStopped(clean)) throw new Error(clean.detail);
    for (const { id, name, grouped } of clean.calls) {
      if (grouped === true) continue;
      expect(await disturbed({ kind: "call", call: id, fault: "duplicate" })).toEqual([name]);
    }
    const one = clean.calls.find(({ grouped }) => grouped === true);
    const group = one?.id.replace(/#\d+$/, "") ?? "";
    expect(await disturbed({ kind: "call", call: `${group}#all`, fault: "error(503)" })).toHaveLength(4);
    expect(await disturbed({ kind: "call", call: `${group}#any`, fault: "error(503)" })).toHaveLength(1);
  });

  test("each hop of a redirect is a call of its own", async () => {
    const moved = await disturbed({ kind: "call", call: "front › GET back/moved#1", fault: "error(503)" });
    expect(moved).toEqual(["GET back/moved#1"]);
    const observation = await system.run([{ kind: "call", call: "front › GET back/moved#1", fault: "error(503)" }]);
    if (isStopped(observation)) throw new Error(observation.detail);
    expect(namesOf(observation)).not.toContain("GET back/arrived#1");
  });
});
