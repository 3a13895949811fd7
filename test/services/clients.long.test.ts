import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ldfi, root } from "../cli/ldfi.js";
import { certificateIn } from "./certificate.js";

/*
 * Each client of Node.js with each fault, by the hook and by a proxy: what it sees, how often the callee heard of it, and that the clients
 * beside it notice nothing. Connections are kept, so that there is one already which must not be taken. The table of docs/services.md.
 */

const folder = join(root, "test", "services", "clients");

const certificate = mkdtempSync(join(tmpdir(), "ldfi-certificate-"));

beforeAll(() => {
  certificateIn(certificate);
  if (existsSync(join(folder, "node_modules"))) return;
  const { status, stderr } = spawnSync("npm", ["ci", "--ignore-scripts"], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
});

const clients = [
  "module",
  "agent",
  "fetch",
  "axios",
  "got",
  ...["undici5", "undici6", "undici7"].flatMap((undici) =>
    ["agent", "pool", "client"].map((way) => `${undici}-${way}`),
  ),
];
const whole = /^200 \{"hello":1\}$/;
const broken = /^(ECONNRESET|UND_ERR_SOCKET)$/;
const refused = /^ECONNREFUSED$/;
const late = /^(LATE|ECONNABORTED|ETIMEDOUT|TimeoutError|UND_ERR_HEADERS_TIMEOUT)$/;

/** As in the hunt file, as in reports, what the client sees, and how often the callee hears of it. */
const cells: readonly (readonly [written: string, fault: string, saw: RegExp, heard: number])[] = [
  ["refused", "refused", refused, 0],
  ["reset", "reset", broken, 0],
  ["error", "error(503)", /^503 $/, 0],
  ["timeout", "timeout", late, 0],
  ["lost-response", "lost-response", broken, 1],
  ["duplicate", "duplicate", whole, 2],
  ['"delay(100ms)"', "delay(100ms)", whole, 1],
  ["wrong", "wrong(cut)", /^200 \{"hel/, 1],
  ["{ wrong: { hello: 2 } }", "wrong(32f5)", /^200 \{"hello":2\}$/, 1],
];

const columns = [
  { way: "the hook", protocol: "http" },
  { way: "the hook", protocol: "https" },
  { way: "a proxy", protocol: "http" },
].map((column, i) => ({ ...column, port: 21_000 + (process.pid % 500) * 20 + i * 5 }));

interface Seen {
  readonly faults: readonly string[];
  readonly saw: Readonly<Record<string, string>>;
  readonly heard: Readonly<Record<string, number>>;
}

/** One hunt, in which each fault is injected once at each client. */
function seenBy({ way, protocol, port }: (typeof columns)[number]): readonly Seen[] {
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
const heard = await (await fetch("http://127.0.0.1:${callee}/heard")).json();
appendFileSync(${JSON.stringify(log)}, JSON.stringify({ faults, saw: JSON.parse(answer.body), heard }) + "\\n");`,
  );
  writeFileSync(
    file,
    `services:
  front:
    command: [${process.execPath}, ${script}, front, "${port}"]
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
  timeout: 60s
faults: [${cells.map(([written]) => written).join(", ")}, down]
budget: { faults: 1 }
`,
  );
  const { status, stdout, stderr } = ldfi(["hunt", file, "--exact"]);
  expect([status, stderr, stdout.includes("could not be injected")]).toEqual([0, stderr, false]);
  return readFileSync(log, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Seen);
}

describe.each(columns)("$protocol, by $way", (column) => {
  let seen: readonly Seen[] = [];
  beforeAll(() => {
    seen = seenBy(column);
  });

  const as = (saw: RegExp): RegExp => (saw === refused && column.way === "a proxy" ? broken : saw);
  const undisturbed = Object.fromEntries(clients.map((client) => [client, expect.stringMatching(whole)]));
  const once = Object.fromEntries(clients.map((client) => [client, 1]));

  test("without a fault", () => {
    const runs = seen.filter(({ faults }) => faults.length === 0);
    expect(runs.length).toBeGreaterThanOrEqual(5);
    for (const run of runs) expect(run).toEqual({ faults: [], saw: undisturbed, heard: once });
  });

  describe.each(clients)("%s", (client) => {
    test.each(cells)("%s", (_, fault, saw, times) => {
      const method = client === "agent" ? "POST" : "GET";
      const run = seen.find(({ faults }) => faults[0] === `${fault} at front › ${method} callee/${client}#1`);
      const { [client]: own, ...others } = once;
      expect(own).toBe(1);
      expect(run?.saw).toEqual({ ...undisturbed, [client]: expect.stringMatching(as(saw)) });
      expect(run?.heard).toEqual(times === 0 ? others : { ...others, [client]: times });
    });
  });

  test("down: every client is refused, and the callee hears of none", () => {
    const run = seen.find(({ faults }) => faults[0] === "down(callee)");
    expect(run?.saw).toEqual(Object.fromEntries(clients.map((client) => [client, expect.stringMatching(as(refused))])));
    expect(run?.heard).toEqual({});
  });
});
