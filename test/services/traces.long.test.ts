import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ldfi, root } from "../cli/ldfi.js";

/* Services that know OpenTelemetry and not ldfi: what they call is seen by their spans, which the real exporters send during the hunt. */

const clients = join(root, "test", "services", "clients");

beforeAll(() => {
  if (existsSync(join(clients, "node_modules", "@opentelemetry"))) return;
  const { status, stderr } = spawnSync("npm", ["ci", "--ignore-scripts"], { cwd: clients, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
});

let nextPort = 16_000 + (process.pid % 300) * 10;

function huntFile(protocol: string, more: string): string {
  const port = nextPort;
  nextPort += 3;
  const folder = mkdtempSync(join(tmpdir(), "ldfi-traces-"));
  const file = join(folder, "traces.hunt.yaml");
  const service = (name: string, script: string, i: number, hook: boolean): string => `  ${name}:
    command: [${process.execPath}, ${join(clients, script)}, "${port + i}", "${i === 2 ? "none" : port + i + 1}", ${protocol}]
    env: { FAULT: ${join(folder, "fault")} }
    ready: http://127.0.0.1:${port + i}/health
    hook: ${hook}
`;
  writeFileSync(
    file,
    `services:
${service("front", "front.mjs", 0, true)}${service("middle", "traced.mjs", 1, false)}${service("back", "traced.mjs", 2, false)}scenario:
  request: { url: "http://127.0.0.1:${port}/" }
  expect:
    full: { status: 200, json: { ok: true } }
faults: [error]
budget: { faults: 1 }
routes: ["/user/{}"]
${more}`,
  );
  return file;
}

interface Document {
  readonly verdict: string;
  readonly calls: readonly { readonly id: string }[];
  readonly reservations: readonly string[];
  readonly findings?: readonly { readonly text: string; readonly failing: { readonly calls: readonly object[] } }[];
}

function hunted(file: string): Document {
  const { stdout, stderr } = ldfi(["hunt", file, "--all", "--format", "json"]);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Document;
}

describe.each(["protobuf", "json"])("traces as OTLP, %s", (protocol) => {
  test("the calls of a service without a hook are observed, and reported to be without faults", () => {
    const { findings, reservations, calls } = hunted(huntFile(protocol, ""));
    expect(findings?.map(({ text }) => text)).toEqual(["error(503) at front › GET middle/x#1"]);
    expect(calls.map(({ id }) => id)).toEqual(["front › GET middle/x#1"]);
    expect(reservations).toEqual([
      "these calls were seen in traces, and no faults could be injected into them:\n  front › GET middle/x#1 › GET back/user/{}#1",
    ]);
  });

  test("a command can disturb it", () => {
    const folder = mkdtempSync(join(tmpdir(), "ldfi-fault-"));
    const script = join(folder, "fault.mjs");
    const file = huntFile(protocol, `inject: { command: [${process.execPath}, ${script}] }\n`);
    const mark = join(file, "..", "fault");
    writeFileSync(
      script,
      `import { appendFileSync, rmSync, writeFileSync } from "node:fs";
let text = "";
for await (const chunk of process.stdin) text += chunk;
const { faults } = JSON.parse(text);
appendFileSync(${JSON.stringify(`${mark}s.txt`)}, faults.length + "\\n");
if (faults.some(({ call }) => call?.includes("GET back/"))) writeFileSync(${JSON.stringify(mark)}, "");
else rmSync(${JSON.stringify(mark)}, { force: true });`,
    );
    const { findings, reservations } = hunted(file);
    expect(reservations.filter((line) => line.includes("could not be disturbed"))).toEqual([]);
    expect(findings?.map(({ text }) => text)).toContain("error(503) at front › GET middle/x#1");
    // A fault is followed by none.
    const asked = readFileSync(`${mark}s.txt`, "utf8").trim().split("\n");
    expect(asked.filter((count, i) => count === "1" && asked[i + 1] !== "0")).toEqual([]);
    expect(existsSync(mark)).toBe(false);
  });
});
