import { describe, expect, test } from "vitest";
import { broken } from "./admissible.js";
import { readDirectives } from "./directives.js";
import { compareFaults } from "./order.js";
import type { ReferenceFault, ReferenceSchedule } from "./schedules.js";
import { showFault, showSchedule } from "./schedules.js";
import type { ReferenceBudget } from "./space.js";
import {
  absencesOf,
  allSchedules,
  anything,
  countSchedules,
  crashesOf,
  cuts,
  latenesses,
  omissions,
  walk,
} from "./space.js";

/** Of three nodes at EOT 5 and EFF 4, without omissions unless they are asked for: as "To agree on" has it. */
function small(more: Partial<ReferenceBudget>): ReferenceBudget {
  return { nodes: ["a", "b", "c"], eot: 5, eff: 4, crashes: 0, omissions: 0, ...more };
}

function larger(more: Partial<ReferenceBudget>): ReferenceBudget {
  return small({ eot: 6, eff: 5, ...more });
}

describe('"The space is counted exactly … To agree on"', () => {
  const of = (budget: ReferenceBudget): number => countSchedules(budget);

  test("3 nodes, EOT 5, EFF 4", () => {
    expect(of(small({ omissions: "any" }))).toBe(262_144);
    expect(of(small({ omissions: 2 }))).toBe(172);
    expect(of(small({ delays: "any", lateness: 2 }))).toBe(46_656);
    expect(of(small({ partitions: 1 }))).toBe(19);
    expect(of(small({ partialPartitions: 1 }))).toBe(19);
    expect(of(small({ oneWayPartitions: 1 }))).toBe(37);
    expect(of(small({ partitions: 2 }))).toBe(172);
  });

  test("4 nodes, one of each sort of partition", () => {
    const one = { partitions: 1, partialPartitions: 1, oneWayPartitions: 1 };
    expect(of(small({ nodes: ["a", "b", "c", "d"], ...one }))).toBe(398_395);
  });

  test("3 nodes, EOT 6, EFF 5", () => {
    expect(of(larger({ restarts: 1 }))).toBe(19);
    expect(of(larger({ restarts: 2 }))).toBe(130);
    expect(of(larger({ restarts: 1, pauses: 1 }))).toBe(259);
    expect(of(larger({ crashes: 2 }))).toBe(127);
    expect(of(larger({ restarts: 1, crashes: 1 }))).toBe(301);
    expect(of(larger({ restarts: 1, omissions: 1 }))).toBe(475);
    const oneOfEach = { restarts: 1, pauses: 1, crashes: 1, partitions: 1, omissions: 1 };
    expect(of(larger({ ...oneOfEach, maxFaults: 2 }))).toBe(4_495);
  });

  test('"inputs as a factor"', () => {
    const { inputs } = readDirectives(
      `//! maybe p("a")@1\n//! maybe p("b")@1\n//! one-of q("a")@1 | q("b")@1 | q("c")@1`,
    );
    expect(countSchedules(small({ partitions: 1 }), inputs)).toBe(19 * 12);
  });
});

describe("which schedules a budget admits", () => {
  /** Everything that has the form of a fault, within the bounds or a little outside. */
  function forms({ nodes, eot }: ReferenceBudget): readonly ReferenceFault[] {
    const wide = { ...anything(nodes, eot + 2), lateness: 9 };
    return [
      ...nodes.flatMap((node) => [...crashesOf(wide, node), ...absencesOf(wide, node)]),
      ...cuts(wide),
      ...omissions(wide),
      ...latenesses(wide),
    ];
  }

  /** Every set of at most so many of them that is admissible, by trying. */
  function tried(budget: ReferenceBudget, most: number): readonly string[] {
    const found: string[] = [];
    const all = forms(budget);
    const extend = (from: number, schedule: ReferenceSchedule): void => {
      found.push(showSchedule([...schedule].sort(compareFaults)));
      if (schedule.length === most) return;
      for (let i = from; i < all.length; i++) {
        const fault = all[i];
        if (fault !== undefined && broken([...schedule, fault], budget) === undefined)
          extend(i + 1, [...schedule, fault]);
      }
    };
    extend(0, []);
    return found.sort();
  }

  const everything = { restarts: 3, pauses: 3, partitions: 2, partialPartitions: 2, oneWayPartitions: 2 } as const;
  const late = { delays: "any", duplicates: "any" } as const;
  test.each<{ readonly name: string; readonly budget: ReferenceBudget; readonly most: number }>([
    {
      name: "one fault of any kind",
      budget: larger({ ...everything, ...late, crashes: 3, lateness: 2, omissions: "any", maxFaults: 1 }),
      most: 1,
    },
    {
      name: "two faults of any kind",
      budget: small({ ...everything, ...late, crashes: 1, lateness: 9, omissions: "any", maxFaults: 2 }),
      most: 2,
    },
    {
      name: "EFF after EOT",
      budget: small({
        nodes: ["a", "b"],
        eot: 3,
        eff: 6,
        ...everything,
        ...late,
        lateness: 3,
        omissions: 2,
        crashes: 2,
        maxFaults: 3,
      }),
      most: 3,
    },
    {
      name: "a crash and absences of one node",
      budget: larger({ nodes: ["a"], eot: 9, eff: 9, crashes: 1, restarts: 2, pauses: 1 }),
      most: 4,
    },
    {
      name: "spared nodes",
      budget: larger({ ...everything, ...late, crashes: 3, spare: ["b"], omissions: "any", maxFaults: 1 }),
      most: 1,
    },
    {
      name: "an EFF that leaves room for nothing but crashes",
      budget: small({ ...everything, ...late, eff: 1, crashes: 3 }),
      most: 3,
    },
  ])("those that break no bound: $name", ({ budget, most }) => {
    const listed = [...allSchedules(budget)].map(showSchedule);
    expect(new Set(listed).size).toBe(listed.length);
    expect([...listed].sort()).toEqual(tried(budget, most));
  });

  const problem = (budget: ReferenceBudget, ...schedule: ReferenceFault[]): string | undefined =>
    broken(schedule, budget);
  const all = larger({ ...everything, ...late, crashes: 3, omissions: "any", lateness: 9 });
  const restart = (node: string, at: number, until: number): ReferenceFault => ({ kind: "restart", node, at, until });
  const pause = (node: string, at: number, until: number): ReferenceFault => ({ kind: "pause", node, at, until });
  const omit = (from: string, to: string, at: number): ReferenceFault => ({ kind: "omission", from, to, at });
  const delay = (from: string, to: string, at: number, arrives: number): ReferenceFault => ({
    kind: "delay",
    from,
    to,
    at,
    arrives,
  });
  const duplicate = (from: string, to: string, at: number, arrives: number): ReferenceFault => ({
    kind: "duplicate",
    from,
    to,
    at,
    arrives,
  });
  const crash = (node: string, at: number): ReferenceFault => ({ kind: "crash", node, at });

  test('"A channel has at most one of omission, delay, duplicate at an instant"', () => {
    expect(problem(all, omit("a", "b", 1), delay("a", "b", 1, 3))).toContain("at most one of");
    expect(problem(all, delay("a", "b", 1, 3), duplicate("a", "b", 1, 3))).toContain("at most one of");
    expect(problem(all, delay("a", "b", 1, 3), delay("a", "b", 1, 4))).toContain("at most one of");
    expect(problem(all, omit("a", "b", 1), delay("b", "a", 1, 3), duplicate("a", "b", 2, 4))).toBeUndefined();
  });

  test('"A node\'s absences are disjoint, with an instant between two of them when it is up"', () => {
    expect(problem(all, restart("a", 2, 3), pause("a", 3, 4))).toContain("an instant between them");
    expect(problem(all, restart("a", 2, 3), pause("a", 4, 5))).toBeUndefined();
    expect(problem(all, restart("a", 2, 4), restart("a", 3, 5))).toContain("an instant between them");
    expect(problem(all, restart("a", 2, 4), restart("b", 2, 4))).toBeUndefined();
  });

  test('"all its absences end at or before its crash"', () => {
    expect(problem(all, restart("a", 2, 4), crash("a", 3))).toContain("before its crash");
    expect(problem(all, restart("a", 2, 4), crash("a", 1))).toContain("before its crash");
    expect(problem(all, restart("a", 2, 4), crash("a", 4))).toBeUndefined();
  });

  test('"No node is away at instant 1, nor at min(EFF, EOT) or later"', () => {
    expect(problem(all, restart("a", 1, 2))).toContain("2 ≤ t < u");
    expect(problem(all, restart("a", 4, 6))).toContain("u ≤ min(EFF, EOT)");
    expect(problem(all, pause("a", 4, 5))).toBeUndefined();
    expect(problem({ ...all, eff: 9 }, pause("a", 4, 6))).toBeUndefined();
    expect(problem({ ...all, eff: 9 }, pause("a", 4, 7))).toContain("u ≤ min(EFF, EOT)");
  });

  test('"a delayed message or a second copy comes at most L instants after it would have"', () => {
    const late1 = { ...all, lateness: 1 };
    expect(problem(late1, delay("a", "b", 2, 4))).toBeUndefined();
    expect(problem(late1, delay("a", "b", 2, 5))).toContain("t + 1 + L");
    expect(problem(late1, duplicate("a", "b", 2, 5))).toContain("t + 1 + L");
    expect(problem({ ...all, lateness: 2 }, delay("a", "b", 2, 5))).toBeUndefined();
  });

  test('"what a fault held back has come by EFF"; "every arrival after EOT is one choice, written u = EOT + 1"', () => {
    expect(problem(all, delay("a", "b", 4, 6))).toContain("u ≤ min(EFF, EOT + 1)");
    expect(problem({ ...all, eff: 9 }, delay("a", "b", 4, 7))).toBeUndefined();
    expect(problem({ ...all, eff: 9 }, delay("a", "b", 4, 8))).toContain("u ≤ min(EFF, EOT + 1)");
    expect(problem({ ...all, eff: 9 }, duplicate("a", "b", 4, 7))).toContain("u ≤ EOT");
    expect(problem({ ...all, eff: 9 }, delay("a", "b", 6, 7))).toContain("1 ≤ t < min(EFF, EOT)");
  });

  test('"nodes that neither crash, restart nor pause, and that are no end of an omission, delay or duplicate; cuts … may have them on a side"', () => {
    const spared = { ...all, spare: ["b"] };
    for (const fault of [
      crash("b", 2),
      restart("b", 2, 3),
      pause("b", 2, 3),
      omit("a", "b", 1),
      omit("b", "a", 1),
      delay("a", "b", 1, 3),
      duplicate("b", "c", 1, 3),
    ])
      expect(problem(spared, fault)).toContain("b is spared");
    expect(problem(spared, { kind: "partition", a: ["b"], b: ["a", "c"], at: 1, until: 2 })).toBeUndefined();
  });

  test("the sides of a cut are disjoint and not empty, and together all nodes or, of a partial one, not all", () => {
    const partition = (
      kind: "partition" | "partial-partition" | "one-way-partition",
      a: readonly string[],
      b: readonly string[],
    ): string | undefined => problem(all, { kind, a, b, at: 1, until: 1 });
    expect(partition("partition", ["a"], ["b", "c"])).toBeUndefined();
    expect(partition("partition", ["a"], ["b"])).toContain("together all nodes");
    expect(partition("partial-partition", ["a"], ["b"])).toBeUndefined();
    expect(partition("partial-partition", ["a"], ["b", "c"])).toContain("together all nodes");
    expect(partition("one-way-partition", ["b", "c"], ["a"])).toBeUndefined();
    expect(partition("one-way-partition", ["b"], ["a"])).toContain("together all nodes");
    expect(partition("partition", ["a", "b"], ["b", "c"])).toContain("disjoint");
    expect(partition("partition", [], ["a", "b", "c"])).toContain("not empty");
    expect(problem(all, { kind: "partition", a: ["a"], b: ["b", "c"], at: 3, until: 5 })).toContain(
      "u < min(EFF, EOT)",
    );
  });
});

test("a walk lists each schedule after the one without its last thing, with its faults in order", () => {
  const budget = small({
    restarts: 1,
    pauses: 1,
    crashes: 1,
    partitions: 1,
    delays: 1,
    omissions: 1,
    maxFaults: 3,
    eot: 4,
  });
  const seen = new Set<ReferenceSchedule>();
  let steps = 0;
  for (const { schedule, parent, added } of walk(budget)) {
    if (parent !== undefined) {
      expect(seen.has(parent.schedule)).toBe(true);
      expect([...parent.schedule, ...added].map(showFault).sort()).toEqual(schedule.map(showFault).sort());
    }
    expect([...schedule].sort(compareFaults)).toEqual(schedule);
    seen.add(schedule);
    steps++;
  }
  expect(steps).toBe(countSchedules(budget));
});
