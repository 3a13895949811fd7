import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { isStopped } from "../../src/execution/stopped.js";
import type { Observation } from "../../src/hunting/call.js";
import { readHuntFile } from "../../src/services/hunt-file.js";
import { LiveSystem } from "../../src/services/live-system.js";
import { root, Started } from "../cli/ldfi.js";
import { nextPort } from "./small-hunts.js";

/*
 * A fault never outlives its run, in real processes: `front` has the hook and waits for its calls without end, `plain` has none and calls
 * `back` through a proxy.
 */

const script = join(root, "test", "services", "patient.mjs");
const at = (port: number, path = "/"): string => `http://127.0.0.1:${port}${path}`;

interface State {
  readonly calls: number;
  readonly open: boolean;
  readonly ended: string;
  readonly baggage: string;
  readonly call: string;
}

async function stateOf(port: number): Promise<State> {
  return (await (await fetch(at(port, "/state"))).json()) as State;
}

/** The state, once it is as it is bound to be. */
async function once(port: number, condition: (state: State) => boolean): Promise<State> {
  for (;;) {
    const state = await stateOf(port);
    if (condition(state)) return state;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const ports = (base: number): Record<"front" | "plain" | "back" | "proxy", number> => ({
  front: base,
  plain: base + 1,
  back: base + 2,
  proxy: base + 3,
});

describe("a run that times out", () => {
  const place = mkdtempSync(join(tmpdir(), "ldfi-after-"));
  const { front, plain, back, proxy } = ports(nextPort());
  let system: LiveSystem | undefined;
  afterEach(async () => {
    await system?.close();
  });

  const service = (name: string, port: number, hook: boolean, ...urls: readonly string[]): string =>
    `  ${name}: { command: [${[process.execPath, script, `"${port}"`, ...urls.map((url) => `"${url}"`)].join(", ")}], ready: "${at(port, "/health")}", hook: ${hook} }\n`;

  test.each([
    ["by the hook", "front › GET back/#1", front],
    ["at a proxy", "front › GET plain/#1 › GET back/#1", plain],
  ])("%s: the call that was held is let go, and nothing is disturbed any more", async (_, call, waiting) => {
    const text = `services:
${service("front", front, true, at(plain), at(back))}${service("plain", plain, false, at(proxy))}${service("back", back, true)}edges: [{ from: plain, to: back, listen: "127.0.0.1:${proxy}" }]
scenario:
  request: { url: "${at(front)}" }
  expect: { full: { status: 200 }, broken: { status: 500 }, late: { answer: none } }
  timeout: 2s
faults: [timeout]
`;
    const { spec, diagnostics } = readHuntFile({ path: join(place, "after.hunt.yaml"), text }, []);
    expect(diagnostics).toEqual([]);
    if (spec === undefined) return;
    system = new LiveSystem(
      spec,
      {
        guardian: join(root, "dist", "cli", "guardian.js"),
        hook: pathToFileURL(join(root, "dist", "hook.js")).href,
      },
      process.env,
    );
    expect(await system.open()).toBeUndefined();
    const observed = (observation: Awaited<ReturnType<LiveSystem["run"]>>): Observation => {
      if (isStopped(observation)) throw new Error(observation.detail);
      return observation;
    };
    expect(observed(await system.run([])).outcome).toBe("full");
    const disturbed = observed(await system.run([{ kind: "call", call, fault: "timeout" }]));
    expect([disturbed.outcome, disturbed.calls.find(({ id }) => id === call)?.injected]).toEqual(["late", "timeout"]);
    const { ended, baggage } = await once(waiting, ({ open }) => !open);
    expect(ended).toBe("ECONNRESET");
    // Without a header, and with that of the run which is over.
    expect((await fetch(at(front))).status).toBe(200);
    expect((await fetch(at(front), { headers: { baggage, "ldfi-call": "front" } })).status).toBe(200);
    const next = observed(await system.run([]));
    expect([next.outcome, next.calls.map(({ injected }) => injected)]).toEqual([
      "full",
      [undefined, undefined, undefined],
    ]);
  });
});

describe("kill -9 of the hunt in the middle of a run", () => {
  const running: ChildProcess[] = [];
  afterEach(() => {
    for (const child of running.splice(0)) child.kill("SIGKILL");
  });

  test.each(["front", "plain"] as const)(
    "what it held at %s is let go, and nothing is disturbed any more",
    async (waiting) => {
      const place = mkdtempSync(join(tmpdir(), "ldfi-after-"));
      const { front, plain, back, proxy } = ports(nextPort());
      const start = (hook: boolean, ...words: readonly string[]): void => {
        const imports = hook ? ["--import", join(root, "dist", "hook.js")] : [];
        running.push(spawn(process.execPath, [...imports, script, ...words], { cwd: place, stdio: "ignore" }));
      };
      start(true, `${front}`, ...(waiting === "front" ? [] : [at(plain)]), at(back));
      start(false, `${plain}`, at(proxy));
      start(true, `${back}`);
      const file = join(place, "after.hunt.yaml");
      writeFileSync(
        file,
        `services:
  front: { url: "${at(front)}", ready: "${at(front, "/health")}" }
  plain: { url: "${at(plain)}", ready: "${at(plain, "/health")}" }
  back: { url: "${at(back)}", ready: "${at(back, "/health")}" }
edges: [{ from: plain, to: back, listen: "127.0.0.1:${proxy}" }]
scenario:
  request: { url: "${at(front)}" }
  expect: { full: { status: 200 } }
  timeout: 600s
faults: [timeout]
spare: [plain]
`,
      );
      const port = waiting === "front" ? front : plain;
      const hunt = new Started(["hunt", file]);
      await hunt.printed(/no fault: full/);
      // A call without a fault takes no time; one that is still open after a while is held.
      for (let before = -1; ; ) {
        const { calls, open } = await stateOf(port);
        if (open && calls === before) break;
        before = calls;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
      hunt.signal("SIGKILL");
      await hunt.ended;
      const { ended, baggage } = await once(port, ({ open }) => !open);
      expect(ended).toBe("ECONNRESET");
      if (waiting === "front")
        for (const headers of [{}, { baggage, "ldfi-call": "front" }])
          expect((await fetch(at(front), { headers })).status).toBe(200);
      // The proxy is gone with the hunt: what was called through it is asked directly again.
      else expect((await fetch(at(back), { headers: { baggage, "ldfi-call": "plain" } })).status).toBe(200);
    },
  );
});
