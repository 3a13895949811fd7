import { describe, expect, test } from "vitest";
import { boundRows } from "../../src/faults/bounds.js";
import { buildAllSchedules } from "../../src/lineage/all-schedules.js";
import { progressLine } from "../../src/report/terminal/progress.js";
import { phaseInWords } from "../../src/report/text/phase-words.js";
import type { CheckOptions } from "../../src/search/check.js";
import { check, prepare } from "../../src/search/check.js";
import { continued, estimate } from "../../src/search/estimate.js";
import type { Progress, Verdict } from "../../src/search/verdict.js";
import { settingOf, verdictOn } from "./deciding.js";
import { libraryProgram } from "./library-program.js";

const kinds = boundRows.flatMap(({ bound }) => (bound === "lateness" || bound === "maxFaults" ? [] : [bound]));

/** The verdict of a check that is interrupted when it first does something. */
function interruptedWhile(kind: Progress["kind"], eot: number): Verdict {
  const options = { eot, crashes: 1 };
  const { setting } = prepare(libraryProgram("consensus/paxos-synod"), options);
  if (setting === undefined) throw new Error("the setting was refused");
  let reached = false;
  const result = check(setting, {
    ...options,
    interrupted: () => reached,
    onProgress: (progress) => {
      reached ||= progress.kind === kind;
    },
  });
  if (result.kind === "error") throw new Error(result.error.kind);
  return result.verdict;
}

describe("an interrupted check says what it was doing", () => {
  test("while a program is run", () => {
    expect(phaseInWords({ kind: "running", known: { executions: 4 } })).toBe("while execution 5 was run");
  });

  test("while the lineage is built, with instant, tuples and graph nodes", () => {
    const verdict = interruptedWhile("building", 8);
    expect(verdict.kind === "inconclusive" && verdict.during).toMatchObject({ kind: "building", instant: 1, eot: 8 });
    const words = verdict.kind === "inconclusive" && verdict.during !== undefined ? phaseInWords(verdict.during) : "";
    expect(words).toBe("while instant 1 of 8 was built, after 0 tuples and 1 graph node");
  });

  test("while clauses are made, and times include what was interrupted", () => {
    const verdict = interruptedWhile("encoding", 8);
    const during = verdict.kind === "inconclusive" ? verdict.during : undefined;
    expect(during?.kind).toBe("encoding");
    expect(during !== undefined && phaseInWords(during)).toMatch(/^while clauses were made of [\d,]+ graph nodes$/);
    const { build, encode } = verdict.statistics.times;
    expect(build > 0 && encode > 0).toBe(true);
  });

  test("while the solver works, with its clauses", () => {
    const during: Progress = { kind: "solving", known: { executions: 1 }, atMost: 3, isViolated: false, clauses: 1234 };
    expect(phaseInWords(during)).toBe("while the solver looked for a violation with at most 3 faults in 1,234 clauses");
    const proof = { conflicts: 25_836, perSecond: 2541 };
    expect(phaseInWords({ ...during, proof })).toMatch(/ in 1,234 clauses, after 25,836 conflicts$/);
    expect(progressLine({ ...during, proof })).toMatch(/ · 1,234 clauses · 25,836 conflicts, 2,541 a second$/);
    // A brief call is not interrupted; it is the next one that does not take place.
    const verdict = interruptedWhile("solving", 8);
    expect(verdict.kind).toBe("holds");
  });
});

test("a search ends in the middle of a long proof", () => {
  let isLong = false;
  const { setting } = prepare(libraryProgram("large/vsr"), { eot: 20 });
  if (setting === undefined) throw new Error("the setting was refused");
  const result = check(setting, {
    interrupted: () => isLong,
    onProgress: (progress) => {
      isLong ||= progress.kind === "solving" && progress.proof !== undefined;
    },
  });
  expect(result).toMatchObject({
    kind: "verdict",
    verdict: {
      kind: "inconclusive",
      reason: "interrupted",
      during: { kind: "solving", atMost: undefined, proof: { conflicts: 2000 } },
    },
  });
});

describe("a lineage that is given up", () => {
  const amounts = Array.from({ length: 8 }, (_, i) => `amount("m${i}", ${2 ** i})@1;`).join(" ");
  const sums = `${amounts} paid("bank", N, V)@async :- amount(N, V); total(B, sum<V>) :- paid(B, _, V);
    pre(B, S) :- total(B, S); post(B, S) :- total(B, S);`;

  test("is reported with its reason, its rule and the instant", () => {
    const verdict = verdictOn(sums, { eot: 3, maxTuples: 100 });
    const program = settingOf(sums, { eot: 3 }).program;
    const total = program.rules.findIndex(({ head }) => program.relations[head.relation]?.name === "total");
    expect(verdict.statistics.givenUp).toEqual({
      detail: "an aggregate has more than 100 possible results",
      at: { rule: total, instant: 2 },
    });
  });

  test("is not, where the rest of the graph carries as many tuples as the aggregate has results", () => {
    expect(verdictOn(sums, { eot: 3, maxTuples: 1000 }).statistics.givenUp).toBeUndefined();
  });
});

describe("a budget whose lineage is too large", () => {
  // Nine losses or delays are needed before the bank is short, and every subset of payments is another total.
  const amounts = Array.from({ length: 9 }, (_, i) => `amount("m${i}", ${2 ** i})@1;`).join(" ");
  const program = `${amounts} paid("bank", N, V)@async :- amount(N, V); paid(B, N, V)@next :- paid(B, N, V);
    total(B, sum<V>) :- paid(B, _, V); pre(B) :- paid(B, _, _); post(B) :- total(B, S), S > 255;`;

  test.each(kinds)("of %s: alternation decides, or ends with what is known", (bound) => {
    const verdict = verdictOn(program, { eot: 4, [bound]: 1, maxTuples: 100, maxRuns: 12 });
    expect(verdict.statistics.givenUp?.detail).toBe("an aggregate has more than 100 possible results");
    expect(verdict.statistics.executions).toBeLessThanOrEqual(12);
    if (verdict.kind === "inconclusive") expect(verdict.reason).toBe("max-runs");
    else expect(verdict).toMatchObject({ kind: "violated", method: "alternation" });
  });
});

describe("what the graph's nodes come from", () => {
  test("is listed by relation, the largest first, with the columns that vary", () => {
    const amounts = Array.from({ length: 8 }, (_, i) => `amount("m${i}", ${2 ** i})@1;`).join(" ");
    const { statistics } = verdictOn(
      `${amounts} paid("bank", N, V)@async :- amount(N, V); paid(B, N, V)@next :- paid(B, N, V);
       total(B, sum<V>) :- paid(B, _, V); pre(B, S) :- total(B, S); post(B, S) :- total(B, S);`,
      { eot: 3 },
    );
    const [largest, ...others] = statistics.graphByRelation ?? [];
    expect(largest).toMatchObject({ tuples: 255, columns: [{ column: 2, values: 255 }] });
    expect(others).toEqual([]);
    expect(largest?.nodes).toBeGreaterThan(255);
  });
});

test.each<[string, number, CheckOptions]>([
  ["delivery/ack", 20, { crashes: 1 }],
  ["consensus/paxos-synod", 20, { crashes: 1 }],
  ["replication/kafka-isr", 20, { crashes: 1 }],
  ["replication/kafka-isr-clean", 20, { crashes: 1 }],
  ["commit/2pc-ctp", 20, { crashes: 1 }],
  ["membership/one-way-refuted", 20, { crashes: 0 }],
  ["large/chain", 20, { crashes: 1 }],
  ["large/multi-paxos", 20, { crashes: 1 }],
  ["large/vsr", 20, { crashes: 1 }],
  ["large/percolator", 20, { crashes: 1 }],
  ["large/shards", 20, { crashes: 1 }],
  ["large/raft", 20, { crashes: 1 }],
  // Half of the instants are those of their rise; the run without faults shows that it ends.
  ["large/chain", 12, { crashes: 0 }],
  ["consensus/two-leaders", 9, { omissions: 0, restarts: 1 }],
  ["consensus/raft-election", 8, { restarts: 1 }],
  ["bugs/cornerstone-65", 9, { omissions: 0, pauses: 1 }],
])(
  "the size of %s at EOT %i is known within a factor of three at twice the instant that was built to",
  (name, eot, faults) => {
    const options = { eot, ...faults };
    const { setting } = prepare(libraryProgram(name), options);
    if (setting === undefined) throw new Error("the setting was refused");
    const { program, budget, memory } = setting;
    const all = buildAllSchedules(program, budget, { maxTuples: 100_000, keepAll: false, memory });
    const size = all.kind === "built" ? all.graph.size : 0;
    const { samples, builtTo, nodes } = estimate(setting, { ...options, now: () => 0 }, Math.floor(eot / 2));
    expect(builtTo).toBe(Math.floor(eot / 2));
    expect(samples.every((sample) => sample.eot <= builtTo)).toBe(true);
    expect(nodes).toBeGreaterThan(size / 3);
    expect(nodes).toBeLessThan(3 * size);
  },
);

describe("a size is continued", () => {
  const instants = Array.from({ length: 21 }, (_, t) => t);
  const sizes = instants.slice(0, 11).map((t) => 10 * t ** 2);

  test("as a power of the instant, if nothing is known of the run without faults at the end", () => {
    for (const tuples of [[], instants.slice(0, 20)]) {
      expect(continued(sizes, tuples, 20) / (10 * 20 ** 2)).toBeCloseTo(1, 0);
    }
  });

  test("by less, the fewer tuples the run without faults has after what was built", () => {
    const [rising, even, ended] = [instants.map((t) => t ** 2), instants, instants.map((t) => Math.min(t, 10))].map(
      (tuples) => continued(sizes, tuples, 20),
    );
    expect(rising).toBeGreaterThan(0.8 * 10 * 20 ** 2);
    expect(even).toBeLessThan(1.2 * 10 * 20 ** 2);
    expect(ended).toBeLessThan(0.6 * (even ?? 0));
    expect(ended).toBeGreaterThanOrEqual(sizes[10] ?? 0);
  });
});

test("an estimate has the check itself where that takes no longer", () => {
  let clock = 0;
  const options = { eot: 6, crashes: 1, now: () => clock++ };
  const { setting } = prepare(libraryProgram("delivery/ack"), options);
  if (setting === undefined) throw new Error("the setting was refused");
  const { samples, builtTo, nodes } = estimate(setting, options);
  expect(samples.map(({ eot }) => eot)).toEqual([3, 4, 5, 6]);
  expect(builtTo).toBe(6);
  // The violations, which are formed afterwards, add some.
  expect(samples.at(-1)?.nodes).toBeGreaterThanOrEqual(nodes);
  expect(samples.at(-1)?.nodes).toBeLessThan(1.1 * nodes);
});

test("an estimate builds until its time is up, and says up to where", () => {
  let clock = 0;
  const options = { eot: 200, crashes: 1, now: () => (clock += 100) };
  const { setting } = prepare(libraryProgram("delivery/ack"), options);
  if (setting === undefined) throw new Error("the setting was refused");
  const { samples, builtTo, nodes, milliseconds = 0 } = estimate(setting, options);
  expect(samples.length).toBeGreaterThan(0);
  expect(builtTo).toBe(25);
  expect(nodes).toBeGreaterThan(1000);
  expect(milliseconds).toBeGreaterThan(0);
});

/** A clock that shows the work done so far: graph nodes built, and clauses put to the solver, as often as it is asked. */
function workClock(millisecondsEach: number): Required<Pick<CheckOptions, "now" | "onProgress">> {
  let [work, built] = [0, 0];
  return {
    now: () => work * millisecondsEach,
    onProgress: (progress) => {
      if (progress.kind === "building") {
        work += Math.max(0, progress.nodes - built);
        built = progress.nodes;
      }
      if (progress.kind === "solving") work += progress.clauses ?? 0;
    },
  };
}

test.each([
  ["delivery/ack", 1],
  ["delivery/redundant", 1],
  ["streaming/flux", 1],
  // Its first samples ask the solver nothing.
  ["replication/kafka-isr-clean", 1],
  ["replication/kafka-isr-clean", 2],
])("the work for %s is known within a factor of three by samples of a quarter of it", (name, crashes) => {
  const options = { eot: 20, crashes };
  const { setting } = prepare(libraryProgram(name), options);
  if (setting === undefined) throw new Error("the setting was refused");
  const whole = (millisecondsEach: number): Verdict["statistics"] => {
    const result = check(setting, workClock(millisecondsEach));
    if (result.kind === "error") throw new Error(result.error.kind);
    return result.verdict.statistics;
  };
  const each = 10_000 / whole(1).times.total;
  const { samples, builtTo, nodes, milliseconds = 0 } = estimate(setting, { ...options, ...workClock(each) });
  expect(samples.length).toBeGreaterThan(2);
  expect(samples.at(-1)?.eot).toBeLessThan(20);
  expect(builtTo).toBe(20);
  expect(whole(each).graphNodes / nodes).toBeLessThan(1.2);
  expect(milliseconds).toBeGreaterThan(10_000 / 3);
  expect(milliseconds).toBeLessThan(3 * 10_000);
});
