import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ldfi, root } from "../cli/ldfi.js";
import { certificateIn } from "./certificate.js";

/* Each client of Node.js with each fault, by the hook and by a proxy: what it sees, and how often the callee heard of it. The table of docs/services.md. */

const folder = join(root, "test", "services", "clients");

const certificate = mkdtempSync(join(tmpdir(), "ldfi-certificate-"));

beforeAll(() => {
  certificateIn(certificate);
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
const plain = ["http", "agent", "fetch", "axios", "got", "undici5", "undici6", "undici7", "pool7"];
const broken = /^(ECONNRESET|UND_ERR_SOCKET)$/;
const late = /^(LATE|ECONNABORTED|ETIMEDOUT|TimeoutError|UND_ERR_HEADERS_TIMEOUT)$/;

const cells: readonly (readonly [fault: string, saw: RegExp, heard: number])[] = [
  ["no fault", /^200 \{"hello":1\}$/, 1],
  ["refused", /^ECONNREFUSED$/, 0],
  ["reset", broken, 0],
  ["error(503)", /^503 $/, 0],
  ["timeout", late, 0],
  ["lost-response", broken, 1],
  ["duplicate", /^200 \{"hello":1\}$/, 2],
  ["delay(100ms)", /^200 \{"hello":1\}$/, 1],
  ["wrong(cut)", /^200 \{"hel/, 1],
];

const columns = [
  ...plain.map((client) => ({ way: "the hook", client, protocol: "http" })),
  ...["https", "fetch", "axios", "got", "undici7"].map((client) => ({ way: "the hook", client, protocol: "https" })),
  ...plain.map((client) => ({ way: "a proxy", client, protocol: "http" })),
].map((column, i) => ({ ...column, port: 21_000 + (process.pid % 70) * 160 + i * 5 }));

type Seen = readonly (readonly [fault: string, saw: string | number, heard: number])[];

/** One hunt, in which each fault is injected once. */
function seenBy({ way, client, protocol, port }: (typeof columns)[number]): Seen {
  const place = mkdtempSync(join(tmpdir(), "ldfi-clients-"));
  const script = join(folder, "service.mjs");
  const file = join(place, "client.hunt.yaml");
  const log = join(place, "seen.txt");
  const callee = port + 1;
  const secure = port + 2;
  const proxy = port + 3;
  const target = protocol === "https" ? secure : way === "a proxy" ? proxy : callee;
  const env = [
    `CALLEE: "${protocol}://127.0.0.1:${target}"`,
    ...(protocol === "https" ? ['NODE_TLS_REJECT_UNAUTHORIZED: "0"'] : []),
  ].join(", ");
  const own = ["KEY", "CERT"].map((name) => `${name}: ${join(certificate, `${name.toLowerCase()}.pem`)}`).join(", ");
  writeFileSync(
    join(place, "note.mjs"),
    `import { appendFileSync } from "node:fs";
let input = "";
for await (const chunk of process.stdin) input += chunk;
const { answer, faults } = JSON.parse(input);
const { heard } = await (await fetch("http://127.0.0.1:${callee}/heard")).json();
appendFileSync(${JSON.stringify(log)}, JSON.stringify([faults[0] ?? "no fault", JSON.parse(answer.body).saw, heard]) + "\\n");`,
  );
  const words = faults.map((fault) => ({ "wrong(cut)": "wrong", "error(503)": "error" })[fault] ?? `"${fault}"`);
  writeFileSync(
    file,
    `services:
  front:
    command: [${process.execPath}, ${script}, front, "${port}", ${client}]
    ready: "http://127.0.0.1:${port}/health"
    env: { ${env} }
    hook: ${way === "the hook"}
  callee:
    command: [${process.execPath}, ${script}, callee, "${callee}"]
    ready: "http://127.0.0.1:${callee}/health"
    url: "https://127.0.0.1:${secure}"
    env: { ${own} }
${way === "a proxy" ? `edges: [{ from: front, to: callee, listen: "127.0.0.1:${proxy}" }]\n` : ""}scenario:
  request: { url: "http://127.0.0.1:${port}/" }
  expect: { any: { status: 200 } }
  after: { command: [${process.execPath}, note.mjs] }
faults: [${words.join(", ")}]
budget: { faults: 1 }
`,
  );
  const { status, stdout, stderr } = ldfi(["hunt", file, "--exact"]);
  expect([status, stderr, stdout.includes("could not be injected")]).toEqual([0, stderr, false]);
  return readFileSync(log, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Seen[number]);
}

describe.each(columns)("$client ($protocol), by $way", (column) => {
  let seen: Seen = [];
  beforeAll(() => {
    seen = seenBy(column);
  });

  test.each(cells)("%s", (fault, saw, heard) => {
    const found = seen.find(([what]) => what.split(" at ")[0] === fault);
    // A proxy has taken the connection before it knows which call it is for.
    const expected = fault === "refused" && column.way === "a proxy" ? broken : saw;
    expect(found?.[1]).toMatch(expected);
    expect(found?.[2]).toBe(heard);
  });
});
