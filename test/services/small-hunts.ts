import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "vitest";
import type { HuntFaults } from "../../src/hunting/fault.js";
import { ldfi, root } from "../cli/ldfi.js";

/* Hunts of the small services of services.mjs in real processes, over real sockets, by the built command. */

let nextBase = 20_000 + (process.pid % 250) * 50;

/** A port that nothing else of this file's hunts has. */
export function nextPort(): number {
  nextBase += 10;
  return nextBase - 10;
}

interface Wanted {
  readonly bugs?: string;
  readonly faults?: string;
  readonly budget?: number;
  readonly more?: string;
}

/** A hunt file for the small services, on ports of its own, in a folder of its own. */
export function huntFile({
  bugs = "",
  faults = "[refused, error, lost-response]",
  budget = 1,
  more = "",
}: Wanted = {}): string {
  const base = nextPort();
  const folder = mkdtempSync(join(tmpdir(), "ldfi-hunt-"));
  const script = join(root, "test", "services", "services.mjs");
  const service = (role: string, i: number): string => `  ${role}:
    command: [${process.execPath}, ${script}, ${role}, "${base + i}"]
    env: { BASE: "${base}", BUGS: "${bugs}" }
    ready: http://127.0.0.1:${base + i}/health
    within: 20s
`;
  const file = join(folder, "test.hunt.yaml");
  writeFileSync(
    file,
    `name: an order is entered once
services:
${["front", "stock", "spare", "ledger"].map(service).join("")}scenario:
  request: { method: POST, url: "http://127.0.0.1:${base}/order", json: { item: 1, token: bodysecret } }
  expect:
    full: { status: 200, json: { ok: true } }
    refused: { status: 503, json: { ok: false } }
  timeout: 8s
faults: ${faults}
budget: { faults: ${budget} }
${more}`,
  );
  return file;
}

const schema = JSON.parse(readFileSync(join(root, "schema", "hunt.schema.json"), "utf8")) as object;
export const fitsSchema = new Ajv2020({ strict: false }).compile(schema);

interface Document {
  readonly verdict: string;
  readonly findings?: readonly {
    readonly text: string;
    readonly smallest: boolean;
    readonly faults: HuntFaults;
    readonly alike: readonly HuntFaults[];
  }[];
  readonly runs: number;
  readonly resumed: number;
  readonly sets: { readonly ran: number; readonly all: number };
  readonly calls: readonly { readonly id: string }[];
  readonly reservations: readonly string[];
}

export function hunted(file: string, ...words: readonly string[]): Document & { readonly status: number | null } {
  const { status, stdout, stderr } = ldfi(["hunt", file, "--format", "json", ...words]);
  if (stdout === "") throw new Error(stderr);
  const document = JSON.parse(stdout) as Document;
  expect([document.verdict, fitsSchema(document), fitsSchema.errors]).toEqual([document.verdict, true, null]);
  return { ...document, status };
}
