import { describe, expect, test } from "vitest";
import { randomNumbers } from "../../src/search/random.js";
import type { ExampleBug } from "./example-shop.js";
import { exampleShop } from "./example-shop.js";
import type { Bugs } from "./shop.js";
import { shop } from "./shop.js";
import type { Answer, Services, Simulation } from "./simulation.js";
import { enumerate, Failed, found, huntIn, kindsNamed, simulated, standard } from "./simulation.js";

const bugs: readonly (readonly [string, Bugs, readonly string[]])[] = [
  [
    "a fallback that asks what has just failed",
    { fallback: true },
    [
      "shop › GET catalog/price#1 › GET store/price#1",
      "shop › GET catalog/price#1 › GET cache/price#1 › GET store/price#1",
    ],
  ],
  ["an error swallowed into a 200", { swallowed: true }, ["shop › GET catalog/price#1 › GET store/price#1"]],
  [
    "a payment sent again after its answer was lost",
    { retry: true },
    ["shop › POST payment/pay#1 › POST bank/charge#1"],
  ],
  ["a timeout longer than the caller's", { patience: true }, ["shop › POST shipping/announce#1"]],
];

describe("hunting in simulated services", () => {
  test.each(bugs)("finds %s, smallest, in fewer runs than a fifth of the fault sets", async (_, switches, places) => {
    const result = await huntIn(simulated(shop(switches)));
    expect(result.verdict.kind).toBe("violated");
    if (result.verdict.kind !== "violated") return;
    const [finding, ...others] = result.verdict.findings;
    expect(others).toEqual([]);
    expect(finding.smallest).toBe(true);
    expect(finding.faults.map((fault) => (fault.kind === "call" ? fault.call : fault.service)).sort()).toEqual(
      [...places].sort(),
    );
    expect(result.facts.runs).toBeLessThan(result.facts.sets / 5);
  });

  test("finds the sets that enumeration finds, and counts as many", async () => {
    const switches = { fallback: true, retry: true, patience: true };
    const all = enumerate(shop(switches), standard, 2);
    for (const reach of ["by-service", "by-class"] as const) {
      const result = await huntIn(simulated(shop(switches)), { reach });
      expect([reach, found(result)]).toEqual([reach, all.minimal]);
      expect(result.facts.sets).toBe(all.sets);
    }
  });

  test("covers the corrected shop at two faults, as enumeration confirms", async () => {
    const result = await huntIn(simulated(shop()));
    expect(result.verdict).toEqual({ kind: "covered", plain: true });
    expect(enumerate(shop(), standard, 2)).toEqual({ sets: result.facts.sets, minimal: [] });
    expect(result.facts.runs).toBeLessThan(result.facts.sets / 5);
    expect(result.facts.covers).toContainEqual({
      faults: [{ kind: "call", call: "shop › GET catalog/price#1 › GET store/price#1", fault: "refused" }],
      call: "shop › GET catalog/price#1 › GET store/price#1",
      outcome: "full",
      instead: ["shop › GET catalog/price#1 › GET cache/price#1"],
    });
  });

  test("runs no set twice but to confirm, and the cheap kinds of one size before timeouts", async () => {
    const system = simulated(shop());
    await huntIn(system, { budget: 1 });
    expect(new Set(system.asked).size).toBe(system.asked.length);
    const first = system.asked.findIndex((set) => set.startsWith("timeout"));
    expect(system.asked.slice(first).every((set) => set.startsWith("timeout"))).toBe(true);
  });

  test("stops at the first finding unless all are wanted", async () => {
    const result = await huntIn(simulated(shop({ swallowed: true })), { all: false });
    expect(found(result)).toHaveLength(1);
    expect(result.verdict).toMatchObject({ kind: "violated", complete: false });
  });

  test("ends with what it knows at a limit", async () => {
    const result = await huntIn(simulated(shop()), { maxRuns: 9 });
    expect(result.verdict).toMatchObject({ kind: "inconclusive", stopped: { reason: "max-runs" } });
    expect(result.facts.runs).toBe(9);
  });

  test("a scenario that fails without faults is the finding", async () => {
    const broken = { ...shop(), judge: () => ({ good: false, outcome: "500" }) };
    expect((await huntIn(simulated(broken))).verdict).toMatchObject({ kind: "unfit", observation: { outcome: "500" } });
  });

  test("spared services are not disturbed, and their calls are listed", async () => {
    const system = simulated(shop());
    const { facts } = await huntIn(system, { spare: ["store"], budget: 1 });
    expect(system.asked.filter((set) => set.includes("store/price#1") || set.includes("down(store)"))).toEqual([]);
    expect(facts.spared).toContain("shop › GET catalog/price#1 › GET store/price#1");
  });
});

describe("the shop of the examples, simulated", () => {
  const switches: readonly (readonly ExampleBug[])[] = [[], ["fallback"], ["swallowed"], ["retry"], ["patience"]];

  test.each(switches)("%s: what enumeration finds, in fewer runs than a fifth of the fault sets", async (...bugs) => {
    const result = await huntIn(simulated(exampleShop(...bugs)));
    expect(found(result)).toEqual(enumerate(exampleShop(...bugs), standard, 2).minimal);
    expect(result.facts.runs).toBeLessThan(result.facts.sets / 5);
  });

  test("kinds that a caller treats alike are one kind, also where their service was down before", async () => {
    const system = simulated(exampleShop());
    await huntIn(system);
    const [first, second] = ["shop › POST payment/pay#1", "shop › POST payment/pay#2"];
    expect(system.asked).toContain("down(payment)");
    expect(system.asked).toContain(`error(503) at ${second} + refused at ${first}`);
    expect(system.asked).not.toContain(`error(503) at ${first} + error(503) at ${second}`);
  });

  test("the same answer after a wait is the same answer, unless waits add up", async () => {
    const system = simulated(exampleShop());
    await huntIn(system);
    const slow = "timeout at shop › GET catalog/price#1 › GET store/price#1";
    expect(system.asked).not.toContain(`refused at shop › POST store/reserve#1 + ${slow}`);
    expect(system.asked).toContain(`${slow} + timeout at shop › POST store/reserve#1`);
  });

  test("what ends as a confirmed finding at the same calls does is run once, or not at all", async () => {
    const system = simulated(exampleShop("swallowed"));
    const { verdict } = await huntIn(system);
    const call = "shop › GET catalog/price#1 › GET store/price#1";
    expect(verdict).toMatchObject({ kind: "violated", findings: [{ confirmed: 3, alike: { length: 3 } }] });
    expect(system.asked.filter((set) => set === `refused at ${call}`)).toHaveLength(3);
    expect(system.asked.filter((set) => set === `lost-response at ${call}`)).toHaveLength(1);
  });
});

describe("calls that are alike in everything and run at the same time", () => {
  /** Asks three times at once, and needs so many answers. */
  function asking(needed: number): Simulation<object> {
    return {
      services: {
        client: (_, { call }) => {
          const answers = [1, 2, 3].filter(() => tried(() => call("GET a/x")) !== undefined);
          return { status: answers.length < needed ? 500 : 200, body: "" };
        },
        a: () => ({ status: 200, body: "a" }),
      },
      state: () => ({}),
      root: "GET client/x",
      alike: "GET a/x",
      judge: ({ status }) => ({ good: status !== 500, outcome: String(status) }),
    };
  }
  const kinds = kindsNamed("refused", "lost-response");

  test("are disturbed all at once, or one of them", async () => {
    const few = await huntIn(simulated(asking(1)), { kinds });
    expect(found(few)).toEqual(["down(a)", "lost-response at client › GET a/x#all", "refused at client › GET a/x#all"]);
    const system = simulated(asking(3));
    const all = await huntIn(system, { kinds });
    expect(found(all)).toContain("refused at client › GET a/x#any");
    expect(system.asked.filter((set) => /#\d/.test(set))).toEqual([]);
    // Nothing, one of two kinds at one of two places, or the service is down.
    expect(all.facts.sets).toBe(6);
  });

  test("are covered if each of both was survived", async () => {
    const { verdict } = await huntIn(simulated(asking(0)), { kinds });
    expect(verdict).toEqual({ kind: "covered", plain: true });
  });
});

/* The two traps that make the obvious loop unsound: what succeeded in a good run as its support, cut by the next set. */

interface Ledger {
  entries: number;
}

function ledger(client: Services<Ledger>[string]): Simulation<Ledger> {
  return {
    services: {
      client,
      ledger: (_, { state }) => {
        state.entries++;
        return { status: 200, body: "entered" };
      },
      audit: () => ({ status: 200, body: "fine" }),
      book: (_, { call }) => {
        const fine = call("GET audit/check");
        return fine.status === 200 ? call("POST ledger/enter") : { status: 200, body: "nonsense" };
      },
    },
    state: () => ({ entries: 0 }),
    root: "POST client/enter",
    judge: ({ status, body }, { entries }) => ({
      good: entries <= 1 && body !== "nonsense",
      outcome: entries > 1 ? "entered twice" : `${status} ${body}`,
    }),
  };
}

function tried(work: () => Answer): Answer | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Failed) return undefined;
    throw error;
  }
}

describe("what a good run does not hide", () => {
  test("a survived refused does not hide lost-response at the same call", async () => {
    const retrying = ledger((_, { call }) => {
      const once = tried(() => call("POST ledger/enter"));
      return once ?? tried(() => call("POST ledger/enter")) ?? { status: 503, body: "later" };
    });
    for (const reach of ["exact", "by-service", "by-class"] as const)
      expect(found(await huntIn(simulated(retrying), { reach }))).toEqual([
        "lost-response at client › POST ledger/enter#1",
      ]);
  });

  test("a clean refusal does not hide what is below the call that was refused", async () => {
    const refusing = ledger((_, { call }) => tried(() => call("POST book/entry")) ?? { status: 503, body: "later" });
    const kinds = kindsNamed("refused", "error(503)");
    for (const reach of ["exact", "by-service", "by-class"] as const)
      expect(found(await huntIn(simulated(refusing), { reach, kinds }))).toContain(
        "error(503) at client › POST book/entry#1 › GET audit/check#1",
      );
  });

  test("faults that leave the call successful do not repeat for ever", async () => {
    const kinds = kindsNamed("duplicate", "delay(100)");
    for (const reach of ["by-service", "by-class"] as const) {
      const system = simulated(shop());
      const result = await huntIn(system, { reach, kinds });
      expect([reach, found(result)]).toEqual([reach, enumerate(shop(), kinds, 2).minimal]);
      if (result.verdict.kind !== "violated") expect(new Set(system.asked).size).toBe(system.asked.length);
    }
  });

  test("waits that are harmless one by one can add up", async () => {
    const patient: Simulation<object> = {
      services: {
        client: (_, { call }) => {
          for (const what of ["GET a/x", "GET b/x"]) tried(() => call(what, { timeout: 600 }));
          return { status: 200, body: "done" };
        },
        a: () => ({ status: 200, body: "a" }),
        b: () => ({ status: 200, body: "b" }),
      },
      state: () => ({}),
      root: "GET client/x",
      judge: (_, __, elapsed) => ({ good: elapsed < 1000, outcome: elapsed < 1000 ? "full" : "no answer in time" }),
    };
    expect(found(await huntIn(simulated(patient)))).toEqual([
      "timeout at client › GET a/x#1 + timeout at client › GET b/x#1",
    ]);
  });
});

describe("chance", () => {
  /** The shop, which answers garbage in five of a hundred runs. */
  function failing(): ReturnType<typeof shop> {
    const calm = shop();
    return {
      ...calm,
      services: {
        ...calm.services,
        shop: (request, context) =>
          context.chance() < 0.05
            ? { status: 200, body: "garbage" }
            : (calm.services.shop?.(request, context) as Answer),
      },
    };
  }

  test("services that fail by chance at 5 % give no finding in 150 runs", async () => {
    const reach = "exact";
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const result = await huntIn(simulated(failing(), randomNumbers(seed)), { reach, maxRuns: 150, calibration: 1 });
      expect(found(result)).toEqual([]);
      expect(result.facts.runs).toBeGreaterThan(result.verdict.kind === "unfit" ? 0 : 149);
      expect(result.facts.sometimes.length + result.facts.cleanFailures).toBeGreaterThan(0);
    }
  });

  test("a call that comes in half of the runs is never taken for covered", async () => {
    const wavering: Simulation<object> = {
      services: {
        client: (_, { call, chance }) => {
          if (chance() < 0.5 && tried(() => call("GET extra/x")) === undefined) return { status: 500, body: "oops" };
          return tried(() => call("GET a/x")) ?? { status: 503, body: "later" };
        },
        a: () => ({ status: 200, body: "a" }),
        extra: () => ({ status: 200, body: "extra" }),
      },
      state: () => ({}),
      root: "GET client/x",
      judge: ({ status }) => ({ good: status !== 500, outcome: String(status) }),
    };
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const { verdict, facts } = await huntIn(simulated(wavering, randomNumbers(seed)));
      expect(verdict).not.toEqual({ kind: "covered", plain: true });
      expect(verdict.kind === "covered" ? facts.unstable : ["client › GET extra/x#1"]).toContain(
        "client › GET extra/x#1",
      );
    }
  });

  test("a set that fails in some runs only is a line of its own, not a finding", async () => {
    const chances = randomNumbers(7);
    const sometimes: Simulation<object> = {
      services: {
        client: (_, { call, chance }) => {
          const answer = tried(() => call("GET a/x"));
          if (answer !== undefined) return answer;
          return chance() < 0.5 ? { status: 503, body: "later" } : { status: 500, body: "oops" };
        },
        a: () => ({ status: 200, body: "a" }),
      },
      state: () => ({}),
      root: "GET client/x",
      judge: ({ status }) => ({ good: status !== 500, outcome: String(status) }),
    };
    const { verdict, facts } = await huntIn(simulated(sometimes, chances));
    expect(verdict.kind).toBe("sometimes");
    expect(facts.sometimes.every(({ failed, runs }) => failed > 0 && failed < runs)).toBe(true);
  });
});
