import { expect, test } from "vitest";
import { randomServices } from "./random-services.js";
import { enumerate, found, huntIn, kindsNamed, simulate, simulated } from "./simulation.js";

const kinds = kindsNamed("refused", "timeout", "lost-response");

test("in services made by chance, every way to know finds what enumeration finds", async () => {
  let hunted = 0;
  let runs = 0;
  let sets = 0;
  for (let seed = 1; seed <= 80; seed++) {
    const simulation = randomServices(seed);
    const clean = simulate(simulation, []);
    if (!clean.good || clean.calls.length > 10) continue;
    const all = enumerate(simulation, kinds, 2);
    for (const reach of ["exact", "by-service", "by-class"] as const) {
      const result = await huntIn(simulated(simulation), { reach, kinds });
      expect([seed, reach, found(result)]).toEqual([seed, reach, all.minimal]);
      if (reach !== "by-class") continue;
      hunted++;
      runs += result.facts.runs;
      sets += result.facts.sets;
    }
  }
  expect(hunted).toBeGreaterThan(50);
  expect(runs).toBeLessThan(sets / 5);
});
