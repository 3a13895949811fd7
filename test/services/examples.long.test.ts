import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { formatHuntFaults } from "../../src/hunting/fault.js";
import { enumerate } from "./enumeration.js";
import type { Document } from "./examples.js";
import { huntedExample, huntFileOf, installShop } from "./examples.js";

/* Hunts in the examples, with each of their bugs and without. */

/** On a machine so busy that services time out by themselves, more is run: then nothing is claimed about the number. */
function expectFewRuns({ runs, sets, reservations }: Document): void {
  if (reservations.length === 0) expect(runs).toBeLessThan(sets.all / 5);
}

beforeAll(installShop);

describe("the shop", () => {
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
    const result = huntedExample("shop", bug, "--all");
    expect(result).toMatchObject({ verdict: "violated", findings: [{ text: faults, smallest: true }] });
    expectFewRuns(result);
  });

  test("without bugs: covered at two faults", () => {
    const result = huntedExample("shop", "");
    expect(result.verdict).toBe("covered");
    expectFewRuns(result);
  });
});

describe("the orders", () => {
  test("an order that the worker does not take is lost, if the queue forgets it", () => {
    const result = huntedExample("orders", "drop", "--all", "--faults", "1");
    expect(result.verdict).toBe("violated");
    expect(result.findings?.map(({ text }) => text)).toEqual([
      "refused at gateway › POST queue/jobs#1 › POST worker/work#1",
    ]);
  });

  test("an order is worked twice, if the worker does not recognise it", () => {
    const result = huntedExample("orders", "twice", "--all", "--faults", "1");
    expect(result.findings?.map(({ text }) => text)).toEqual([
      "lost-response at gateway › POST queue/jobs#1 › POST worker/work#1",
    ]);
  });

  test("without bugs: covered at two faults", () => {
    const result = huntedExample("orders", "");
    expect(result.verdict).toBe("covered");
    expectFewRuns(result);
  });
});

describe.each([
  ["shop", "", 347],
  ["shop", "fallback", 459],
  ["orders", "", 271],
])("%s with the bugs `%s`: %d sets", (example, bugs, sets) => {
  const { BUGS } = process.env;
  afterEach(() => {
    if (BUGS === undefined) delete process.env.BUGS;
    else process.env.BUGS = BUGS;
  });

  // What a hunt concludes from a few dozen runs is what running every set of at most two faults shows.
  test("the same calls, and the same sets fail that contain no other", async () => {
    process.env.BUGS = bugs;
    const every = await enumerate(huntFileOf(example));
    const hunt = huntedExample(example, bugs, "--all");
    const found = hunt.findings?.flatMap(({ faults, alike }) => [faults, ...alike]) ?? [];
    expect({
      calls: [...every.calls].sort(),
      sets: every.sets,
      minimal: every.minimal,
      sometimes: every.sometimes,
    }).toEqual({
      ...{
        calls: hunt.calls.map(({ id }) => id).sort(),
        sets,
        minimal: found.map(formatHuntFaults).sort(),
        sometimes: [],
      },
    });
    expect([hunt.verdict, hunt.sets.all]).toEqual([found.length === 0 ? "covered" : "violated", sets]);
    expect(hunt.findings?.every(({ smallest }) => smallest) ?? true).toBe(true);
  });
});
