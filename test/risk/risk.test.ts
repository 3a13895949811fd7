import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fault } from "../../src/faults/kinds.js";
import { formatSchedule } from "../../src/faults/notation.js";
import { parseRate, Rates } from "../../src/faults/rates.js";
import type { Schedule } from "../../src/faults/schedule.js";
import { schedule } from "../../src/faults/schedule.js";
import { riskInWords } from "../../src/report/text/risk-words.js";
import type { Risk } from "../../src/risk/risk.js";
import { riskOf } from "../../src/risk/risk.js";
import { replay } from "../../src/search/replay.js";
import type { Setting } from "../../src/search/search.js";
import { unicodeMarks } from "../../src/wording/marks.js";
import { settingOf } from "../search/deciding.js";

function rates(...texts: readonly string[]): Rates {
  return new Rates(
    texts.map((text) => {
      const parsed = parseRate(text);
      if (parsed.kind === "problem") throw new Error(parsed.problem);
      return parsed.rate;
    }),
  );
}

function exact(risk: Risk): Extract<Risk, { readonly kind: "exact" }> {
  if (risk.kind !== "exact") throw new Error(risk.kind);
  return risk;
}

/** `a` sends once to `b`, which forwards to `c`; two ways lead to `c`. */
const relay = `send("a", "m")@1; peer("a", "b")@1; peer("a", "c")@1; peer("b", "c")@1; peer(X, Y)@next :- peer(X, Y);
got(X, M) :- send(X, M); got(X, M)@next :- got(X, M); got(Y, M)@async :- got(X, M), peer(X, Y);
pre(M) :- send(_, M)@1; post(M) :- got("b", M), got("c", M);`;

/** What one fault breaks, a second mends: a message too much is as bad as one too few. */
const parity = `send("a", 1)@1; to("a", "b")@1; to("a", "c")@1;
m(Y, X)@async :- send(X, _), to(X, Y); got(X)@next :- m(X, _); got(X)@next :- got(X);
both("x") :- got("b"), got("c"); one("x") :- got("b"), notin both("x"); one("x") :- got("c"), notin both("x");
pre("x")@3; post("x") :- both("x"); post("x") :- notin one("x"), pre("x");`;

describe("the probability of a violation", () => {
  test("of one message that must arrive is its rate", () => {
    const setting = settingOf(
      'm("a", 1)@1; got("b", X)@async :- m("a", X); got(Y, X)@next :- got(Y, X); pre(X) :- got("b", X); pre(1)@3; post(X) :- got("b", X);',
      { eot: 3, eff: 2, nodes: ["a", "b"] },
    );
    expect(exact(riskOf(setting, rates("omission=0.25"))).probability).toBeCloseTo(0.25, 15);
    expect(exact(riskOf(setting, rates("omission=0.25", "omission(a,b)=0.5"))).probability).toBeCloseTo(0.5, 15);
    // Without a rate nothing is lost.
    expect(exact(riskOf(setting, rates("crash=0"))).probability).toBe(0);
    // A crash of a at 1 has the same effect: 1 − 0.75 · 0.9.
    expect(exact(riskOf(setting, rates("omission=0.25", "crash=0.1"))).probability).toBeCloseTo(0.325, 15);
  });

  test("is not that of containing a minimal schedule: two losses can undo each other", () => {
    const risk = exact(riskOf(settingOf(parity, { eot: 3, eff: 2 }), rates("omission=0.5")));
    // Each loss alone violates, both together do not.
    expect(risk.probability).toBeCloseTo(0.5, 15);
    expect(risk.schedules.map((s) => [formatSchedule(s.schedule), s.probability])).toEqual([
      ["omit(a,b,1)", 0.25],
      ["omit(a,c,1)", 0.25],
    ]);
  });

  test.each([
    [
      "relay",
      relay,
      { eot: 4, eff: 3 },
      ["omission(a,c)=0.1", "omission(b,c)=0.2", "omission(a,b)=0.3", "crash(a)=0.05"],
    ],
    ["relay, crashes alone", relay, { eot: 4, eff: 3 }, ["crash=0.2"]],
    ["relay, one node spared", relay, { eot: 4, eff: 3, spare: ["b"] }, ["omission(a,c)=0.2", "crash(a)=0.1"]],
    ["parity", parity, { eot: 3, eff: 2 }, ["omission(a,b)=0.3", "omission(a,c)=0.4", "crash(a)=0.1"]],
  ] as const)("is the sum over all schedules that violate: %s", (_, text, options, list) => {
    const given = rates(...list);
    const risk = exact(riskOf(settingOf(text, { ...options, spare: "spare" in options ? options.spare : [] }), given));
    const setting: Setting = { ...settingOf(text, options), budget: risk.budget };
    expect(risk.probability).toBeCloseTo(bruteForce(setting, given), 12);
    expect(risk.complete).toBe(true);
    const shares = risk.schedules.reduce((sum, share) => sum + share.probability, 0);
    expect(shares).toBeCloseTo(risk.probability, 12);
  });

  test("names no schedule as minimal that was stopped before it was", () => {
    let isViolated = false;
    const risk = exact(
      riskOf(settingOf(relay, { eot: 4, eff: 3 }), rates("omission=0.1", "crash=0.05"), {
        interrupted: () => isViolated,
        onProgress: (progress) => {
          isViolated ||= progress.kind === "solving" && progress.isViolated;
        },
      }),
    );
    expect(isViolated).toBe(true);
    expect(risk).toMatchObject({ schedules: [], complete: false });
  });

  test("is the greatest over the inputs", () => {
    const open =
      '//! maybe send("a", "m")@1\npeer("a", "b")@1; got(Y, M)@async :- send(X, M), peer(X, Y); got(X, M)@next :- got(X, M); pre(M)@next :- send(_, M); pre(M)@next :- pre(M); post(M) :- got("b", M);';
    const risk = exact(riskOf(settingOf(open, { eot: 3, eff: 2 }), rates("omission=0.125")));
    expect(risk).toMatchObject({ probability: 0.125, inputs: [0] });
  });

  test("keeps its digits where it is very small", () => {
    const risk = exact(riskOf(settingOf(parity, { eot: 3, eff: 2 }), rates("omission(a,b)=1e-12")));
    expect(risk.probability / 1e-12).toBeCloseTo(1, 9);
  });

  test("has bounds where the diagram does not fit", () => {
    const setting = settingOf(relay, { eot: 4, eff: 3 });
    const given = rates("omission=0.1", "crash=0.05");
    const { probability } = exact(riskOf(setting, given));
    const bounds = riskOf(setting, given, { mostNodes: 10 });
    if (bounds.kind !== "bounds") throw new Error(bounds.kind);
    expect(bounds.least).toBeLessThanOrEqual(probability);
    expect(bounds.most).toBeGreaterThanOrEqual(probability);
    expect(bounds.least).toBeGreaterThan(0);
    expect(riskInWords(bounds, setting.program, unicodeMarks)[0]).toMatch(
      /^between 0\.\d+ and .*: the decision diagram is too large/,
    );
  });

  test("is not computed for kinds that have no rate", () => {
    expect(riskOf(settingOf(relay, { eot: 4, delays: 1 }), rates("omission=0.1"))).toEqual({
      kind: "none",
      why: "only losses and crashes can have rates, but the budget has delays",
    });
    expect(riskOf(settingOf(relay, { eot: 4 }), rates("crash(x)=0.1"))).toEqual({
      kind: "none",
      why: "a rate names x, which is not a node",
    });
  });
});

describe("a rate", () => {
  test.each([
    ["omission=0.01", { kind: "omission", names: [], probability: 0.01 }],
    ["omission(a,b): 1e-3", { kind: "omission", names: ["a", "b"], probability: 0.001 }],
    ['crash("x,y")=1', { kind: "crash", names: ["x,y"], probability: 1 }],
  ])("%s", (text, rate) => {
    expect(parseRate(text)).toEqual({ kind: "rate", rate });
  });

  test.each([
    ["omission", "Give a kind and a probability: omission=0.01, crash(c)=0.001."],
    ["delay=0.1", "Only omission and crash can have a rate, not delay."],
    ["crash=1.5", "A probability is a number from 0 to 1, not 1.5."],
    ["crash=high", "A probability is a number from 0 to 1, not high."],
    ["omission(a)=0.1", "Name the sender and the receiver: omission(a,b)=0.1."],
  ])("%s is none", (text, problem) => {
    expect(parseRate(text)).toEqual({ kind: "problem", problem });
  });
});

test("for random rates the parts of a small program add up to its sum", () => {
  const setting = settingOf(relay, { eot: 3, eff: 2 });
  const probability = fc.integer({ min: 0, max: 8 }).map((n) => n / 8);
  fc.assert(
    fc.property(probability, probability, probability, (o, ab, c) => {
      const given = rates(`omission(a,c)=${o}`, `omission(a,b)=${ab}`, `crash(a)=${c}`);
      const risk = exact(riskOf(setting, given));
      expect(risk.probability).toBeCloseTo(bruteForce({ ...setting, budget: risk.budget }, given), 10);
    }),
    { numRuns: 10 },
  );
});

/** Runs every schedule of the budget, and adds the probabilities of those that violate. */
function bruteForce(setting: Setting, given: Rates): number {
  const { nodes, spare, eot, eff, crashes, omissions } = setting.budget;
  const open = nodes.filter((node) => !spare.includes(node));
  let choices: readonly { readonly faults: Schedule; readonly p: number }[] = [{ faults: [], p: 1 }];
  const choose = (options: readonly { readonly fault?: Fault; readonly p: number }[]): void => {
    choices = choices.flatMap(({ faults, p }) =>
      options
        .filter((option) => option.p > 0)
        .map((option) => ({
          faults: option.fault === undefined ? faults : [...faults, option.fault],
          p: p * option.p,
        })),
    );
  };
  for (const node of crashes === 0 ? [] : open) {
    const rate = given.ofCrash(node);
    const at = Array.from({ length: eot }, (_, i) => i + 1);
    choose([
      { p: (1 - rate) ** eot },
      ...at.map((t) => ({ fault: { kind: "crash" as const, node, at: t }, p: (1 - rate) ** (t - 1) * rate })),
    ]);
  }
  for (const from of omissions === 0 ? [] : open)
    for (const to of open)
      for (let at = 1; from !== to && at < eff; at++) {
        const rate = given.ofOmission({ from, to });
        choose([{ p: 1 - rate }, { fault: { kind: "omission", from, to, at }, p: rate }]);
      }
  return choices.reduce((sum, { faults, p }) => {
    const run = replay(setting, schedule(faults), {});
    if (run.kind !== "run") throw new Error(run.kind);
    return run.run.witnesses.length > 0 ? sum + p : sum;
  }, 0);
}
