import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatHuntFaults } from "../../src/hunting/fault.js";
import { root } from "../cli/ldfi.js";
import { hunted, nextPort } from "./small-hunts.js";

/*
 * Calls of one kind, some under faults alone: which of them is lost matters, and they come in another order each time, at the same time
 * or, as it also may look on a busy machine, one after the other.
 */

function fanFile(proxies: boolean, how: "at-once" | "in-turn"): string {
  const base = nextPort();
  const [stock, spare] = proxies ? [base + 3, base + 4] : [base + 1, base + 2];
  const edges = `edges:
  - { from: front, to: stock, listen: "127.0.0.1:${stock}" }
  - { from: front, to: spare, listen: "127.0.0.1:${spare}" }
`;
  const script = join(root, "test", "services", "fan.mjs");
  const service = (role: string, i: number): string => `  ${role}:
    command: [${process.execPath}, ${script}, ${role}, "${base + i}", "${stock}", "${spare}", ${how}]
    hook: ${!proxies}
    ready: http://127.0.0.1:${base + i}/health
`;
  const file = join(mkdtempSync(join(tmpdir(), "ldfi-fan-")), "fan.hunt.yaml");
  writeFileSync(
    file,
    `services:
${["front", "stock", "spare"].map(service).join("")}${proxies ? edges : ""}scenario:
  request: { url: "http://127.0.0.1:${base}/" }
  expect:
    full: { status: 200, json: { ok: true } }
    declined: { status: 503 }
faults: [refused, down]
budget: { faults: 2 }
`,
  );
  return file;
}

type Hunted = ReturnType<typeof hunted>;

/** All sets that fail, whichever of those at the same calls was found first. */
const failing = ({ findings }: Hunted): readonly string[] =>
  (findings ?? []).flatMap(({ faults, alike }) => [faults, ...alike].map(formatHuntFaults)).sort();

describe.each([
  ["at once, seen by hooks", false, "at-once"],
  ["at once, seen at proxies", true, "at-once"],
  ["in turn, seen by hooks", false, "in-turn"],
  ["in turn, seen at proxies", true, "in-turn"],
] as const)("calls that come in any order, %s", (_, proxies, how) => {
  const file = fanFile(proxies, how);
  const result = hunted(file, "--all");

  test("are told apart by what they carry: those are found that matter", () => {
    const unseen = [expect.stringMatching(/^these services have no hook.*\n {2}stock\n {2}spare$/)];
    expect(result).toMatchObject({ verdict: "violated", reservations: proxies ? unseen : [] });
    expect(result.calls).toHaveLength(6);
    const sets = failing(result);
    expect(sets.map((text) => text.replace(/\[[0-9a-f]+\]/g, "[…]"))).toEqual([
      "down(spare) + refused at front › POST stock/left[…]#1",
      "down(stock) + refused at front › POST spare/left[…]#1",
      "refused at front › POST spare/left[…]#1 + refused at front › POST stock/left[…]#1",
    ]);
    // It is the same item in all.
    expect(new Set(sets.flatMap((text) => text.match(/\[[0-9a-f]+\]/g) ?? [])).size).toBe(1);
  });

  test("are found again by another process that has not seen them", () => {
    for (const text of failing(result))
      expect(hunted(file, "--only", text)).toMatchObject({ verdict: "violated", findings: [{ text }] });
  });

  test("keep their names when a hunt is interrupted and goes on", () => {
    const interrupted = hunted(file, "--all", "--max-runs", "22");
    expect(interrupted.runs).toBe(22);
    const resumed = hunted(file, "--all", "--resume");
    expect([resumed.resumed, resumed.reservations, failing(resumed)]).toEqual([
      22,
      result.reservations,
      failing(result),
    ]);
  });
});
