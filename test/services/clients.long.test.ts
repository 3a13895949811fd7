import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ldfi, root } from "../cli/ldfi.js";

/* Each client of Node.js with each fault: what it sees, and how often the callee heard of it. The table of docs/services.md. */

const folder = join(root, "test", "services", "clients");

beforeAll(() => {
  if (existsSync(join(folder, "node_modules"))) return;
  const { status, stderr } = spawnSync("npm", ["ci", "--ignore-scripts"], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
});

const faults = [
  "refused",
  "reset",
  "error(503)",
  "timeout",
  "lost-response",
  "duplicate",
  "delay(100ms)",
  "wrong(cut)",
];
const clients = ["http", "agent", "fetch", "axios", "got", "undici5", "undici6", "undici7", "pool7"];
const broken = /^(ECONNRESET|UND_ERR_SOCKET)$/;
const late = /^(LATE|ECONNABORTED|ETIMEDOUT|TimeoutError|UND_ERR_HEADERS_TIMEOUT|23)$/;

const expected: Readonly<Record<string, readonly [saw: RegExp, heard: number]>> = {
  "no fault": [/^200 \{"hello":1\}$/, 1],
  refused: [/^ECONNREFUSED$/, 0],
  reset: [broken, 0],
  "error(503)": [/^503 $/, 0],
  timeout: [late, 0],
  "lost-response": [broken, 1],
  duplicate: [/^200 \{"hello":1\}$/, 2],
  "delay(100ms)": [/^200 \{"hello":1\}$/, 1],
  "wrong(cut)": [/^200 \{"hel/, 1],
};

describe("what a client sees of each fault, and its callee", () => {
  test.each(clients.map((client, i) => [client, i] as const))("%s", (client, i) => {
    const port = 21_000 + (process.pid % 300) * 40 + i * 2;
    const place = mkdtempSync(join(tmpdir(), "ldfi-clients-"));
    const script = join(folder, "service.mjs");
    const file = join(place, "client.hunt.yaml");
    const log = join(place, "seen.txt");
    writeFileSync(
      join(place, "note.mjs"),
      `import { appendFileSync } from "node:fs";
let input = "";
for await (const chunk of process.stdin) input += chunk;
const { answer, faults } = JSON.parse(input);
const { heard } = await (await fetch("http://127.0.0.1:${port + 1}/heard")).json();
appendFileSync(${JSON.stringify(log)}, JSON.stringify([faults[0] ?? "no fault", JSON.parse(answer.body).saw, heard]) + "\\n");`,
    );
    writeFileSync(
      file,
      `services:
  front: { command: [${process.execPath}, ${script}, front, "${port}", ${client}], ready: "http://127.0.0.1:${port}/health" }
  callee: { command: [${process.execPath}, ${script}, callee, "${port + 1}"], ready: "http://127.0.0.1:${port + 1}/health" }
scenario:
  request: { url: "http://127.0.0.1:${port}/" }
  expect: { any: { status: 200 } }
  after: { command: [${process.execPath}, note.mjs] }
faults: [${faults.map((fault) => (fault === "wrong(cut)" ? "wrong" : fault === "error(503)" ? "error" : `"${fault}"`)).join(", ")}]
budget: { faults: 1 }
`,
    );
    const { status, stdout, stderr } = ldfi(["hunt", file, "--no-classes", "--exact"]);
    expect([status, stderr, stdout.includes("could not be injected")]).toEqual([0, "", false]);
    const seen = spawnSync("cat", [log], { encoding: "utf8" })
      .stdout.trim()
      .split("\n")
      .map((line) => JSON.parse(line) as [string, string | number, number]);
    for (const [what, [saw, heard]] of Object.entries(expected)) {
      const found = seen.find(([fault]) => fault.split(" at ")[0] === what);
      expect([what, saw.test(String(found?.[1])), found?.[1], found?.[2]]).toEqual([what, true, found?.[1], heard]);
    }
  });
});
