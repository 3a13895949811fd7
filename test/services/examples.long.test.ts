import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ldfi, root } from "../cli/ldfi.js";

/* Hunts in the examples, with each of their bugs and without. */

interface Document {
  readonly verdict: string;
  readonly findings?: readonly { readonly text: string; readonly smallest: boolean }[];
  readonly runs: number;
  readonly sets: { readonly ran: number; readonly all: number };
  readonly reservations: readonly string[];
}

function hunted(file: string, bugs: string, ...words: readonly string[]): Document {
  const { stdout, stderr } = ldfi(["hunt", join("examples", file), "--format", "json", ...words], {
    env: { BUGS: bugs, HOME: process.env.HOME ?? "" },
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Document;
}

/** On a machine so busy that services time out by themselves, more is run: then nothing is claimed about the number. */
function expectFewRuns({ runs, sets, reservations }: Document): void {
  if (reservations.length === 0) expect(runs).toBeLessThan(sets.all / 5);
}

describe("the shop", () => {
  const folder = join(root, "examples", "shop");

  beforeAll(() => {
    if (existsSync(join(folder, "node_modules"))) return;
    const { status, stderr } = spawnSync("npm", ["ci", "--ignore-scripts"], { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  });

  const store = "shop › GET catalog/price/{}#1 › GET store/price/{}#1";
  test.each([
    ["retry", "lost-response at shop › POST payment/pay#1"],
    ["patience", "timeout at shop › POST payment/pay#1"],
    ["swallowed", `refused at ${store}`],
    [
      "fallback",
      `refused at shop › GET catalog/price/{}#1 › GET cache/price/{}#1 › GET store/price/{}#1 + refused at ${store}`,
    ],
  ])("with the bug %s: the smallest faults that show it", (bug, faults) => {
    const result = hunted("shop/shop.hunt.yaml", bug, "--all");
    expect(result).toMatchObject({ verdict: "violated", findings: [{ text: faults, smallest: true }] });
    expectFewRuns(result);
  });

  test("without bugs: covered at two faults", () => {
    const result = hunted("shop/shop.hunt.yaml", "");
    expect(result.verdict).toBe("covered");
    expectFewRuns(result);
  });
});

describe("the orders", () => {
  test("an order that the worker does not take is lost, if the queue forgets it", () => {
    const result = hunted("orders/orders.hunt.yaml", "drop", "--all", "--faults", "1");
    expect(result.verdict).toBe("violated");
    expect(result.findings?.map(({ text }) => text)).toEqual([
      "refused at gateway › POST queue/jobs#1 › POST worker/work#1",
    ]);
  });

  test("an order is worked twice, if the worker does not recognise it", () => {
    const result = hunted("orders/orders.hunt.yaml", "twice", "--all", "--faults", "1");
    expect(result.findings?.map(({ text }) => text)).toEqual([
      "lost-response at gateway › POST queue/jobs#1 › POST worker/work#1",
    ]);
  });

  test("without bugs: covered at two faults", () => {
    const result = hunted("orders/orders.hunt.yaml", "");
    expect(result.verdict).toBe("covered");
    expectFewRuns(result);
  });
});
